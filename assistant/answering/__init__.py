"""Which kind of answer a question gets, about which rules or sentences."""

from assistant.answering.routing import compose

__all__ = ["compose"]
