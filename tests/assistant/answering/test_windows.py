"""From when to when applications are taken."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.windows import window_of

WINDOWS = [
    ("网上申报时间为2024年4月15日至2024年5月13日，逾期不予受理。", (date(2024, 4, 15), date(2024, 5, 13))),
    ("申报时间为2024年4月15日至5月13日。", (date(2024, 4, 15), date(2024, 5, 13))),
    ("申报时间为2024年12月15日至1月13日。", (date(2024, 12, 15), date(2025, 1, 13))),
    ("请于2024年5月13日前提交申报材料。", (None, date(2024, 5, 13))),
    ("请于5月13日前提交申报材料。", None),
    ("申报时间为2024年2月30日前。", None),
]


@pytest.mark.parametrize(("text", "window"), WINDOWS)
def test_the_days_of_a_sentence(text: str, window: tuple[date | None, date] | None) -> None:
    assert window_of(text) == window
