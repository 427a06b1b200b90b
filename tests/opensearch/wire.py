"""A wire to a node that can be cut: what passes it breaks off, and nobody answers until it is joined again."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress


class Wire:
    """Pass on bytes between a port of its own and a node (`host:port`), until `at` is in what is asked."""

    def __init__(self, node: str, at: bytes) -> None:
        host, port = node.rsplit(":", 1)
        self._at, self.was_cut = at, threading.Event()
        self._node = (host, int(port))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._is_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where it is listened at."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def cut(self) -> None:
        """Break off what passes, and whoever comes."""
        with self._lock:
            self._is_cut = True
            self.was_cut.set()
            for pair in self._pairs:
                for end in pair:
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        """Let everything pass again."""
        with self._lock:
            self._is_cut, self._at = False, b""

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near = self._listening.accept()[0]
                with self._lock:
                    if self._is_cut:
                        near.close()
                        continue
                    pair = (near, socket.create_connection(self._node))
                    self._pairs.append(pair)
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        with closing(near), closing(far), suppress(OSError):
            while True:
                for end in select.select([near, far], [], [])[0]:
                    if not (some := end.recv(1 << 16)):
                        return
                    (far if end is near else near).sendall(some)
                    if end is near and self._at and self._at in some:
                        self.cut()


@contextmanager
def wire(node: str, *, at: bytes) -> Iterator[Wire]:
    """Lay a wire to a node until the block ends; it is cut behind the first request that holds `at`."""
    with closing(Wire(node, at)) as laid:
        yield laid
