"""Fills the HTML templates. Every value is escaped; the pages fetch nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.page_html import conclusion_html
from eval.figures import shorten

FOLDER = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.1f} %"
    # as the chat page shows it: tags in an answer are text, and nothing in it is a link or a picture
    environment.filters["markdown"] = lambda text: conclusion_html(str(text))
    environment.filters["shorten"] = shorten
    return environment


def render(template: str, **values: Any) -> str:
    """The page that a template in `templates/` makes of the values."""
    return _environment().get_template(template).render(**values)
