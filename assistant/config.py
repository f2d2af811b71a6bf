"""The settings and the root of the errors, as the assistant shares them with the index: all that `app.py` needs besides a page."""

from index.config import Settings, load_settings
from index.errors import PolicyDeskError

__all__ = ["PolicyDeskError", "Settings", "load_settings"]
