"""What the sections of a report say, in sentences first, then in tables. They are put together in `html_report`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from indexer.printing import count
from search.coverage.completeness import Completeness
from search.evidence.differences import CoveredFiling
from search.evidence.evidence_values import CoveredCompany, Evidence
from search.lookups.lookup import Lookup
from search.report.markup import definitions, element, link, prose, table, text
from search.results import DocumentHit, Hit, PartyName, Snippet
from search.searchers.searcher import Verified

MOST_ROWS = 200
"""Rows of a list that are printed; all of them are in the evidence that the page carries."""
_MOST_VALUES, _MOST_PARTIES = 20, 4
_SORTS = {"relevance": "by relevance", "filed": "by date filed", "period": "by period", "company": "by company"}


# Heading


def title(evidence: Evidence) -> str:
    """Say in a few words what was looked for."""
    return _asked(evidence.terms.lookup) or "every filing"


def _asked(lookup: Lookup) -> str:
    like = [f"like {lookup.like}"] if lookup.like else []
    filters = [f"{each.field} {', '.join(each.values[:3])}" for each in lookup.filters]
    return "; ".join(filter(None, [lookup.query, *(f"“{each}”" for each in lookup.phrases), *like, *filters]))


def heading(evidence: Evidence) -> Iterator[str]:
    """Say what the page is, what was asked, what was found, and of what."""
    yield element("p", text("Search of EDGAR filings"), kind="kind")
    yield element("h1", text(title(evidence)))
    yield element("p", text(verdict(evidence)), kind="verdict")
    yield element("p", " ".join(map(prose, basis_said(evidence))), kind="basis")


def verdict(evidence: Evidence) -> str:
    """Say what was found in one sentence."""
    of = f"of the {count(evidence.basis.coverage.filings, 'covered filing')}"
    if not evidence.filings:
        return f"Not one {of} matches."
    verb = "matches" if evidence.filings == 1 else "match"
    return f"{evidence.filings:,} {of} {verb}, in {count(evidence.documents, 'document')}."


def basis_said(evidence: Evidence) -> Iterator[str]:
    """Say in sentences what was covered and what was not."""
    coverage, missing = evidence.basis.coverage, evidence.basis.completeness
    within = f" with {coverage.filters}" if coverage.filters else ""
    span = f", filed {coverage.first_filed} to {coverage.last_filed}" if coverage.first_filed else ""
    yield f"Covered are the {count(coverage.filings, 'filing')} in the index{within}{span}."
    if coverage.unread:
        yield (
            f"Of their {count(coverage.documents, 'document')}, {coverage.unread:,} could not be read as text: what "
            "stands in those was not searched."
        )
    if coverage.incomplete:
        yield f"{count(coverage.incomplete, 'filing')} could be read in part only."
    if coverage.missing:
        yield f"Nothing in the index has {_few(coverage.missing)}."
    yield _completeness_said(missing)


def _completeness_said(found: Completeness | None) -> str:
    if found is None:
        return "Whether EDGAR has other filings that belong here was not compared."
    listed = f"EDGAR lists {count(found.listed, 'filing')} ({found.wanted})"
    if not found.missing:
        return f"{listed}, and all are in the index."
    return f"{listed}; {len(found.missing):,} {'is' if len(found.missing) == 1 else 'are'} not in the index."


def _few(values: Sequence[str], most: int = _MOST_VALUES) -> str:
    more = f" and {len(values) - most:,} more" if len(values) > most else ""
    return "; ".join(values[:most]) + more


# What was asked


def request(evidence: Evidence) -> Iterator[str]:
    """Say who asked what, when, with which program, and how it was understood."""
    origin, terms = evidence.origin, evidence.terms
    lookup = terms.lookup
    yield element("h2", text("What was asked"))
    yield definitions(
        [
            ("Query", _code(lookup.query)),
            ("Phrases", "<br>".join(_code(phrase) for phrase in lookup.phrases)),
            ("Like", _code(lookup.like)),
            *((f"Filter: {each.field}", text(_few(each.values))) for each in lookup.filters),
            ("Words", text("exactly as typed") if lookup.exact else text("with their inflections")),
            ("Synonyms", "<br>".join(text(" = ".join(group)) for group in lookup.synonyms)),
            ("Understood as", _code(evidence.understood)),
            ("Order", text(_SORTS[terms.sort.by])),
            ("Asked by", text(origin.asked_by)),
            ("Asked at", prose(_time(origin.made))),
            ("Program", text(origin.program)),
            ("Index", f"{_code(origin.path)} {prose(_index_said(evidence))}"),
            ("Compared", prose(_verified_said(origin.verified))),
        ]
    )


def _index_said(evidence: Evidence) -> str:
    origin = evidence.origin
    named = f"{origin.identity[:12]}, " if origin.identity else ""
    return f"({named}generation {origin.generation:,} of an index begun {_time(origin.begun)})"


def _verified_said(verified: Verified | None) -> str:
    """Say what of the index was compared with its checksums when it answered."""
    if verified is None:
        return ""
    unknown = f"; {count(len(verified.unknown), 'segment')} had none" if verified.unknown else ""
    segments, texts = count(verified.segments, "segment"), count(verified.documents, "document")
    return f"{segments}, the records of the corpus and the texts of {texts}, with their checksums{unknown}"


def _time(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return moment


def _code(said: str) -> str:
    return element("code", text(said)) if said else ""


# What was covered, and what was not


def scope(evidence: Evidence) -> Iterator[str]:
    """Show what was covered, company by company where some were asked for."""
    if evidence.basis.companies:
        yield element("h2", text("What was covered"))
        headings = ["CIK", "Company", "#Filings", "Filed", "Forms", "Against EDGAR’s list"]
        yield table(headings, map(_company, evidence.basis.companies))


def _company(company: CoveredCompany) -> Sequence[str]:
    span = f"{company.first_filed} to {company.last_filed}" if company.first_filed else "–"
    forms = ", ".join(f"{form or '?'} ({number:,})" for form, number in company.forms.items())
    listed = company.listed
    against = f"{listed.here:,} of {listed.listed:,}, {listed.as_of[:10]}" if listed else "not compared"
    return [text(company.cik), text(company.name), f"{company.filings:,}", prose(span), text(forms), prose(against)]


def gaps(evidence: Evidence) -> Iterator[str]:
    """Show what was not covered: documents and files that could not be read, and filings that only EDGAR has."""
    basis = evidence.basis
    unread = sorted(basis.unread, key=lambda each: each.kind == "image")  # what may have text comes first
    yield element("h2", text("What was not covered"))
    lists = [
        _list(
            "Documents that were not read",
            ["Document", "Type", "Reason"],
            [[_code(each.document), text(each.type), text(each.reason)] for each in unread],
        ),
        _list(
            "Filings read in part, and files that could not be read",
            ["Filing", "File", "Kind", "What was met"],
            [[_code(each.accession or "–"), _code(each.source), *map(text, each[2:])] for each in basis.problems],
        ),
        _list(
            "Filings that EDGAR lists and the index lacks",
            ["Accession number"],
            [[_code(each)] for each in (basis.completeness.missing if basis.completeness else ())],
        ),
        [element("p", text(_unlocated(basis.coverage.unlocated)))] if basis.coverage.unlocated else [],
    ]
    shown = [part for parts in lists for part in parts]
    nothing = "Every document of every covered filing was read, as far as it could be told."
    yield from shown or [element("p", text(nothing if evidence.has_lists else "The evidence does not list it."))]


def _unlocated(number: int) -> str:
    documents = count(number, "document")
    return f"In {documents} an item that was looked for was not located: a search within items misses it there."


def _list(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Show a list where there is any, as many of its rows as are printed."""
    if not rows:
        return []
    shown = table(headings, rows[:MOST_ROWS], kind="list")
    return [element("h3", text(f"{title} ({len(rows):,})")), shown, *_more(len(rows))]


# What was found


def findings(evidence: Evidence) -> Iterator[str]:
    """Show every hit with its documents, and their passages with what matched marked."""
    yield element("h2", text("What was found"))
    if not evidence.hits:
        yield element("p", text("Nothing."))
    for hit in evidence.hits:
        yield element("section", *_hit(hit), kind="hit")


def _hit(hit: Hit) -> Iterator[str]:
    who = text(_parties(hit.parties) or hit.accession)
    yield element("h3", element("span", f"{hit.rank:,}.", kind="rank"), " ", who)
    said = [
        hit.form,
        f"filed {hit.filed}" if hit.filed else "",
        f"period {hit.period}" if hit.period else "",
        f"items {', '.join(hit.items)}" if hit.items else "",
    ]
    number = link(hit.url, _code(hit.accession))
    yield element("p", prose(" · ".join(filter(None, said))), " · ", number, kind="filing")
    for document in hit.documents:
        yield element("div", *_document(document), kind="document")
    yield element("p", text("Source "), _code(hit.source), "<br>", text("SHA-256 "), _code(hit.sha256), kind="source")


def _parties(parties: Sequence[PartyName]) -> str:
    return _few([*dict.fromkeys(f"{party.name} (CIK {party.cik.lstrip('0')})" for party in parties)], _MOST_PARTIES)


def _document(document: DocumentHit) -> Iterator[str]:
    named = element("b", text(document.type)), " ", link(document.url, _code(document.filename))
    yield element("p", *named, " ", text(document.description), kind="name")
    for snippet in document.snippets:
        yield element("blockquote", element("p", _passage(snippet)), element("cite", text(_citation(snippet))))


def _passage(snippet: Snippet) -> str:
    """Mark what matched; the offsets are of the document, and those that lie elsewhere are left out."""
    parts, at = list[str](), snippet.start
    for start, end in snippet.matches:
        if at <= start < end <= snippet.end:
            parts += [text(_between(snippet, at, start)), element("mark", text(_between(snippet, start, end)))]
            at = end
    return "".join([*parts, text(_between(snippet, at, snippet.end))])


def _between(snippet: Snippet, start: int, end: int) -> str:
    return snippet.text[start - snippet.start : end - snippet.start]


def _citation(snippet: Snippet) -> str:
    page = f"page {snippet.page}, " if snippet.page else ""
    section = f"item {snippet.section}, " if snippet.section else ""
    return f"{section}{page}characters {snippet.start:,} to {snippet.end:,} of the text"


# The end


def annex(evidence: Evidence) -> Iterator[str]:
    """List the covered filings."""
    headings = ["Accession number", "Form", "Filed", "Parties", "SHA-256"]
    covered = evidence.basis.covered
    if covered:
        yield element("h2", text(f"The covered filings ({len(covered):,})"), kind="annex")
        yield table(headings, map(_covered, covered[:MOST_ROWS]), kind="list")
        yield from _more(len(covered))


def _covered(filing: CoveredFiling) -> Sequence[str]:
    number, digest = (element("code", text(each), kind="whole") for each in (filing.accession, filing.sha256[:12]))
    return [number, text(filing.form), prose(filing.filed), text(_names(filing.parties)), digest]


def _more(rows: int) -> Iterator[str]:
    if rows > MOST_ROWS:
        yield element("p", text(f"{rows - MOST_ROWS:,} more are in the evidence that this page carries."), kind="more")


def _names(parties: Iterable[PartyName]) -> str:
    return _few([*dict.fromkeys(party.name for party in parties)], _MOST_PARTIES)


def attestation(evidence: Evidence) -> Iterator[str]:
    """Say by what the page can be checked."""
    yield element("p", text("SHA-256 of the evidence "), _code(evidence.digest))
    yield element(
        "p",
        text(
            "This page carries the evidence itself: each covered filing with its source and the SHA-256 of its bytes. "
        ),
        element("code", text("search --verify-evidence")),
        text(" with the name of this file reads the sources again, and says what is not as it stands here."),
    )
