"""The stage of a language model in the flow: what it is given of an answer, and the answer in its words, if they are proven."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.check import Proof, check_numbers, cited_labels, unproven
from assistant.compose.draft import place_name, where
from assistant.finishing import reworded
from assistant.knowledge import Knowledge, sentences
from assistant.llm.author import Author, Task, Written
from assistant.models import Answer, Behaviour, Calculation, Citation
from assistant.orders import gives_orders
from assistant.tools import build_tools
from assistant.verification.gather import evidence_for
from assistant.verification.models import Statement
from assistant.verification.verify import verify
from index.config import Settings
from index.models import Article

logger = logging.getLogger(__name__)
WAITING = 0.95
"""Share of the time for an answer in which a model is listened to; in the rest its last draft is proven."""


def can_be_worded(answer: Answer) -> bool:
    """Refusals, questions back and small talk quote nothing that could prove another wording: they stay the program's."""
    return answer.behaviour is Behaviour.ANSWER and bool(answer.citations)


class Wording:
    """Has a model word answers. Thread-safe."""

    def __init__(self, knowledge: Knowledge, settings: Settings, model: BaseChatModel) -> None:
        self.knowledge = knowledge
        self.author = Author(model, settings.llm_max_tokens, settings.llm_evidence)
        self.seconds = settings.llm_timeout * WAITING
        self.with_tools = settings.llm_tools

    def run(self, answer: Answer, question: str, said: str, on: date, proofs: Sequence[Proof], started: float) -> Iterator[str | Answer]:
        """What of the conclusion is proven so far, each time there is more; in the end the answer.

        Args:
            answer: The program's.
            question: What the user typed.
            said: All the user said that counts now.
            on: The day the answer is about.
            proofs: What proves the figures of the program's answer.
            started: When the question came (monotonic clock): the reader waits from then on.
        """
        written = Written()
        for piece in self.author.write(self._task(answer, question, said, on, proofs), started + self.seconds):
            if isinstance(piece, str):
                yield piece
            else:
                written = piece
        if written.reason:
            logger.info("the language model's wording is not used (%s): %s", written.reason, written.detail)
        new = reworded(answer, written)
        checks = check_numbers(new.text, [*proofs, *(Proof("calculation", step) for step in written.worked)], cited_labels(answer))
        if unproven(checks):  # the last gate: the same as for the program's own words
            new, checks = reworded(answer, Written(reason="unproven")), list(answer.checks)
        yield replace(new, checks=tuple(checks))

    def _task(self, answer: Answer, question: str, said: str, on: date, proofs: Sequence[Proof]) -> Task:
        """What the model is given: the articles cited, and the tools over their documents. Never more of the corpus."""
        cited = dict.fromkeys(citation.policy for citation in answer.citations)
        rulesets = {policy: self.knowledge.rulesets[policy] for policy in cited if policy in self.knowledge.rulesets}
        tools = build_tools(rulesets, today=lambda: on) if self.with_tools else []
        evidence = evidence_for(self.knowledge, answer, said, on)
        # Sums and notices are always shown under it: the one prove totals, the other say what a document is worth.
        below = ["", *(proof.text for proof in proofs if proof.name == "calculation"), *answer.notices]

        def proved(draft: str, worked: Sequence[Calculation]) -> list[Statement]:
            known = [result for result in worked if result not in evidence.calculations]
            found = verify("\n".join([draft, *below]), replace(evidence, calculations=(*evidence.calculations, *known)))
            return [statement for statement in found if statement.start < len(draft)]

        return Task(
            answer=answer,
            question=question,
            said=said,
            articles=tuple(dict.fromkeys(self._words(citation) for citation in answer.citations)),
            names=self._names(answer),
            tools={tool.name: tool for tool in tools},
            verify=proved,
        )

    def _words(self, citation: Citation) -> str:
        article = self._article(citation)
        text = article.text if article else citation.quote
        kept = "".join(text[start:end] for start, end in sentences(text) if not gives_orders(text[start:end]))
        return f"{where(self.knowledge.policies[citation.policy], citation.article)}：{kept.strip()}"

    def _names(self, answer: Answer) -> tuple[str, ...]:
        """Places and bodies of what is cited: a conclusion that names them must go on doing so."""
        policies = [self.knowledge.policies[citation.policy] for citation in answer.citations]
        names = [place_name(policy, answer.language != "en").split(",")[0] for policy in policies]  # Lianyungang, Jiangsu
        articles = [self._article(citation) for citation in answer.citations]
        names += [department.name for article in articles if article for department in article.departments]
        return tuple(dict.fromkeys(names))

    def _article(self, citation: Citation) -> Article | None:
        articles = self.knowledge.policies[citation.policy].articles
        return next((article for article in articles if article.start <= citation.start < article.end), None)
