"""What the program knows of itself, of a query, and of what an index covers."""

from collections.abc import Iterator

from indexer.printing import visible
from indexer.schema import FIELDS, Kind
from search.ask import Index
from search.commands.destination import print_lines
from search.commands.find import FOUND, NOTHING_FOUND
from search.commands.request import Request
from search.lookups.coverage import CoverageReport
from search.output.summary import coverage_lines

# What a mode needs is imported when it runs.
# ruff: noqa: PLC0415

ALL = "*:*"
"""The query for every document."""
_KINDS = {Kind.TEXT: "words", Kind.KEYWORD: "value", Kind.DATE: "date", Kind.NUMBER: "number"}


def fields(request: Request) -> int:
    """List the fields: name, other names, kind, meaning."""
    from search.output.json import dumped

    printing = request.printing
    if printing.format in ("json", "jsonl"):
        rows = [{"name": f.name, "aliases": f.aliases, "kind": _KINDS[f.kind], "about": f.about} for f in FIELDS]
        print_lines(map(dumped, rows), printing)
        return 0
    names = [(", ".join(dict.fromkeys(map(_written, (field.name, *field.aliases)))), field) for field in FIELDS]
    widest = max(len(name) for name, _ in names)
    print_lines((f"{name:<{widest}}  {_KINDS[field.kind]:<6}  {field.about}" for name, field in names), printing)
    return 0


def _written(name: str) -> str:
    return name.replace("_", "-")


def explain(request: Request) -> int:
    """Print how the query was understood, what its words stand for, and what each part finds."""
    from search.lookups.explain import explain as explained

    with Index(request.folder) as index:
        query = index.tree(request.resolved())
        print_lines(map(visible, explained(query, index.engine)), request.printing)
    return 0


def coverage(request: Request) -> int:
    """Print in full what the query's filters leave, and what of it could not be read; without a query, of all."""
    from indexer.printing import plain
    from search.lookups.coverage import missing, report
    from search.lookups.lookup import Lookup, filters_said
    from search.output.json import VERSION, dumped

    lookup = request.resolved()
    lookup = lookup if lookup != Lookup() else Lookup(ALL)
    with Index(request.folder) as index:
        found = report(index.tree(lookup), index.engine, index.manifest, filters=filters_said(lookup))
        absent = tuple(missing(lookup.filters, index.engine))
        found = found._replace(coverage=found.coverage._replace(missing=absent))
        if request.printing.format == "json":
            print_lines([dumped({"version": VERSION, **plain(found)}, indent=2)], request.printing)
        else:
            print_lines(_coverage_text(found, index), request.printing)
    return FOUND if found.coverage.filings else NOTHING_FOUND


def _coverage_text(found: CoverageReport, index: Index) -> Iterator[str]:
    status = index.manifest.status()
    yield (
        f"{index.folder}: generation {status.generation}, committed {status.committed}, {status.submissions:,} "
        f"submissions from {status.files:,} files"
    )
    yield from coverage_lines(found.coverage, most=len(found.coverage.missing))
    yield from (f"  {each.documents:>9,}  {each.kind}" for each in found.readings)
    for unread in found.unread:
        yield visible(f"not read: {unread.id}  {unread.type}  {unread.kind}")
    for record in found.incomplete:
        yield visible(f"read in part: {record.accession}  {record.problem.kind}  {record.problem}")
    if found.coverage.unreadable_files:
        yield f"`indexer problems --index {index.folder} --kind unreadable-file` lists the files that could not be read"
