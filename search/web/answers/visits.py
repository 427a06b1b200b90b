"""What has come since the reader's last visit, by two cookies: one for good, one until the browser is closed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from starlette.responses import Response

from search.ask import Index
from search.web.answers.remembered import remembered

SEEN, VISIT = "seen", "visit"
"""The commit of the last answer; the one that this visit compares with."""
_YEAR = 365 * 24 * 3600
_DIGITS = 10


class Visit(NamedTuple):
    """What is new to a reader."""

    since: int | None
    """The commit that was the last one when they were here before; None when they were not."""
    new: int
    """Filings that came after it."""
    seen: str
    """What the cookies are to say: the commit now, and the one compared with."""
    visit: str


def visit(cookies: Mapping[str, str], index: Index) -> Visit:
    """Tell what is new to the reader whose cookies these are."""
    begun, now = _begun(index), index.generation
    compared = _generation(cookies.get(VISIT, ""), begun)
    before = _generation(cookies.get(SEEN, ""), begun) if compared is None else compared
    new = _added(index, before) if before is not None and before < now else 0
    return Visit(before, new, f"{now}.{begun}", f"{now if before is None else before}.{begun}")


def remember(response: Response, of: Visit) -> None:
    """Have the browser keep what a visit is compared with."""
    response.set_cookie(SEEN, of.seen, max_age=_YEAR, httponly=True, samesite="strict")
    response.set_cookie(VISIT, of.visit, httponly=True, samesite="strict")


def _generation(cookie: str, begun: str) -> int | None:
    """Read the commit of a cookie; None when it is of an index that was built anew since, or is none."""
    number, _, of = cookie.partition(".")
    return int(number) if of == begun and number.isascii() and number.isdecimal() and len(number) < _DIGITS else None


def _begun(index: Index) -> str:
    return remembered(index, "begun", lambda: sha256(index.manifest.begun().encode()).hexdigest()[:8])


def _added(index: Index, since: int) -> int:
    return remembered(index, ("added", since), lambda: len(index.manifest.added_since(since)))
