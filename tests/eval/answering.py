"""Another system to be measured: answers from a table, in the three ways in which a target may be asked.

As a function (`answer`), as a program (`python tests/eval/answering.py`), and over HTTP (`serve`).
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

QUOTE = "对开展1210业务的跨境电商企业，按照年线上交易额的2%给予资金支持，最多不超过100万元。"
RIGHT = {
    "text": "最高100万元。",
    "conclusion": "最高100万元。",
    "behaviour": "answer",
    "citations": [{"policy": "qinhuangdao-2022-26", "title": "t", "article": "（二）", "quote": QUOTE}],
}
SILENT = {"text": "没有规定。", "conclusion": "没有规定。", "behaviour": "refuse"}
times_asked = 0


def answer(turns: Sequence[str], on: date) -> list[dict[str, Any]]:
    """Right where the last turn asks for a ceiling; fails where it says so; changes its mind where it says so."""
    global times_asked
    times_asked += 1
    if "坏" in turns[-1]:
        raise ZeroDivisionError("out of order")
    if "变" in turns[-1]:
        return [{**RIGHT, "text": f"最高100万元。（第{times_asked}次）"}]
    return [SILENT] * (len(turns) - 1) + [RIGHT if "上限" in turns[-1] else SILENT]


def silence(turns: Sequence[str], on: date) -> list[dict[str, Any]]:
    """A system that knows nothing."""
    return [SILENT] * len(turns)


def formatted(turns: Sequence[str], on: date) -> list[dict[str, Any]]:
    """The right answer, in Markdown."""
    return [{**RIGHT, "text": "最高**100万元**。\n\n| 年 |\n|---|\n| 一 |\n"}] * len(turns)


@contextmanager
def serve() -> Iterator[str]:
    """The same over HTTP, as long as the context lasts; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            broken = "坏" in asked["turns"][-1]
            given = [] if broken else answer(asked["turns"], date.fromisoformat(asked["on"]))
            body = b"sorry" if broken else json.dumps({"answer": given[-1], "turns": given}).encode()
            self.send_response(500 if broken else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test has its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ask"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        if "坏" in asked["turns"][-1]:
            sys.stdout.write("out of order\n")
            continue
        given = answer(asked["turns"], date.fromisoformat(asked["on"]))
        sys.stdout.write(json.dumps({"id": asked["id"], "answer": given[-1], "turns": given}) + "\n")
        sys.stdout.flush()
