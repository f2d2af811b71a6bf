"""The retrieval benchmark counts right: ranks, shares."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench_retrieval import Scores, first_right, statutes_result
from index.config import Settings


def test_scores() -> None:
    scores = Scores.of([1, 2, 0, 10])
    assert scores == Scores(4, pytest.approx((1 + 0.5 + 0.1) / 4), 0.25, 0.5, 0.75)
    assert Scores.of([]) == Scores(0, 0.0, 0.0, 0.0, 0.0)


def test_first_right_counts_from_one() -> None:
    assert first_right("xyz", lambda key: key in "yz") == 2
    assert first_right("xyz", lambda key: key == "q") == 0


@pytest.mark.slow
def test_statutes(tmp_path: Path) -> None:
    corpus = [
        {"id": "甲法第一条", "text": "甲法第一条\n租金由承租人支付。"},
        {"id": "甲法第二条", "text": "甲法第二条\n保险费由投保人支付。"},
    ]
    queries = [{"id": "1", "text": "租金谁付？", "gold": ["甲法第一条"]}, {"id": "2", "text": "保费谁付？", "gold": ["没有的法第九条"]}]
    for name, records in (("corpus", corpus), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    result = statutes_result(tmp_path, Settings(data=tmp_path / "data", _env_file=None))
    assert result.scores["fused"].hit_at_1 == 0.5
    assert [miss["id"] for miss in result.missed] == ["2"]
