"""What a server is told when it starts, and the bounds on what it may be asked. Nothing is opened here."""

from dataclasses import dataclass
from pathlib import Path

from search.searchers.searcher import CACHE

LONGEST_ADDRESS = 16_000
"""Bytes of an address with all it asks."""
LARGEST_BODY = 64_000
"""Bytes of a form that is sent."""
LONGEST_QUERY = 4_000
"""Characters of a query."""
DEEPEST = 10_000
"""Filings that can be paged through; `search --all` and the downloads have the rest."""
AT_ONCE = 16
"""Answers that are worked on at the same time; others wait their turn."""
WAITING = 256
"""Requests taken at the same time; further ones are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What to serve, to whom."""

    index: Path
    corpus: tuple[Path, ...] = ()
    """Where the submission files are, beside where the index says; original documents are shown from there."""
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    """Names by which the server may be asked, beside `host` and those of this machine."""
    token: str = ""
    """What a request must show; empty where the address is this machine's alone."""
    cache: int = CACHE
    """Bytes that each process keeps of what was read."""
    searches: Path | None = None
    """The folder of saved searches; the user's configuration when None."""
