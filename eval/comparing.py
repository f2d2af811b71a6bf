"""Two runs of the same cases: what got better, worse or only different, and whether that can be chance.

comparison = compare(read_results(Path("before")), read_results(Path("after")))
print(format_comparison(comparison))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.rendering import render
from eval.results import Result
from eval.statistics import mcnemar
from eval.summary import ALL, Measured, Tally, milliseconds, summarise
from index.errors import InputFileError

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """One case in both runs."""

    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, over the cases that both runs have."""

    kinds: dict[str, tuple[Tally, Tally]]
    metrics: dict[str, tuple[Measured, Measured]]
    times: tuple[dict[str, float], dict[str, float]]
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    """Same verdict, other words."""
    same: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    rewritten: tuple[str, ...]
    """Cases whose words or expectations differ between the runs: left out."""

    @property
    def chance(self) -> float:
        """How likely so uneven a change is if both are equally good (exact McNemar test)."""
        return mcnemar(len(self.worse), len(self.better))

    @property
    def verdict(self) -> str:
        """In words."""
        change = f"{len(self.better)} better, {len(self.worse)} worse, p = {self.chance:.3g}"
        if self.chance > SIGNIFICANT:
            return f"no significant difference ({change})"
        return f"significantly {'better' if len(self.better) > len(self.worse) else 'worse'} ({change})"


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """Hold two runs beside each other, case by case; of a repeated case, each repetition.

    Raises:
        InputFileError: they have no case in common.
    """
    old, new = ({result.key: result for result in results} for results in (before, after))
    shared = [key for key in old if key in new]
    asked_alike = [key for key in shared if old[key].fingerprint == new[key].fingerprint]
    if not asked_alike:
        raise InputFileError("the two runs have no case in common. Compare runs of the same case files.")
    pairs = [Pair(old[key], new[key]) for key in asked_alike]
    first, second = summarise([pair.before for pair in pairs]), summarise([pair.after for pair in pairs])
    changed = _where(pairs, lambda pair: pair.before.passed == pair.after.passed and _said(pair.before) != _said(pair.after))
    better = _where(pairs, lambda pair: not pair.before.passed and pair.after.passed)
    worse = _where(pairs, lambda pair: pair.before.passed and not pair.after.passed)
    return Comparison(
        kinds={name: (first.kinds[name], second.kinds[name]) for name in first.kinds} | {ALL: (first.total, second.total)},
        metrics={name: (value, second.metrics[name]) for name, value in first.metrics.items() if name in second.metrics},
        times=(milliseconds(first.seconds), milliseconds(second.seconds)),
        better=better,
        worse=worse,
        changed=changed,
        same=len(pairs) - len(better) - len(worse) - len(changed),
        only_before=tuple(id_ for id_, _ in old if (id_, _) not in new),
        only_after=tuple(id_ for id_, _ in new if (id_, _) not in old),
        rewritten=tuple(key[0] for key in shared if key not in set(asked_alike)),
    )


def _where(pairs: Sequence[Pair], holds: Callable[[Pair], bool]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if holds(pair))


def _said(result: Result) -> tuple[str, str]:
    return str(result.answer.get("behaviour")), str(result.answer.get("text"))


def format_comparison(comparison: Comparison, names: tuple[str, str] = ("A", "B")) -> str:
    """The comparison as text."""
    lines = [f"{'kind':<16}{names[0]:>16}{names[1]:>16}"]
    for kind, (first, second) in comparison.kinds.items():
        sign = "" if first.passed == second.passed else f"  {second.passed - first.passed:+d}"
        lines.append(f"{kind:<16}{f'{first.passed}/{first.total}':>16}{f'{second.passed}/{second.total}':>16}{sign}")
    lines.append("")
    for name, (one, other) in comparison.metrics.items():
        sign = "" if one.value == other.value else f"  {other.value - one.value:+.3f}"
        lines.append(f"{name:<22}{one.value:>10.3f}{other.value:>16.3f}{sign}")
    old, new = comparison.times
    lines.append(f"{'ms a turn (median)':<22}{old['p50']:>10}{new['p50']:>16}")
    for title, pairs in (("worse", comparison.worse), ("better", comparison.better)):
        lines += ["", f"{title}: {len(pairs)}"] if pairs else []
        for pair in pairs:
            failed = pair.after if title == "worse" else pair.before
            lines += [f"  {failed.case.id}  {' | '.join(failed.case.turns)}", *(f"      {reason}" for reason in failed.reasons)]
    lines += ["", f"same verdict, other words: {len(comparison.changed)}; the same: {comparison.same}"]
    for title, ids in _left_out(comparison).items():
        lines.append(f"{title}: {len(ids)} ({', '.join(ids[:8])}{' …' if len(ids) > 8 else ''})")
    return "\n".join([*lines, comparison.verdict])


def _left_out(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    found = {
        "only in the first": comparison.only_before,
        "only in the second": comparison.only_after,
        "rewritten, left out": comparison.rewritten,
    }
    return {title: ids for title, ids in found.items() if ids}


def comparison_html(comparison: Comparison, runs: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    """The comparison as a page of its own."""
    groups = (("Worse", comparison.worse), ("Better", comparison.better), ("Same verdict, other words", comparison.changed))
    return render("compare.html", one=comparison, runs=runs, groups=groups, left_out=_left_out(comparison))
