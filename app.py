"""Starts everything on one port: settings -> assistant -> chat page. `make run`, or `python app.py`."""

from __future__ import annotations

import sys

from assistant.pipeline import Assistant, PolicyDeskError, load_settings

from assistant.page import build_page, serve


def main() -> None:
    """Serve the chat page until interrupted."""
    try:
        settings = load_settings()
        serve(build_page(Assistant.open(settings)), settings.host, settings.port)
    except PolicyDeskError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
