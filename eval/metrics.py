"""What is measured of each answer besides pass or fail, each with a value and a reason, and the sums of a run.

| metric | value |
|---|---|
| citation_precision | share of the cited articles that are right ones |
| citation_recall | share of the articles to be cited that are |
| right_article_rank | place of the first right article among the citations; 0: none |
| numbers_stated, numbers_missing, numbers_wrong | figures expected and stated; not stated; stated although wrong |
| ceiling_kept, status_told, own_city, quoted_verbatim | 1 or 0, where the question puts it to the test |
| unproven_figures | figures for which the answer itself names no proof |
| length | characters |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.checking import Check, is_cited
from eval.replies import Cited, Reply
from eval.schema import Case

AT = (1, 3, 5)
_STATED = ("numbers_all", "numbers_conclusion")
_WRONG = ("numbers_none", "numbers_not_final", "figures")
_AS_CHECKED = {"ceiling": "ceiling_kept", "standing": "status_told", "place": "own_city", "quotations": "quoted_verbatim"}


@dataclass(frozen=True, slots=True)
class Metric:
    """One value of one answer."""

    name: str
    value: float
    reason: str


def measure(case: Case, reply: Reply, checks: Sequence[Check]) -> list[Metric]:
    """The metrics that this case allows to be taken."""
    found = [Metric("length", len(reply.text), f"{len(reply.text)} characters")]
    if "checks" in reply.record:
        proofs = [check for check in reply.record["checks"] or [] if isinstance(check, dict)]
        bare = [str(check.get("text")) for check in proofs if not check.get("proof")]
        found.append(Metric("unproven_figures", len(bare), ", ".join(bare) or f"all {len(proofs)} figures have a proof"))
    if reply.behaviour == case.expect.behaviour:
        found += [*_citations(case, reply), *_numbers(checks)]
    for name, metric in _AS_CHECKED.items():
        seen = [check for check in checks if check.name == name]
        if seen:
            wrong = [check.reason for check in seen if not check.ok]
            found.append(Metric(metric, float(not wrong), "; ".join(wrong) or seen[0].value))
    return found


def _citations(case: Case, reply: Reply) -> Iterator[Metric]:
    expect = case.expect
    if not expect.cites:
        return
    cited = list(dict.fromkeys((one.policy, one.article) for one in reply.citations))
    right = [any(is_cited([one], wanted) for wanted in expect.cites) for one in _first_of_each(reply)]
    if cited:
        extra = [f"{policy} {article or ''}".strip() for (policy, article), is_right in zip(cited, right, strict=True) if not is_right]
        yield Metric("citation_precision", sum(right) / len(cited), f"besides: {'; '.join(extra)}" if extra else "nothing else is cited")
    missing = [str(wanted) for wanted in expect.cite_all if not is_cited(reply.citations, wanted)]
    wanted_count = len(expect.cite_all) + bool(expect.cite_any)
    any_of = not expect.cite_any or any(is_cited(reply.citations, wanted) for wanted in expect.cite_any)
    missing += [] if any_of else [" or ".join(map(str, expect.cite_any))]
    yield Metric("citation_recall", 1 - len(missing) / wanted_count, f"missing: {'; '.join(missing)}" if missing else "all are cited")
    rank = right.index(True) + 1 if True in right else 0
    yield Metric("right_article_rank", rank, f"number {rank} of {len(cited)}" if rank else f"none of {len(cited)} is right")


def _first_of_each(reply: Reply) -> list[Cited]:
    seen: dict[tuple[str, str | None], Cited] = {}
    for one in reply.citations:
        seen.setdefault((one.policy, one.article), one)
    return list(seen.values())


def _numbers(checks: Sequence[Check]) -> Iterator[Metric]:
    asked = [check for check in checks if check.name in _STATED]
    wrong = [check.reason for check in checks if check.name in _WRONG and not check.ok]
    if asked:
        missing = [check.reason for check in asked if not check.ok]
        yield Metric("numbers_stated", len(asked) - len(missing), f"{len(asked) - len(missing)} of {len(asked)}")
        yield Metric("numbers_missing", len(missing), "; ".join(missing) or "none")
    if asked or wrong:
        yield Metric("numbers_wrong", len(wrong), "; ".join(wrong) or "none")
