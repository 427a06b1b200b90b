"""`indexer fetch`, as a person types it."""

import io
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.commands.arrivals import Indexing
from indexer.download import lists
from indexer.http.client import Client
from tests.indexer.conftest import Said
from tests.indexer.download.server import Edgar, Held, made_up, master
from tests.indexer.edgar_fixtures import CONTACT, QUICK

Fetch = Callable[..., Said]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def fetch(indexer: Callable[..., Said], target: Path, edgar: Edgar, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Runs `indexer fetch` into a corpus from that server: `fetch("--cik", 417)`."""
    monkeypatch.setenv("EDGAR_BASE_URL", edgar.url)
    monkeypatch.setenv("EDGAR_CONTACT", CONTACT)
    monkeypatch.setitem(Client.__init__.__kwdefaults__, "patience", QUICK)
    return lambda *words, **how: indexer("fetch", *words, "--to", target, "--rate", 5000)


def there(corpus: Path) -> set[str]:
    return {path.name.partition(".")[0] for path in corpus.glob("edgar/[0-9]*/*")}


def of(sample: list[Held], **wanted: str) -> set[str]:
    return {
        each.accession
        for each in sample
        if wanted.get("cik", each.parties[0][0]) in dict(each.parties)
        and each.form == wanted.get("form", each.form)
        and each.filed.startswith(wanted.get("filed", ""))
    }


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--cik", "9012704"), {"cik": "9012704"}),
        (("--cik", "0009012704", "--form", "8-K", "--filed", "2017..2018"), {"cik": "9012704", "form": "8-K"}),
        (("--ticker", "tsl"), {"cik": "9012704"}),
        (("--ticker", "TILX"), {"cik": "9007731"}),
        (("--company", "Harrow Lake Sciences Inc"), {"cik": "9012704"}),
        (("--form", "10-K", "--filed", "2023Q1"), {"form": "10-K", "filed": "2023-03"}),
        (("--filed", "2023-06-06"), {"filed": "2023-06-06"}),
        (("--filed", "2023Q3", "--list", "day"), {"filed": "2023-0[79]"}),
        (("--list", "current", "--form", "13F-HR"), {"form": "13F-HR"}),
        (("--list", "bulk", "--cik", "9055190"), {"cik": "9055190"}),
        (("--list", "company", "--list", "quarter", "--cik", "9055190", "--filed", "2018.."), {"cik": "9055190"}),
        (("0009000101-17-004512",), {"form": "8-K", "filed": "2017"}),
        (
            ("https://www.sec.gov/Archives/edgar/data/9012704/000900010117004512/x.htm",),
            {"form": "8-K", "filed": "2017"},
        ),
    ],
)
def test_what_is_asked_for_comes(
    fetch: Fetch, target: Path, sample: list[Held], words: tuple[str, ...], wanted: dict[str, str]
) -> None:
    said = fetch(*words)
    expected = {each.accession for each in sample if re.match(wanted.get("filed", ""), each.filed)}
    expected &= of(sample, **{name: value for name, value in wanted.items() if name != "filed"})
    assert there(target) == expected
    assert said.code == 0
    assert said.out.startswith(f"{len(expected)} filing")
    again = fetch(*words)
    assert f" 0 fetched (0 bytes), {len(expected)} here already." in again.out


def test_the_compressed_and_the_plain(fetch: Fetch, target: Path, sample: list[Held]) -> None:
    fetch("--cik", "9055190", "--plain")
    [one, _] = sorted(target.glob("edgar/9055190/*.txt"))
    assert one.read_bytes() in [each.content for each in sample]
    fetch("--cik", "9012704")
    assert len(list(target.glob("edgar/9012704/*.txt.gz"))) == 4


def test_watchlists(fetch: Fetch, target: Path, sample: list[Held], tmp_path: Path) -> None:
    (tmp_path / "ciks.csv").write_text("CIK,Name\n9055190,Skarvøy\n# no more\n9012704,\n")
    fetch("--cik", f"@{tmp_path / 'ciks.csv'}")
    assert there(target) == of(sample, cik="9055190") | of(sample, cik="9012704")
    (tmp_path / "none").write_text("")
    assert (
        fetch("--cik", f"@{tmp_path / 'none'}").err
        == f"indexer: {tmp_path}/none names nothing: write one value a line\n"
    )


def test_lines_of_a_search(
    fetch: Fetch, target: Path, sample: list[Held], edgar: Edgar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `search --jsonl` prints: a line of totals, then hits."""
    hits = [
        {"type": "results", "filings": 2},
        *({"type": "hit", "accession": each.accession, "form": each.form, "filed": each.filed,
           "parties": [{"role": "filer", "name": name, "cik": cik.zfill(10)} for cik, name in each.parties]}
          for each in sample[:2]),
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(each) + "\n" for each in hits)))
    assert fetch("-").code == 0
    assert there(target) == {each.accession for each in sample[:2]}
    assert len(edgar.asked) == 2


def test_numbers_on_standard_input_and_in_a_file(
    fetch: Fetch, target: Path, sample: list[Held], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each.accession}\n" for each in sample[:3])))
    fetch("-")
    (tmp_path / "list").write_text("# mine\n" + "".join(f"{each.accession}\n" for each in sample[3:5]))
    fetch(tmp_path / "list")
    assert there(target) == {each.accession for each in sample[:5]}


def test_an_index_file_that_lies_here(fetch: Fetch, target: Path, sample: list[Held], tmp_path: Path) -> None:
    (tmp_path / "master.idx").write_bytes(master(sample))
    fetch(tmp_path / "master.idx", "--form", "13F-HR")
    assert there(target) == of(sample, form="13F-HR")


def test_a_dry_run_lists_with_sizes_and_fetches_nothing(
    fetch: Fetch, target: Path, sample: list[Held], edgar: Edgar
) -> None:
    [held] = [each for each in sample if each.form == "13F-HR"]
    for words in (("--cik", "9026650", "--form", "13F-HR"), ("--form", "13F-HR", "--filed", "2024Q1")):
        said = fetch(*words, "--dry-run")
        size = f"{len(held.content) / 1000:.1f} kB"
        assert said == Said(
            0,
            f"  {held.accession}  13F-HR      2024-02-14  Ambersett Capital Management LLC  {size}\n"
            f"1 filing would come, about {size}.\n",
            "",
        )
    assert not target.exists()
    assert not [each for each in edgar.asked if each.method == "GET" and "/data/" in each.path]
    fetch("--cik", "9026650", "--form", "13F-HR")
    assert (
        fetch("--cik", "9026650", "--form", "13F-HR", "--dry-run").out == "0 filings would come; 1 are here already.\n"
    )


def test_a_limit(fetch: Fetch, target: Path, sample: list[Held]) -> None:
    assert "2 fetched" in fetch("--cik", "9000417", "--limit", "2").out
    assert there(target) == {"0009026650-25-000011", "0009000101-24-002207"}


def test_what_is_not_there_is_said(fetch: Fetch, target: Path, edgar: Edgar, sample: list[Held]) -> None:
    edgar.texts["/Archives/edgar/full-index/2024/QTR2/master.gz"] = master([*sample, made_up(7, filed="2024-05-07")])
    said = fetch("--filed", "2024Q2", "--form", "8-K", "--list", "quarter")
    assert said.code == 1
    assert said.out == "2 filings listed: 1 fetched (9.7 kB), 0 here already, 1 listed and not in the archive.\n"
    assert re.fullmatch(r"indexer: 0009000001-24-000007: http\S+ is not there \(404\)\n", said.err)


def test_nothing_listed(fetch: Fetch) -> None:
    assert fetch("--cik", "9012704", "--form", "S-1") == Said(
        1, "0 filings listed: 0 fetched (0 bytes), 0 here already.\n", ""
    )
    assert fetch("--cik", "77").err == "indexer: EDGAR has no list of filings for CIK 77\n"


def test_a_block_is_said_with_its_end_and_kept(fetch: Fetch, target: Path, edgar: Edgar) -> None:
    edgar.behave("/data/", "good", "*too-many", after="90")
    said = fetch("--cik", "9000417")
    assert said.code == 2
    assert "left" in said.out
    assert re.search(r"too many requests .* nothing is asked until 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", said.err)
    number = len(edgar.asked)
    assert fetch("--cik", "9000417").code == 2
    assert len(edgar.asked) == number


def test_it_indexes_what_arrives(
    fetch: Fetch, indexer: Callable[..., Said], tmp_path: Path, sample: list[Held]
) -> None:
    index = tmp_path / "index"
    said = fetch("--cik", "9012704", "--build", "--index", index)
    assert said.code == 0
    assert said.out.endswith(f"{index} holds 4 submissions, 8 documents.\n")
    assert fetch("--cik", "9012704", "--build", "--index", index).code == 0


def test_it_indexes_in_between(fetch: Fetch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.commands.arrivals.BUILD_SECONDS", 0.0)
    monkeypatch.setattr("indexer.commands.arrivals._SHARE", 0)
    builds, build = [], Indexing._build
    monkeypatch.setattr(Indexing, "_build", lambda self: builds.append(self) or build(self))
    index = tmp_path / "index"
    said = fetch("--cik", "9012704", "--build", "--index", index)
    assert len(builds) == 4 + 1  # how much each of them finds depends on how quickly filings arrive
    assert said.out.endswith(f"{index} holds 4 submissions, 8 documents.\n")


# Days


def test_the_archives_of_days(fetch: Fetch, target: Path) -> None:
    said = fetch("--feed", "2017-04-17..2017-04-18")
    assert said.code == 0
    assert re.fullmatch(r"2017-04-17: EDGAR has no archive of this day\n2017-04-18: [\d.]+ kB\n", said.out)
    assert [path.name for path in target.glob("edgar/Feed/2017/QTR2/*")] == ["20170418.nc.tar.gz"]
    assert fetch("--feed", "2017-04-18").out == "2017-04-18: here already\n"
    assert fetch("--feed", "2017-04-15").code == 1
    assert "from which day to which" in fetch("--feed", "2017..").err


@pytest.fixture
def nightly(serve: Callable[..., Edgar], fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the nightly job on a day, on a server with one filing a day of May 2024."""
    edgar = serve([made_up(day, filed=f"2024-05-{day:02}") for day in range(1, 10)])
    monkeypatch.setenv("EDGAR_BASE_URL", edgar.url)

    def run(day: int, *words: str) -> tuple[Said, list[str]]:
        class Today(date):
            @classmethod
            def today(cls) -> date:
                return date(2024, 5, day)

        monkeypatch.setattr(lists, "date", Today)
        edgar.asked.clear()
        said = fetch("--since-last", *words)
        return said, [path[-12:-4] for path in edgar.paths("/master.")]

    run.edgar = edgar  # type: ignore[attr-defined]
    return run


def test_a_nightly_job_lists_the_days_since_and_some_before(nightly: Any, target: Path) -> None:
    said, days = nightly(9, "--relist", "2")
    assert (days, "3 fetched" in said.out) == (["20240507", "20240508", "20240509"], True)
    nightly.edgar.held += [made_up(day, filed=f"2024-05-{day:02}") for day in (10, 13)]
    nightly.edgar.held.append(made_up(77, filed="2024-05-08"))  # appears late: private made public
    said, days = nightly(14, "--relist", "2")
    assert days == ["20240507", "20240508", "20240509", "20240510", "20240513"]
    assert said.out.startswith("6 filings listed: 3 fetched")
    said, days = nightly(14, "--relist", "0")
    assert (days, "0 fetched" in said.out) == (["20240513"], True)


def test_a_nightly_job_that_failed_begins_where_it_did(nightly: Any) -> None:
    nightly(9, "--relist", "0")
    nightly.edgar.held += [made_up(day, filed=f"2024-05-{day:02}") for day in (10, 13)]
    nightly.edgar.behave("24-000010", "*cut")
    assert nightly(13, "--relist", "0")[0].code == 1
    nightly.edgar._manners.clear()
    nightly.edgar.held.append(made_up(14, filed="2024-05-14"))
    said, days = nightly(14, "--relist", "0")
    assert days == ["20240509", "20240510", "20240513", "20240514"]
    assert said.out.startswith("4 filings listed: 2 fetched")


def test_another_question_is_another_job(nightly: Any) -> None:
    nightly(9, "--relist", "0", "--form", "8-K")
    assert nightly(9, "--relist", "1")[1] == ["20240508", "20240509"]


def test_a_first_nightly_job_may_say_since_when(nightly: Any) -> None:
    assert nightly(9, "--filed", "2024-05-03..")[1] == [f"202405{day:02}" for day in range(3, 10)]


def test_a_clock_that_jumps_ahead_costs_a_few_requests(nightly: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    nightly(9, "--relist", "0")

    class Today(date):
        @classmethod
        def today(cls) -> date:
            return date(2024, 12, 31)

    monkeypatch.setattr(lists, "date", Today)
    nightly.edgar.asked.clear()
    nightly.edgar.held.append(made_up(10, filed="2024-05-10"))
    assert nightly(10, "--relist", "0")[1] == ["20240509", "20240510"]  # and the next run is as if it had not been


# What is refused


def test_nobody_fetches_without_a_contact(fetch: Fetch, edgar: Edgar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDGAR_CONTACT")
    said = fetch("--cik", "9012704")
    assert said.code == 2
    assert said.err == (
        "indexer: the SEC asks programs to say whose they are: "
        "give --contact 'Your Name you@your.org', or set EDGAR_CONTACT\n"
    )
    assert edgar.asked == []
    monkeypatch.setenv("EDGAR_IDENTITY", "Other Name other@example.example")
    assert fetch("--cik", "9012704").code == 0
    assert edgar.asked[0].headers["User-Agent"] == "Other Name other@example.example"
    fetch("--cik", "9012704", "--contact", "Third third@example.example")
    assert edgar.asked[-1].headers["User-Agent"] == "Third third@example.example"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say which filings"),
        (("--cik", "x"), "is not a CIK"),
        (("--filed", "soon"), "--filed soon: soon is not a date"),
        (("--ticker", "NOPE"), "no ticker NOPE"),
        (("--company", "Nobody"), "no company called Nobody"),
        (("nothing-like-it",), "neither an accession number nor a file"),
        (("--cik", "1", "--from", "corpus"), "not the address of a mirror"),
        (("--cik", "1", "--limit", "-1"), "-1 is not in the range"),
        (("--cik", "1", "--list", "all"), "'all' is not one of"),
        (("--feed", "x"), "--feed x: x is not a date"),
    ],
)
def test_what_makes_no_sense_is_said(fetch: Fetch, target: Path, words: tuple[str, ...], said: str) -> None:
    answer = fetch(*words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert there(target) == set()


def test_edgar_itself_is_asked_ten_times_a_second_at_most(
    indexer: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = indexer("fetch", "--cik", "1", "--contact", CONTACT, "--rate", "11")
    assert said == Said(2, "", "indexer: 11 requests a second are more than the 10 that the SEC allows\n")


def test_the_journal_says_what_was_asked_and_what_came(fetch: Fetch, target: Path) -> None:
    fetch("--cik", "9012704", "--limit", "1")
    with closing(sqlite3.connect(target / ".unfinished/journal.sqlite")) as journal:
        [(question, found, fetched)] = journal.execute(
            "SELECT question, found, fetched FROM request WHERE ended IS NOT NULL"
        )
    assert (question, found, fetched) == ("cik:9012704 in company", 4, 1)
