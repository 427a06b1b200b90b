"""The body of an answer: whole, decoded, and what was asked for; or an error that says why not. Nothing is asked."""

import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from indexer.errors import DownloadError
from indexer.http.site import Patience

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

Pieces = Iterator[bytes]

SNIFFED = 2048
"""Bytes of an answer that are looked at before any is given on."""
DAY = 86_400.0
"""Seconds: longer than that no server is believed to want quiet."""

_PIECE = 1 << 16
_MOST_IN_MEMORY = 512 << 20
_ABSENT = re.compile(rb"<Code>(?:NoSuchKey|AccessDenied)</Code>")
"""How the storage behind EDGAR says, with 200, 403 or 404, that there is no such file."""
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!DOCTYPE html|html|Error>)", re.IGNORECASE)
_BLOCKS = (
    (b"Undeclared Automated Tool", "EDGAR refuses this program as an undeclared automated tool (see --contact)"),
    (b"Request Rate Threshold Exceeded", "EDGAR says that too many requests came from this address"),
)


class AgainError(Exception):
    """It did not go well, and may if it is tried again, after so many seconds."""

    def __init__(self, why: str, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.seconds = seconds


class NotWholeError(AgainError):
    """What came is not whole, or not what was asked for."""


def raw(response: "BaseHTTPResponse", patience: Patience, check: Callable[[], None]) -> Pieces:
    """Read the bytes as they are sent, as many as were announced, and not for ever; `check` may raise at any piece."""
    began, size = time.monotonic(), 0
    while piece := response.read1(_PIECE, decode_content=False):
        size += len(piece)
        check()
        took = time.monotonic() - began
        if took > patience.grace_seconds and size < (took - patience.grace_seconds) * patience.slowest:
            raise NotWholeError(f"the answer is stuck: {size:,} bytes came in {took:.0f} s")
        yield piece
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) != size:
        raise NotWholeError(f"{size:,} of {int(announced):,} bytes came")


def decoded(pieces: Pieces, encoding: str) -> Pieces:
    """Undo the compression that was for the way only; NotWholeError where it does not end, or cannot be undone."""
    match encoding.strip().lower():
        case "" | "identity":
            return pieces
        case "gzip" | "x-gzip":
            return _inflated(pieces, 16 + zlib.MAX_WBITS)
        case "deflate":
            return _inflated(pieces, zlib.MAX_WBITS)
        case other:
            raise NotWholeError(f"it is encoded as {other}, which was not asked for")


def _inflated(pieces: Pieces, window: int) -> Pieces:
    inflating = zlib.decompressobj(window)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if inflating.eof:  # of one member; another follows
                    inflating = zlib.decompressobj(window)
                yield inflating.decompress(rest, _PIECE * 16)
                rest = inflating.unconsumed_tail or inflating.unused_data
    except zlib.error as error:
        raise NotWholeError(f"its compression is damaged ({error})") from error
    if not inflating.eof:
        raise NotWholeError("its compression does not end where it ends")


def judged(pieces: Pieces) -> Pieces:
    """Pass the pieces on, unless they are none, or a page that says something else: NotWholeError.

    A page that says that there is no such file, or that EDGAR refuses to answer, raises what `absent` and `block`
    have to be asked about: `PageError`.
    """
    first: list[bytes] = []
    size = 0
    for piece in pieces:
        first.append(piece)
        size += len(piece)
        if size >= SNIFFED:
            break
    beginning = b"".join(first)
    if not beginning:
        raise NotWholeError("the answer is empty")
    if _PAGE.match(beginning):
        raise PageError(beginning)
    yield beginning
    yield from pieces


class PageError(Exception):
    """A page came, with a good status, in place of a file; its bytes are the argument."""

    @property
    def page(self) -> bytes:
        """Return the beginning of the page."""
        return bytes(self.args[0])


def is_absent(page: bytes) -> bool:
    """Say whether a page is the storage's way to say that there is no such file."""
    return bool(_ABSENT.search(page))


def block(page: bytes) -> str:
    """Say what EDGAR's page says of why it refuses to answer; nothing where it is no such page."""
    return next((said for mark, said in _BLOCKS if mark in page), "")


def joined(pieces: Pieces) -> bytes:
    """Have all of it in memory; DownloadError for what would not fit."""
    gathered, size = [], 0
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size > _MOST_IN_MEMORY:
            raise DownloadError(f"more than {_MOST_IN_MEMORY:,} bytes came")
    return b"".join(gathered)


def retry_after(headers: Mapping[str, str]) -> float:
    """Read for how many seconds a server asks to wait, by its own clock where it names a time; 0 when it asks nothing.

    >>> retry_after({"Retry-After": "120"}), retry_after({"Retry-After": "soon"})
    (120.0, 0.0)
    >>> retry_after({"Retry-After": "Mon, 03 Jun 2024 10:02:00 GMT", "Date": "Mon, 03 Jun 2024 10:00:00 GMT"})
    120.0
    """
    said = headers.get("Retry-After", "").strip()
    if said.isdecimal() and said.isascii():
        return min(float(said), DAY)
    try:
        until, now = parsedate_to_datetime(said), parsedate_to_datetime(headers.get("Date", ""))
        return min(max(0.0, (until - now).total_seconds()), DAY)
    except (ValueError, TypeError):
        return 0.0
