"""The bench of scale: documents under other cities that load with all their rules, and figures for each size."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.rules.loader import load_all
from eval.bench_scale import StandIn, measure, moved_turns, ratios_to
from eval.many_cities import moves, write_corpus
from eval.reading import read_case
from index.config import ROOT, Settings
from index.policies import load_policies

POLICIES = ROOT / "policies_text"
CASE = {"id": "one", "turns": ["秦皇岛海外仓奖励多少？", "那连云港呢？"], "expect": {"behaviour": "refuse"}}


def test_every_made_document_loads_with_its_rules(tmp_path: Path) -> None:
    made = write_corpus(POLICIES, tmp_path, 7)
    policies, problems = load_policies(tmp_path)
    rules, broken = load_all(policies, tmp_path)
    assert (len(policies), problems, broken) == (7, [], [])
    originals, _ = load_policies(POLICIES)
    own, _ = load_all(originals, POLICIES)
    for move in made:
        policy = next(policy for policy in policies if policy.id == move.new_id)
        assert policy.place.city == move.new.name
        assert move.old.short not in policy.text
        assert len(rules[policy.id].rules) == len(own[move.policy.id].rules) > 0


def test_documents_of_one_city_move_together_and_still_lead_each_other(tmp_path: Path) -> None:
    write_corpus(POLICIES, tmp_path, 5)
    policies = {policy.id: policy for policy in load_policies(tmp_path)[0]}
    later, earlier = policies["lianyungang-2024-0"], policies["lianyungang-2021-20-0"]
    assert later.place == earlier.place
    assert earlier.superseded_by == ("lianyungang-2024-0",)
    assert len({policy.place.city for policy in policies.values()}) == 4


def test_no_city_is_used_twice_while_there_are_others() -> None:
    cities = [move.new.name for move in moves(load_policies(POLICIES)[0], 50) if not move.policy.id.startswith("lianyungang-2021")]
    assert len(set(cities)) == len(cities) == 40


def test_questions_ask_for_cities_of_the_corpus() -> None:
    made = list(moves(load_policies(POLICIES)[0], 10))
    places = {move.policy.id: move.new.short for move in made[5:]}
    assert moved_turns(read_case(CASE, "here"), made, 1) == [
        f"{places['qinhuangdao-2022-26']}海外仓奖励多少？",
        f"那{places['lianyungang-2024']}呢？",
    ]


def test_the_stand_in_puts_like_texts_together() -> None:
    query, near, far = StandIn().embed_passages(["仓库租金补贴", "租金补贴30%", "服务贸易出口退税"])
    assert query @ near > query @ far
    assert query @ query == pytest.approx(1)


def test_ratios() -> None:
    assert ratios_to({"load (s)": 2.0, "problems": 0}, {"load (s)": 5.0, "problems": 1}) == {"load (s)": 2.5}


@pytest.mark.slow
def test_each_size_is_measured() -> None:
    report = measure(Settings(_env_file=None), [read_case(CASE, "here")], sizes=[2, 4])
    assert report["sizes"]["4"]["chunks"] > report["sizes"]["2"]["chunks"] > 0
    assert report["sizes"]["4"]["folders that could not be used"] == 0
    assert report["ratios"]["2"]["ask p50 (ms)"] == 1.0
    assert report["bare model, a question p50 (ms)"] > 0
