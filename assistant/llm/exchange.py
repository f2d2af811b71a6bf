"""The talk with a model about one answer: its replies, and the tools it calls in between."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage
from langchain_core.tools import BaseTool
from pydantic import ValidationError

from assistant.check import Proof, check_numbers, unproven
from assistant.llm.watch import read
from assistant.models import Calculation
from index.errors import ModelError

ROUNDS = 3
"""How often a model may call tools before it must write."""
CALLS = 4
"""Calls of one round that are carried out."""
LETTERS_A_TOKEN = 8
"""No token of any vocabulary in use is longer on average: a reply beyond this has ignored the limit it was given."""
CIRCLE, REPEATS = 24, 6
"""So many times the same so many letters: a reply that no longer goes anywhere."""
_THINKING = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
"""What some models write before their reply; it is not part of it."""
_SENTENCE_END = re.compile(r"[。！？!?；][”’）)]?|\.(?=\s)|\n")


@dataclass
class Exchange:
    """Messages to and from the model. Bounded in time, in length and in rounds of tools."""

    model: BaseChatModel
    messages: list[BaseMessage]
    deadline: float
    max_tokens: int
    said: str
    """The user's own words: a tool that was given other figures proves nothing."""
    tools: Mapping[str, BaseTool] = field(default_factory=dict)
    worked: list[Calculation] = field(default_factory=list)
    """What tools worked out from figures the user gave."""

    def reply(self) -> Iterator[str]:
        """The reply so far, each time it has grown; the last is the whole.

        Raises:
            ModelError: it failed, was too slow, did not end, or said nothing.
        """
        for _ in range(ROUNDS + 1):
            text, message = "", AIMessageChunk(content="")
            for chunk in read(lambda: self._bound().stream(self.messages), self.deadline):
                message += chunk
                text += str(chunk.text)
                if len(text) > self.max_tokens * LETTERS_A_TOKEN or _turns_in_circles(text):
                    raise ModelError("the reply does not end")
                if shown := written(text):
                    yield shown
            if not message.tool_calls and not message.invalid_tool_calls:
                text = written(text)
                if message.response_metadata.get("finish_reason") == "length":
                    text = ended(text)
                if not text:
                    raise ModelError("the reply is empty")
                self.messages.append(AIMessage(content=text))
                yield text
                return
            self._answer_calls(message)
        raise ModelError("the model calls tools again and again")

    def ask_again(self, text: str) -> None:
        """Add what the model shall answer next."""
        self.messages.append(HumanMessage(content=text))

    def _bound(self) -> BaseChatModel:
        if not self.tools:
            return self.model
        try:
            return self.model.bind_tools(list(self.tools.values()))  # type: ignore[return-value]  # a runnable that streams like it
        except NotImplementedError:  # what LangChain raises for a model that knows no tools
            self.tools = {}
            return self.model

    def _answer_calls(self, message: AIMessageChunk) -> None:
        """Carry out what can be; the rest is told what is wrong with it."""
        calls = message.tool_calls[:CALLS]
        self.messages.append(AIMessage(content=message.content, tool_calls=calls))
        for call in calls:
            self.messages.append(ToolMessage(self._call(call["name"], call["args"], call["id"] or ""), tool_call_id=call["id"] or ""))
        if message.invalid_tool_calls:
            self.ask_again(_error("the arguments of a tool call are no JSON object; call it again, or write the answer"))

    def _call(self, name: str, arguments: Mapping[str, object], id_: str) -> str:
        tool = self.tools.get(name)
        if tool is None:
            return _error(f"there is no tool {name!r}; there are: {', '.join(self.tools)}")
        if len(str(arguments)) > self.max_tokens * LETTERS_A_TOKEN:
            return _error("the arguments are too long")
        try:
            result: ToolMessage = tool.invoke({"type": "tool_call", "id": id_, "name": name, "args": dict(arguments)})
        except ValidationError as error:
            return _error("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()))
        if not unproven(check_numbers(_values(arguments.get("facts")), [Proof("question", self.said)])):
            self.worked += [result.artifact] if isinstance(result.artifact, Calculation) else []
        return str(result.content)


def written(text: str) -> str:
    """The reply without the model's thinking aloud."""
    return _THINKING.sub("", text).strip()


def ended(text: str) -> str:
    """The text up to the end of its last whole sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]].strip() if ends else ""


def _turns_in_circles(text: str) -> bool:
    """Whether the last words stand there again and again: small models do that until they are stopped."""
    last = text[-CIRCLE:]
    return len(text) > CIRCLE * REPEATS and len(set(last)) > 1 and text.count(last) >= REPEATS


def _values(facts: object) -> str:
    return "；".join(map(str, facts.values())) if isinstance(facts, Mapping) else ""


def _error(words: str) -> str:
    return json.dumps({"error": words}, ensure_ascii=False)
