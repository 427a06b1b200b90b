"""What is let in: which hosts, from whose pages, with which token, how long; and the headers of all that goes out.

A page of another site must be able neither to read what is here (hosts are checked, against rebinding of names) nor to
change anything (a form must come from a page of this server).
"""

import hmac
import ipaddress
import socket
from collections.abc import Collection, Iterable, Mapping
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.web.web_settings import LONGEST_ADDRESS, WebSettings

SECURITY_HEADERS: Mapping[str, str] = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none at all, a form of our own page would not say where it comes from
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cache-control": "private, no-cache",
}
"""Of every answer that does not say otherwise itself; an empty value leaves the header away."""
COOKIE = "search_token"
FRAMED = "framed"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class _Refusal(NamedTuple):
    status: int
    why: str


class SecurityHeaders:
    """Put the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers it has not set itself."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_security(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, sent)


def add_security(headers: MutableHeaders) -> None:
    """Add the security headers that are not set; one that is set to nothing is taken away."""
    for name, value in SECURITY_HEADERS.items():
        if headers.setdefault(name, value) == "":
            del headers[name]


class Gate:
    """Refuse what must not be answered, before anything is read of it."""

    def __init__(self, app: ASGIApp, settings: WebSettings, *, questions: Collection[str] = ()) -> None:
        """`questions`: paths where a POST only asks, so that programs may send one."""
        self._app, self._token, self._questions = app, settings.token, questions
        self._names = frozenset(map(str.lower, _names(settings)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        response = self._response(scope, Headers(scope=scope))
        await (response or self._app)(scope, receive, send)

    def _response(self, scope: Scope, headers: Headers) -> Response | None:
        refusal = self._refusal(scope, headers)
        if refusal:
            return PlainTextResponse(f"{refusal.why}\n", refusal.status)
        return self._token_response(scope, headers) if self._token else None

    def _refusal(self, scope: Scope, headers: Headers) -> _Refusal | None:
        if not self._is_known(headers.get("host", "")):
            return _Refusal(421, "this server is not asked by that name; --name NAME allows one")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _Refusal(414, f"the address is longer than {LONGEST_ADDRESS:,} bytes")
        only_asks = scope["method"] in _SAFE or (scope["method"] == "POST" and scope["path"] in self._questions)
        if not only_asks and not _is_own_page(scope, headers):
            return _Refusal(403, "what changes something is taken from pages of this server only")
        return None

    def _is_known(self, header: str) -> bool:
        name = host_name(header)
        return name in self._names or ("*" in self._names and _is_address(name))

    def _token_response(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the token, and keep it in a cookie once it was shown in an address."""
        if _has_pass(scope["path"], self._token):
            return None
        if any(compare_digest(each.encode(), self._token.encode()) for each in _tokens(headers)):
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if compare_digest(query.get("token", [""])[-1].encode(), self._token.encode()):
            found = RedirectResponse("/", 303)
            found.set_cookie(COOKIE, self._token, httponly=True, samesite="strict")
            return found
        return PlainTextResponse("this server asks for the token it printed when it started: /?token=...\n", 401)


def originals_path(accession: str, token: str) -> str:
    """Return the path below which a filing's documents are, as they were filed.

    The frame that shows one is of no origin, and so no cookie goes with what it asks for: the pictures of the filing.
    Where a token is asked for, their path has a pass made of it, which opens this filing's originals and nothing else.
    """
    return f"/{FRAMED}/{_pass(accession, token)}/{accession}" if token else f"/original/{accession}"


def _pass(accession: str, token: str) -> str:
    return hmac.digest(token.encode(), f"originals of {accession}".encode(), "sha256").hex()


def _has_pass(path: str, token: str) -> bool:
    place, shown, accession, *_ = [*path.split("/")[1:], "", "", ""]
    return place == FRAMED and compare_digest(shown.encode(), _pass(accession, token).encode())


def _names(settings: WebSettings) -> Iterable[str]:
    if settings.host in {"0.0.0.0", "::"}:
        return (*_THIS_MACHINE, socket.gethostname(), socket.getfqdn(), *settings.names, "*")
    return (*_THIS_MACHINE, settings.host, *settings.names)


def host_name(header: str) -> str:
    """Return the name or address of a Host header, in lower case, without the port.

    >>> host_name("LOCALHOST:8017"), host_name("[::1]:8017"), host_name("a:b@c")
    ('localhost', '::1', '')
    """
    if "@" in header or "/" in header:
        return ""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _is_own_page(scope: Scope, headers: Headers) -> bool:
    """Tell whether a browser says that a form was sent by a page of this server; what says nothing is not."""
    fetched, origin = headers.get("sec-fetch-site"), headers.get("origin")
    own = f"{scope['scheme']}://{headers.get('host', '')}"
    if fetched is None and origin is None:
        return False
    return fetched in {None, "same-origin"} and origin in {None, own}


def _tokens(headers: Headers) -> Iterable[str]:
    if headers.get("authorization", "").startswith("Bearer "):
        yield headers["authorization"].removeprefix("Bearer ")
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return
    if COOKIE in cookies:
        yield cookies[COOKIE].value
