"""A node that answers as it is told: what a real one does rarely, or only when it is in trouble."""

import json
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Said(NamedTuple):
    """One answer."""

    status: int
    body: Any = None


class FalseNode:
    """Gives the answers it was told, in turn, the last of them for ever; keeps what it was asked."""

    def __init__(self, answers: Sequence[Said]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, str]] = []
        self.users: list[str] = []
        self.url = ""

    def next(self, method: str, path: str, body: str) -> Said:
        self.asked.append((method, path, body))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def answering(*answers: Said, tls: ssl.SSLContext | None = None) -> Iterator[FalseNode]:
    """Listen on the loopback until the block ends."""
    node = FalseNode(answers)

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True

        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            node.users.append(self.headers.get("Authorization", ""))
            said = node.next(self.command, self.path, content.decode("latin-1"))
            body = json.dumps(said.body).encode()
            self.send_response(said.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815  (so the library calls them)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    node.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}/edgar"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield node
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
