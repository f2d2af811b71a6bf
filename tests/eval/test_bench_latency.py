"""The bench of latency separates the model from the rest, and first turns from follow-ups."""

from __future__ import annotations

import pytest

from eval.bench_latency import Times, figures, measure
from eval.reading import read_case
from index.config import Settings


def test_ratios_leave_out_turns_without_a_search() -> None:
    times = Times(whole=[0.030, 0.001], embedding=[0.020, 0.0], bare=[0.020, 0.020])
    found = figures("first turn", times)
    assert found["first turn: turns (with a search)"] == "2 (1)"
    assert found["first turn: ask p50 (ms)"] == 1.0
    assert found["first turn: ask / bare, p50"] == 1.5
    assert found["first turn: rest / bare, p50"] == 0.5


def test_no_turns_no_figures() -> None:
    assert figures("follow-up", Times()) == {}


@pytest.mark.slow
def test_a_dialogue_has_a_first_turn_and_follow_ups() -> None:
    turns = ["秦皇岛海外仓奖励多少？", "那连云港呢？", "谢谢"]
    case = read_case({"id": "one", "turns": turns, "expect": {"behaviour": "refuse"}}, "here")
    report = measure(Settings(_env_file=None), [case])
    assert report["first turn: turns (with a search)"] == "1 (1)"
    assert report["follow-up: turns (with a search)"] == "2 (1)"
    assert report["first turn: ask p50 (ms)"] > report["first turn: rest without the model p50 (ms)"] > 0
