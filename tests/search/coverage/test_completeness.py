"""EDGAR's own lists, cited where they were kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from search.coverage.completeness import asked_ciks, completeness, completeness_by_company
from search.parsing.parser import parse_query
from tests.search.conftest import Ask

FORM_4, CURRENT_REPORT = "0009012704-18-000044", "0009000101-17-004512"
"""Both in the sample corpus."""
LATE = "0009012704-18-900001"

Keep = Callable[..., None]


@pytest.fixture
def keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keep:
    """Keeps a list of EDGAR's of a company: `keep(9012704, accession=form, ...)`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("EDGAR_BASE_URL", raising=False)
    folder = tmp_path / "edgar-corpus-search/sec.gov/submissions"
    folder.mkdir(parents=True)

    def keep(cik: int, filings: dict[str, tuple[str, str]]) -> None:
        columns = {
            "accessionNumber": [*filings],
            "form": [form for form, _ in filings.values()],
            "filingDate": [filed for _, filed in filings.values()],
        }
        path = folder / f"CIK{cik:010}.json"
        path.write_text(json.dumps({"name": "Tessalune", "filings": {"recent": columns, "files": []}}))
        path.with_name(f"{path.name}.looked").write_text('{"at": 1767225600.0, "validators": {}}')

    return keep


@pytest.fixture
def tessalune(keep: Keep) -> None:
    keep(
        9012704,
        {
            FORM_4: ("4", "2018-08-17"),
            CURRENT_REPORT: ("8-K", "2017-04-18"),
            LATE: ("8-K/A", "2018-09-01"),
        },
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cik:9012704", ("cik:9012704", 3, 2, (LATE,))),
        ("license cik:9012704 form:8-K", (None, 2, 1, (LATE,))),
        ("cik:9012704 form:=8-K", ("cik:9012704 form:=8-k", 1, 1, ())),
        ("cik:9012704 filed:2017", ("cik:9012704 filed:20170101..20171231", 1, 1, ())),
        ("cik:9012704 form:4 filed:2018..", (None, 1, 1, ())),
        ("cik:9012704 company:tessalune", ("cik:9012704", 3, 2, (LATE,))),
    ],
)
def test_what_edgar_lists_of_a_company(
    sample_index: Path, tessalune: None, query: str, expected: tuple[str | None, int, int, tuple[str, ...]]
) -> None:
    found = completeness(parse_query(query), sample_index)
    assert found is not None
    assert (found.listed, found.here, found.missing) == expected[1:]
    assert expected[0] in (None, found.wanted)
    assert found.as_of == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "query", ["license", "company:tessalune", "cik:9000417", "cik:(9012704 OR 9000417)", "-cik:9012704", "cik:9*"]
)
def test_without_a_list_of_each_company_nothing_is_said(sample_index: Path, tessalune: None, query: str) -> None:
    assert completeness(parse_query(query), sample_index) is None


def test_a_list_that_was_kept_damaged_is_no_list(sample_index: Path, tessalune: None, tmp_path: Path) -> None:
    next(tmp_path.rglob("CIK*.json")).write_text("{")
    assert completeness(parse_query("cik:9012704"), sample_index) is None


def test_coverage_cites_it(tessalune: None, ask: Ask) -> None:
    said = ask("--coverage", "--cik", "9012704")
    assert "2 of the 3 filings that EDGAR lists (cik:9012704) are here; EDGAR's lists are of 2026-01-01T" in said.out
    assert f"missing: {LATE}; `indexer compare` names them all\n" in said.out
    found = json.loads(ask("--coverage", "--cik", "9012704", "--json").out)
    assert found["completeness"]["missing"] == [LATE]
    assert json.loads(ask("--coverage", "license", "--json").out)["completeness"] is None


def test_evidence_cites_it(tessalune: None, ask: Ask, tmp_path: Path) -> None:
    evidence = str(tmp_path / "e.json")
    ask("license", "--cik", "9012704", "--evidence", evidence)
    found = json.loads(Path(evidence).read_text())["completeness"]
    assert (found["listed"], found["here"], found["missing"]) == (3, 2, [LATE])
    assert ask("--repeat", evidence).code == 0


def test_each_company_is_compared_with_its_own_list(keep: Keep, sample_index: Path) -> None:
    keep(9012704, {FORM_4: ("4", "2018-02-02"), LATE: ("4", "2018-03-03")})
    query = parse_query("cik:(9012704 OR 77)")
    assert asked_ciks(query) == ("0009012704", "0000000077")
    [(cik, found)] = completeness_by_company(query, sample_index).items()
    assert (cik, found.listed, found.here, found.missing) == ("0009012704", 2, 1, (LATE,))
    assert completeness(query, sample_index) is None


def test_evidence_has_what_edgar_lists_of_each_company(ask: Ask, keep: Keep) -> None:
    keep(9012704, {FORM_4: ("4", "2018-02-02"), LATE: ("4", "2018-03-03")})
    ask("license", "--cik", "9012704", "--evidence", "e.json", "--report", "r.html")
    content = json.loads(Path("e.json").read_text())
    assert content["companies"][0]["listed"]["missing"] == content["completeness"]["missing"] == [LATE]
    assert "EDGAR lists 2 filings (cik:9012704); 1 is not in the index." in Path("r.html").read_text()
    assert ask("--verify-evidence", "e.json").code == 0
