"""A cluster behind TLS and a password: what the security plugin does at its door, in front of nodes that have none."""

import base64
import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from tests.loopback import Answering, serving


@contextmanager
def guarded(node: str, tls: ssl.SSLContext, user: str, password: str) -> Iterator[str]:
    """Pass on to a node (`host:port`) what this user asks, and refuse everybody else; yields `https://host:port`."""
    allowed = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    class Handler(Answering):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.body()
            if self.headers.get("Authorization") != allowed:
                self.say(401, b"Unauthorized")
                return
            asked = http.client.HTTPConnection(node, timeout=120)
            headers = {name: value for name, value in self.headers.items() if name not in ("Host", "Authorization")}
            asked.request(self.command, self.path, body, headers)
            answer = asked.getresponse()
            kept = {name: value for name in ["Content-Encoding"] if (value := answer.headers.get(name))}
            self.say(answer.status, answer.read(), answer.headers.get("Content-Type", ""), **kept)
            asked.close()

    with serving(Handler, tls) as url:
        yield url
