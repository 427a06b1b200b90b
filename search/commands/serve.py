"""Serving the page: `search --serve`."""

import ipaddress
import secrets

from indexer.errors import importing
from search.commands.destination import say
from search.commands.request import FOUND, Request
from search.errors import SearchError

# What only a server needs is imported when one is started.
# ruff: noqa: PLC0415

PORT = 8017
"""Served at, unless another is named."""


def serve(request: Request) -> int:
    """Serve the page until interrupted; an address that others reach asks for a token."""
    with importing("web", purpose="--serve needs"):
        from search.web.serving import bound
        from search.web.serving import serve as run
        from search.web.web_settings import WebSettings
    typed, host = request.typed, request.typed.host or "127.0.0.1"
    token = "" if _is_this_machine(host) else secrets.token_urlsafe(24)
    settings = WebSettings(
        index=request.folder, corpus=typed.corpus, host=host, names=typed.name, token=token, cache=request.cache
    )
    with bound(settings, PORT if typed.port is None else typed.port) as taken:
        address = f"http://{_written(host)}:{taken.getsockname()[1]}/"
        if token:
            say(f"warning: everyone who reaches {host} and knows the token can search here; nothing is encrypted")
        say(f"{request.folder} is served at {address}{f'?token={token}' if token else ''} (^C ends it)")
        run(settings, taken, workers=typed.workers or 1)
    return FOUND


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_this_machine(host: str) -> bool:
    """Tell whether an address is reached from this machine only; SearchError for what is no address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError as error:
        raise SearchError(f"--host {host}: an address of this machine is needed, as in 127.0.0.1 or 0.0.0.0") from error
