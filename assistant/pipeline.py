"""The whole flow: question + dialogue -> understanding -> hits -> draft -> number check -> answer (-> a model's words, if proven).

assistant = Assistant.open(load_settings())
dialogue = assistant.new_dialogue()
print(assistant.ask("秦皇岛做1210，年线上交易额8000万，能拿多少", dialogue).conclusion)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answering import compose
from assistant.check import Proof, check_numbers, cited_labels, unproven
from assistant.compose import replies
from assistant.compose.draft import Context, Draft, add_standing
from assistant.dialogue import Dialogue, Frame, complete, names_new_place, record
from assistant.finishing import finish, remember
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.llm.client import build_model
from assistant.llm.wording import Wording, can_be_worded
from assistant.models import Answer, Behaviour, Citation
from assistant.retrieval import PolicyRetriever, search_query
from assistant.rules.quotes import said_in_words
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask, Question
from assistant.understanding.scope import Social
from assistant.understanding.understand import Message, Understanding
from index.builder import build
from index.config import Settings
from index.errors import IndexMissingError, QuestionError
from index.models import Hit
from index.search import Searcher


@dataclass(frozen=True)
class Turn:
    """What travels through the flow."""

    message: Message
    question: Question
    dialogue: Dialogue
    on: date
    hits: Sequence[Hit] = ()
    draft: Draft | None = None


class Assistant:
    """Answers questions about the policies of one folder. Thread-safe; a conversation lives in its `Dialogue`."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, searcher: Searcher, glossary: Glossary, model: BaseChatModel | None = None
    ) -> None:
        self.settings = settings
        self.knowledge = knowledge
        self.glossary = glossary
        self.understanding = Understanding(knowledge, glossary)
        self.retriever = PolicyRetriever(searcher=searcher)
        self.wording = Wording(knowledge, settings, model) if model else None
        self.flow: Runnable[Turn, Turn] = RunnableLambda(self._complete) | RunnableLambda(self._retrieve) | RunnableLambda(self._compose)

    @classmethod
    def open(cls, settings: Settings, model: BaseChatModel | None = None) -> Assistant:
        """Load policies, rules and index; a missing index is built first.

        Args:
            settings: Folders, and the language model, if any.
            model: Words the answers instead of the model that the settings name.

        Raises:
            ConfigError: the settings name a language model that cannot be used.
        """
        model = model or build_model(settings)
        knowledge = Knowledge.load(settings)
        try:
            searcher = Searcher.open(settings)
        except IndexMissingError:
            build(settings)
            searcher = Searcher.open(settings)
        return cls(settings, knowledge, searcher, Glossary.load(), model)

    def new_dialogue(self) -> Dialogue:
        """A conversation that knows nothing yet."""
        return Dialogue()

    def ask(self, question: str, dialogue: Dialogue | None = None, on: date | None = None) -> Answer:
        """Answer one message.

        Args:
            question: What the user typed.
            dialogue: The conversation so far; it is updated.
            on: The day the answer is about; today, if not given.

        Raises:
            QuestionError: the message is empty or too long.
        """
        self._refuse_unusable(question)
        *_, answer = self.stream(question, dialogue, on)
        assert isinstance(answer, Answer)
        return answer

    def stream(self, question: str, dialogue: Dialogue | None = None, on: date | None = None) -> Iterator[str | Answer]:
        """Like `ask`; where a model words the answer, first what of its conclusion is proven so far, each time there is more.

        Each text replaces the one before; the answer comes last, and need not begin with any of them.
        """
        started = monotonic()
        self._refuse_unusable(question)
        dialogue = dialogue if dialogue is not None else self.new_dialogue()
        day = on or date.today()
        message, answer, proofs = self._own_words(question, dialogue, day)
        if self.wording is None or not can_be_worded(answer):
            yield answer
            return
        yield from self.wording.run(answer, message.text, _said(message, dialogue), day, proofs, started)

    def warm_up(self) -> None:
        """Load what the first question would wait for: the embedding model and the dictionaries of both languages."""
        for language in ("zh", "en"):
            for example in self.examples(language)[:1]:
                self._own_words(example, self.new_dialogue(), date.today())

    def _own_words(self, question: str, dialogue: Dialogue, on: date) -> tuple[Message, Answer, list[Proof]]:
        """What was understood; the program's answer; what proves its figures."""
        message = self.understanding.read(question, dialogue.turn, dialogue.language)
        drafts = [self._draft(message, part, dialogue, on) for part in message.questions or (_nothing(message),)]
        return message, *self._checked(message, drafts, dialogue, on)

    def _refuse_unusable(self, question: str) -> None:
        if not question.strip():
            raise QuestionError("问题是空的，请输入要问的内容。/ The question is empty: type what you want to know.")
        if len(question) > self.settings.max_question:
            raise QuestionError(
                f"问题有{len(question)}个字符，超过上限{self.settings.max_question}，请缩短后再问。"
                f"/ The question has {len(question)} characters, more than {self.settings.max_question}: please shorten it."
            )

    def _draft(self, message: Message, question: Question, dialogue: Dialogue, on: date) -> Draft:
        on = _asked_day(question) or on
        context = Context(self.knowledge, question, on)
        draft = self._without_documents(message, context, dialogue)
        if draft is None:
            turn = self.flow.invoke(Turn(message, question, dialogue, on))
            draft, question = turn.draft or Draft(), turn.question
        frame = None
        if draft.changes_matter or names_new_place(question, dialogue):
            keys = tuple(entry.key for entry in draft.rules)
            cited = tuple((citation.policy, citation.article) for citation in draft.citations)
            missing = tuple(fact for result in draft.calculations for fact in result.missing)
            frame = Frame(
                question, keys, cited, clarifying=draft.behaviour is Behaviour.CLARIFY, missing=missing, facts=tuple(draft.facts.items())
            )
            remember(dialogue, question, self.knowledge)
        record(dialogue, frame)
        return draft

    def _without_documents(self, message: Message, context: Context, dialogue: Dialogue) -> Draft | None:
        """Replies for which no document is looked up."""
        if message.social:
            if message.social is Social.RESTART:
                dialogue.restart()
            return replies.answer_social(self.knowledge, message.social, message.language != "en")
        if message.invention or (message.orders and not message.questions):
            return replies.refuse_order(context)
        if message.outside:
            return replies.refuse_outside(context)
        return replies.refuse_guarantee(context) if message.guarantee else None

    def _complete(self, turn: Turn) -> Turn:
        return replace(turn, question=complete(turn.question, turn.dialogue, self.knowledge))

    def _retrieve(self, turn: Turn) -> Turn:
        query = search_query(turn.question, self.glossary)
        return replace(turn, hits=self.retriever.hits(query.text, query.policies, query.also))

    def _compose(self, turn: Turn) -> Turn:
        return replace(turn, draft=compose(Context(self.knowledge, turn.question, turn.on), turn.hits))

    def _checked(self, message: Message, drafts: Sequence[Draft], dialogue: Dialogue, on: date) -> tuple[Answer, list[Proof]]:
        """One answer of all drafts; a draft with a figure that nothing proves is replaced by its quotations."""
        context = Context(self.knowledge, _nothing(message), on)
        for draft in drafts:
            add_standing(draft, context)
        answer = finish(context, drafts, dialogue)
        proofs = self._proofs(message, dialogue, answer, drafts, on)
        checks = check_numbers(answer.text, proofs, cited_labels(answer))
        if unproven(checks) and answer.citations:
            answer = finish(context, [_quotations_only(context, draft) for draft in drafts], dialogue)
            proofs = self._proofs(message, dialogue, answer, drafts, on)
            checks = check_numbers(answer.text, proofs, cited_labels(answer))
        return replace(answer, checks=tuple(checks)), proofs

    def _proofs(self, message: Message, dialogue: Dialogue, answer: Answer, drafts: Sequence[Draft], on: date) -> list[Proof]:
        proofs = [Proof(f"citation:{number}", self._cited_article(citation)) for number, citation in enumerate(answer.citations)]
        for number, result in enumerate(answer.calculations):
            words = [*result.steps, *result.steps_en, *(check.label + check.given + check.gap for check in result.conditions)]
            proofs.append(Proof(f"calculation:{number}", "；".join(words)))
        proofs.extend(Proof("calculation", step) for draft in drafts for step in draft.worked)
        proofs.extend(Proof(f"policy:{policy}", self._metadata(policy)) for policy in self.knowledge.policies)
        for entry in (entry for draft in drafts for entry in draft.rules):
            words = [format_quantity(value, unit) for value, unit in said_in_words(entry.rule)]
            proofs += [Proof(f"rule:{entry.rule.id}", "；".join(words))] if words else []
        labels = "；".join(f"{entry.rule.label}；{entry.rule.label_en}" for draft in drafts for entry in draft.rules)
        proofs.append(Proof("rules", labels))
        proofs.append(Proof("question", f"{_said(message, dialogue)} {on.isoformat()}"))
        return proofs

    def _cited_article(self, citation: Citation) -> str:
        policy = self.knowledge.policies[citation.policy]
        return next((article.text for article in policy.articles if article.start <= citation.start < article.end), citation.quote)

    def _metadata(self, policy_id: str) -> str:
        policy = self.knowledge.policies[policy_id]
        days = [policy.issued.value, policy.effective_from.value, policy.effective_to.value]
        return "；".join([policy.title, policy.short_title, policy.document_number, *(day.isoformat() for day in days if day)])

    def examples(self, language: str = "zh") -> list[str]:
        """Questions to start with, made from the rules at hand."""
        from assistant.finishing import example_questions

        return example_questions(self.knowledge, language)

    def article_text(self, policy_id: str, label: str | None) -> str:
        """The whole text of a cited article.

        Raises:
            KeyError: there is no such policy or article.
        """
        return self.knowledge.policies[policy_id].article(label).text


def _asked_day(question: Question) -> date | None:
    """The day a question is about, where it names one exactly, or a month: 2028年1月."""
    exact = [day for day in question.dates if (day.last - day.first).days <= 31]
    return exact[0].first if exact and Ask.TARGET not in question.asks else None


def _said(message: Message, dialogue: Dialogue) -> str:
    """The user's words that count now: this message, and what the matter at hand took over from earlier ones."""
    if dialogue.frame is None:
        return message.text
    question = dialogue.frame.question
    return "；".join([message.text, question.text, *(mention.quantity.text for mention in question.mentions)])


def _nothing(message: Message) -> Question:
    return Question(text=message.text, language=message.language)


def _quotations_only(context: Context, draft: Draft) -> Draft:
    """The draft without its own wording: what is quoted proves itself."""
    lines = [f"> {citation.article or ''}：“{citation.quote}”" for citation in draft.citations]
    return replace(draft, conclusion=context.say("请以原文为准：", "Please rely on the text itself:"), details=lines)
