"""A server on this machine that speaks the OpenAI protocol, to test the real client: it answers, stumbles, hangs or streams as told."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class ChatServer(ThreadingHTTPServer):
    """Answers with `script`, one entry a request, the last again and again.

    An entry is the text of a reply, a list of its pieces, an HTTP status, or seconds to wait for nothing.
    """

    daemon_threads = True

    def __init__(self, script: list[Any]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        step = self.server.script[min(len(self.server.requests), len(self.server.script) - 1)]
        self.server.requests.append(body)
        self.server.keys.append(self.headers["Authorization"])
        if isinstance(step, float):
            time.sleep(step)
        elif isinstance(step, int):
            self._send(step, "application/json", b'{"error": {"message": "busy"}}')
        elif body.get("stream"):
            self._stream([step] if isinstance(step, str) else step)
        else:
            self._send(
                200, "application/json", json.dumps(_completion({"role": "assistant", "content": "".join(step)}, "message")).encode()
            )

    def _stream(self, pieces: list[str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in pieces:
            self._event(json.dumps(_completion({"content": piece}, "delta")))
        self._event(json.dumps(_completion({}, "delta", "stop")))
        self._event("[DONE]")

    def _event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _completion(message: dict[str, Any], key: str, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, key: message, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "test", "choices": [choice]}


@contextmanager
def serving(*script: Any) -> Iterator[ChatServer]:
    server = ChatServer(list(script))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
