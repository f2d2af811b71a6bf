"""A share of what another body pays: 按照其获得的扶持金额给予1:1的配套.

>>> match = MATCHED.search("按照其获得的奖励资金给予1:0.5的配套奖励")
>>> of_others(match)["basis"].label, str(of_others(match)["rate"].value)
('奖励资金', '0.5')
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from assistant.rules.extraction.naming import last_noun
from assistant.rules.schema import Figure, Measure
from index.models import Bound

MATCHED = re.compile(
    r"(?:按照?(?:其)?(?P<what>[^，；。按\d]{2,24}?)(?:的|分别|给予|予以|按照?)*)?(?<![\d.])1[:：∶](?P<share>\d(?:\.\d{1,2})?)(?![\d:：])"
    r"(?:的?比例)?(?:给予|予以)?的?(?:一次性)?(?:资金)?(?:配套|奖励|补助|补贴|资助|扶持)"
)
_OTHER_NAMES = ("上级资金", "上级奖励", "上级补助", "省级资金", "国家资金", "市级资金", "扶持金额", "省里给", "国家给", "市里给", "上级给")
"""How people call what they get from above."""


def of_others(match: re.Match[str]) -> dict[str, Any]:
    """Basis and rate of the rule."""
    label = last_noun(match["what"] or "")[-16:] or "上级资金"
    return {
        "basis": Measure(fact=label, label=label, unit="CNY", aliases=tuple(name for name in _OTHER_NAMES if name != label)),
        "rate": Figure(value=Decimal(match["share"]), unit="ratio", bound=Bound.EXACT),
    }
