"""The journal of a corpus."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from indexer.corpus.walking import UNFINISHED, files
from indexer.download.journal import FILE, Counts, Journal, State
from indexer.download.wanted import ListedFiling
from indexer.errors import DownloadError


def filing(number: int, *, filed: int = 20240507, cik: str = "9000001", size: int = 0) -> ListedFiling:
    return ListedFiling(f"0009000001-24-{number:06}", cik, "8-K", filed, "FENWICK CO", size)


def test_the_newest_filings_come_first_each_once(tmp_path: Path) -> None:
    listed = [filing(number, filed=20240501 + number % 7) for number in range(2500)]
    with closing(Journal.open(tmp_path)) as journal:
        request = journal.request("x")
        assert journal.name(request, iter([*listed, *listed])) == journal.number(request) == 2500
        came = [entry.filing for entry in journal.entries(request)]
    assert sorted(came) == sorted(listed)
    assert [each.filed for each in came] == sorted((each.filed for each in came), reverse=True)


def test_a_filing_lies_under_whom_it_was_first_listed_under(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path)) as journal:
        one, other = journal.request("x"), journal.request("y")
        journal.name(one, [filing(1, cik="5"), filing(1, cik="6", size=70)])
        journal.name(other, [filing(1, cik="7")])
        assert [entry.filing for entry in journal.entries(other)] == [filing(1, cik="5", size=70)]


def test_what_became_of_a_filing(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path)) as journal:
        request = journal.request("x")
        journal.name(request, map(filing, range(4)))
        numbers = [filing(number).accession for number in range(4)]
        journal.begin(numbers[0], "edgar/1/a")
        journal.begin(numbers[1], "edgar/1/b")
        journal.fetched(numbers[1], "edgar/1/b", size=3, sha256="00")
        journal.missed(numbers[2], State.ABSENT, "404")
    with closing(Journal.open(tmp_path)) as journal:
        states = {entry.filing.accession: (entry.state, entry.path) for entry in journal.entries(request)}
    assert list(map(states.get, numbers)) == [
        (State.FETCHING, "edgar/1/a"), (State.FETCHED, "edgar/1/b"), (State.ABSENT, ""), (State.LISTED, ""),
    ]  # fmt: skip
    with closing(sqlite3.connect(tmp_path / UNFINISHED / FILE)) as connection:
        [(size, sha256, tried)] = connection.execute(
            "SELECT bytes, sha256, tried FROM filing WHERE accession = ?", (numbers[1],)
        )
        assert (size, sha256, tried[:2]) == (3, "00", "20")


def test_where_the_next_run_begins(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path)) as journal:
        assert journal.through("nightly") == 0
        journal.end(journal.request("nightly"), Counts(3, fetched=3), through=20240603)
        journal.end(journal.request("nightly"), Counts(3, failed=1))
        journal.end(journal.request("another"), Counts(), through=20240901)
        assert journal.through("nightly") == 20240603


def test_no_build_looks_at_it(tmp_path: Path) -> None:
    Journal.open(tmp_path).close()
    (tmp_path / UNFINISHED / "0009000001-24-000001.part").write_text("<SEC-DOCUMENT>")
    (tmp_path / "a.txt").write_text("a")
    assert [Path(file.path).name for file in files([tmp_path])] == ["a.txt"]  # type: ignore[union-attr]


def test_a_lost_journal_is_made_from_what_is_there(tmp_path: Path) -> None:
    there = tmp_path / "edgar/77/0009000001-24-000001.txt.gz"
    there.parent.mkdir(parents=True)
    there.write_bytes(b"x")
    (there.parent / "notes.txt").write_text("x")
    with closing(Journal.open(tmp_path)) as journal:
        request = journal.request("x")
        journal.name(request, [filing(1, cik="5")])
        [entry] = journal.entries(request)
    assert (entry.state, entry.path) == (State.FETCHED, "edgar/77/0009000001-24-000001.txt.gz")
    assert entry.filing == filing(1, cik="77")


def test_a_passing_journal_begins_with_what_is_known_and_changes_nothing(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path)) as journal:
        journal.name(journal.request("x"), [filing(1, cik="5")])
        journal.begin(filing(1).accession, "edgar/5/x")
    before = (tmp_path / UNFINISHED / FILE).read_bytes()
    with closing(Journal.passing(tmp_path)) as passing:
        request = passing.request("y")
        passing.name(request, [filing(1, cik="6"), filing(2)])
        assert {entry.path for entry in passing.entries(request)} == {"", "edgar/5/x"}
    assert (tmp_path / UNFINISHED / FILE).read_bytes() == before


def test_what_cannot_be_a_journal_is_said(tmp_path: Path) -> None:
    (tmp_path / UNFINISHED).mkdir()
    (tmp_path / UNFINISHED / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(DownloadError, match="journal"):
        Journal.open(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadError, match="cannot be written"):
        Journal.open(tmp_path / "file")


NAMES = """
import sys
from pathlib import Path
from indexer.download.journal import Journal
from indexer.download.wanted import ListedFiling
journal = Journal.open(Path(sys.argv[1]))
request = journal.request(sys.argv[2])
journal.name(request, [ListedFiling(f"0009000001-24-{number:06}", "1", "8-K", 20240507) for number in range(40)])
for entry in journal.entries(request):
    journal.begin(entry.filing.accession, "x")
    journal.fetched(entry.filing.accession, "x")
"""


def test_several_processes_write_to_it(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", NAMES, str(tmp_path), str(number)], stderr=subprocess.PIPE, text=True)
        for number in range(3)
    ]
    assert [process.communicate()[1] for process in processes] == ["", "", ""]
    with closing(Journal.open(tmp_path)) as journal:
        assert {entry.state for entry in journal.entries(3)} == {State.FETCHED}
