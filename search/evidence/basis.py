"""Find what an answer rests on, in full: every covered filing, and every document of them that was not read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from indexer.addresses import absolute
from indexer.engines.engine import identity
from indexer.errors import Problem, ProblemKind
from indexer.manifest.manifest import Manifest
from search.ask import Index
from search.coverage.completeness import asked_ciks, completeness, completeness_by_company
from search.coverage.covered import UnreadDocument, missing, report
from search.evidence.differences import CoveredFiling
from search.evidence.evidence_values import Basis, NotRead, ReadInPart
from search.evidence.evidence_writing import IndexState
from search.evidence.figures import companies
from search.lookups.lookup import Lookup, filters_said, scope
from search.lookups.paging import every
from search.query import nodes as q
from search.results import Hit, Question, Sort
from search.searchers.searcher import Verified

FEW = 20
"""Companies up to which each is summed up though it was not asked for by its CIK."""
_REASONS = {"image": "a picture, of which no text is read", "PDF": "no text could be read from it"}
_OTHER = "of a format of which no text is read"
_UNREAD = (ProblemKind.UNREAD_DOCUMENT, ProblemKind.OVER_LIMIT, ProblemKind.DAMAGED_DOCUMENT)


def basis_of(lookup: Lookup, index: Index) -> Basis:
    """Find what an answer to the lookup rests on; raises as `Index.tree` does."""
    query = index.tree(asked_of(lookup))
    found = report(query, index.engine, index.manifest, filters=filters_said(lookup))
    covered = tuple(covered_filings(query, index))
    listed = completeness_by_company(query, index.folder)
    return Basis(
        coverage=found.coverage._replace(missing=tuple(missing(lookup.filters, index.engine))),
        covered=covered,
        unread=tuple(_not_read(found.unread, index.manifest)),
        problems=(
            *(_in_part(each.accession, each.problem) for each in found.incomplete),
            *(_in_part("", each.problem) for each in index.manifest.problems(ProblemKind.UNREADABLE_FILE)),
        ),
        companies=companies(asked_ciks(query) or _few_ciks(covered), covered, listed=listed),
        completeness=completeness(query, index.folder),
    )


def state_of(index: Index, verified: Verified | None = None) -> IndexState:
    """Say which index answers, at which commit, and what of it was compared with its checksums (`Index.verify`)."""
    folder, manifest = index.folder, index.manifest
    began, status = manifest.begun(), manifest.status()
    return IndexState(absolute(folder), identity(folder), index.generation, began, status, verified)


def asked_of(lookup: Lookup) -> Lookup:
    """Return the lookup whose filters bound what was covered: that of every document where there is only `like`."""
    return lookup if lookup.query or lookup.phrases or lookup.filters else Lookup("*:*")


def covered_filings(query: q.Query, index: Index) -> Iterator[CoveredFiling]:
    """Yield the filings that the filters of a query leave, the latest first."""
    for hit in every(index.engine, Question(scope(query), limit=None, sort=Sort("filed"), documents=0)):
        yield _covered(hit)


def _covered(hit: Hit) -> CoveredFiling:
    filed = hit.filed.isoformat() if hit.filed else ""
    return CoveredFiling(hit.accession, hit.form, filed, hit.matching, hit.parties, hit.source, hit.sha256)


def _in_part(accession: str, problem: Problem) -> ReadInPart:
    return ReadInPart(accession, problem.source, problem.kind.value, problem.message)


def _few_ciks(covered: tuple[CoveredFiling, ...]) -> list[str]:
    """List the CIKs of all that is covered where there are few."""
    ciks = sorted({party.cik for filing in covered for party in filing.parties if party.cik})
    return ciks if len(ciks) <= FEW else []


def _not_read(unread: Iterable[UnreadDocument], manifest: Manifest) -> Iterator[NotRead]:
    """Say why each document was not read: by the problem that was met, else by what it is."""
    met: dict[str, list[Problem]] = defaultdict(list)
    for record in manifest.problems():
        if record.problem.kind in _UNREAD:
            met[record.accession].append(record.problem)
    for each in unread:
        accession, _, name = each.id.partition(":")
        said = (problem.message for problem in met[accession] if _is_of(problem, name))
        yield NotRead(each.id, each.type, each.kind, next(said, _REASONS.get(each.kind, _OTHER)))


def _is_of(problem: Problem, name: str) -> bool:
    """Tell whether a problem was met in the document of that name: see `indexer.workers.worker`."""
    return problem.place.endswith(f"({name})") or problem.place.startswith(f"document {name} ")
