"""A node that answers as it is told: what a real one does rarely, or only when it is in trouble."""

import json
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from tests.loopback import Answering, serving


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

    class Handler(Answering):
        def answer(self) -> None:
            content = self.body()
            node.users.append(self.headers.get("Authorization", ""))
            said = node.next(self.command, self.path, content.decode("latin-1"))
            self.say(said.status, json.dumps(said.body).encode(), "application/json")

    with serving(Handler, tls) as url:
        node.url = f"{url}/edgar"
        yield node
