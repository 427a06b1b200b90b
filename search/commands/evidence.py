"""Evidence and report of a lookup, written beside its answer; and the lookup repeated, with what has changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.literals.dates import now
from indexer.printing import count, visible
from search.ask import Index
from search.commands.destination import say
from search.commands.request import Request
from search.evidence.basis import asked_of, basis_of, covered_filings, state_of
from search.evidence.differences import Difference, answer_changes, covered_changes, numbers_said
from search.evidence.evidence_file import evidence_of, read_evidence
from search.evidence.evidence_values import Evidence, Terms
from search.evidence.evidence_writing import IndexState, Inquiry, evidence_lines
from search.evidence.signatures import sign, signature_file, token_file
from search.lookups.lookup import Filter, Lookup
from search.output.printer import Report
from search.passages.cutting import Cut
from search.records.files import write_lines
from search.results import Results

# ruff: noqa: PLC0415  (the report is made of much that evidence does without)

SAME, CHANGED = 0, 1
SHOWN = 20
"""Differences of a kind that are printed as text; JSON has them all."""


# Writing


def write_evidence(index: Index, lookup: Lookup, request: Request, results: Results) -> None:
    """Write evidence and report of all hits, whatever part of them was printed."""
    wanted = request.wanted
    terms = Terms(lookup, wanted.sort, Cut(wanted.snippets, wanted.width, wanted.sentences))
    every = terms.wanted()
    verified = index.verify(index.hits(lookup, every._replace(snippets=0)))
    asked = Inquiry(terms, request.typed.by or _who(), now(), state_of(index, verified))
    hits = index.hits(lookup, every)
    lines: Iterable[str] = evidence_lines(results, hits, asked, basis_of(lookup, index))
    if request.typed.report:
        lines = list(lines)
        _write_report(request.typed.report, "".join(f"{line}\n" for line in lines))
    if request.typed.evidence:
        _write(request.typed.evidence, lines, results, key=request.typed.sign)


def _write(path: Path, lines: Iterable[str], results: Results, *, key: Path | None) -> None:
    write_lines(path, lines)
    for beside in (signature_file(path), token_file(path)):
        beside.unlink(missing_ok=True)  # of the evidence that this has replaced
    say(f"evidence of {count(results.filings, 'filing')} written to {path}")
    if key:
        say(f"signed: {sign(path, key)}")


def _write_report(path: Path, content: str) -> None:
    from search.report.html_report import report_lines

    write_lines(path, report_lines(evidence_of(content), content))
    say(f"report written to {path}")


def _who() -> str:
    """Name the user and the machine, as far as the system knows them."""
    from getpass import getuser
    from socket import gethostname

    try:
        return f"{getuser()}@{gethostname()}"
    except (OSError, KeyError):  # a user without a name
        return f"somebody@{gethostname()}"


# Repeating


class _Repeated(NamedTuple):
    """The lookup as it is answered now."""

    results: Results
    state: IndexState
    answer: list[Difference]
    covered: list[Difference]
    sources: int
    """Files that the covered filings are read from."""


def repeat(request: Request) -> int:
    """Look up again what there is evidence of, and print what has changed; exit code 1 when anything has."""
    evidence = read_evidence(request.typed.repeat or Path())
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        again = _repeated(evidence, index)
    request.printer.report(Report(_lines(evidence, again), _data(evidence, again), "comparison"))
    return CHANGED if again.answer or again.covered or not evidence.intact else SAME


def _repeated(evidence: Evidence, index: Index) -> _Repeated:
    lookup = evidence.terms.lookup
    results = index.totals(lookup)
    hits = index.hits(lookup, evidence.terms.wanted())
    covered = list(covered_filings(index.tree(asked_of(lookup)), index))
    was = evidence.basis.covered
    return _Repeated(
        results,
        state_of(index),
        [_explained(change, index) for change in answer_changes(evidence.hits, hits)],
        list(covered_changes(was, covered)) if evidence.has_lists else [],
        len({filing.source for filing in covered}),
    )


def _explained(change: Difference, index: Index) -> Difference:
    """Say of a document that is gone whether it left the index or only the answer."""
    if change.change != "gone":
        return change
    accession = change.what.partition(":")[0]
    held = index.totals(Lookup(filters=(Filter("accession", (accession,)),))).filings
    reason = "is in the index, and does not match any more" if held else "is not in the index any more"
    return change._replace(reason=f"{reason}; {change.reason}")


def _lines(evidence: Evidence, again: _Repeated) -> Iterator[str]:
    origin, results, state = evidence.origin, again.results, again.state
    if not evidence.intact:
        yield "the evidence was changed after it was written: its checksum does not fit"
    then, today = _answered(evidence.filings, evidence.documents), _answered(results.filings, results.documents)
    yield f"{origin.made}: {then}, generation {origin.generation} of the index"
    yield f"{now()}: {today}, generation {state.generation} of the index"
    yield from _covered_lines(evidence, again)
    yield from difference_lines(again.answer)
    yield f"in the answer: {numbers_said(again.answer)}" if again.answer else "nothing has changed in the answer"
    yield f"not looked at: the {count(again.sources, 'source file')} (`search --verify-evidence FILE` reads them)"


def _answered(filings: int, documents: int) -> str:
    return f"{count(filings, 'filing')} ({count(documents, 'document')})"


def _covered_lines(evidence: Evidence, again: _Repeated) -> Iterator[str]:
    """Say whether the index still covers what it covered when the evidence was written, and what not."""
    if is_another(evidence, again.state):
        yield f"the index is another, begun {again.state.begun} (was {evidence.origin.begun})"
    was = evidence.basis.coverage.filings
    if not evidence.has_lists:
        yield f"the evidence lists no covered filings, so what has changed in them cannot be told (it had {was:,})"
    elif again.covered:
        yield f"the corpus covered has changed: {numbers_said(again.covered)} (was {count(was, 'filing')})"
        yield from difference_lines(again.covered)
    else:
        yield f"the corpus covered has not changed: {count(was, 'filing')}"


def is_another(evidence: Evidence, state: IndexState) -> bool:
    """Tell whether evidence is of another index: by the identity of both, or when each was begun."""
    origin = evidence.origin
    if origin.identity and state.identity:
        return origin.identity != state.identity
    return origin.begun != state.begun


def difference_lines(differences: list[Difference]) -> Iterator[str]:
    """Name differences, a line each, but not more of a kind than a person reads."""
    for kind in dict.fromkeys(each.change for each in differences):
        some = [each for each in differences if each.change == kind]
        yield from (visible(f"{each.change:<7}  {each.what}  {each.reason}") for each in some[:SHOWN])
        if len(some) > SHOWN:
            yield f"{kind:<7}  and {len(some) - SHOWN:,} more; --json has them all"


def _data(evidence: Evidence, again: _Repeated) -> dict[str, object]:
    origin, state = evidence.origin, again.state
    before = {
        "made": origin.made,
        "intact": evidence.intact,
        "begun": origin.begun,
        "generation": origin.generation,
        "submissions": origin.submissions,
        "covered": evidence.basis.coverage.filings,
        "filings": evidence.filings,
        "documents": evidence.documents,
    }
    now_ = {
        "begun": state.begun,
        "generation": state.generation,
        "submissions": state.corpus.submissions,
        "filings": again.results.filings,
        "documents": again.results.documents,
    }
    covered = {"lists": evidence.has_lists, "changes": again.covered, "sources_not_looked_at": again.sources}
    changes = [{"change": each.change, "document": each.what, "reason": each.reason} for each in again.answer]
    return {"before": before, "now": now_, "changes": changes, "covered": covered}
