"""Cuts a document into articles, whatever its numbering style; the articles joined are the document again.

>>> articles, warnings = split_articles("一、总则\\n（一）补贴。给予2%。\\n（二）奖励。见第（一）条。\\n")
>>> [(a.label, a.heading, a.kind.value) for a in articles]
[('一', '总则', 'section'), ('（一）', '补贴', 'article'), ('（二）', '奖励', 'article')]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.departments import find_departments, first_is_lead
from index.framing import attachments_start, closing_start, contents_end, find_headings, split_closing, split_head
from index.models import Article, ArticleKind
from index.numbering import Style
from index.outline import Node, read_outline

_FEWEST_LABELS = 2  # a single label is no structure
_LABELS_BEFORE_ATTACHMENT = 3  # fewer: the attachment is the document, the words before it a covering letter
_LONGEST_HEADING = 45
_PROMISE = re.compile("对于?[^，]*，.*(?:给予|予以|享受)|对于?[^，]{2,}(?:给予|予以)[^，]*(?:奖励|补助|补贴|资助|扶持|支持)$")
"""对于新设的企业，按照纳税额分档给予奖励。 is a sentence, whatever follows it."""
_GROUP_STYLES = (Style.CHAPTER, Style.PART)


@dataclass(frozen=True, slots=True)
class _Names:
    """How one label is cited and found."""

    label: str
    path: tuple[str, ...]
    kind: ArticleKind


def split_articles(text: str, policy_id: str = "") -> tuple[list[Article], list[str]]:
    """All articles of a document in order, and what a reader should check.

    Args:
        text: The whole document; offsets refer to it.
        policy_id: Copied into every article.

    Returns:
        Articles that partition `text` (their texts joined are `text`), and warnings: no structure found,
        labels missing or repeated. Words outside all labels are TITLE, PREAMBLE or CLOSING, label None.
    """
    nodes, warnings, tail = _labelled(text)
    if len(nodes) < _FEWEST_LABELS:
        return _paragraphs(text, policy_id), ["no numbered structure found: the document is indexed by paragraph"] if text.strip() else []
    pieces = _pieces(text, nodes, tail, policy_id, warnings)
    lead_first = first_is_lead(text)
    return [replace(a, departments=find_departments(a.text, lead_first)) for a in pieces], warnings


def _labelled(text: str) -> tuple[list[Node], list[str], int]:
    """The labels, warnings, and where the attachments begin that are left unlabelled."""
    begin = contents_end(text)
    nodes, warnings = read_outline(text, find_headings(text), begin=begin)
    cut = attachments_start(text)
    if cut is None or sum(node.label.start < cut for node in nodes) < _LABELS_BEFORE_ATTACHMENT:
        return nodes, warnings, len(text)
    nodes, warnings = read_outline(text[:cut], find_headings(text[:cut]), begin=begin)
    return nodes, warnings, cut


def _pieces(text: str, nodes: list[Node], tail: int, policy_id: str, warnings: list[str]) -> list[Article]:
    starts = [_line_start(text, node.label.start) for node in nodes]
    ends = [*starts[1:], tail]
    closing = closing_start(text[nodes[-1].label.end : tail])
    if closing is not None:
        ends[-1] = nodes[-1].label.end + closing
    articles = [
        Article(policy_id, kind, None, (), _first_line(part) if kind is ArticleKind.TITLE else "", part, start, start + len(part))
        for kind, start, part in _with_offsets(split_head(text[: starts[0]]), 0)
    ]
    names = _name(nodes, warnings)
    headings = {id(node): _heading(node, text[node.label.end : end]) for node, end in zip(nodes, ends, strict=True)}
    for node, start, end in zip(nodes, starts, ends, strict=True):
        articles.append(_article(node, names[id(node)], headings, policy_id, text, start, end))
    rest = [(ArticleKind.CLOSING, part) for part in split_closing(text[ends[-1] :])]
    for kind, start, part in _with_offsets(rest, ends[-1]):
        heading = _first_line(part) if start >= tail else ""
        articles.append(Article(policy_id, kind, None, (), heading, part, start, start + len(part)))
    return articles


def _article(node: Node, names: _Names, headings: dict[int, str], policy_id: str, text: str, start: int, end: int) -> Article:
    return Article(
        policy_id,
        names.kind,
        names.label,
        names.path,
        headings[id(node)],
        text[start:end],
        start,
        end,
        _section(node.root, headings[id(node.root)], text) if node.parent else "",
        tuple(h for ancestor in node.ancestors if (h := headings[id(ancestor)])),
    )


def _section(root: Node, heading: str, text: str) -> str:
    """Label and heading as one would print them: 二、主要任务; 第三章 申报程序; 附则."""
    if root.label.style is Style.NAMED:
        return root.label.printed
    label = root.label.printed if root.label.bare.startswith("第") else text[root.label.start : root.label.end].strip()
    return f"{label} {heading}".strip() if label[-1].isalnum() else label + heading


def _line_start(text: str, position: int) -> int:
    """Blanks before a label belong to it, not to the article before."""
    while position and text[position - 1] in " \t\u3000\xa0":
        position -= 1
    return position


def _with_offsets(parts: list[tuple[ArticleKind, str]], start: int) -> Iterator[tuple[ArticleKind, int, str]]:
    for kind, part in parts:
        yield kind, start, part
        start += len(part)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0].strip()


def _paragraphs(text: str, policy_id: str) -> list[Article]:
    """Every line with words, the blank lines after it included, is one unlabelled article."""
    parts: list[str] = []
    for line in text.splitlines(keepends=True):
        if parts and not (line.strip() and parts[-1].strip()):
            parts[-1] += line
        else:
            parts.append(line)
    pairs = [(ArticleKind.PARAGRAPH, part) for part in parts]
    return [Article(policy_id, kind, None, (), "", part, start, start + len(part)) for kind, start, part in _with_offsets(pairs, 0)]


# --- what a label is called -------------------------------------------------------------------------------------------


def _name(nodes: list[Node], warnings: list[str]) -> dict[int, _Names]:
    kinds = _kinds(nodes)
    restarting = _restarting(nodes, kinds)
    names: dict[int, _Names] = {}
    used: Counter[tuple[str, ...]] = Counter()
    labels: Counter[str] = Counter()
    for node in nodes:
        above = names[id(node.parent)] if node.parent else None
        whole = above is not None and (kinds[id(node)] is ArticleKind.ITEM or id(node) in restarting)
        whole = whole and node.label.style is not Style.DECIMAL  # 2.1.3 is a path already
        label = (above.label if above and whole else "") + node.label.printed
        path = (*(above.path if above else ()), node.label.bare)
        used[path] += 1
        if used[path] > 1:
            warnings.append(f"the label {label} stands twice; the later one is called {label}-{used[path]}")
            label, path = f"{label}-{used[path]}", (*path[:-1], f"{path[-1]}-{used[path]}")
        elif labels[label] and above and not whole:
            label = above.label + node.label.printed  # 附则1 beside a running 1
        if labels[label]:
            label = f"{label}-{labels[label] + 1}"
        labels[label] += 1
        names[id(node)] = _Names(label, path, kinds[id(node)])
    return names


def _restarting(nodes: list[Node], kinds: dict[int, ArticleKind]) -> set[int]:
    """Nodes of a style whose labels repeat: all of them are cited by their full path.

    Labels under a heading line (附则) do not count: they restart without making the main list ambiguous.
    """
    main = [n for n in nodes if n.parent and kinds[id(n)] is not ArticleKind.ITEM and not _under_heading_line(n)]
    counts = Counter((n.label.style, n.label.bare) for n in main)
    styles = {style for (style, _), count in counts.items() if count > 1}
    return {id(n) for n in main if n.label.style in styles}


def _under_heading_line(node: Node) -> bool:
    return node.root.label.style is Style.NAMED and not node.root.label.printed.startswith("【")


def _kinds(nodes: list[Node]) -> dict[int, ArticleKind]:
    unit = _cited_style(nodes)
    kinds: dict[int, ArticleKind] = {}
    grouped = any(node.label.style is Style.HAN and not node.parent and node.children for node in nodes)
    for node in nodes:
        kinds[id(node)] = _kind(node, unit, grouped, kinds)
    return kinds


def _kind(node: Node, unit: Style | None, grouped: bool, kinds: dict[int, ArticleKind]) -> ArticleKind:
    style = node.label.style
    above = kinds[id(node.parent)] if node.parent else None
    if above in (ArticleKind.ARTICLE, ArticleKind.ITEM):
        return ArticleKind.ITEM
    if style is unit:
        return ArticleKind.ARTICLE
    holds_unit = any(child.label.style is unit for child in _descendants(node))
    holds_decimals = style is Style.NUMBER and any(child.label.style is Style.DECIMAL for child in node.children)
    if style in _GROUP_STYLES or holds_unit or holds_decimals or _is_heading_line(node):
        return ArticleKind.SECTION
    if above is None and style is Style.HAN and grouped:
        return ArticleKind.SECTION
    return ArticleKind.ARTICLE


def _is_heading_line(node: Node) -> bool:
    return node.label.style is Style.NAMED and not node.label.printed.startswith("【")


def _cited_style(nodes: list[Node]) -> Style | None:
    """第X条 where there is one; else the outermost style whose numbers run on from group to group."""
    if sum(node.label.style is Style.CLAUSE for node in nodes) >= _FEWEST_LABELS:
        return Style.CLAUSE
    groups: dict[Style, dict[int, list[int]]] = {}
    for node in nodes:
        if node.parent and node.label.numbers and not _under_heading_line(node):
            groups.setdefault(node.label.style, {}).setdefault(id(node.parent), []).append(node.label.number)
    running = []
    for style, by_parent in groups.items():
        numbers = [number for group in by_parent.values() for number in group]
        if len(by_parent) > 1 and all(a < b for a, b in pairwise(numbers)):
            running.append(style)
    return min(running, default=None)


def _descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _descendants(child)


# --- headings ---------------------------------------------------------------------------------------------------------


def _heading(node: Node, rest: str) -> str:
    """The title after a label: a short first sentence that more words follow; '' where the article begins at once."""
    if node.label.style is Style.NAMED:
        return node.label.bare
    if named := re.match(r"\s*【([^】\n]{1,30})】", rest):
        return named.group(1).strip()
    if node.label.style is Style.CLAUSE and (purpose := re.match(r"\s*[（(]([^（）()\n]{2,20})[)）]", rest)):
        return purpose.group(1).strip()  # 第一条（目的和依据）
    match = re.match(rf"\s*((?:[^。：:；;\n]|(?<=\d)[：:](?=\d)){{1,{_LONGEST_HEADING}}})(。|(?<!\d)[：:](?!//)|[：:](?![\d/])|\n|$)", rest)
    if not match:
        return ""
    heading, end = match.group(1).strip(), match.group(2)
    is_all = not rest[match.end() :].strip() and not node.children
    # A complete provision is no title: it states an amount, or is all the article says.
    if re.search(r"\d[\d.,]*\s*[万亿]?(?:元|美元)|[\d.]+\s*[%％]", heading) or (is_all and end == "。"):
        return ""
    if (end == "。" and _PROMISE.match(heading)) or (re.match("对(?![外接口])", heading) and re.search("给予|予以", heading)):
        return ""
    if heading.count("，") > 1 or (node.label.style is Style.CLAUSE and re.search("，|不得|应当?|必须|须", heading)):
        return ""
    return re.sub(r"\s", "", heading) if re.fullmatch(r"\S(?:\s+\S)+", heading) else heading  # 总 则
