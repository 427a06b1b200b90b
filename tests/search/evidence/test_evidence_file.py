"""Evidence comes back as it was written, shows when it was changed, and tells what has changed since."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest

from indexer.manifest.manifest import Status
from search.answer_basis import Coverage, KindCount
from search.coverage.completeness import Completeness
from search.errors import SearchError
from search.evidence.differences import CoveredFiling, Difference, answer_changes, covered_changes
from search.evidence.evidence_file import read_evidence
from search.evidence.evidence_values import Basis, CoveredCompany, Evidence, NotRead, ReadInPart, Terms
from search.evidence.evidence_writing import IndexState, Inquiry, evidence_lines
from search.evidence.figures import wrong_figures
from search.lookups.lookup import Filter, Lookup
from search.output.json import plain
from search.passages.cutting import Cut
from search.records.files import write_lines
from search.results import DocumentHit, Hit, PartyName, Results, Snippet, Sort

LOOKUP = Lookup("waiver", (Filter("cik", ("417", "9")),), exact=True, synonyms=(("a", "b"),), like="x")
TERMS = Terms(LOOKUP, Sort("filed", descending=False), Cut(2, 100, sentences=True))


def hit(accession: str, *documents: DocumentHit, source: str = "a.txt", sha256: str = "ff") -> Hit:
    parties = (PartyName("filer", "Merriwick \ud800", "0009070001"),)
    filed = date(2017, 3, 8)
    return Hit(1, accession, "8-K", filed, None, (), parties, 1.0, len(documents), documents, source, sha256)


def document(name: str, *starts: int) -> DocumentHit:
    snippets = tuple(Snippet(name, start, start + 6, "waiver", ((start, start + 6),)) for start in starts)
    return DocumentHit(name, "8-K", 1, "a.htm", "", 1.0, snippets)


HITS = (hit("a", document("a:1", 10), document("a:2")), hit("b", document("b:1", 20, 90))._replace(rank=2))
PARTIES = HITS[0].parties
COVERED = (
    CoveredFiling("a", "8-K", "2017-03-08", 3, PARTIES, "a.txt", "ff"),
    CoveredFiling("b", "8-K", "2017-03-08", 1, PARTIES, "a.txt", "ff"),
    CoveredFiling("c", "10-K", "", 2, (), "c.txt > d", "00"),
)
LISTED = Completeness("CIK 9070001", 3, 2, ("x",), "then")
BASIS = Basis(
    Coverage("cik:(417 OR 9)", 3, 6, date(2017, 3, 8), date(2017, 3, 8), 1, (KindCount("PDF", 1),), 1, 1),
    COVERED,
    (NotRead("a:3", "EX-99", "PDF", "no text"),),
    (ReadInPart("c", "c.txt > d", "truncated", "it ends early"), ReadInPart("", "z.gz", "unreadable-file", "no gzip")),
    (CoveredCompany("0009070001", "Merriwick \ud800", 2, "2017-03-08", "2017-03-08", {"8-K": 2}, LISTED),),
    LISTED,
)
RESULTS = Results("waiver", 2, 3, (), understood="=waiver", generation=4)


@pytest.fixture
def state() -> IndexState:
    numbers = dict.fromkeys(Status.__dataclass_fields__, 0) | {"submissions": 5}
    return IndexState("/index", "one", 4, "then", Status(**numbers))  # type: ignore[arg-type]


@pytest.fixture
def written(tmp_path: Path, state: IndexState) -> Path:
    write_lines(tmp_path / "evidence", evidence_lines(RESULTS, HITS, Inquiry(TERMS, "me", "now", state), BASIS))
    return tmp_path / "evidence"


def test_it_comes_back(written: Path) -> None:
    found = read_evidence(written)
    assert found.terms == TERMS
    origin = found.origin
    assert (origin.made, origin.asked_by, origin.identity) == ("now", "me", "one")
    assert (origin.generation, origin.begun, origin.submissions) == (4, "then", 5)
    assert (found.filings, found.documents, found.intact, found.altered) == (2, 3, True, ())
    assert found.basis == BASIS
    assert [plain(hit._replace(score=0.0)) for hit in found.hits] == [plain(_unscored(hit)) for hit in HITS]


def _unscored(hit: Hit) -> Hit:
    return hit._replace(score=0.0, documents=tuple(each._replace(score=0.0) for each in hit.documents))


def test_its_figures_follow_from_its_lists(written: Path) -> None:
    assert [*wrong_figures(read_evidence(written))] == []


def test_it_says_what_an_auditor_needs(written: Path) -> None:
    content: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    assert content["understood"] == "=waiver"
    assert content["program"].startswith("edgar-corpus-search ")
    assert content["hits"][0]["source"] == "a.txt"
    assert content["hits"][0]["sha256"] == "ff"
    assert content["hits"][0]["documents"][0]["snippets"][0]["text"] == "waiver"


def test_a_change_to_it_shows(written: Path) -> None:
    content = written.read_text(encoding="utf-8")
    assert content.count('"a.txt"') == 4
    written.write_text(content.replace('"a.txt"', '"b.txt"', 1), encoding="utf-8")
    assert not read_evidence(written).intact


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"kind": "other"}', '{"kind": "edgar-corpus-search evidence"}'])
def test_other_files_are_no_evidence(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").write_text(content)
    with pytest.raises(SearchError, match="is not evidence that this program wrote"):
        read_evidence(tmp_path / "x")


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value within a value of JSON stands."""
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in within:
        yield (*at, name)
        yield from places(each, (*at, name))


def test_a_value_of_another_type_anywhere_is_one_line(written: Path) -> None:
    """What is read back is what was written, or an error; what is only there for people may be anything."""
    content = json.loads(written.read_text(encoding="utf-8"))
    refused = set()
    for *way, name in places(content):
        for other in (None, "x", -1, True, [[]], [{}], 1 << 70):
            changed = deepcopy(content)
            within = reduce(getitem, way, changed)
            within[name] = other
            written.with_name("changed").write_text(json.dumps(changed), encoding="utf-8")
            try:
                hash(read_evidence(written.with_name("changed")).terms)
            except SearchError as error:
                assert "\n" not in str(error)
                refused.add(name)
    assert refused >= {"query", "filters", "exact", "synonyms", "like", "by", "descending", "count", "width", "hits"}
    assert refused >= {"made", "generation", "begun", "submissions", "filings", "documents", "id", "snippets", "start"}


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"kind":' * 100_000, '{"kind": ' + "9" * 5000 + "}", "\ud800", "\xff"]
)
def test_what_no_json_should_be_is_one_line(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(SearchError, match="is not evidence that this program wrote") as raised:
        read_evidence(tmp_path / "x")
    assert len(str(raised.value)) < 400 + len(str(tmp_path))


def test_the_hostile_evidence_beside_the_checkout_is_one_line(shared: Path) -> None:
    found = sorted((shared / "cases" / "hostile" / "evidence").iterdir())
    assert found
    for path in found:
        with pytest.raises(SearchError, match="is not evidence that this program wrote"):
            read_evidence(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"none: No such file"):
        read_evidence(tmp_path / "none")


def test_a_newer_version_is_refused(written: Path) -> None:
    content = written.read_text(encoding="utf-8").replace('"version": 2', '"version": 3', 1)
    written.write_text(content, encoding="utf-8")
    with pytest.raises(SearchError) as refused:
        read_evidence(written)
    assert str(refused.value) == (
        f"{written}: the evidence was written by a newer version of this program (3, this one reads up to 2): "
        "update the program"
    )


@pytest.fixture
def evidence(written: Path) -> Evidence:
    return read_evidence(written)


def test_the_same_again_is_no_change(evidence: Evidence) -> None:
    assert list(answer_changes(evidence.hits, HITS)) == []
    assert list(covered_changes(evidence.basis.covered, COVERED)) == []


def test_what_is_new(evidence: Evidence) -> None:
    more = (*HITS, hit("c", document("c:1", 5)))
    assert list(answer_changes(evidence.hits, more)) == [
        Difference("new", "c:1", "8-K, filed 2017-03-08, Merriwick \ud800")
    ]


def test_what_is_gone(evidence: Evidence) -> None:
    fewer = (HITS[0]._replace(documents=HITS[0].documents[:1]),)
    assert [(each.change, each.what) for each in answer_changes(evidence.hits, fewer)] == [
        ("gone", "a:2"),
        ("gone", "b:1"),
    ]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (HITS[1]._replace(source="b.txt"), "read from b.txt, was from a.txt"),
        (HITS[1]._replace(sha256="00"), "the submission's bytes differ"),
        (hit("b", document("b:1", 21, 90)), "passages at 21..27 90..96, were at 20..26 90..96"),
        (hit("b", document("b:1")), "passages at no place, were at 20..26 90..96"),
    ],
)
def test_what_has_moved(evidence: Evidence, now: Hit, reason: str) -> None:
    change = "changed" if "bytes" in reason else "moved"
    assert list(answer_changes(evidence.hits, (HITS[0], now))) == [Difference(change, "b:1", reason)]


def test_what_was_covered_and_is_not_and_the_other_way_round(evidence: Evidence) -> None:
    now = (COVERED[0]._replace(sha256="11"), COVERED[1]._replace(source="e.txt"), COVERED[2]._replace(accession="d"))
    assert list(covered_changes(evidence.basis.covered, now)) == [
        Difference("changed", "a", "the submission's bytes differ"),
        Difference("moved", "b", "read from e.txt, was from a.txt"),
        Difference("new", "d", "10-K"),
        Difference("gone", "c", "10-K; was read from c.txt > d"),
    ]
