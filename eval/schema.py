"""A case: what is asked, and what the answer to the last turn must show. The one schema of all case files.

    {"id": "calc-02", "turns": ["…能拿多少？"], "expect": {"behaviour": "answer",
     "cite_all": [{"doc": "qinhuangdao-2022-26", "article": "（二）"}], "numbers_conclusion": ["100万元"]}}

docs/evaluation.md tells people how to write one; `python -m eval schema` prints it as JSON Schema.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from eval.figures import figures
from index.normalise import fold

Behaviour = Literal["answer", "clarify", "refuse"]
TODAY = date(2026, 6, 30)
"""The day a case is asked on, unless it or the run names another: answers must not change with the calendar."""


_VAGUE = re.compile("[几数多余]")
"""Makes a figure a vague one, inside it or before it: 三十多万, 十余家, 几万元, 数十家."""
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")


def _states_a_figure(words: str) -> str:
    found = figures(words)
    if not found:
        raise ValueError(f"{words!r} holds no figure; write it with its unit: 100万元, 2%, 1000平方米")
    text = fold(words)
    if any(_VAGUE.search(figure.text) or _VAGUE.fullmatch(text[: text.find(figure.text)][-1:]) for figure in found):
        raise ValueError(f"{words!r} is no exact figure, and no answer could state it; write one (30万元), or put the words into text_any")
    return words


def _is_a_day(value: Any) -> Any:
    # pydantic would read a bare number as seconds since 1970
    if isinstance(value, int | float):
        raise ValueError("is a number; write the day as 2026-01-31, in quotation marks")
    # as Excel writes days into a .csv
    slashed = _SLASHED.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{slashed[1]}-{int(slashed[2]):02}-{int(slashed[3]):02}" if slashed else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Figures = Annotated[Text, AfterValidator(_states_a_figure)]
Day = Annotated[date, BeforeValidator(_is_a_day)]


class Strict(BaseModel):
    """Refuses fields that do not exist: a misspelt expectation would never fail."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cite(Strict):
    """An article; its label as printed, or only the end of a path (`（二）` is found in `二（二）`)."""

    doc: Text = Field(description="Id of the policy: the name of its folder.")
    article: Text | None = Field(None, description="Label of the article; null: any place in the document.")

    def __str__(self) -> str:
        return f"{self.doc} {self.article or '(anywhere)'}"


class Expect(Strict):
    """What must be true of the answer to the last turn."""

    behaviour: Behaviour = Field(description="answer; clarify: something is asked back; refuse: no document answers this.")
    behaviour_also: Behaviour | None = Field(
        None,
        description="Equally right; what must be cited and stated then does not count, text_any only for an answer in place of a refusal.",
    )
    cite_any: tuple[Cite, ...] = Field((), description="One of these must be cited.")
    cite_all: tuple[Cite, ...] = Field((), description="Each of these must be cited.")
    cite_none_docs: tuple[Text, ...] = Field((), description="Policies that must not be cited.")
    numbers_all: tuple[Figures, ...] = Field((), description="Figures that must be stated, in any notation.")
    numbers_conclusion: tuple[Figures, ...] = Field((), description="Figures that must stand in the conclusion.")
    numbers_none: tuple[Figures, ...] = Field((), description="Figures that must not be stated (in the conclusion, if there is one).")
    numbers_not_final: tuple[Figures, ...] = Field(
        (), description="Figures that may be mentioned but not concluded with: the product before the cap, what the user got wrong."
    )
    ceilings: tuple[Figures, ...] = Field(
        (), description="Figures that must be called a ceiling. Those the cited article itself calls one are known."
    )
    text_any: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = Field(
        (), description="Of each inner list one must appear, in the answer or in what it cites."
    )
    text_conclusion: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = Field(
        (), description="Of each inner list one must appear in the conclusion."
    )
    text_none: tuple[Text, ...] = Field((), description="Words that must not appear in the answer.")

    @property
    def cites(self) -> tuple[Cite, ...]:
        """Every article that is right to cite."""
        return (*self.cite_all, *self.cite_any)

    @property
    def documents(self) -> tuple[str, ...]:
        """The policies that the answer is to be taken from."""
        return tuple(dict.fromkeys(cite.doc for cite in self.cites))


class Case(Strict):
    """One scripted conversation."""

    id: Text = Field(description="Unique in a run.")
    turns: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="What the user says, turn by turn; the last is judged.")
    lang: Literal["zh", "en"] = Field("zh", description="Language of the question.")
    type: Text = Field("other", description="Kind of question; reports count by it: calc, lookup, refuse …")
    on: Day | None = Field(None, description="The day the question is about, as 2026-01-31; without it, the day of the run.")
    expect: Expect
    tags: tuple[Text, ...] = Field((), description="Free words to pick cases by (--tag).")
    why: str = Field("", description="Why this is right, where that is not plain.")
    notes: str = Field("", description="Anything else worth knowing.")
    known: str = Field("", description="Why it fails today, if it does: reported apart from new failures.")

    @model_validator(mode="after")
    def _can_fail(self) -> Case:
        """An answer that says nothing must not pass."""
        expect = self.expect
        shown = (expect.cite_any, expect.cite_all, expect.numbers_all, expect.numbers_conclusion, expect.text_any, expect.text_conclusion)
        if expect.behaviour == "answer" and not any(shown):
            raise ValueError(
                "any answer would pass; add cite_any, cite_all, numbers_all, numbers_conclusion, text_any or text_conclusion to 'expect'"
            )
        return self


def json_schema() -> dict[str, Any]:
    """The schema for editors and other programs (JSON Schema 2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
