"""Fusion of score lists."""

from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse

EVEN = {"dense": 0.5, "lexical": 0.5}


def test_agreement_wins() -> None:
    fused = fuse({"dense": [("a", 0.9), ("b", 0.85), ("c", 0.1)], "lexical": [("b", 7.0), ("c", 2.0), ("a", 1.0)]}, EVEN)
    assert [item.key for item in fused] == ["b", "a", "c"]
    assert fused[0].ranks == {"dense": 2, "lexical": 1}


def test_a_clear_lead_in_one_list_beats_a_narrow_one_in_the_other() -> None:
    fused = fuse({"dense": [("a", 0.51), ("b", 0.50), ("c", 0.0)], "lexical": [("b", 9.0), ("a", 1.0), ("c", 0.0)]}, EVEN)
    assert fused[0].key == "b"


def test_an_empty_list_changes_nothing() -> None:
    dense = [("a", 0.9), ("b", 0.5), ("c", 0.1)]
    assert [item.key for item in fuse({"dense": dense, "lexical": []}, EVEN)] == ["a", "b", "c"]


def test_weight_zero_changes_no_order() -> None:
    lists = {"dense": [("a", 0.9), ("b", 0.5)], "lexical": [("b", 9.0), ("a", 1.0)]}
    assert fuse(lists, {"dense": 1.0, "lexical": 0.0})[0].key == "a"


def test_equal_scores_are_ordered_alike_every_time() -> None:
    lists = {"dense": [("b", 0.5), ("a", 0.5)], "lexical": [("a", 1.0), ("b", 1.0)]}
    assert [item.key for item in fuse(lists, EVEN)] == ["a", "b"]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=20, unique=True))
def test_one_list_keeps_its_order(scores: list[float]) -> None:
    ranking = [(str(i), score) for i, score in enumerate(sorted(scores, reverse=True))]
    fused = fuse({"dense": ranking}, EVEN)
    assert [item.key for item in fused][:1] == ["0"]
    assert [item.score for item in fused] == sorted((item.score for item in fused), reverse=True)
