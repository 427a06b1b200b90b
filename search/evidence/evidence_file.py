"""Evidence read back from its file. How it is written is in `evidence_writing`; nothing of it is checked here.

Whatever a stranger wrote into the file: it is read as the types it was written with, or one error says where it is not.
"""

import hashlib
from datetime import date
from pathlib import Path

from indexer.errors import clipped
from indexer.printing import one_line
from search.answer_basis import Coverage, KindCount
from search.coverage.completeness import Completeness
from search.errors import SearchError
from search.evidence.differences import CoveredFiling
from search.evidence.evidence_values import Basis, CoveredCompany, Evidence, NotRead, Origin, ReadInPart, Terms
from search.evidence.packed_text import evidence_within, unpacked
from search.lookups.lookup import Filter, Lookup
from search.passages.cutting import Cut
from search.records.parsed import JsonObject
from search.results import SORTS, DocumentHit, Hit, PartyName, Snippet, Sort
from search.searchers.searcher import Verified

VERSION = 2
"""Version 1 has no lists of what was covered."""
KIND = "edgar-corpus-search evidence"
DIGEST = '  "digest": "sha256:'
"""Begins the line with the SHA-256 of all that stands before it."""
COVERED = ("accession", "form", "filed", "documents", "parties", "source", "sha256")
UNREAD = ("document", "type", "kind", "reason")
PROBLEMS = ("accession", "source", "kind", "message")
_LONGEST = 300
"""Characters of an error."""


def read_evidence(path: Path) -> Evidence:
    """Read evidence from its file, or from a report of it; SearchError when it cannot be read or is none."""
    try:
        content = path.read_text(encoding="utf-8")
        within = evidence_within(content)
        return evidence_of(within or content, shown=content if within else "")
    except OSError as error:
        raise SearchError(f"{path}: {error.strerror}") from error
    except SearchError as error:
        raise SearchError(f"{path}: {error}") from error
    except ValueError as error:
        said = one_line(str(error))[:_LONGEST]
        raise SearchError(f"{path} is not evidence that this program wrote ({said})") from error


def evidence_of(content: str, *, shown: str = "") -> Evidence:
    """Read evidence from its text; ValueError, which says where, or SearchError for one of a newer version."""
    found = JsonObject.parse(content)
    if (kind := found.text("kind")) != KIND:
        raise ValueError(f"kind is {clipped(kind)}")
    if (version := found.number("version")) > VERSION:
        raise SearchError(
            f"the evidence was written by a newer version of this program ({version}, this one reads up to {VERSION}): "
            "update the program"
        )
    hits = tuple(map(_hit, found.records("hits")))
    basis, altered = _basis(found) if version > 1 else (_earlier_basis(found), ())
    before, mark, digest = content.rpartition(DIGEST)
    actual = hashlib.sha256(before.encode()).hexdigest()
    return Evidence(
        version=version,
        origin=_origin(found),
        terms=Terms(_lookup(found.record("lookup")), _sort(found.record("sort")), _cut(found.record("cut"))),
        understood=found.text("understood"),
        filings=found.number("filings"),
        documents=found.number("documents"),
        hits=hits,
        basis=basis,
        digest=actual,
        intact=bool(mark) and digest.strip() == f'{actual}"\n}}',
        altered=altered,
        shown=shown,
    )


def _origin(found: JsonObject) -> Origin:
    index = found.record("index")
    return Origin(
        made=found.text("made"),
        asked_by=found.text("asked_by") if "asked_by" in found else "",
        program=found.text("program"),
        path=index.text("path"),
        identity=index.text("identity") if "identity" in index else "",
        generation=index.number("generation"),
        begun=index.text("begun"),
        submissions=index.record("corpus").number("submissions"),
        verified=_verified(index.record("verified")) if "verified" in index else None,
    )


def _verified(found: JsonObject) -> Verified:
    return Verified(found.number("segments"), found.number("documents"), found.texts("unknown"))


# What was asked


def _lookup(found: JsonObject) -> Lookup:
    return Lookup(
        found.text("query"),
        tuple(Filter(each.text("field"), each.texts("values")) for each in found.records("filters")),
        found.flag("exact"),
        found.lists("synonyms"),
        found.text("like"),
        found.texts("phrases") if "phrases" in found else (),
    )


def _sort(found: JsonObject) -> Sort:
    if (by := found.text("by")) not in SORTS:
        raise ValueError(f"sort.by is {clipped(by)}")
    return Sort(by, found.flag("descending"))


def _cut(found: JsonObject) -> Cut:
    return Cut(found.number("count"), found.number("width"), found.flag("sentences"))


# What was found


def _hit(found: JsonObject) -> Hit:
    documents = tuple(map(_document, found.records("documents")))
    return Hit(
        rank=found.number("rank"),
        accession=found.text("accession"),
        form=found.text("form"),
        filed=_day(found, "filed"),
        period=_day(found, "period"),
        items=found.texts("items"),
        parties=tuple(
            PartyName(each.text("role"), each.text("name"), each.text("cik")) for each in found.records("parties")
        ),
        score=0.0,
        matching=found.number("matching"),
        documents=documents,
        source=found.text("source"),
        sha256=found.text("sha256"),
        url=found.text("url"),
    )


def _document(found: JsonObject) -> DocumentHit:
    name = found.text("id")
    return DocumentHit(
        id=name,
        type=found.text("type"),
        sequence=found.number("sequence") if "sequence" in found else None,
        filename=found.text("filename"),
        description=found.text("description"),
        score=0.0,
        snippets=tuple(_snippet(each, name) for each in found.records("snippets")),
        url=found.text("url"),
    )


def _snippet(found: JsonObject, document: str) -> Snippet:
    matches = tuple((each.number("start"), each.number("end")) for each in found.rows("matches", "start", "end"))
    page = found.number("page") if "page" in found else None
    section = found.text("section") if "section" in found else ""
    return Snippet(document, found.number("start"), found.number("end"), found.text("text"), matches, section, page)


def _day(found: JsonObject, name: str) -> date | None:
    if name not in found:
        return None
    try:
        return date.fromisoformat(found.text(name))
    except ValueError as error:
        raise ValueError(f"{found.place}.{name} is no day ({error})") from error


# What it rests on


def _basis(found: JsonObject) -> tuple[Basis, tuple[str, ...]]:
    """Read the basis of the answer, and name the lists that are not those their digests are of."""
    lists = {
        "covered": unpacked(found.record("covered"), COVERED),
        "unread": unpacked(found.record("unread"), UNREAD),
        "problems": unpacked(found.record("problems"), PROBLEMS),
    }
    basis = Basis(
        coverage=_coverage(found.record("coverage")),
        covered=tuple(map(_covered, lists["covered"].rows)),
        unread=tuple(NotRead(*map(row.text, UNREAD)) for row in lists["unread"].rows),
        problems=tuple(ReadInPart(*map(row.text, PROBLEMS)) for row in lists["problems"].rows),
        companies=tuple(map(_company, found.records("companies"))),
        completeness=_completeness(found),
    )
    return basis, tuple(name for name, each in lists.items() if not each.intact)


def _earlier_basis(found: JsonObject) -> Basis:
    """Read what evidence of version 1 says of what was covered: its totals."""
    return Basis(_coverage(found.record("coverage")), (), (), (), (), _completeness(found))


def _covered(row: JsonObject) -> CoveredFiling:
    text = row.text
    parties = tuple(PartyName(*map(each.text, PartyName._fields)) for each in row.rows("parties", *PartyName._fields))
    return CoveredFiling(
        text("accession"), text("form"), text("filed"), row.number("documents"), parties, text("source"), text("sha256")
    )


def _coverage(found: JsonObject) -> Coverage:
    number = found.number
    return Coverage(
        filters=found.text("filters"),
        filings=number("filings"),
        documents=number("documents"),
        first_filed=_day(found, "first_filed"),
        last_filed=_day(found, "last_filed"),
        unread=number("unread"),
        unread_kinds=tuple(
            KindCount(each.text("kind"), each.number("documents")) for each in found.records("unread_kinds")
        ),
        incomplete=number("incomplete") if "incomplete" in found else None,
        unreadable_files=number("unreadable_files"),
        missing=found.texts("missing"),
        unlocated=number("unlocated") if "unlocated" in found else 0,
    )


def _company(found: JsonObject) -> CoveredCompany:
    forms = found.record("forms")
    return CoveredCompany(
        found.text("cik"),
        found.text("name"),
        found.number("filings"),
        found.text("first_filed"),
        found.text("last_filed"),
        {name: forms.number(name) for name in forms},
        _completeness(found, "listed"),
    )


def _completeness(found: JsonObject, name: str = "completeness") -> Completeness | None:
    if name not in found:
        return None
    said = found.record(name)
    return Completeness(
        said.text("wanted"), said.number("listed"), said.number("here"), said.texts("missing"), said.text("as_of")
    )
