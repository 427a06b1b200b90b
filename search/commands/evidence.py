"""Evidence of a lookup, written beside its answer; and the lookup repeated, with what has changed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.dates import now
from indexer.printing import count, visible
from search.ask import Index, Wanted
from search.commands.destination import say
from search.commands.request import Request
from search.coverage.completeness import completeness
from search.lookups.lookup import Filter, Lookup
from search.output.printer import Report
from search.passages.cutting import Cut
from search.records.evidence import Change, Evidence, IndexState, Terms, changes, evidence_lines, read_evidence
from search.records.files import write_lines
from search.results import Results

SAME, CHANGED = 0, 1


def write_evidence(index: Index, lookup: Lookup, request: Request, results: Results) -> None:
    """Write evidence of all hits, whatever part of them was printed."""
    path, wanted = request.typed.evidence, request.wanted
    if path is None:
        return
    terms = Terms(lookup, wanted.sort, Cut(wanted.snippets, wanted.width, wanted.sentences))
    covered = replace(results, coverage=results.coverage or index.coverage(lookup))
    hits = index.hits(lookup, _everything(terms))
    listed = completeness(index.tree(lookup), index.folder)
    write_lines(path, evidence_lines(covered, hits, terms, _state(index), made=now(), listed=listed))
    say(f"evidence of {count(results.filings, 'filing')} written to {path}")


def _everything(terms: Terms) -> Wanted:
    """Ask for every hit with every document, its passages cut as the evidence has them."""
    cut = terms.cut
    return Wanted(None, 0, terms.sort, None, cut.count, cut.width, cut.sentences)


def _state(index: Index) -> IndexState:
    manifest = index.manifest
    return IndexState(str(index.folder.resolve()), index.generation, manifest.begun(), manifest.status())


def repeat(request: Request) -> int:
    """Look up again what there is evidence of, and print what has changed; exit code 1 when anything has."""
    evidence = read_evidence(request.typed.repeat or Path())
    with Index(request.folder, timeout=request.typed.timeout) as index:
        lookup = evidence.terms.lookup
        results = index.totals(lookup)
        changed = list(changes(evidence, index.hits(lookup, _everything(evidence.terms))))
        changed = [_explained(change, index) for change in changed]
        state = _state(index)
    lines = _lines(evidence, results, changed, state)
    request.printer.report(Report(lines, _data(evidence, results, changed, state), "comparison"))
    return CHANGED if changed or not evidence.intact else SAME


def _explained(change: Change, index: Index) -> Change:
    """Say of a document that is gone whether it left the index or only the answer."""
    if change.change != "gone":
        return change
    accession = change.document.partition(":")[0]
    held = index.totals(Lookup(filters=(Filter("accession", (accession,)),))).filings
    reason = "is in the index, and does not match any more" if held else "is not in the index any more"
    return replace(change, reason=f"{reason}; {change.reason}")


def _lines(evidence: Evidence, results: Results, changed: list[Change], state: IndexState) -> Iterator[str]:
    if not evidence.intact:
        yield "the evidence was changed after it was written: its checksum does not fit"
    then, today = _answered(evidence.filings, evidence.documents), _answered(results.filings, results.documents)
    yield f"{evidence.made}: {then}, generation {evidence.generation} of the index"
    yield f"{now()}: {today}, generation {state.generation} of the index"
    yield _corpus(evidence, state)
    yield from (visible(f"{change.change:<5}  {change.document}  {change.reason}") for change in changed)
    numbers = Counter(change.change for change in changed)
    said = ", ".join(f"{numbers[each]:,} {each}" for each in ("new", "gone", "moved"))
    yield said if changed else "nothing has changed in the answer"


def _answered(filings: int, documents: int) -> str:
    return f"{count(filings, 'filing')} ({count(documents, 'document')})"


def _corpus(evidence: Evidence, state: IndexState) -> str:
    """Say whether the index still covers what it covered when the evidence was written."""
    if evidence.begun != state.begun:
        return (
            f"the index is another, begun {state.begun} (was {evidence.begun}); it covers "
            f"{count(state.corpus.submissions, 'submission')} (was {evidence.submissions:,})"
        )
    if evidence.generation == state.generation:
        return f"the corpus covered has not changed: {count(state.corpus.submissions, 'submission')}"
    return (
        f"the corpus covered has changed: {count(state.corpus.submissions, 'submission')} (was "
        f"{evidence.submissions:,})"
    )


def _data(evidence: Evidence, results: Results, changed: list[Change], state: IndexState) -> dict[str, object]:
    before = {
        "made": evidence.made,
        "intact": evidence.intact,
        "begun": evidence.begun,
        "generation": evidence.generation,
        "submissions": evidence.submissions,
        "filings": evidence.filings,
        "documents": evidence.documents,
    }
    now_ = {
        "begun": state.begun,
        "generation": state.generation,
        "submissions": state.corpus.submissions,
        "filings": results.filings,
        "documents": results.documents,
    }
    return {"before": before, "now": now_, "changes": changed}
