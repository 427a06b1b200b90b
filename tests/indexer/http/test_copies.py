"""Copies of EDGAR's lists: asked about again, had anew only when they have changed, and given offline."""

import time
from pathlib import Path

import pytest

from indexer.errors import AbsentError, DownloadError
from indexer.http.client import Client
from indexer.http.copies import Copies
from indexer.http.site import Site
from tests.indexer.download.server import Edgar

PATH = "/files/company_tickers.json"


@pytest.fixture
def copies(client: Client, cache: Path) -> Copies:
    return Copies.of(client, cache)


def test_a_copy_that_is_as_it_was_is_not_sent_again(edgar: Edgar, copies: Copies) -> None:
    edgar.texts[PATH] = b"first"
    assert copies.file(PATH).read_bytes() == b"first"
    assert copies.file(PATH).read_bytes() == b"first"
    first, second = edgar.asked
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"]


def test_a_copy_that_has_changed_is_had_anew(edgar: Edgar, copies: Copies) -> None:
    edgar.texts[PATH] = b"first"
    copies.file(PATH)
    edgar.texts[PATH] = b"second"
    assert copies.file(PATH).read_bytes() == b"second"


def test_for_some_hours_nothing_is_asked(edgar: Edgar, copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    edgar.texts[PATH] = b"first"
    copies.file(PATH, hours=24)
    copies.file(PATH, hours=24)
    assert len(edgar.asked) == 1
    now = time.time()
    for later, asked in ((23 * 3600, 1), (25 * 3600, 2), (-3600, 3)):  # the last: the clock was set back
        monkeypatch.setattr(time, "time", lambda later=later: now + later)
        copies.file(PATH, hours=24)
        assert len(edgar.asked) == asked


def test_a_copy_that_vanished_is_had_anew(edgar: Edgar, copies: Copies) -> None:
    edgar.texts[PATH] = b"first"
    copies.file(PATH).unlink()
    assert copies.file(PATH, hours=24).read_bytes() == b"first"
    copies.drop(PATH)
    assert copies.file(PATH, hours=24).read_bytes() == b"first"


@pytest.mark.parametrize("beside", [b"", b"{", b'{"at": "x"}', b'{"at": 1, "validators": 3}'])
def test_what_is_known_of_a_copy_may_be_damaged(edgar: Edgar, copies: Copies, beside: bytes) -> None:
    edgar.texts[PATH] = b"first"
    copy = copies.file(PATH)
    copy.with_name(copy.name + ".looked").write_bytes(beside)
    edgar.texts[PATH] = b"second"
    assert copies.file(PATH, hours=24).read_bytes() == b"second"


def test_a_copy_is_kept_when_the_next_does_not_come(edgar: Edgar, copies: Copies) -> None:
    edgar.texts[PATH] = b"first"
    copy = copies.file(PATH)
    edgar.texts[PATH] = b"second"
    edgar.behave(PATH, "*short")
    with pytest.raises(DownloadError):
        copies.file(PATH)
    assert copy.read_bytes() == b"first"
    assert sorted(path.name for path in copy.parent.iterdir()) == [copy.name, f"{copy.name}.looked"]


def test_offline_what_was_kept_is_given(edgar: Edgar, copies: Copies, cache: Path) -> None:
    edgar.texts[PATH] = b"first"
    copies.file(PATH)
    offline = Copies.offline(Site.at(edgar.url), cache)
    assert offline.file(PATH).read_bytes() == b"first"
    assert offline.looked[PATH] == pytest.approx(time.time(), abs=3600)
    for ask in (offline.file, offline.fresh):
        with pytest.raises(AbsentError, match="no copy"):
            ask("/files/company_tickers_mf.json")
    assert len(edgar.asked) == 1


def test_a_cache_that_cannot_be_written_is_said(edgar: Edgar, copies: Copies, cache: Path) -> None:
    folder = cache / Site.at(edgar.url).name
    folder.mkdir(parents=True)
    (folder / "files").write_text("in the way")
    with pytest.raises(DownloadError, match="cannot be written"):
        copies.file(PATH)
