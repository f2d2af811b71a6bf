"""Verdicts by the name of their reason; the reasons in Chinese and English are kept in `reasons.yaml`.

>>> flawed("unit", "100万美元").reason
'“100万美元”的单位与依据不符'
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from assistant.verification.models import Flaw, Verdict

FILE = Path(__file__).with_name("reasons.yaml")


def proven(words: str, evidence: str) -> Verdict:
    """The verdict on a claim that something proves."""
    return Verdict(Flaw.PROVEN, words, "", "", evidence)


def flawed(reason: str, words: str, evidence: str = "", *, other: str = "") -> Verdict:
    """The verdict on a claim that nothing proves."""
    own = _reasons()[reason]
    chinese, english = (own[language].format(words=words, other=other) for language in ("zh", "en"))
    return Verdict(Flaw(own["flaw"]), words, chinese, english, evidence)


@cache
def _reasons() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return data
