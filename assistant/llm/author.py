"""Lets a language model word an answer: draft -> proof -> once more with the verdicts -> proof.

Only the words of the conclusion and of an explanation are the model's. What is cited, computed and noted stays the program's, and its
own wording stands wherever the model's is not proven.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from langchain_core.language_models import BaseChatModel
from langchain_core.tools import BaseTool

from assistant.llm.exchange import Exchange, ended
from assistant.llm.keeping import added, conclusion_of, lost
from assistant.llm.prompts import Prompt, load_prompts
from assistant.models import Answer, Calculation
from assistant.models import Author as Who
from assistant.verification.models import Flaw, Statement, Verdict
from index.errors import ModelError

ATTEMPTS = 2
VERDICTS = 6
"""Objections a model is told at once."""
_MARKUP = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w+|!?\[[^\]]*\]\([^)]*\)|</?[^\s<>][^<>\n]{0,40}>", re.IGNORECASE)
"""Links, addresses and tags: none is in what a model is given but the tags around it."""
_NO_MARKUP = ("答复里不写链接、邮箱和标签", "an answer holds no links, addresses or tags")
_NOT_SHOWN = ("引用的条文和计算里没有这个数额", "neither the quotations nor the steps of this answer hold that amount")
_EMPTY_ITEM = re.compile(r"\n\s*(?:[-*•>]|\d{1,2}[.、])\s*$")
"""The mark of a list item whose words were left out."""

Verify = Callable[[str, Sequence[Calculation]], Sequence[Statement]]
"""(draft, what tools have worked out) -> its statements with their verdicts."""


@dataclass(frozen=True)
class Task:
    """One answer to be worded, and all that the model may rest on."""

    answer: Answer
    """The program's."""
    question: str
    said: str
    """What the user said so far."""
    articles: Sequence[str]
    """The cited articles, each with its place and label."""
    names: Sequence[str]
    """Places and bodies that must stay where the conclusion names them."""
    tools: Mapping[str, BaseTool]
    verify: Verify

    @property
    def own(self) -> str:
        """The asker's figures that the answer was computed with."""
        given = (check.given for result in self.answer.calculations for check in result.conditions)
        return "；".join([*given, *self.answer.facts.values()])


@dataclass(frozen=True)
class Written:
    """What the model's work has come to. `conclusion` is "" where the program's own wording has to stand."""

    who: Who = Who.PROGRAM
    conclusion: str = ""
    explanation: str = ""
    worked: tuple[str, ...] = ()
    """Steps of tools the text rests on."""
    reason: str = ""
    """Why it is the program's wording: `failed` or `unproven`."""
    detail: str = ""
    """For the log: what failed, or what was not proven."""

    @property
    def note(self) -> str:
        """What the reader is told of it: `model`, `part`, `unproven` or `failed`."""
        return {Who.MODEL: "model", Who.PART: "part"}.get(self.who, self.reason)


@dataclass(frozen=True)
class Judgement:
    """A draft held against the evidence and the program's conclusion."""

    proven: str
    """Its proven sentences."""
    conclusion: str
    """What of them is the conclusion; "" if they do not say what the program's says."""
    objections: tuple[str, ...]
    """What is wrong with the draft as a whole; empty: it can be shown as it is."""


class Author:
    """A language model at work. Thread-safe: nothing is kept between answers."""

    def __init__(self, model: BaseChatModel, max_tokens: int, evidence: int) -> None:
        self.model = model
        self.max_tokens = max_tokens
        self.evidence = evidence

    def write(self, task: Task, deadline: float) -> Iterator[str | Written]:
        """The proven text so far, each time there is more, and in the end what it has come to. Raises nothing.

        After `deadline` (of the monotonic clock) the model is not listened to any more.
        """
        exchange = Exchange(
            model=self.model,
            messages=_prompt("answer").messages(task.answer.language, **_data(task, self.evidence)),
            deadline=deadline,
            max_tokens=self.max_tokens,
            said=task.said,
            tools=task.tools,
        )
        part, reason, detail, shown = Written(), "unproven", "", ""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                for proven in _watched(exchange, task):
                    if proven != shown:
                        shown = proven
                        yield shown
            except ModelError as error:
                reason, detail = "failed", str(error)
                break
            judged = judge(str(exchange.messages[-1].text), task, exchange.worked)
            if judged.conclusion:
                who = Who.PART if judged.objections else Who.MODEL
                part = Written(who, judged.conclusion, judged.proven.removeprefix(judged.conclusion).strip(), _steps(task, exchange.worked))
            if not judged.objections:
                break
            detail = "；".join(judged.objections)
            if attempt < ATTEMPTS:
                verdicts = "\n".join(f"- {objection}" for objection in judged.objections[:VERDICTS])
                exchange.messages += _prompt("revise").messages(task.answer.language, verdicts=verdicts)
        yield part if part.conclusion else Written(reason=reason, detail=detail)


def judge(draft: str, task: Task, worked: Sequence[Calculation] = ()) -> Judgement:
    """Prove a draft, and hold it against the program's conclusion."""
    statements = _statements(draft, task, worked)
    zh, wanted = task.answer.language != "en", task.answer.conclusion
    proven = _joined(draft, statements, [statement for statement in statements if statement.ok])
    if proven != draft.strip() and not all(statement.ok for statement in _statements(proven, task, worked)):
        proven = ""  # a sentence leaned on one that was left out
    conclusion = conclusion_of(proven, wanted, task.names, task.own)
    objections = [
        f"“{verdict.words}”：{verdict.reason}" if zh else f"“{verdict.words}”: {verdict.reason_en}"
        for statement in statements
        for verdict in statement.verdicts
        if not verdict.ok
    ]
    if not conclusion:
        missing = "、".join(lost(draft, wanted, task.names))
        beyond = "" if missing else "、".join(added(draft.strip().split("\n\n")[0], f"{wanted}\n{task.own}"))
        if missing:
            objections.append(f"结论里少了：{missing}" if zh else f"the conclusion lacks: {missing}")
        if beyond:
            objections.append(f"第一段不要写这些数额，可移到第二段：{beyond}" if zh else f"not in the first paragraph: {beyond}")
        if not objections:
            objections.append("结论不完整" if zh else "the conclusion is not complete")
    return Judgement(proven, conclusion, tuple(objections))


def _watched(exchange: Exchange, task: Task) -> Iterator[str]:
    """Take the reply; on the way, its proven sentences up to the first that is not, once they hold the conclusion."""
    shown, checked = "", ""
    for draft in exchange.reply():
        whole = ended(draft)
        if len(whole) <= len(checked):
            continue
        checked, statements = whole, _statements(whole, task, exchange.worked)
        good = next((number for number, statement in enumerate(statements) if not statement.ok), len(statements))
        proven = _joined(whole, statements, statements[:good])
        if len(proven) > len(shown) and conclusion_of(proven, task.answer.conclusion, task.names, task.own):
            shown = proven
            yield shown


def _statements(draft: str, task: Task, worked: Sequence[Calculation]) -> list[Statement]:
    """The statements with their verdicts, and two of our own: of links and tags, and of amounts the rest of the answer does not show.

    An amount may well stand in a cited article; but a reader must find it in what is quoted and computed under the answer.
    """
    shown = "\n".join([task.answer.text, task.said, *_steps(task, worked)])
    found = []
    for statement in task.verify(draft, worked):
        links = [Verdict(Flaw.SUPPORT, link, *_NO_MARKUP, "") for link in _MARKUP.findall(statement.text)]
        beyond = [Verdict(Flaw.NUMBER, words, *_NOT_SHOWN, "") for words in added(statement.text, shown)] if statement.ok else []
        found.append(replace(statement, verdicts=(*statement.verdicts, *links, *beyond)))
    return found


def _steps(task: Task, worked: Sequence[Calculation]) -> tuple[str, ...]:
    """The steps of these in the language of the answer."""
    return tuple(step for result in worked for step in (result.steps_en if task.answer.language == "en" else result.steps))


def _joined(draft: str, statements: Sequence[Statement], chosen: Sequence[Statement]) -> str:
    """The chosen statements with what stands between each and the next: ends of sentences, empty lines."""
    ends = {statement.start: after.start for statement, after in pairwise(statements)}
    text = "".join(draft[statement.start : ends.get(statement.start, len(draft))] for statement in chosen)
    return _EMPTY_ITEM.sub("", text.strip())


def _prompt(name: str) -> Prompt:
    return load_prompts()[name]


def _data(task: Task, evidence: int) -> dict[str, str]:
    zh = task.answer.language != "en"
    steps = [step for result in task.answer.calculations for step in (result.steps if zh else result.steps_en)]
    return {
        "articles": "\n".join(task.articles)[:evidence],
        "steps": "\n".join(dict.fromkeys(steps)),
        "conclusion": task.answer.conclusion,
        "question": task.question,
    }
