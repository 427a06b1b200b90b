"""A cluster behind TLS and a password: what the security plugin does at its door, in front of nodes that have none."""

import base64
import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def guarded(node: str, tls: ssl.SSLContext, user: str, password: str) -> Iterator[str]:
    """Pass on to a node (`host:port`) what this user asks, and refuse everybody else; yields `https://host:port`."""
    allowed = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != allowed:
                self._say(401, b"Unauthorized", "text/plain")
                return
            asked = http.client.HTTPConnection(node, timeout=120)
            headers = {name: value for name, value in self.headers.items() if name not in ("Host", "Authorization")}
            asked.request(self.command, self.path, body, headers)
            answer = asked.getresponse()
            self._say(answer.status, answer.read(), answer.headers.get("Content-Type", ""), answer.headers)
            asked.close()

        def _say(self, status: int, body: bytes, kind: str, more: object = ()) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if isinstance(more, http.client.HTTPMessage) and (encoding := more.get("Content-Encoding")):
                self.send_header("Content-Encoding", encoding)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815  (so the library calls them)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
