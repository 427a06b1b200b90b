"""Running the application: the socket, the workers, and ending when asked to. What is answered is in `app`."""

import logging
import os
import signal
import socket
from collections.abc import Sequence
from typing import NoReturn

import uvicorn

from search.errors import SearchError
from search.web.app import create_app
from search.web.web_settings import WAITING, WebSettings

_PATIENCE = 1
"""Seconds that an answer under way may take when the server is to end."""


def bound(settings: WebSettings, port: int) -> socket.socket:
    """Take the address; SearchError when it cannot be had. Port 0 takes any that is free."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        taken = socket.create_server((settings.host, port), family=family, backlog=WAITING)
    except (OSError, OverflowError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise SearchError(
            f"--serve: {settings.host} port {port} cannot be served from ({said}); --port takes another"
        ) from error
    # Every connection takes this on: else the end of an answer waits 40 ms for its beginning to be acknowledged.
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken


def serve(settings: WebSettings, taken: socket.socket, *, workers: int = 1) -> None:
    """Answer until SIGINT or SIGTERM comes, in this process or in several."""
    if workers == 1:
        _run(settings, taken)
        return
    _watch([_forked(settings, taken) for _ in range(workers)])


def _run(settings: WebSettings, taken: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=WAITING,
        timeout_graceful_shutdown=_PATIENCE,
    )
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: None)  # the server raises again what ended it, when all is done
    server = uvicorn.Server(config)
    # An answer that is cut short since the server ends is no fault to be told.
    logging.getLogger("uvicorn.error").addFilter(lambda _record: not server.should_exit)
    server.run(sockets=[taken])


def _forked(settings: WebSettings, taken: socket.socket) -> int:
    child = os.fork()
    if not child:
        _run_and_end(settings, taken)
    return child


def _run_and_end(settings: WebSettings, taken: socket.socket) -> NoReturn:
    """Serve in a process of its own, and end it, whatever its threads are still at."""
    try:
        _run(settings, taken)
    finally:
        os._exit(0)


def _watch(children: Sequence[int]) -> None:
    """Wait for the workers; what ends this process, or any of them, ends them all."""

    def end(*_: object) -> None:
        for child in children:
            try:
                os.kill(child, signal.SIGTERM)
            except ProcessLookupError:
                continue

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
    os.wait()
    end()
    for _ in children[1:]:
        os.wait()
