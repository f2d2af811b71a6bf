"""Reads the raw words of a document file: plain text in any usual Chinese encoding, or Word (.docx).

>>> decode("跨境电商".encode("gb18030"), name="a.txt")
('跨境电商', 'gb18030')
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from zipfile import BadZipFile

from index.errors import EncodingError, PolicyFormatError

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# gb18030 decodes almost any bytes; what comes out is trusted only if it reads like a Chinese text.
_LEAST_PLAUSIBLE = 0.9
_PLAUSIBLE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9\s!-~“”‘’…—－·①-⑳〔〕]")


def read_document(path: Path) -> tuple[str, str, list[str]]:
    """The words of `path`, its encoding (or "docx"), and warnings.

    Raises:
        EncodingError: the bytes are in no encoding we can read.
        PolicyFormatError: the file does not exist, or is of a kind we cannot read.
    """
    if not path.is_file():
        raise PolicyFormatError(f"{path} does not exist: give the path of a .txt or .docx file.")
    if path.suffix.lower() == ".docx":
        text, warnings = _read_docx(path)
        return text, "docx", warnings
    data = path.read_bytes()
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise PolicyFormatError(f"{path} is no plain text: save it as .txt or .docx and add that file.")
    text, encoding = decode(data, name=str(path))
    return text, encoding, []


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """`data` as text with \\n line ends, and the encoding it was in.

    Raises:
        EncodingError: it is neither UTF-8, UTF-16 with a mark, nor plausible GB18030.
    """
    encodings = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _reads_like_chinese(text):
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    raise EncodingError(f"{name} is neither UTF-8 nor GB18030 text: save it as UTF-8 and try again.")


def _reads_like_chinese(text: str) -> bool:
    return bool(text) and len(_PLAUSIBLE.findall(text)) >= _LEAST_PLAUSIBLE * len(text)


def _read_docx(path: Path) -> tuple[str, list[str]]:
    # Imported here: only this function needs it, and lxml takes its time to load.
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise PolicyFormatError(f"{path} is no readable Word document ({error}): save it again as .docx or as .txt.") from error
    lines: list[str] = []
    automatic: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
            continue
        lines.append(block.text)
        if block.text.strip() and block._p.pPr is not None and block._p.pPr.numPr is not None:
            automatic.append(block.text.strip()[:20])
    warnings = []
    if automatic:
        shown = "; ".join(automatic[:3])
        warnings.append(f"{len(automatic)} paragraphs are numbered by Word, the numbers are not part of the text: {shown}")
    return "\n".join(lines) + "\n", warnings
