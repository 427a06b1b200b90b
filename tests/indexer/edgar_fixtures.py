"""A server that is EDGAR to these tests, and a cache folder of their own. Imported where it is used, as fixtures."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from indexer.http.client import Client
from indexer.http.site import Patience, Site
from tests.indexer.download.server import Edgar, Held, held_in, serving

CONTACT = "Made Up Tests tests@example.example"
QUICK = Patience(tries=3, backoff=0.01, connect_seconds=5, read_seconds=5, wait_seconds=2)
RATE = 5000.0
"""Requests a second: these tests are in haste."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the user who runs these tests; no settings of his own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("EDGAR_CONTACT", "EDGAR_IDENTITY", "EDGAR_BASE_URL", "EDGAR_INDEX"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "cache/edgar-corpus-search"


@pytest.fixture
def serve() -> Iterator[Callable[..., Edgar]]:
    """Serve submissions until the test ends."""
    with ExitStack() as stack:
        yield lambda held, **more: stack.enter_context(serving(Edgar(list(held), **more)))


@pytest.fixture(scope="session")
def sample(corpus: Path) -> list[Held]:
    """The whole submissions of the sample corpus."""
    return held_in(sorted(path for path in corpus.rglob("*") if path.suffix in (".txt", ".nc")))


@pytest.fixture
def edgar(serve: Callable[..., Edgar], sample: list[Held]) -> Edgar:
    """A server with the sample corpus."""
    tickers = {"TSL": ("9012704", "Tessalune Biosciences, Inc."), "WRX-B": ("9000417", "WREXLEY INDUSTRIES INC")}
    names = [
        ("TESSALUNE BIOSCIENCES, INC.", "9012704"),
        ("HARROW LAKE SCIENCES INC", "9012704"),
        ("SKARVØY REDERI", "9055190"),
    ]
    return serve(sample, tickers=tickers, funds={"TILX": "9007731"}, names=names)


@pytest.fixture
def client(edgar: Edgar, cache: Path) -> Iterator[Client]:
    """Who asks that server, in haste."""
    with closing(Client(Site.at(edgar.url), CONTACT, cache=cache, rate=RATE, patience=QUICK)) as client:
        yield client
