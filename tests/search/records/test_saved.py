"""Saved searches: what is kept comes back, for one index each, and nothing is lost."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup
from search.records.saved import SavedSearch, SavedSearches, Seen, anchored, configuration

LOOKUP = Lookup('"going concern" -form:4', (Filter("cik", ("@/lists/w.csv", "417")),), exact=True, like="a:b")
SEARCH = SavedSearch("doubt", LOOKUP, "2026-01-31T12:00:00+00:00", "/lists/synonyms", "filed:asc", Seen(7, "then"))


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    SavedSearches(Path("index"), tmp_path).add(SEARCH)
    assert SavedSearches(Path("index"), tmp_path).named("doubt") == SEARCH


def test_each_index_has_its_own(tmp_path: Path) -> None:
    one, other = SavedSearches(Path("one"), tmp_path), SavedSearches(Path("other"), tmp_path)
    one.add(SEARCH)
    other.add(replace(SEARCH, name="b"))
    other.add(replace(SEARCH, name="a"))
    assert (one.names(), other.names()) == (["doubt"], ["a", "b"])
    assert [search.name for search in other.all()] == ["a", "b"]


def test_an_index_is_known_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SavedSearches(tmp_path / "index", tmp_path).add(SEARCH)
    monkeypatch.chdir(tmp_path)
    assert SavedSearches(Path("index"), tmp_path).names() == ["doubt"]


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    kept = SavedSearches(Path("index"), tmp_path)
    kept.add(SEARCH)
    with pytest.raises(SearchError, match="there is a search doubt already"):
        kept.add(replace(SEARCH, lookup=Lookup("x")))
    assert kept.named("doubt") == SEARCH


@pytest.mark.parametrize("name", ["", "-n", "a\nb", "a\x1bb", "x" * 101])
def test_a_name_can_be_typed_and_printed(tmp_path: Path, name: str) -> None:
    with pytest.raises(SearchError, match="a name is 1 to 100 characters"):
        SavedSearches(Path("index"), tmp_path).add(replace(SEARCH, name=name))


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    kept = SavedSearches(Path("index"), tmp_path)
    kept.add(SEARCH)
    kept.remove("doubt")
    assert kept.names() == []
    with pytest.raises(SearchError, match="there is no saved search doubt; --saved lists them"):
        kept.remove("doubt")


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    kept = SavedSearches(Path("index"), tmp_path)
    kept.add(SEARCH)
    with pytest.raises(SearchError, match=r"did you mean doubt\?"):
        kept.named("doutb")


def test_marking_what_was_forgotten_meanwhile_keeps_it_forgotten(tmp_path: Path) -> None:
    kept = SavedSearches(Path("index"), tmp_path)
    kept.add(SEARCH)
    kept.mark("doubt", Seen(8, "then"))
    assert kept.named("doubt").seen == Seen(8, "then")
    kept.remove("doubt")
    kept.mark("doubt", Seen(9, "then"))
    assert kept.names() == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}', "null"])
def test_a_damaged_file_is_an_error_and_stays(tmp_path: Path, content: str) -> None:
    (tmp_path / "searches.json").write_text(content)
    kept = SavedSearches(Path("index"), tmp_path)
    with pytest.raises(SearchError, match=r"searches\.json cannot be read"):
        kept.names()
    with pytest.raises(SearchError):
        kept.add(SEARCH)
    assert (tmp_path / "searches.json").read_text() == content


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "searches.json").write_text(json.dumps({"version": 2, "indexes": {}}))
    with pytest.raises(SearchError, match="newer version"):
        SavedSearches(Path("index"), tmp_path).add(SEARCH)


def test_the_users_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/etc/me")
    assert configuration() == Path("/etc/me/edgar-corpus-search")
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("HOME", "/home/me")
    assert configuration() == Path("/home/me/.config/edgar-corpus-search")


def test_watchlists_are_kept_by_their_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lookup = Lookup("x", (Filter("cik", ("@a.csv", "-@b.csv", "417", "me@x.example")),))
    values = (f"@{tmp_path}/a.csv", f"-@{tmp_path}/b.csv", "417", "me@x.example")
    assert anchored(lookup).filters == (Filter("cik", values),)


KEEP = """
import sys
from pathlib import Path
from search.lookups.lookup import Lookup
from search.records.saved import SavedSearch, SavedSearches
for number in range(10):
    SavedSearches(Path("index"), Path(sys.argv[1])).add(SavedSearch(f"{sys.argv[2]}-{number}", Lookup("x"), ""))
"""


def test_no_update_is_lost(tmp_path: Path) -> None:
    workers = [subprocess.Popen([sys.executable, "-c", KEEP, str(tmp_path), str(number)]) for number in range(3)]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert len(SavedSearches(Path("index"), tmp_path).names()) == 30


def test_a_value_of_another_type_anywhere_is_one_line(tmp_path: Path) -> None:
    kept = SavedSearches(Path("index"), tmp_path)
    kept.add(SEARCH)
    file = tmp_path / "searches.json"
    content = json.loads(file.read_text())
    [index] = content["indexes"]
    search = content["indexes"][index]["doubt"]
    ways: list[tuple[dict[str, object] | list[object], object]] = [(content, "version"), (content, "indexes")]
    ways += [(content["indexes"], index), (content["indexes"][index], "doubt"), (search["seen"], 0)]
    ways += [(search, name) for name in search] + [
        (search["lookup"], name) for name in ("query", "filters", "exact", "like")
    ]
    ways += [(search["lookup"]["filters"], 0), (search["lookup"]["filters"][0], 0), (search["lookup"]["filters"][0], 1)]
    for within, name in ways:
        before = within[name]  # type: ignore[index, call-overload]
        for other in (1.5, [1], {"a": 1}):
            within[name] = other  # type: ignore[index, call-overload]
            file.write_text(json.dumps(content))
            with pytest.raises(SearchError, match="cannot be read") as raised:
                kept.all()
            assert "\n" not in str(raised.value)
        within[name] = before  # type: ignore[index, call-overload]
    file.write_text("[" * 100_000)
    with pytest.raises(SearchError, match="nested too deeply"):
        kept.names()
