"""Asking for one thing at a time. What an answer brings is judged in `answers`, when to ask in `pace`.

Every request, a repeated or redirected one too, takes its turn. What is asked for is others' business.
"""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from indexer.errors import AbsentError, DownloadError, IndexerError
from indexer.http.answers import (
    AgainError,
    NotWholeError,
    PageError,
    Pieces,
    block,
    decoded,
    is_absent,
    joined,
    judged,
    raw,
    retry_after,
)
from indexer.http.pace import Pace
from indexer.http.site import Patience, Site, checked_contact

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager, Retry

RATE, MOST = 8.0, 10.0
"""Requests a second: ours, and what the SEC allows."""
BLOCK_SECONDS = 600.0
"""How long EDGAR limits an address that asked too often (www.sec.gov/os/webmaster-faq), where it does not say."""
REDIRECTS = 5
"""Followed for one thing."""

PATIENT = Patience()
NONE: Mapping[str, str] = MappingProxyType({})

Taken = TypeVar("Taken")


class _MovedError(Exception):
    """It is elsewhere: the argument."""


class StoppedError(Exception):
    """This process no longer wants what it asked for."""


class Client:
    """Asks one site. For several threads."""

    def __init__(
        self, site: Site, contact: str, *, cache: Path, rate: float = RATE, patience: Patience = PATIENT
    ) -> None:
        """Raises IndexerError without a contact, or for more requests a second than the SEC allows."""
        if site.is_edgar and rate > MOST:
            raise IndexerError(f"{rate:g} requests a second are more than the {MOST:g} that the SEC allows")
        self.site = site
        self._contact = checked_contact(contact)
        self._patience = patience
        self._stop = threading.Event()
        self.pace = Pace(cache / site.name / "pace.json", rate=rate, sleep=self._sleep)

    def get(self, path: str, take: Callable[[Pieces], Taken]) -> Taken:
        """Give the pieces of what is at a path to `take`, anew for each try; what `take` gives.

        `take` may raise `NotWholeError` to have it tried again. Raises AbsentError, QuietError, DownloadError.
        """
        return self._tried("GET", path, lambda response: take(self._pieces(response)))[0]

    def content(self, path: str) -> bytes:
        """Have what is at a path in memory."""
        return self.get(path, joined)

    def conditional(
        self, path: str, take: Callable[[Pieces], Taken], validators: Mapping[str, str]
    ) -> tuple[Taken | None, dict[str, str]]:
        """Ask as `get` does: None when it is as it was; and the validators to ask with the next time."""

        def taken(response: "BaseHTTPResponse") -> Taken | None:
            return None if response.status == 304 else take(self._pieces(response))

        found, response = self._tried("GET", path, taken, headers=validators)
        sent = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
        return found, {ask: response.headers[name] for ask, name in sent if name in response.headers}

    def size(self, path: str) -> int:
        """Ask how many bytes are at a path; 0 when the server does not say."""
        announced = self._tried("HEAD", path, _announced)[0]
        return int(announced) if announced.isdecimal() else 0

    def stop(self) -> None:
        """Have whatever is going on in other threads end soon, with StoppedError."""
        self._stop.set()

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _tried(
        self, method: str, path: str, take: Callable[["BaseHTTPResponse"], Taken], *, headers: Mapping[str, str] = NONE
    ) -> "tuple[Taken, BaseHTTPResponse]":
        """Ask until it goes well: elsewhere where it has moved, and again where that may help."""
        url, retry, left = self.site.url(path), self._retry(), REDIRECTS
        while True:
            try:
                with self._answer(method, url, headers) as response:
                    self._judge(response, url)
                    return take(response), response
            except _MovedError as moved:
                url, left = str(moved), left - 1
                if left < 0:
                    raise DownloadError(f"{self.site.url(path)} is redirected again and again") from None
            except PageError as page:
                retry = self._next(retry, url, self._instead(page.page, url))
            except AgainError as again:
                retry = self._next(retry, url, again)

    def _next(self, retry: "Retry", url: str, again: AgainError) -> "Retry":
        """Wait before the next try; DownloadError when there were enough."""
        from urllib3.exceptions import MaxRetryError  # noqa: PLC0415  (loaded by who asks)

        try:
            following = retry.increment("GET", url)
        except MaxRetryError:
            raise DownloadError(f"{url}: {again} ({self._patience.tries} times)") from None
        self._sleep(max(following.get_backoff_time(), again.seconds))
        return following

    @contextmanager
    def _answer(self, method: str, url: str, headers: Mapping[str, str]) -> "Iterator[BaseHTTPResponse]":
        """Send one request when it is its turn. What goes wrong on the way, either way, is an AgainError."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415  (loaded by who asks)

        encoding = "identity" if method == "HEAD" else "gzip, deflate"
        sent = {"User-Agent": self._contact, "Accept-Encoding": encoding, **headers}
        pool = self._pool
        self.pace.turn()
        try:
            response = pool.request(
                method, url, headers=sent, preload_content=False, decode_content=False, redirect=False, retries=False
            )
            try:
                yield response
            finally:
                response.close()  # which drops the connection unless all has been read
        except HTTPError as error:
            raise AgainError(_reason(error)) from error

    def _judge(self, response: "BaseHTTPResponse", url: str) -> None:
        """Raise what an answer's status means, unless it brings what was asked for."""
        match response.status:
            case 200 | 304:
                return
            case 301 | 302 | 303 | 307 | 308:
                raise self._moved(response, url)
            case 404 | 410:
                raise AbsentError(f"{url} is not there ({response.status})")
            case 403:
                raise self._forbidden(response, url)
            case 429:
                raise self._quiet(response, "EDGAR says that too many requests came from this address (429)")
            case 408 | 425 | 500 | 502 | 503 | 504 as status:
                if retry_after(response.headers) > self._patience.wait_seconds:
                    raise self._quiet(response, f"EDGAR is not available ({status})")
                wait = max(retry_after(response.headers), self._patience.backoff)
                raise AgainError(f"the server answers with {status}", wait)
            case status:
                raise DownloadError(f"{url}: the server answers with {status}")

    def _moved(self, response: "BaseHTTPResponse", url: str) -> Exception:
        target = urljoin(url, response.headers.get("Location", ""))
        if not self.site.holds(target):
            return DownloadError(f"{url} is redirected to another site, {target}: not followed")
        return _MovedError(target)

    def _forbidden(self, response: "BaseHTTPResponse", url: str) -> DownloadError:
        """Tell a file that the storage does not have from a block."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415  (loaded by who asks)

        try:
            page = joined(self._decoded(response))
        except (HTTPError, AgainError):
            page = b""  # a block, read or not: it is not asked again
        if is_absent(page):
            return AbsentError(f"{url} is not there (403, as the storage behind EDGAR says it)")
        return self._quiet(response, f"{block(page) or 'EDGAR refuses this address'} (403)")

    def _quiet(self, response: "BaseHTTPResponse", why: str) -> DownloadError:
        return self.pace.keep_quiet(retry_after(response.headers) or BLOCK_SECONDS, why)

    def _instead(self, page: bytes, url: str) -> AgainError:
        """Raise what a page says that came in place of a file; where it says nothing known, trying again may help."""
        if is_absent(page):
            raise AbsentError(f"{url} is not there: the storage's error page came in its place")
        if why := block(page):
            raise self.pace.keep_quiet(BLOCK_SECONDS, why)
        return NotWholeError("a page came in place of the file")

    def _pieces(self, response: "BaseHTTPResponse") -> Pieces:
        return judged(self._decoded(response))

    def _decoded(self, response: "BaseHTTPResponse") -> Pieces:
        pieces = raw(response, self._patience, self._check)
        return decoded(pieces, response.headers.get("Content-Encoding", ""))

    def _check(self) -> None:
        if self._stop.is_set():
            raise StoppedError

    def _sleep(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise StoppedError

    def _retry(self) -> "Retry":
        """Count the tries, and how long to wait before each."""
        from urllib3 import Retry  # noqa: PLC0415  (loaded by who asks)

        return Retry(self._patience.tries - 1, backoff_factor=self._patience.backoff / 2, backoff_max=60)

    @cached_property
    def _pool(self) -> "PoolManager":
        """The connections, through the proxy that the environment names for this host."""
        from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415

        from urllib3 import PoolManager, ProxyManager, Timeout  # noqa: PLC0415

        timeout = Timeout(connect=self._patience.connect_seconds, read=self._patience.read_seconds)
        parts = urlsplit(self.site.www)
        proxy = getproxies().get(parts.scheme)
        if proxy and not self.site.is_here and not proxy_bypass(parts.hostname or ""):
            return ProxyManager(proxy, timeout=timeout, maxsize=8)
        return PoolManager(timeout=timeout, maxsize=8)


def _announced(response: "BaseHTTPResponse") -> str:
    response.drain_conn()  # of nothing; the connection can be used again
    return response.headers.get("Content-Length", "")


def _reason(error: Exception) -> str:
    """What went wrong on the way, in a line, without the objects that urllib3 names."""
    said = re.sub(r"<[^>]*>:? ?|HTTPS?Connection(?:Pool)?\([^)]*\):? ?", "", str(error)).strip(" :")
    return " ".join(said.split()) or type(error).__name__
