"""The tools for agents, made of an index: few, coarse, read-only, and bounded in what they give back."""

from collections.abc import Iterable
from dataclasses import asdict

from search.agents import tool_answers as answers
from search.ask import Index
from search.errors import SearchError
from search.lookups.lookup import Filter, Lookup
from search.lookups.wanted import Wanted
from search.output.summary import coverage_sentence
from search.passages.cutting import Cut
from search.passages.hits import shown
from search.query import nodes as q
from search.results import DocumentHit, Hit, PartyName, Question, Results, Sort

MOST_HITS = 50
"""Filings of one answer."""
MOST_CHARACTERS = 40_000
"""Of one stretch of text."""
MOST_VALUES = 100
"""Values that are listed of a field."""
_DEEPEST, _LONGEST_CURSOR = 10_000, 10
_EVERY_DOCUMENT = 1_000_000


def search(index: Index, lookup: Lookup, *, limit: int, cursor: str, sort: str) -> answers.SearchAnswer:
    """Find filings; SearchError for what cannot be asked, IndexerError where there is no index."""
    offset, size = _offset(cursor), _bounded("limit", limit, MOST_HITS)
    by, _, way = sort.partition(":")
    wanted = Wanted(size, offset, Sort(by, way != "asc" if by != "company" else way == "desc"), coverage=True)
    found = index.find(lookup, wanted)
    end = offset + len(found.hits)
    return answers.SearchAnswer(
        understood=found.understood,
        notes=list(found.notes),
        filings=found.filings,
        documents=found.documents,
        totals_are_exact=True,
        covered=_covered(found),
        hits=[_filing(hit) for hit in found.hits],
        next_cursor=str(end) if found.hits and end < min(found.filings, _DEEPEST) else "",
    )


def counts(index: Index, lookup: Lookup, *, by: Iterable[str]) -> answers.CountsAnswer:
    """Count the filings by the values of fields; raises as `search` does."""
    found = index.totals(lookup, Wanted(facets=tuple(by), coverage=True))
    fields = [
        answers.FieldCounts(
            facet.field,
            [answers.ValueCount(each.value, each.filings) for each in facet.counts[:MOST_VALUES]],
            len(facet.counts),
        )
        for facet in found.facets
    ]
    return answers.CountsAnswer(found.understood, found.filings, found.documents, True, _covered(found), fields)


def coverage(index: Index, lookup: Lookup) -> answers.CoverageAnswer:
    """Say what the index covers within filters; raises as `search` does."""
    found = index.coverage(lookup)
    return answers.CoverageAnswer(
        sentence=coverage_sentence(found),
        filings=found.filings,
        documents=found.documents,
        first_filed=_day(found.first_filed),
        last_filed=_day(found.last_filed),
        documents_not_read=found.unread,
        files_not_read=found.unreadable_files,
        missing=list(found.missing),
    )


def fetch(index: Index, document_id: str, *, start: int, length: int) -> answers.FetchedText:
    """Read a stretch of a document's text; SearchError when there is no such document, or it ends before `start`."""
    filing, document = _document(index, document_id)
    text = index.engine.text(document.handle)
    if not 0 <= start <= len(text):
        raise SearchError(f"start={start}: {document.id} has {len(text):,} characters")
    end = min(start + _bounded("length", length, MOST_CHARACTERS), len(text))
    return answers.FetchedText(
        id=document.id,
        title=" · ".join(filter(None, (document.type, _names(filing), filing.form, _day(filing.filed)))),
        url=document.url,
        text=text[start:end],
        metadata=answers.Metadata(
            accession=filing.accession,
            document=document.id.partition(":")[2],
            type=document.type,
            form=filing.form,
            filed=_day(filing.filed),
            parties=[_party(party) for party in filing.parties],
            start=start,
            end=end,
            characters=len(text),
            is_truncated=end < len(text),
            sha256=filing.sha256,
            source=filing.source,
            note=answers.QUOTED,
        ),
    )


def sections(index: Index, document_id: str) -> answers.SectionList:
    """List the sections of a document; SearchError when there is no such document."""
    _, document = _document(index, document_id)
    parts = index.engine.parts(document.handle)
    found = [
        answers.DocumentSection(each.name, each.title, each.start, each.end, each.subject, round(each.certainty, 2))
        for each in parts.sections
    ]
    return answers.SectionList(document.id, len(index.engine.text(document.handle)), found, list(parts.unlocated))


def lookup_of(query: str, filters: answers.Filters, *, exact: bool = False) -> Lookup:
    """Make a lookup of a query and filters, those that are empty left out; SearchError for the name of a file.

    >>> lookup_of("license", answers.Filters(form="8-K, 10-K")).filters
    (Filter(field='form', values=('8-K', '10-K')),)
    """
    found = []
    for name, text in asdict(filters).items():
        values = tuple(value.strip() for value in _split(name, text) if value.strip())
        if any(value.lstrip("-").startswith("@") for value in values):
            raise SearchError(f"{name}={text[:40]}: files are not read here; separate values by commas")
        if values:
            found.append(Filter(name, values))
    return Lookup(query if query.strip() or found else "*:*", tuple(found), exact)


def _split(name: str, text: str) -> list[str]:
    """Return the values of a list; a company's name may have commas in it."""
    return [text] if name == "company" else text.split(",")


def _document(index: Index, document_id: str) -> tuple[Hit, DocumentHit]:
    accession = document_id.partition(":")[0]
    asked = q.Field("accession", q.Term(accession.lower(), exact=True))
    found = index.engine.search(Question(asked, limit=1, documents=_EVERY_DOCUMENT)).hits
    for filing in shown(found, asked, index.engine, Cut(count=0)):
        for document in filing.documents:
            if document.id == document_id:
                return filing, document
        names = ", ".join(sorted(each.id for each in filing.documents)[:20])
        raise SearchError(f"{document_id}: there is no such document; the filing has {names}")
    raise SearchError(f"{document_id}: the index has no filing {accession}")


def _filing(hit: Hit) -> answers.FoundFiling:
    return answers.FoundFiling(
        accession=hit.accession,
        form=hit.form,
        filed=_day(hit.filed),
        period=_day(hit.period),
        items=list(hit.items),
        parties=[_party(party) for party in hit.parties],
        documents=[_found(document) for document in hit.documents],
        matching=hit.matching,
        sha256=hit.sha256,
        url=hit.url,
    )


def _found(document: DocumentHit) -> answers.FoundDocument:
    passages = [answers.Passage(each.text, each.start, each.end, each.section) for each in document.snippets]
    return answers.FoundDocument(document.id, document.type, document.description, document.url, passages)


def _party(party: PartyName) -> str:
    return f"{party.role}: {party.name}" + (f" (CIK {party.cik})" if party.cik else "")


def _names(filing: Hit) -> str:
    return "; ".join(dict.fromkeys(party.name for party in filing.parties if party.name))


def _covered(found: Results) -> str:
    return coverage_sentence(found.coverage) if found.coverage else ""


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < _LONGEST_CURSOR and int(cursor) < _DEEPEST):
        raise SearchError(f"cursor={cursor[:20]}: hand back `next_cursor` of the answer before")
    return int(cursor)


def _bounded(name: str, value: int, most: int) -> int:
    if not 0 < value <= most:
        raise SearchError(f"{name}={value}: 1 to {most:,}")
    return value


def _day(day: object) -> str:
    return str(day) if day else ""
