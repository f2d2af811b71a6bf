"""The prompts of prompts.yaml, filled in. Text of documents and users is data: it cannot close the tag it stands in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

_HARMLESS = str.maketrans({"<": "＜", ">": "＞"})
Language = Literal["zh", "en"]


class Words(BaseModel):
    """A prompt in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str = ""
    user: str


class Prompt(BaseModel):
    """A prompt in all languages of answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1)
    zh: Words
    en: Words

    def messages(self, language: str, **data: str) -> list[BaseMessage]:
        """The prompt with its data, which is made harmless."""
        words = self.en if language == "en" else self.zh
        user = words.user.format_map({name: value.translate(_HARMLESS) for name, value in data.items()})
        return [*([SystemMessage(words.system)] if words.system else []), HumanMessage(user)]


@lru_cache(maxsize=1)
def load_prompts() -> dict[str, Prompt]:
    """All prompts, by name."""
    path = Path(__file__).with_name("prompts.yaml")
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return {name: Prompt.model_validate(entry) for name, entry in content.items()}
