"""What must be said beside a result: draft, not in force, who decides, only the highest counts.

>>> standing_notices(Standing.DRAFT)[0]
'本文件是征求意见稿，尚未正式印发，不能据以申领；金额仅为拟定上限'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.rules.loader import RuleSet
from index.models import Standing

_STANDING = {
    Standing.DRAFT: (
        "本文件是征求意见稿，尚未正式印发，不能据以申领；金额仅为拟定上限",
        "This document is a draft for public comment: nothing can be claimed on it, and amounts are proposed ceilings",
    ),
    Standing.NOT_YET: (
        "该日期文件尚未施行（自{start}起施行）",
        "The document is not yet in force on that day (it takes effect on {start})",
    ),
    Standing.EXPIRED: (
        "该日期文件已过有效期（有效期至{end}）",
        "The document is no longer in force on that day (it was valid until {end})",
    ),
    Standing.PLAN_OVER: (
        "文件的规划期已结束（至{end}），是否仍执行请向主管部门核实",
        "The plan period is over (until {end}); ask the authority whether it still applies",
    ),
    Standing.UNSTATED: (
        "文件没有写明有效期，是否仍执行请向主管部门核实",
        "The document states no period of validity; ask the authority whether it still applies",
    ),
}
_APPROVAL = ("实际金额以主管部门审核批复为准", "The actual amount is subject to review and approval by the authorities")
_HIGHEST = (
    "就高不重复：同一主体的同一事项只按最高的支持",
    "Highest only: the same applicant receives only the highest support for the same matter",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the policy as a whole says on one day; the same for all its rules."""

    standing: Standing
    notices: tuple[str, ...]
    notices_en: tuple[str, ...]

    @property
    def in_force(self) -> bool:
        """False only outside stated days of validity: a plan that is over or a draft is computed, with a notice."""
        return self.standing not in (Standing.NOT_YET, Standing.EXPIRED)


def standing_notices(standing: Standing, start: date | None = None, end: date | None = None) -> tuple[str, str]:
    """The notice on a standing in Chinese and English; ("", "") when the document is in force."""
    zh, en = _STANDING.get(standing, ("", ""))
    return zh.format(start=start, end=end), en.format(start=start, end=end)


@lru_cache(maxsize=512)
def frame(rules: RuleSet, on: date) -> Frame:
    """Standing and notices of a policy on the day `on`."""
    policy = rules.policy
    standing = policy.standing(on)
    pairs = [standing_notices(standing, policy.effective_from.value, policy.effective_to.value)]
    if rules.file.approval:
        pairs.append(_APPROVAL)
    if rules.file.stacking.mode == "highest_only":
        pairs.append(_HIGHEST)
    told = [pair for pair in pairs if pair[0]]
    return Frame(standing, tuple(zh for zh, _ in told), tuple(en for _, en in told))
