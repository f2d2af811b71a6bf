"""The one reader of figures and dates, used wherever a number matters, so that no string is read two ways.

>>> from index.quantities import parse_quantities
>>> [(q.value, q.unit, q.bound.value) for q in parse_quantities("最高不超过100万元")]
[(Decimal('1000000'), 'CNY', 'at_most')]
"""

from index.quantities.dates import parse_dates
from index.quantities.formatting import format_quantity, quantities_as_json
from index.quantities.numerals import parse_number
from index.quantities.parser import parse_quantities

__all__ = ["format_quantity", "parse_dates", "parse_number", "parse_quantities", "quantities_as_json"]
