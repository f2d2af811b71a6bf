"""The client for OpenAI-compatible servers, against a server on this machine."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

import pytest

from assistant.llm.client import build_model
from assistant.models import Answer
from assistant.models import Author as Who
from assistant.pipeline import Assistant
from index.config import Settings
from index.errors import ConfigError
from tests.assistant.invented import open_assistant
from tests.assistant.llm.server import ChatServer, serving

TODAY = date(2026, 6, 30)
QUESTION = "云岭年直播销售额4000万元，奖励多少？"
RIGHT = "云岭的企业最高可得80万元。"
SECONDS = 10.0
GRACE = 20.0
"""Far less than a model that hangs would take, far more than a busy machine adds."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    assistant = open_assistant(tmp_path_factory.mktemp("cities"))
    assistant.warm_up()  # the answers below have seconds each
    return assistant


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asks this machine itself, whatever proxy the shell names."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def connected(desk: Assistant, address: str, **options: Any) -> Assistant:
    """The same desk with a model at that address."""
    named = {"llm_model": "test", "llm_base_url": address, "llm_timeout": SECONDS, "llm_max_tokens": 200, **options}
    settings = Settings.model_validate({**desk.settings.model_dump(), **named})
    return Assistant(settings, desk.knowledge, desk.retriever.searcher, desk.glossary, build_model(settings))


def ask(desk: Assistant, server: ChatServer, **options: Any) -> Answer:
    start = time.monotonic()
    answer = connected(desk, server.address, **options).ask(QUESTION, on=TODAY)
    assert time.monotonic() - start < SECONDS + GRACE
    assert not [check.text for check in answer.checks if not check.proof]
    return answer


def test_a_reply_is_streamed_sentence_by_sentence(desk: Assistant) -> None:
    with serving(["云岭的企业", "最高可得", "80万元。", "\n\n4000万元的3%", "是120万元。"]) as server:
        *shown, answer = connected(desk, server.address).stream(QUESTION, on=TODAY)
    assert shown == [RIGHT, f"{RIGHT}\n\n4000万元的3%是120万元。"]
    assert isinstance(answer, Answer)
    assert (answer.author, answer.conclusion) == (Who.MODEL, RIGHT)


def test_what_is_sent(desk: Assistant) -> None:
    with serving(RIGHT) as server:
        ask(desk, server, llm_api_key="secret-7")
    sent = server.requests[0]
    assert (sent["model"], sent["max_tokens"], sent["stream"], sent["temperature"]) == ("test", 200, True, 0.0)
    assert server.keys == ["Bearer secret-7"]
    assert {tool["function"]["name"] for tool in sent["tools"]} == {"calculate_incentive", "match_company", "list_incentives"}
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]


def test_tools_are_not_sent_where_the_server_wants_none(desk: Assistant) -> None:
    with serving(RIGHT) as server:
        ask(desk, server, llm_tools=False)
    assert "tools" not in server.requests[0]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_stumbling_server_is_asked_again(desk: Assistant, status: int) -> None:
    with serving(status, RIGHT) as server:
        answer = ask(desk, server, llm_retries=1)
    assert (answer.author, len(server.requests)) == (Who.MODEL, 2)


@pytest.mark.parametrize(("retries", "requests"), [(0, 1), (1, 2)])
def test_it_is_not_asked_for_ever(desk: Assistant, retries: int, requests: int) -> None:
    with serving(500) as server:
        answer = ask(desk, server, llm_retries=retries)
    assert (answer.author, len(server.requests)) == (Who.PROGRAM, requests)
    assert "语言模型" in answer.notices[-1]


@pytest.mark.parametrize("status", [400, 401, 404])
def test_an_error_of_our_own_is_not_repeated(desk: Assistant, status: int) -> None:
    with serving(status) as server:
        answer = ask(desk, server, llm_retries=2)
    assert (answer.author, len(server.requests)) == (Who.PROGRAM, 1)


def test_a_server_that_says_nothing(desk: Assistant) -> None:
    with serving(20.0) as server:
        assert ask(desk, server, llm_timeout=1.0).author is Who.PROGRAM


def test_a_server_that_is_not_there(desk: Assistant) -> None:
    with serving(RIGHT) as server:
        pass
    assert ask(desk, server).author is Who.PROGRAM


def test_wrong_figures_over_the_wire(desk: Assistant) -> None:
    with serving("云岭的企业最高可得800万元。") as server:
        answer = ask(desk, server)
    assert (answer.author, len(server.requests)) == (Who.PROGRAM, 2)
    assert "800万元" not in answer.text


def test_no_model_is_the_default() -> None:
    assert build_model(Settings(_env_file=None)) is None  # type: ignore[call-arg]


def test_a_model_needs_an_address() -> None:
    """Without one the client would send policies and questions to a company's servers."""
    with pytest.raises(ConfigError, match="POLICYDESK_LLM_BASE_URL"):
        build_model(Settings(llm_model="test", _env_file=None))  # type: ignore[call-arg]


def test_a_missing_client_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai.chat_models.base", None)
    with pytest.raises(ConfigError, match="make llm"):
        build_model(Settings(llm_model="test", llm_base_url="http://127.0.0.1:1/v1", _env_file=None))  # type: ignore[call-arg]


def test_the_key_is_not_printed() -> None:
    assert "secret-7" not in repr(Settings(llm_api_key="secret-7", _env_file=None))  # type: ignore[arg-type, call-arg]
