"""The results as JUnit XML, which CI systems show: one test case a conversation, one suite a kind.

write_junit(folder, results)      # junit.xml
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from eval.results import Result
from index.errors import InputFileError

XML = "junit.xml"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""


def write_junit(folder: Path, results: Sequence[Result]) -> Path:
    """Write `junit.xml` into a folder, and give its path.

    Raises:
        InputFileError: it cannot be written.
    """
    kinds: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        kinds[result.case.type].append(result)
    root = ElementTree.Element("testsuites", name="policydesk")
    for kind in sorted(kinds):
        _add_suite(root, kind, kinds[kind])
    ElementTree.indent(root)
    path = folder / XML
    try:
        ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise InputFileError(f"{path} cannot be written: {error.strerror}. Name another --report.") from error
    return path


def _add_suite(root: ElementTree.Element, kind: str, results: Sequence[Result]) -> None:
    counts = {
        "tests": len(results),
        "failures": sum(1 for one in results if not one.passed and not one.error and not one.case.known),
        "errors": sum(1 for one in results if one.error and not one.case.known),
        "skipped": sum(1 for one in results if not one.passed and one.case.known),
        "time": f"{sum(sum(one.seconds) for one in results):.3f}",
    }
    suite = ElementTree.SubElement(root, "testsuite", {"name": kind, **{name: str(value) for name, value in counts.items()}})
    for one in results:
        name = one.case.id if one.repeat == 1 else f"{one.case.id} #{one.repeat}"
        case = ElementTree.SubElement(suite, "testcase", classname=kind, name=_xml(name), time=f"{sum(one.seconds):.3f}")
        if one.passed:
            continue
        if one.case.known:
            ElementTree.SubElement(case, "skipped", message=_xml(f"known: {one.case.known}"))
            continue
        failure = ElementTree.SubElement(case, "error" if one.error else "failure", message=_xml("; ".join(one.reasons)))
        failure.text = _xml("\n".join([*one.case.turns, "->", str(one.answer.get("text") or "")]))


def _xml(text: str) -> str:
    return _NO_XML.sub("�", text)
