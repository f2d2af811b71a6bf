"""Terms, scores, and what the index knows of a question."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexStoreError
from index.lexical import LexicalIndex, tokens

TEXTS = ["（一）租金补贴30%", "（二）保费补贴", "（三）Rent subsidy for 9610 export", "（十一）物流奖励"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("租金", ["租", "金", "租金"]),
        ("9610出口", ["9610", "出", "口", "出口"]),
        ("ＲＥＮＴ ３０．５％", ["rent", "30.5"]),
        ("補貼", ["补", "贴", "补贴"]),
        ("第（二）条", ["§二", "第", "二", "条"]),
        ("第十一条", ["§十一", "第", "十", "一", "条", "第十", "十一", "一条"]),
        ("！？", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("query", "also", "best"),
    [("租金能补多少", (), 0), ("保费", (), 1), ("RENT", (), 2), ("9610", (), 2), ("第十一条", (), 3), ("insurance", ("保费",), 1)],
)
def test_the_right_text_scores_best(query: str, also: tuple[str, ...], best: int) -> None:
    assert LexicalIndex.build(TEXTS).scores(query, also).argmax() == best


def test_words_of_the_question_count_more_than_added_ones() -> None:
    index = LexicalIndex.build(["甲租金甲", "乙保费乙"])
    asked, added = index.scores("租金", ("保费",))
    assert asked > added > 0


@pytest.mark.parametrize(
    ("query", "also", "share"), [("租金", (), 1.0), ("what about", (), 0.0), ("what", ("租金",), 1.0), ("租 what", (), 0.5), ("", (), 0.0)]
)
def test_known_share(query: str, also: tuple[str, ...], share: float) -> None:
    assert LexicalIndex.build(TEXTS).known(query, also) == share


def test_saved_and_loaded_gives_the_same_scores(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
    assert np.array_equal(loaded.scores("租金补贴"), index.scores("租金补贴"))


def test_an_empty_corpus_finds_nothing(tmp_path: Path) -> None:
    LexicalIndex.build([]).save(tmp_path / "lexical")
    assert LexicalIndex.load(tmp_path / "lexical", 0).scores("租金").size == 0


def test_a_damaged_index_names_folder_and_remedy(tmp_path: Path) -> None:
    LexicalIndex.build(TEXTS).save(tmp_path / "lexical")
    (tmp_path / "lexical" / "params.index.json").unlink()
    with pytest.raises(IndexStoreError, match=r"lexical.*index build"):
        LexicalIndex.load(tmp_path / "lexical", len(TEXTS))
