"""Where EDGAR is, whom it is to write to about this program's requests, and how patient the program is. Values only."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import IndexerError

_SEC = ".sec.gov"
_MAIL = re.compile(r"(?<![^@\s<>(),;:])[^@\s<>(),;:]++@[^@\s<>(),;:.]++\.[^@\s<>(),;:]")


@dataclass(frozen=True, slots=True)
class Site:
    """Where EDGAR is, or a mirror that serves its layout. Addresses without a slash at the end."""

    www: str = "https://www.sec.gov"
    data: str = "https://data.sec.gov"
    efts: str = "https://efts.sec.gov"

    @classmethod
    def at(cls, url: str) -> "Site":
        """Read a mirror's address; IndexerError when it is none."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise IndexerError(f"{url} is not the address of a mirror: write http:// or https:// and a host")
        return cls(*[url.rstrip("/")] * 3)

    def url(self, path: str) -> str:
        """Say where a path of EDGAR's is to be asked for."""
        base = self.data if path.startswith("/submissions/") else self.efts if path.startswith("/LATEST/") else self.www
        return base + path

    def holds(self, url: str) -> bool:
        """Say whether an address is of this site: of the same host and port, or of the SEC's, securely, as it is."""
        here, there = urlsplit(self.www), urlsplit(url)
        if there.scheme == here.scheme and there.netloc == here.netloc:
            return True
        return self.is_edgar and there.scheme == "https" and f".{there.hostname}".endswith(_SEC)

    @property
    def is_edgar(self) -> bool:
        """Tell whether it is the SEC's own."""
        return f".{urlsplit(self.www).hostname}".endswith(_SEC)

    @property
    def is_here(self) -> bool:
        """Tell whether it is on this machine."""
        host = urlsplit(self.www).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")

    @property
    def name(self) -> str:
        """Name its folder in the cache."""
        return "sec.gov" if self.is_edgar else re.sub(r"[^\w.-]", "_", urlsplit(self.www).netloc)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long one thing is tried for."""

    tries: int = 5
    backoff: float = 1.0
    """Seconds before the second repetition; twice that before the next, and so on, a minute at most."""
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    """Without a byte."""
    grace_seconds: float = 60.0
    slowest: int = 4096
    """Bytes a second, over all after the grace, under which an answer counts as stuck."""
    wait_seconds: float = 60.0
    """The longest that a server may ask to wait before a repetition; for longer, everything is kept quiet."""


def checked_contact(contact: str) -> str:
    """Check what is sent as User-Agent: a name and an address to write to; IndexerError.

    >>> checked_contact(" Jane Doe  jane@doe.example ")
    'Jane Doe jane@doe.example'
    """
    said = " ".join(contact.split())
    if not said:
        raise IndexerError(
            "the SEC asks programs to say whose they are: give --contact 'Your Name you@your.org', or set EDGAR_CONTACT"
        )
    if not _MAIL.search(said) or not (said.isascii() and said.isprintable()):
        raise IndexerError(f"the contact {said!r} needs an e-mail address, in ASCII: 'Your Name you@your.org'")
    return said


def cache_folder() -> Path:
    """Say where this user's programs keep what they can do without: `$XDG_CACHE_HOME/edgar-corpus-search` on Linux."""
    from platformdirs import user_cache_path  # noqa: PLC0415  (only who asks, or looks up what was asked, needs it)

    return user_cache_path("edgar-corpus-search", appauthor=False)
