"""The fields there are, how a query was understood, and what an index covers."""

from collections.abc import Iterator

from indexer.fields.schema import ASKED, Kind
from indexer.printing import visible
from search.ask import Index
from search.commands.request import FOUND, NOTHING_FOUND, Request, option_name
from search.coverage.covered import CoverageReport
from search.deadline import fail_after
from search.output.printer import Report
from search.output.summary import completeness_lines, coverage_lines
from search.output.table import Table

# What a mode needs is imported when it runs.
# ruff: noqa: PLC0415

ALL = "*:*"
"""The query for every document."""
_KINDS = {Kind.TEXT: "words", Kind.KEYWORD: "value", Kind.DATE: "date", Kind.NUMBER: "number", Kind.DECIMAL: "decimal"}


def fields(request: Request) -> int:
    """List the fields: name, other names, kind, meaning."""
    rows = [{"name": f.name, "aliases": f.aliases, "kind": _KINDS[f.kind], "about": f.about} for f in ASKED]
    names = [", ".join(dict.fromkeys(map(option_name, (field.name, *field.aliases)))) for field in ASKED]
    cells = [(name, _KINDS[field.kind], field.about) for name, field in zip(names, ASKED, strict=True)]
    request.printer.report(Report((), rows, "field", Table(("field", "kind", "what it has"), cells)))
    return FOUND


def explain(request: Request) -> int:
    """Print how the query was understood, what its words stand for, and what each part finds; or a hit's score."""
    from search.lookups.explain import explain as explained
    from search.lookups.explain import explain_score

    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        with fail_after(index.timeout):
            query, rank = index.tree(request.resolved()), request.typed.explain
            said = explain_score(query, rank, index.engine) if rank else explained(query, index.engine)
            lines = list(map(visible, said))
        request.printer.report(Report(lines))
    return FOUND


def coverage(request: Request) -> int:
    """Print in full what the query's filters leave, and what of it could not be read; without a query, of all."""
    from search.commands.find import coverage_report
    from search.lookups.lookup import Lookup

    lookup = request.resolved()
    lookup = lookup if lookup != Lookup() else Lookup(ALL)
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        covered = coverage_report(index, lookup)
        request.printer.report(Report(_coverage_lines(covered, index), covered, "coverage"))
    return FOUND if covered.coverage.filings else NOTHING_FOUND


def _coverage_lines(covered: CoverageReport, index: Index) -> Iterator[str]:
    status = index.manifest.status()
    yield (
        f"{index.folder}: generation {status.generation}, committed {status.committed}, {status.submissions:,} "
        f"submissions from {status.files:,} files"
    )
    yield from coverage_lines(covered.coverage, most=len(covered.coverage.missing))
    if covered.completeness:
        yield from completeness_lines(covered.completeness)
    yield from (f"  {each.documents:>9,}  {each.kind}" for each in covered.readings)
    for unread in covered.unread:
        yield visible(f"not read: {unread.id}  {unread.type}  {unread.kind}")
    for record in covered.incomplete:
        yield visible(f"read in part: {record.accession}  {record.problem.kind}  {record.problem}")
    if covered.coverage.unreadable_files:
        yield f"`indexer problems --index {index.folder} --kind unreadable-file` lists the files that could not be read"
