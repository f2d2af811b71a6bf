"""Claims that name no incentive are still judged: by the sentence on a body, by the only rule their figures fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.pipeline import Assistant
from index.builder import index_policies
from index.search import Searcher
from tests.assistant.invented import write_policies
from tests.index.fakes import HashingEmbedder, MemoryStore


def _open(folder: Path) -> Assistant:
    """The invented cities, with a sentence on who does what in one of them."""
    own = write_policies(folder)
    text = own.policies / "yunling-2025" / "text.txt"
    duties = "（六）加强组织领导。成立以市长为组长的领导小组，办公室设在市商务局，申报指南由市财政局制定。\n"
    words = text.read_text(encoding="utf-8")
    text.write_text(words.replace("本措施自2025年", duties + "本措施自2025年"), encoding="utf-8")
    knowledge = Knowledge.load(own)
    embedder, store = HashingEmbedder(), MemoryStore()
    index_policies(tuple(knowledge.policies.values()), own, embedder, store)
    return Assistant(own, knowledge, Searcher(own, embedder, store), Glossary.load())


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _open(tmp_path_factory.mktemp("cities"))


CLAIMS = [
    ("云岭市领导小组组长是市长，对吗？", "是的"),
    ("云岭市领导小组组长是副市长，对吗？", "不对"),
    ("云岭市领导小组办公室设在市商务局，对吧？", "是的"),
    ("云岭市领导小组办公室设在市财政局，对吧？", "不对"),
    ("云岭市申报指南由市商务局制定，对吧？", "不对"),
    ("云岭市要500平方米以上，对吧？", "是的"),
    ("云岭市要300平方米以上，对吧？", "不对"),
]


@pytest.mark.parametrize(("claim", "begins"), CLAIMS)
def test_verdict(assistant: Assistant, claim: str, begins: str) -> None:
    assert assistant.ask(claim, assistant.new_dialogue(), on=date(2026, 6, 30)).conclusion.startswith(begins)
