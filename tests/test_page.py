"""The chat page in a real browser: first with a scripted desk, then `app.py` as it is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from index.errors import ConfigError
from tests.desk import HOSTILE, QUOTE, ScriptedDesk

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240
"""For a machine that has to build the index first."""

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this machine itself, whatever proxy the shell names."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def desk() -> ScriptedDesk:
    return ScriptedDesk()


@pytest.fixture(scope="module")
def scripted(desk: ScriptedDesk) -> str:
    from assistant.page import build_page, serve

    port = free_port()
    Thread(target=serve, args=(build_page(desk), "127.0.0.1", port), daemon=True).start()
    address = f"http://127.0.0.1:{port}"
    wait_for(address, alive=lambda: True)
    return address


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Opens an address in a session of its own; what it requests is in `page.hosts`."""
    contexts = []

    def opened(address: str, *, width: int = 1280, language: str = "zh-CN") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 844}, locale=language)
        contexts.append(context)
        page = context.new_page()
        page.hosts = set()
        page.on("request", lambda request: page.hosts.add(request.url.split("/")[2] if "://" in request.url else ""))
        page.goto(address)
        page.locator(".pd-chip").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()


def ask(page: Any, question: str) -> Any:
    """Ask and wait for the whole answer; returns its last part."""
    before = page.locator(".pd-sources, .pd-error").count()
    page.fill("#pd-box textarea", question)
    page.press("#pd-box textarea", "Enter")
    page.locator(".pd-sources, .pd-error").nth(before).wait_for()
    return page.locator(".message.bot").last


@pytest.mark.parametrize("width", [1280, 390])
def test_a_source_opens_to_the_marked_quotation(scripted: str, open_page: Any, width: int) -> None:
    page = open_page(scripted, width=width)
    ask(page, "平台能拿多少？")
    mark = page.locator(".pd-source mark").first
    assert not mark.is_visible()
    page.locator(".pd-source summary").first.click()
    assert mark.is_visible()
    assert mark.inner_text() == QUOTE
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.hosts == {scripted.removeprefix("http://")}, "the page asks for something from outside"


def test_what_a_user_types_is_shown_and_not_run(scripted: str, open_page: Any) -> None:
    page = open_page(scripted)
    ask(page, HOSTILE)
    assert HOSTILE in page.locator(".pd-question").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#pd-chat img, #pd-chat a, #pd-chat script").count() == 0
    assert page.hosts == {scripted.removeprefix("http://")}


def test_errors_suggestions_and_restart(scripted: str, open_page: Any) -> None:
    page = open_page(scripted)
    assert "请缩短到1万字以内" in ask(page, "错误").inner_text()
    ask(page, "平台能拿多少？")
    assert "8000万元" in page.locator(".pd-facts").inner_text()
    page.get_by_role("button", name="什么时候到期？").click()
    page.get_by_text("第2问").wait_for()
    page.click("#pd-restart")
    page.locator(".pd-sources").first.wait_for(state="detached")
    assert page.locator(".pd-facts").count() == 0
    assert "第1问" in ask(page, "重新问").inner_text()


def test_a_long_answer_is_read_from_its_conclusion_on(scripted: str, open_page: Any) -> None:
    from playwright.sync_api import expect

    page = open_page(scripted, width=390)
    ask(page, "平台能拿多少？")
    answer = ask(page, "请详细说明")
    expect(answer.locator(".pd-conclusion")).to_be_in_viewport()
    expect(answer.locator(".pd-sources")).not_to_be_in_viewport()


def test_what_is_known_so_far_is_shown_before_the_answer(scripted: str, open_page: Any) -> None:
    page = open_page(scripted)
    page.fill("#pd-box textarea", "慢慢说")
    page.press("#pd-box textarea", "Enter")
    page.locator(".pd-conclusion", has_text="先说结论").wait_for()
    assert page.locator(".pd-sources").count() == 0
    page.locator(".pd-sources").wait_for()
    assert "先说" not in page.locator(".message.bot").last.inner_text()


def test_each_session_has_its_own_dialogue(scripted: str, open_page: Any) -> None:
    first, second = open_page(scripted), open_page(scripted)
    assert "第1问" in ask(first, "一").inner_text()
    assert "第1问" in ask(second, "二").inner_text()
    assert "第2问" in ask(first, "三").inner_text()


def test_the_day_asked_about(scripted: str, open_page: Any, desk: ScriptedDesk) -> None:
    page = open_page(scripted)
    ask(page, "今天")
    assert desk.days[-1] == date.today()
    page.fill("#pd-on input", "2025-06-30")
    page.press("#pd-on input", "Enter")
    ask(page, "那天")
    assert desk.days[-1] == date(2025, 6, 30)


def test_the_language_follows_the_browser_and_can_be_changed(scripted: str, open_page: Any) -> None:
    page = open_page(scripted, language="en-US")
    page.get_by_role("button", name="What can a platform get?").wait_for()
    page.get_by_text("中文").click()
    page.get_by_role("button", name="哪些政策还有效？").wait_for()
    assert page.locator("#pd-restart").inner_text() == "重新开始"


def test_a_taken_port_is_said_with_the_remedy() -> None:
    from assistant.page import build_page, serve

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="PORT="):
        serve(build_page(ScriptedDesk()), "127.0.0.1", taken.getsockname()[1])


@pytest.fixture(scope="module")
def app() -> Iterator[str]:
    """`python app.py` on a free port, with the real assistant."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    settings = {name for name in os.environ if name.startswith("POLICYDESK_")}
    environment = {name: value for name, value in os.environ.items() if name not in settings} | {"PORT": str(port), "HOST": "127.0.0.1"}
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment) as process:
        try:
            wait_for(address, alive=lambda: process.poll() is None)
            yield address
        finally:
            process.terminate()


def wait_for(address: str, *, alive: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(address):
        assert alive(), "the server stopped; its message stands above"
        assert time.monotonic() < deadline, f"no answer after {START_SECONDS} s"
        time.sleep(0.2)


def answers(address: str) -> bool:
    try:
        with DIRECT.open(address, timeout=5):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


def test_the_program_answers_with_the_cited_article(app: str, open_page: Any) -> None:
    page = open_page(app)
    answer = ask(page, "秦皇岛做1210，年线上交易额8000万，能拿多少")
    assert "100万元" in answer.inner_text()
    source = answer.locator(".pd-source", has_text="（二）").first
    source.locator("summary").click()
    assert "100万元" in source.locator("blockquote").inner_text()
    assert source.locator("mark").is_visible()
    assert page.hosts == {app.removeprefix("http://")}
    if picture := os.environ.get("PAGE_PICTURE"):
        page.screenshot(path=picture)
