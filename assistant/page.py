"""The chat page. It asks the assistant and shows what it says; it decides nothing itself.

serve(build_page(Assistant.open(settings)), settings.host, settings.port)
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant import page_html
from assistant.models import Answer
from index.errors import ConfigError, PolicyDeskError

CHIPS = 6
"""Buttons for example questions and suggestions."""
AT_ONCE = 2
"""Questions answered at the same time: more threads than cores make PyTorch slower, not faster."""
WAITING = 64
"""Questions that may queue; the next one is told that the desk is busy."""
FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
"""Fonts of the reader's machine: the default theme would fetch some from the web."""
TO_QUESTION = "() => setTimeout(() => [...document.querySelectorAll('.pd-question')].pop()?.scrollIntoView({block: 'start'}), 150)"
"""A long answer is read from its conclusion on: the chat shows the last question, not the end of the answer."""


class Desk(Protocol):
    """What the page needs of the assistant."""

    def stream(self, question: str, dialogue: Any = None, on: date | None = None) -> Iterator[str | Answer]:
        """Answer one turn of the dialogue for the day `on`: what can be shown before, each replacing the last, then the answer."""

    def new_dialogue(self) -> Any:
        """An empty dialogue; `stream` changes it."""

    def examples(self, language: str, /) -> list[str]:
        """Questions to start with, in `zh` or `en`."""

    def article_text(self, policy_id: str, label: str | None) -> str:
        """The words of an article."""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    intro: str
    placeholder: str
    ask: str
    on: str
    restart: str
    facts: str
    bad_date: str
    examples: str
    suggestions: str
    empty: str


_WORDS = {
    "zh": _Words(
        title="PolicyDesk 政策台",
        intro="查询城市扶持政策：每个数字都有条款出处，或由可核对的计算得出。",
        placeholder="例如：我们在秦皇岛做跨境电商，能申请哪些补贴？",
        ask="提问",
        on="按这一天判断效力",
        restart="重新开始",
        facts="已记住",
        bad_date="日期看不懂：“{text}”。请写成 2025-06-30 这样。",
        examples="试着问",
        suggestions="接着问",
        empty="说出城市、业务和数额，就能得到带条款原文的答复。<br>金额多为上限，最终以主管部门审核为准。",
    ),
    "en": _Words(
        title="PolicyDesk 政策台",
        intro="Ask city policies: every figure is quoted from an article or computed in steps you can check.",
        placeholder="For example: we sell cross-border in Qinhuangdao, which support can we get?",
        ask="Ask",
        on="In force on",
        restart="Start again",
        facts="Remembered",
        bad_date="“{text}” is not a date. Write it like 2025-06-30.",
        examples="Try",
        suggestions="Ask next",
        empty="Name the city, your business and its figures; the answer comes with the article it rests on.<br>"
        "Most amounts are ceilings: the authority in charge decides.",
    ),
}


def build_page(desk: Desk) -> gr.Blocks:
    """The page, not yet served. Each browser session has its own dialogue."""
    blocks: gr.Blocks = gr.Blocks(title="PolicyDesk 政策台", analytics_enabled=False)
    with blocks:
        _Page(desk).lay_out(blocks)
    return blocks


def mount(blocks: gr.Blocks, app: FastAPI) -> FastAPI:
    """The page at `/` of a web application; routes the application already has keep their addresses."""
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=gr.themes.Soft(font=FONTS, font_mono=["monospace"]),
        css_paths=Path(__file__).with_name("page.css"),
        footer_links=[],
        run_history=False,  # nobody's questions are kept in the browser
        ssr_mode=False,
        show_error=False,
    )
    return mounted


def serve(blocks: gr.Blocks, host: str, port: int) -> None:
    """Serve the page until the process is interrupted.

    Raises:
        ConfigError: the port is taken, or the address is not one of this machine.
    """
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise ConfigError(f"Cannot serve on {host}:{port}: {error.strerror or error}. Choose another port: make run PORT=7861") from error
    uvicorn.run(mount(blocks, FastAPI(title="PolicyDesk")), host=host, port=port, access_log=False)


class _Page:
    """The parts of the page and what happens between them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def lay_out(self, blocks: gr.Blocks) -> None:
        """Create the parts, top to bottom, and connect them."""
        words = _WORDS["zh"]
        with gr.Row(elem_id="pd-top"):
            self.header = gr.HTML(_header(words))
            self.language = gr.Radio(
                [("中文", "zh"), ("English", "en")], value="zh", show_label=False, container=False, elem_id="pd-language"
            )
        self.chat = gr.Chatbot(
            elem_id="pd-chat",
            show_label=False,
            height=None,
            autoscroll=False,
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            layout="bubble",
            placeholder=words.empty,
        )
        self.facts = gr.HTML(visible=False)
        with gr.Row(elem_id="pd-chips"):
            self.chips_heading = gr.HTML(_small(words.examples))
            self.chips = [gr.Button(visible=False, size="sm", min_width=0, elem_classes="pd-chip") for _ in range(CHIPS)]
        self.box = gr.Textbox(
            placeholder=words.placeholder,
            show_label=False,
            container=False,
            submit_btn=words.ask,
            max_lines=6,
            autofocus=True,
            elem_id="pd-box",
        )
        with gr.Row(elem_id="pd-bottom"):
            self.on = gr.DateTime(
                value=_today,  # type: ignore[arg-type]  # called each time the page is opened
                include_time=False,
                type="string",
                label=words.on,
                min_width=0,
                elem_id="pd-on",
            )
            self.restart = gr.Button(words.restart, size="sm", min_width=0, elem_id="pd-restart")
        self.dialogue = gr.State(None)
        self.last = gr.State(None)
        self._connect(blocks)

    def _connect(self, blocks: gr.Blocks) -> None:
        side = [self.facts, self.chips_heading, *self.chips]
        inputs = [self.chat, self.dialogue, self.last, self.on, self.language]
        outputs = [self.chat, self.box, self.dialogue, self.last, *side]
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        self.box.submit(self._ask, [self.box, *inputs], outputs, **private)
        for chip in self.chips:
            chip.click(self._ask, [chip, *inputs], outputs, **private)
        self.chat.change(None, js=TO_QUESTION)
        self.restart.click(self._restart, [self.language], outputs, **private)
        fixed = [self.header, self.chat, self.box, self.on, self.restart, *side]
        self.language.change(self._switch, [self.language, self.last], fixed, **private)
        blocks.load(self._first, None, [self.language, *fixed], **private)

    def _ask(
        self, question: str, history: list[Any], dialogue: Any, last: Answer | None, day: str | None, language: str
    ) -> Iterator[tuple[Any, ...]]:
        """One turn, in pieces: the question, the conclusion, everything."""
        if not question.strip():
            yield (history, "", dialogue, last, *self._side(last, language))
            return
        dialogue = self.desk.new_dialogue() if dialogue is None else dialogue
        asked = [*history, {"role": "user", "content": page_html.question_html(question)}]
        quiet = (gr.skip(),) * (2 + CHIPS)
        yield (_with(asked, page_html.waiting_html()), "", dialogue, last, *quiet)
        try:
            for piece in self.desk.stream(question, dialogue, _day(day, language)):
                if isinstance(piece, str):
                    yield (_with(asked, page_html.conclusion_html(piece)), "", dialogue, last, *quiet)
                    continue
                yield (_with(asked, page_html.conclusion_html(piece.conclusion)), "", dialogue, piece, *quiet)
                whole = page_html.answer_html(piece, self.desk.article_text)
                yield (_with(asked, whole), "", dialogue, piece, *self._side(piece, language))
        except PolicyDeskError as error:
            yield (_with(asked, page_html.error_html(str(error))), "", dialogue, last, *quiet)

    def _restart(self, language: str) -> tuple[Any, ...]:
        return ([], "", None, None, *self._side(None, language))

    def _first(self, request: gr.Request) -> tuple[Any, ...]:
        """On opening: in the language the browser asks for."""
        language = "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"
        return (language, *self._switch(language, None))

    def _switch(self, language: str, last: Answer | None) -> tuple[Any, ...]:
        words = _WORDS[language]
        return (
            _header(words),
            gr.update(placeholder=words.empty),
            gr.update(placeholder=words.placeholder, submit_btn=words.ask),
            gr.update(label=words.on),
            gr.update(value=words.restart),
            *self._side(last, language),
        )

    def _side(self, last: Answer | None, language: str) -> tuple[Any, ...]:
        """What follows from the last answer: remembered facts and the next questions, or examples where there are none."""
        words = _WORDS[language]
        questions = list(last.suggestions) if last else []
        heading = words.suggestions if questions else words.examples
        questions = (questions or self.desk.examples(language))[:CHIPS]
        chips = [gr.update(value=text, visible=True) for text in questions]
        chips += [gr.update(visible=False)] * (CHIPS - len(chips))
        facts = page_html.facts_html(last.facts if last else {}, words.facts)
        return (gr.update(value=facts, visible=bool(facts)), _small(heading), *chips)


def _with(history: list[Any], reply: str) -> list[Any]:
    return [*history, {"role": "assistant", "content": reply}]


def _day(text: str | None, language: str) -> date:
    """The day asked about; today when the field is empty."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise ConfigError(_WORDS[language].bad_date.format(text=text)) from error


def _today() -> str:
    return date.today().isoformat()


def _header(words: _Words) -> str:
    return f'<div class="pd-header"><h1>{words.title}</h1><p>{words.intro}</p></div>'


def _small(text: str) -> str:
    return f'<div class="pd-small">{text}</div>'
