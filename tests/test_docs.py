"""The documents say what is there: settings, commands, targets, kinds, modules, links, and the exchanges they show."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.__main__ import app as assistant_app
from assistant.rules import schema
from assistant.rules.schema import Condition, Period, RuleKind
from eval.__main__ import app as eval_app
from index.__main__ import app as index_app
from index.config import Settings
from index.models import Status

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").glob("*.md"))
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in FILES}
APPS = {"index": index_app, "assistant": assistant_app, "eval": eval_app}
SLOW = ("ask", "verify", "search", "bench")
"""Commands that load the embedding model."""


def commands(app: typer.Typer) -> Iterator[tuple[str, list[str]]]:
    """Each command as it is typed ("rules review"), with its long options."""
    tree = typer.main.get_command(app)

    def walk(command: object, name: str) -> Iterator[tuple[str, list[str]]]:
        for child_name, child in getattr(command, "commands", {}).items():
            yield from walk(child, f"{name} {child_name}".strip())
        if not hasattr(command, "commands"):
            options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]  # type: ignore[attr-defined]
            yield name, [option for option in options if option != "--help"]

    return walk(tree, "")


def section(text: str, heading: str) -> str:
    """The words from a heading of second level to the next."""
    match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"there is no heading “## {heading}”"
    return match[1]


def variable(name: str) -> str:
    alias = Settings.model_fields[name].validation_alias
    return str(alias) if alias else f"POLICYDESK_{name.upper()}"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    row = re.search(rf"^\| `{variable(name)}` \| (.*?) \|", section(TEXTS["docs/usage.md"], "Settings"), re.MULTILINE)
    assert row, f"docs/usage.md has no row for {variable(name)}"
    default = Settings.model_fields[name].default
    shown = default.name if isinstance(default, Path) else str(default)
    assert row[1] == (f"`{shown}`" if shown else "empty")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {variable(name) for name in Settings.model_fields}
    for path, text in TEXTS.items():
        assert set(re.findall(r"POLICYDESK_[A-Z_]*[A-Z]", text)) <= known, path


@pytest.mark.parametrize(("room", "command", "options"), [(room, *each) for room, app in APPS.items() for each in commands(app)])
def test_every_command_and_option_is_documented(room: str, command: str, options: list[str]) -> None:
    text = section(TEXTS["docs/usage.md"], f"python -m {room}")
    assert re.search(rf"^### {command}$|`{command}(?: [^`]*)?`", text, re.MULTILINE), f"python -m {room} {command}"
    missing = [option for option in options if option not in text]
    assert not missing, f"python -m {room} {command}: {missing}"


def test_every_shown_command_exists() -> None:
    known = {room: [name for name, _ in commands(app)] for room, app in APPS.items()}
    for path, text in TEXTS.items():
        for room, words in re.findall(r"python -m (index|assistant|eval) ([a-z]+(?: [a-z]+)?)", text):
            assert any(f"{words} ".startswith(f"{name} ") for name in known[room]), f"{path}: python -m {room} {words}"


def test_every_target_of_make_is_documented_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^\| `make ([a-z]+)` \|", TEXTS["docs/usage.md"], re.MULTILINE)) == targets
    for path, text in TEXTS.items():
        assert set(re.findall(r"`make ([a-z]+)", text)) <= targets, path


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_of_rule_is_documented(kind: RuleKind) -> None:
    assert f"\n| `{kind}` |" in section(TEXTS["docs/rules.md"], "Kinds")


def test_every_field_of_a_rule_is_documented() -> None:
    parts = [part for part in vars(schema).values() if isinstance(part, type) and issubclass(part, schema.Strict)]
    fields = {(info.alias or name).removesuffix("_en") for part in parts for name, info in part.model_fields.items()}
    assert {field for field in fields if not re.search(rf"\b{field}\b", TEXTS["docs/rules.md"])} == set()
    text = section(TEXTS["docs/rules.md"], "Fields")
    conditions = [kind.model_fields["is_"].annotation.__args__[0] for kind in Condition.__origin__.__args__]  # type: ignore[attr-defined]
    assert [name for name in (*Period, *conditions) if f"`{name}`" not in text] == []


def test_every_status_of_a_document_is_documented() -> None:
    assert [status for status in Status if f"| `{status}` |" not in TEXTS["docs/adding-a-policy.md"]] == []


def test_the_layout_in_the_readme_is_the_layout() -> None:
    tree = re.search(r"```text\n(app\.py.*?)```", TEXTS["README.md"], re.DOTALL)
    assert tree
    shown = [line.split()[0] for line in tree[1].splitlines() if line.strip()]
    assert [name for name in shown if not (ROOT / name).exists()] == []
    folders = {path.parent.name for room in APPS for path in (ROOT / room).glob("__init__.py")}
    assert {f"{name}/" for name in (*folders, "policies_text", "tests", "docs")} <= set(shown)
    docs = next(line for line in tree[1].splitlines() if line.startswith("docs/"))
    assert [path.name for path in (ROOT / "docs").glob("*.md") if path.name not in docs] == []


@pytest.mark.parametrize("room", APPS)
def test_every_module_has_its_line_in_the_architecture(room: str) -> None:
    """A module is named by its file, by its name, or by the folder it is in; what is named exists."""
    text = re.search(rf"^### {room}: .*?(?=^##|\Z)", TEXTS["docs/architecture.md"], re.MULTILINE | re.DOTALL)
    assert text
    named = set(re.findall(r"`([a-z_/]+?)(?:\.py|/)?`", text[0]))
    files = set(re.findall(r"`([a-z_]+\.py)`", text[0]))
    assert files <= {path.name for path in (ROOT / room).rglob("*.py")}
    for path in (ROOT / room).rglob("*.py"):
        inside = path.relative_to(ROOT / room)
        if inside.name != "__init__.py":
            folders = {"/".join(inside.parts[:depth]) for depth in range(1, len(inside.parts))}
            assert inside.stem in named or folders & named, f"docs/architecture.md does not name {room}/{inside}"


def test_files_named_in_code_style_exist() -> None:
    for path, text in TEXTS.items():
        for name in re.findall(r"`((?:index|assistant|eval|tests|docs)/[\w/.-]*)`", text):
            assert (ROOT / name).exists(), f"{path}: {name}"


def anchors(text: str) -> set[str]:
    """The fragments GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", TEXTS)
def test_links_lead_somewhere(path: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[path]):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (ROOT / path).parent / name if name else ROOT / path
        assert file.exists(), f"{path}: {target}"
        if fragment:
            assert fragment in anchors(file.read_text(encoding="utf-8")), f"{path}: {target}"


def exchanges() -> list[object]:
    """Every ```console block: a command, and what it prints ("..." stands for anything)."""
    found: list[object] = []
    for path, text in TEXTS.items():
        for number, block in enumerate(re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL), 1):
            first, _, printed = block.partition("\n")
            room, *arguments = shlex.split(first.removeprefix("$ python -m "))
            marks = [pytest.mark.slow] if arguments[0] in SLOW else []
            found.append(pytest.param(room, arguments, printed, id=f"{path}-{number}", marks=marks))
    return found


@pytest.mark.parametrize(("room", "arguments", "printed"), exchanges())
def test_shown_exchanges_are_what_the_program_prints(room: str, arguments: list[str], printed: str) -> None:
    run = CliRunner().invoke(APPS[room], arguments)
    assert printed.strip(), f"nothing is shown below the command; it prints:\n{run.stdout}"
    printed, shown = ("\n".join(line.rstrip() for line in text.splitlines()) + "\n" for text in (printed, run.stdout))
    same = doctest.OutputChecker().check_output(printed, shown, doctest.ELLIPSIS)
    assert same, f"the program prints:\n{run.stdout}"


def test_examples_of_rules_can_be_loaded() -> None:
    """The rule shown in docs/rules.md is accepted as it stands."""
    from assistant.rules.loader import parse_rules
    from index.policies import load_policy

    block = re.search(r"```yaml\n(policy: .*?)```", TEXTS["docs/rules.md"], re.DOTALL)
    assert block
    rules = parse_rules(block[1], load_policy(ROOT / "policies_text" / "qinhuangdao-2022-26"))
    assert [rule.id for rule in rules.rules] == ["import-1210"]
