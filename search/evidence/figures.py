"""Figures of evidence that follow from its lists: worked out when it is written, held against them when it is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from indexer.manifest.records import program
from search.coverage.completeness import Completeness
from search.errors import QuerySyntaxError, SearchError
from search.evidence.differences import CoveredFiling, Difference
from search.evidence.evidence_values import CoveredCompany, Evidence
from search.lookups.lookup import dated, filters_said, joined, tree
from search.parsing.format import format_query
from search.results import Hit
from search.terms.tickers import with_ciks

FIGURE = "figure"


class Figure(NamedTuple):
    """A value of the evidence beside what it has to be by what it derives from."""

    name: str
    said: object
    derived: object
    source: str
    """What it derives from."""


def companies(
    ciks: Iterable[str], covered: Iterable[CoveredFiling], *, listed: Mapping[str, Completeness]
) -> tuple[CoveredCompany, ...]:
    """Sum up what is covered of each CIK, in the order given; `listed` is what EDGAR lists of each."""
    asked: dict[str, list[CoveredFiling]] = {cik: [] for cik in ciks}
    for filing in covered:
        for cik in {party.cik for party in filing.parties} & asked.keys():
            asked[cik].append(filing)
    return tuple(_company(cik, filings, listed.get(cik)) for cik, filings in asked.items())


def _company(cik: str, filings: list[CoveredFiling], listed: Completeness | None) -> CoveredCompany:
    days = sorted(filing.filed for filing in filings if filing.filed)
    latest = max(filings, key=lambda filing: filing.filed, default=None)
    names = [party.name for party in latest.parties if party.cik == cik] if latest else [""]
    forms = dict(sorted(Counter(filing.form for filing in filings).items()))
    first, last = (days[0], days[-1]) if days else ("", "")
    return CoveredCompany(cik, names[0], len(filings), first, last, forms, listed)


def wrong_figures(evidence: Evidence) -> Iterator[Difference]:
    """Name what is not as it has to be by the rest of the evidence."""
    for name in evidence.altered:
        yield Difference("list", name, "the list is not the one that its number and its digest are of")
    for figure in figures(evidence):
        if figure.said != figure.derived:
            reason = f"says {_shown(figure.said)}, and is {_shown(figure.derived)} by {figure.source}"
            yield Difference(FIGURE, figure.name, reason)
    for hit in evidence.hits:
        yield from _wrong_passages(hit)
    if evidence.has_lists:
        yield from _not_as_covered(evidence)


def figures(evidence: Evidence) -> Iterator[Figure]:
    """Yield every figure that derives from something else in the evidence."""
    hits, documents = evidence.hits, [document.id for hit in evidence.hits for document in hit.documents]
    yield Figure("filings", evidence.filings, len(hits), "the hits")
    yield Figure("documents", evidence.documents, len(set(documents)), "the hits")
    for number, hit in enumerate(hits, 1):
        yield Figure(f"hits[{number - 1}].rank", hit.rank, number, "the order of the hits")
        yield Figure(f"hits[{number - 1}].matching", hit.matching, len(hit.documents), "its documents")
    if evidence.origin.verified:
        yield Figure("index.verified.documents", evidence.origin.verified.documents, len(documents), "the hits")
    try:
        if (understood := _understood(evidence)) is not None:
            yield Figure("understood", evidence.understood, understood, "the lookup")
        yield Figure("coverage.filters", evidence.basis.coverage.filters, _filters(evidence), "the lookup")
    except (QuerySyntaxError, SearchError) as error:
        yield Figure("lookup", str(error), "a lookup that can be read", "the query language")
    if evidence.has_lists:
        yield from _figures_of_lists(evidence)


def _understood(evidence: Evidence) -> str | None:
    """Work out how the lookup was understood; None where that rests on an index, on a day or another version, too."""
    lookup = evidence.terms.lookup
    if lookup.like or dated(lookup) != lookup or evidence.origin.program != program():
        return None
    query = joined([tree(lookup)])
    rests_on_tables = with_ciks(query, lambda _ticker: ("0",)) != query
    return None if rests_on_tables else format_query(query)


def _filters(evidence: Evidence) -> str:
    lookup = evidence.terms.lookup
    return filters_said(lookup) if evidence.basis.coverage.filters or lookup.filters else ""


def _figures_of_lists(evidence: Evidence) -> Iterator[Figure]:
    basis, coverage = evidence.basis, evidence.basis.coverage
    days = sorted(filing.filed for filing in basis.covered if filing.filed)
    first, last = (days[0], days[-1]) if days else (None, None)
    of_covered, of_unread, of_problems = "the covered filings", "the documents not read", "the problems"
    accessions = {filing.accession for filing in basis.covered}
    yield Figure("covered", len(basis.covered), len(accessions), "their accession numbers")
    yield Figure("coverage.filings", coverage.filings, len(basis.covered), of_covered)
    yield Figure("coverage.documents", coverage.documents, sum(each.documents for each in basis.covered), of_covered)
    yield Figure("coverage.first_filed", coverage.first_filed and str(coverage.first_filed), first, of_covered)
    yield Figure("coverage.last_filed", coverage.last_filed and str(coverage.last_filed), last, of_covered)
    yield Figure("coverage.unread", coverage.unread, len({each.document for each in basis.unread}), of_unread)
    kinds = Counter(each.kind for each in basis.unread)
    yield Figure("coverage.unread_kinds", dict(coverage.unread_kinds), dict(kinds), of_unread)
    incomplete = {each.accession for each in basis.problems if each.accession}
    yield Figure("coverage.incomplete", coverage.incomplete, len(incomplete), of_problems)
    files = sum(not each.accession for each in basis.problems)
    yield Figure("coverage.unreadable_files", coverage.unreadable_files, files, of_problems)
    unknown = {each.document.partition(":")[0] for each in basis.unread} | incomplete
    yield Figure("unread, problems", sorted(unknown - accessions), [], of_covered)
    if not coverage.filters:
        yield Figure("index.corpus.submissions", evidence.origin.submissions, len(basis.covered), of_covered)
    yield from _figures_of_companies(evidence)


def _figures_of_companies(evidence: Evidence) -> Iterator[Figure]:
    basis = evidence.basis
    listed = {each.cik: each.listed for each in basis.companies if each.listed}
    derived = companies([each.cik for each in basis.companies], basis.covered, listed=listed)
    for said, due in zip(basis.companies, derived, strict=False):
        yield Figure(f"companies, CIK {said.cik}", said[1:], due[1:], "the covered filings")
    held = {filing.accession for filing in basis.covered}
    for one in filter(None, (basis.completeness, *listed.values())):
        lacking = [each for each in one.missing if each not in held]
        yield Figure(f"completeness of {one.wanted}", one.listed, one.here + len(one.missing), "what it lists")
        yield Figure(f"missing of {one.wanted}", len(one.missing), len(lacking), "the covered filings")


def _wrong_passages(hit: Hit) -> Iterator[Difference]:
    """Name passages that cannot stand where they are said to, whatever the text is."""
    for document in hit.documents:
        for each in document.snippets:
            within = all(each.start <= start < end <= each.end for start, end in each.matches)
            if each.end - each.start != len(each.text) or not within:
                reason = f"{each.start}..{each.end} is not where {len(each.text):,} characters and their matches stand"
                yield Difference(FIGURE, document.id, reason)


def _not_as_covered(evidence: Evidence) -> Iterator[Difference]:
    """Name hits that are not among the covered filings, or are said otherwise there."""
    covered = {filing.accession: filing for filing in evidence.basis.covered}
    for hit in evidence.hits:
        filing = covered.get(hit.accession)
        if filing is None:
            yield Difference("list", hit.accession, "a hit, and not among the covered filings")
            continue
        said = (hit.form, str(hit.filed or ""), hit.parties, hit.source, hit.sha256)
        due = (filing.form, filing.filed, filing.parties, filing.source, filing.sha256)
        for name, one, other in zip(("form", "filed", "parties", "source", "sha256"), said, due, strict=True):
            if one != other:
                yield Difference(
                    FIGURE, hit.accession, f"{name} is {_shown(one)} in the hits, {_shown(other)} in the list"
                )


def _shown(value: object) -> str:
    said = "nothing" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return said if len(said) <= 200 else f"{said[:200]}…"
