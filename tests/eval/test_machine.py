"""What benchmarks say of the machine, and how they keep their figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench_scale import StandIn
from eval.machine import TimedEmbedder, environment, in_ms, show_report, versions
from index.errors import InputFileError


def test_the_environment_names_machine_versions_and_time() -> None:
    said = environment()
    assert "cores" in said["machine"]
    assert "python 3." in said["versions"]
    assert "numpy" in said["versions"]
    assert said["measured at"][:2] == "20"


def test_a_library_that_is_not_installed_is_not_named() -> None:
    assert "no-such-library" not in versions(["numpy", "no-such-library"])


def test_a_report_is_printed_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "bench.json"
    show_report({"search p50 (ms)": 31.5, "说明": "中文"}, out=out)
    assert capsys.readouterr().out.splitlines() == ["search p50 (ms)  31.5", "说明               中文"]
    assert json.loads(out.read_text(encoding="utf-8")) == {"search p50 (ms)": 31.5, "说明": "中文"}


def test_a_report_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="--out"):
        show_report({"a": 1}, out=tmp_path)


def test_the_time_in_an_embedder_is_added_up() -> None:
    timed = TimedEmbedder(StandIn())
    timed.embed_queries(["租金"])
    first = timed.seconds
    timed.embed_passages(["租金补贴30%"] * 50)
    assert 0 < first < timed.seconds
    assert timed.identity == StandIn.identity


def test_percentiles_are_in_milliseconds() -> None:
    assert (in_ms([0.001, 0.002, 0.003]), in_ms([0.001, 0.002, 0.003], 0.95)) == (2.0, 3.0)
