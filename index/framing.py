"""What stands around the articles: title, preamble, unnumbered heading lines, closing paragraph, attachments.

>>> [(kind.value, text) for kind, text in split_head("某市人民政府关于扶持电商的意见\\n各县、区人民政府：\\n为发展电商，制定本意见。\\n")]
[('title', '某市人民政府关于扶持电商的意见\\n'), ('preamble', '各县、区人民政府：\\n为发展电商，制定本意见。\\n')]
"""

from __future__ import annotations

import re

from index.models import ArticleKind
from index.numbering import Candidate, Position, Style, label_at_start

DOCUMENT_TYPES = "意见|办法|规定|措施|方案|通知|通告|公告|细则|规划|计划|指南|政策|条例|规则|要点|决定|批复|纲要|指引|清单|条款"
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}(?:〔|\[|［|﹝|（)\s*(?:19|20)\d{2}\s*(?:〕|\]|］|﹞|）)\s*第?\s*\d{1,4}\s*号")
DATE_LINE = re.compile(r"\s*[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_TITLE_END = re.compile(rf"(?:{DOCUMENT_TYPES})(?:》)?(?:的通知)?\s*(?:[（(][^（）()]*[)）])*\s*$")
# A number glued to its title: …的意见渝府发〔2019〕17号
_NUMBERED_TITLE = re.compile(
    rf"(?P<title>[^。；;：:\n]{{4,120}}?(?:{DOCUMENT_TYPES})(?:》?的通知)?)\s*(?P<number>{DOCUMENT_NUMBER.pattern})\s*"
)
_LONGEST_TITLE = 120
_LONGEST_HEADING_LINE = 20
_GENERAL = re.compile(r"总则|分则|附则")

ISSUER = r"[\u4e00-\u9fff]{2,20}(?:人民政府|办公室|办公厅|管委会|管理委员会|委员会|局|厅)"
_SIGNATURE = re.compile(rf"{ISSUER}(?:\s+{ISSUER}){{0,5}}\s*[12]\d{{3}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日")
_THIS_DOCUMENT = rf"(?:本|此|该|以上|上述)[\u4e00-\u9fff]{{0,6}}?(?:{DOCUMENT_TYPES})"
_IN_FORCE = r"施行|实施|生效|有效期|解释|执行|试行|废止"
_CLOSING = (
    re.compile(rf"\s*{_THIS_DOCUMENT}[^。\n]{{0,60}}?(?:{_IN_FORCE})"),
    re.compile(r"\s*(?:特此[通公函]|[（(]此件|附\s*件\s*[\d一二三四五六]?\s*[:：]|附[:：])"),
    re.compile(r"\s*(?:国家|省|市|上级)[^。\n]{0,60}(?:遵照执行|从其规定|按其规定执行|以上级政策为准)。"),
    _SIGNATURE,
)
_CONTENTS = re.compile(r"^[ \t\u3000]*目[ \t\u3000]*[录次][ \t\u3000]*$\s*^[ \t\u3000]*(?P<entry>\S.*)$", re.MULTILINE)
_ATTACHMENT = re.compile(r"^[ \t\u3000]*附\s*件\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?(?:[:：].*)?$", re.MULTILINE)


def find_headings(text: str) -> tuple[Candidate, ...]:
    """Heading lines that have no number: 总则, 附则, or a chapter title whose number was lost.

    A line counts when it is short, without punctuation, and stands between a finished sentence (or the start) and a
    line that begins with 第X条; 总则 and 附则 also before other labels; any, where no 一、 groups the document and
    the numbers begin again at 1 after it.
    """
    lines = [match for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    grouped = re.search(r"^[ \t\u3000]*(?:一\s*、|第\s*一\s*[章条])", text, re.MULTILINE) is not None
    found = []
    numbered_before = False
    for i, match in enumerate(lines[:-1]):
        line = match.group().strip()
        own = label_at_start(line)
        following = label_at_start(lines[i + 1].group())
        before = lines[i - 1].group().strip() if i else ""
        if own is None and following is not None and _is_heading_line(line, before):
            restarts = numbered_before and not grouped and following.style is Style.NUMBER and following.number == 1
            if restarts or following.style is Style.CLAUSE or _GENERAL.fullmatch(re.sub(r"\s", "", line)):
                start = match.start() + match.group().index(line)
                name = re.sub(r"\s", "", line)
                found.append(Candidate(Style.NAMED, (), name, name, start, start + len(line), Position.LINE))
        numbered_before = numbered_before or (own is not None and own.style is Style.NUMBER)
    return tuple(found)


def _is_heading_line(line: str, before: str) -> bool:
    name = re.sub(r"\s", "", line)
    if len(name) > _LONGEST_HEADING_LINE or not re.fullmatch(r"[\u4e00-\u9fff“”（）]+", name):
        return False
    if before and before[-1] not in "。；！)）”" and not is_title_line(before):
        return False
    return _GENERAL.fullmatch(name) is not None or not (_TITLE_END.search(name) or re.fullmatch(ISSUER, name))


def contents_end(text: str) -> int:
    """Where a table of contents ends: its first entry stands a second time there; 0 without one."""
    listed = _CONTENTS.search(text)
    if not listed:
        return 0
    entry = re.sub(r"[\s.…·\d]+$", "", listed.group("entry"))
    again = re.search(rf"^[ \t\u3000]*{re.escape(entry)}", text[listed.end() :], re.MULTILINE) if entry else None
    return listed.end() + again.start() if again else 0


def attachments_start(text: str) -> int | None:
    """Where a line 附件1 or 附件： first stands, None without one."""
    match = _ATTACHMENT.search(text)
    return match.start() if match else None


def split_head(head: str) -> list[tuple[ArticleKind, str]]:
    """Cut the words before the first label into titles and preambles; joined they are `head` again."""
    pieces: list[tuple[ArticleKind, str]] = []
    salutation_seen = False
    for line in _head_lines(head):
        stripped = line.strip()
        if not stripped and pieces:
            kind = pieces[-1][0]
        else:
            kind = ArticleKind.TITLE if is_title_line(stripped) or not (salutation_seen or _is_prose(stripped)) else ArticleKind.PREAMBLE
        salutation_seen = salutation_seen or kind is ArticleKind.PREAMBLE
        if pieces and pieces[-1][0] is kind:
            pieces[-1] = (kind, pieces[-1][1] + line)
        else:
            pieces.append((kind, line))
    return pieces


def is_title_line(line: str) -> bool:
    """Whether a line is a document's title or number: it ends like one and is no sentence."""
    line = line.strip()
    if len(line) > _LONGEST_TITLE or re.search(r"[。；;]", line):
        return False
    return bool(_TITLE_END.search(line) or DOCUMENT_NUMBER.fullmatch(line))


def split_numbered_title(line: str) -> list[str]:
    """A title line with a number glued to it in two parts, any other line as it is."""
    match = _NUMBERED_TITLE.fullmatch(line)
    return [match.group("title"), match.group("number").strip()] if match else [line]


def closing_start(text: str) -> int | None:
    """Where the closing paragraph begins in the text of the last article, None without one.

    It begins at a line start, after a sentence followed by a blank (documents on one line), or with the signature.
    """
    starts = [m.end() for m in re.finditer(r"\n|(?<=[。；）])[ \t\u3000]+|(?<=。)(?=[\u4e00-\u9fff])", text)]
    for start in starts:
        glued = text[start - 1] == "。"
        patterns = (_SIGNATURE,) if glued else _CLOSING
        if any(pattern.match(text, start) for pattern in patterns):
            return start
    return None


def begins_closing(line: str) -> bool:
    """Whether a line begins like a closing paragraph, a signature or an attachment."""
    return any(pattern.match(line) for pattern in _CLOSING) or _ATTACHMENT.match(line) is not None


def split_closing(closing: str) -> list[str]:
    """The closing words, each attachment apart; joined they are `closing` again."""
    cuts = sorted({0, *(m.start() for m in _ATTACHMENT.finditer(closing))})
    return [closing[a:b] for a, b in zip(cuts, [*cuts[1:], len(closing)], strict=True) if closing[a:b]]


def _head_lines(head: str) -> list[str]:
    lines = head.splitlines(keepends=True)
    if sum(1 for line in lines if line.strip()) > 1:
        return lines
    # A document on one line: the title ends at its number, or at the first blank.
    numbered = _NUMBERED_TITLE.match(head)
    if numbered:
        return [numbered.group(), head[numbered.end() :]]
    blank = re.search(r"\s+(?=\S)", head.lstrip())
    if blank and is_title_line(head.lstrip()[: blank.start()]):
        cut = blank.end() + len(head) - len(head.lstrip())
        return [head[:cut], head[cut:]]
    return lines


def _is_prose(line: str) -> bool:
    return len(line) > _LONGEST_TITLE or bool(re.search(r"[。；;：:]", line))
