"""Which figure of a question belongs to which measure of a rule.

A figure goes to the measure whose names are most like the words around it, if the units fit; a figure whose
words name nothing goes to the only open measure of its kind. So a new policy needs no new code here.
"""

from assistant.binding.bindings import Bindings
from assistant.binding.facts import bind
from assistant.binding.figures import is_granted, is_received
from assistant.binding.landmarks import named_rule
from assistant.binding.measures import STATUTORY_TAX, Slot, named, slots
from assistant.binding.names import bare_name, bigrams, different_parts, likeness
from assistant.binding.recall import recall
from assistant.binding.units import dimension, fits, is_sum

__all__ = [
    "STATUTORY_TAX",
    "Bindings",
    "Slot",
    "bare_name",
    "bigrams",
    "bind",
    "different_parts",
    "dimension",
    "fits",
    "is_granted",
    "is_received",
    "is_sum",
    "likeness",
    "named",
    "named_rule",
    "recall",
    "slots",
]
