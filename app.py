"""Starts everything on one port: settings -> assistant -> chat page. `make run`, or `python app.py`."""

from __future__ import annotations

import sys
from threading import Thread

from assistant.config import PolicyDeskError, load_settings
from assistant.page import build_page, serve
from assistant.pipeline import Assistant


def main() -> None:
    """Serve the chat page until interrupted."""
    try:
        settings = load_settings()
        assistant = Assistant.open(settings)
        Thread(target=assistant.warm_up, daemon=True).start()  # takes seconds: while the page opens, not at the first question
        serve(build_page(assistant), settings.host, settings.port)
    except PolicyDeskError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
