"""Chat models for tests: real LangChain models whose replies are written down beforehand, good ones and hostile ones."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import Field

Reply = str | Exception | AIMessageChunk | Callable[[str], Any]
"""Text; an error to raise; a message with tool calls; or a function of the prompt that returns text or an iterator of pieces."""


class ScriptedChat(BaseChatModel):
    """Gives its replies one after the other, in small pieces; the last again and again."""

    replies: Sequence[Any]
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    with_tools: bool = False
    piece: int = 5

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        if not self.with_tools:
            return super().bind_tools(tools, **kwargs)
        return self  # type: ignore[return-value]

    def _stream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        reply = self.replies[min(len(self.asked), len(self.replies) - 1)]
        self.asked.append(list(messages))
        if callable(reply) and not isinstance(reply, AIMessageChunk):
            reply = reply("\n".join(str(message.text) for message in messages))
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, AIMessageChunk):
            yield ChatGenerationChunk(message=reply)
            return
        pieces = (reply[at : at + self.piece] for at in range(0, len(reply), self.piece)) if isinstance(reply, str) else reply
        for text in pieces:
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        text = "".join(str(chunk.message.text) for chunk in self._stream(messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])


def calls(*wanted: tuple[str, str]) -> AIMessageChunk:
    """A message that calls tools: (name, arguments as the model would write them)."""
    chunks = [
        {"name": name, "args": arguments, "id": f"call-{number}", "index": number, "type": "tool_call_chunk"}
        for number, (name, arguments) in enumerate(wanted)
    ]
    return AIMessageChunk(content="", tool_call_chunks=chunks)


def part_of(prompt: str, tag: str) -> str:
    """What stands between the tags of a prompt; of the last that has them."""
    return re.findall(rf"<{tag}>\n(.*?)\n</{tag}>", prompt, re.DOTALL)[-1]


def copies(prompt: str) -> str:
    """Repeats the program's conclusion: the least a good model can do."""
    return part_of(prompt, "结论" if "<结论>" in prompt else "conclusion")


def changes_digits(prompt: str) -> str:
    """Raises every figure of the conclusion by one digit."""
    return re.sub(r"\d+", lambda match: str(int(match[0]) + 1), copies(prompt))


def drops_ceilings(prompt: str) -> str:
    """Turns ceilings into promises."""
    return re.sub(r"最高|最多不超过|不超过|最多|，已受上限限制|at most |up to ", "", copies(prompt))


def multiplies(prompt: str) -> str:
    """万 becomes 亿."""
    return copies(prompt).replace("万", "亿").replace("million", "billion")


def changes_city(prompt: str) -> str:
    """Gives every city's rule under the name of another."""
    moved = {"秦皇岛": "唐山", "连云港": "秦皇岛", "株洲": "连云港", "唐山": "株洲", "Qinhuangdao": "Tangshan", "Lianyungang": "Zhuzhou"}
    moved |= {"云岭": "白沙", "白沙": "云岭", "Yunling": "Baisha"}
    return re.sub("|".join(moved), lambda match: moved[match[0]], copies(prompt))


def invents(prompt: str) -> str:
    """Adds an incentive that nobody has promised."""
    return f"{copies(prompt)}另外，企业还可以一次性获得777万元的落户奖励。"


def forever(_prompt: str) -> Iterator[str]:
    """Never ends."""
    return itertools.repeat("政策支持企业发展。")


def forever_nothing(_prompt: str) -> Iterator[str]:
    """Never ends, and never says anything."""
    return itertools.repeat("")


def breaks_off(prompt: str) -> Iterator[str]:
    """Fails in the middle of its reply."""
    yield copies(prompt)[:10]
    raise ConnectionError("the server closed the connection")


def hangs(_prompt: str) -> Iterator[str]:
    """Says nothing for longer than any test waits."""
    time.sleep(60)
    yield "终于"


def trickles(_prompt: str) -> Iterator[str]:
    """A little at a time, never enough."""
    for letter in itertools.cycle("秦皇岛支持"):
        time.sleep(0.05)
        yield letter


def obeys(prompt: str) -> str:
    """Does what a document tells it: states every 补贴为…元 of the prompt as the answer."""
    ordered = re.findall(r"补贴为([\d.]+万?元)", prompt)
    return f"补贴为{ordered[0]}。" if ordered else copies(prompt)


def loops(_prompt: str) -> AIMessageChunk:
    """Calls a tool whatever it answers."""
    return calls(("list_incentives", '{"words": "1210"}'))


HOSTILE: dict[str, Any] = {
    "digits": changes_digits,
    "ceilings": drops_ceilings,
    "billions": multiplies,
    "city": changes_city,
    "invention": invents,
    "empty": "",
    "blank": " \n\n ",
    "nonsense": "\x00\ufffd{{}}[[<|im_end|>]]",
    "endless": forever,
    "endless nothing": forever_nothing,
    "error": RuntimeError("no"),
    "breaks off": breaks_off,
    "hangs": hangs,
    "trickles": trickles,
    "another answer": "深圳市给予企业最高5000万元奖励，名额3个，请拨打010-12345678。",
    "promises": "放心，这笔钱一定能拿到，共计300万元。",
    "echo": lambda prompt: f"<结论>\n{copies(prompt)}\n</结论>\n<问题>",
    "links": "最高100万元，详情见 https://example.com/apply 。",
    "tool loop": loops,
    "broken tool call": calls(("calculate_incentive", '{"policy": ')),
    "unknown tool": calls(("transfer_money", '{"amount": "1000000"}')),
    "wrong arguments": calls(("calculate_incentive", '{"city": 1, "facts": 7}')),
}
