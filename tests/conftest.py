"""What all tests share: settings of the machine do not leak in, and a browser where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A POLICYDESK_* variable of the shell must not decide whether a test passes."""
    for name in [*os.environ]:
        if name.startswith("POLICYDESK_") or name in {"HOST", "PORT"}:
            monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """A running Chromium. Without one: skipped on a contributor's machine, failed in CI."""
    from playwright.sync_api import Error, sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        if path is None and not Path(own).exists():
            message = "no browser found: install Chromium or Chrome (Debian: apt install chromium) to run the test of the page"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        try:
            chromium = playwright.chromium.launch(executable_path=path or own, args=BROWSER_FLAGS)
        except Error as error:
            pytest.fail(f"{path or own} does not start: {error}")
        yield chromium
        chromium.close()
