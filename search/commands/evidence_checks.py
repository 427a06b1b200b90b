"""Evidence held against itself and against the files it rests on. No index is opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.manifest.records import program
from indexer.printing import count, visible
from search.commands.evidence import CHANGED, SAME, difference_lines
from search.commands.request import Request
from search.errors import SearchError
from search.evidence.differences import Difference
from search.evidence.evidence_file import read_evidence
from search.evidence.evidence_values import Evidence
from search.evidence.figures import figures, wrong_figures
from search.evidence.packed_text import evidence_within
from search.evidence.signatures import Seal, signature, timestamp
from search.evidence.sources import SourceCheck, check_sources
from search.output.printer import Report
from search.report.html_report import report_lines


class _Check(NamedTuple):
    """What came of it."""

    evidence: Evidence
    figures: int
    within: list[Difference]
    """The evidence against itself."""
    sources: SourceCheck
    seals: tuple[Seal, ...]

    @property
    def differences(self) -> list[Difference]:
        wrong = [Difference("seal", "signature or timestamp", seal.said) for seal in self.seals if seal.wrong]
        return [*self.within, *self.sources.differences, *wrong]


def verify(request: Request) -> int:
    """Check evidence, and print what is not as it has it; exit code 1 when anything is."""
    path, typed = request.typed.verify_evidence or Path(), request.typed
    for corpus in typed.corpus:
        if not corpus.is_dir():
            raise SearchError(f"--corpus {corpus}: no such folder")
    evidence = read_evidence(path)
    check = _Check(
        evidence,
        sum(1 for _ in figures(evidence)),
        [*_not_intact(evidence), *wrong_figures(evidence)],
        check_sources(evidence, typed.corpus),
        (signature(path, typed.signers), timestamp(path)),
    )
    request.printer.report(Report(_lines(check), _data(check)))
    return CHANGED if check.differences else SAME


def _not_intact(evidence: Evidence) -> Iterator[Difference]:
    if not evidence.intact:
        yield Difference("digest", "digest", "the evidence was changed after it was written: its SHA-256 is another")
    if not evidence.has_lists:
        yield Difference("list", "covered", "an earlier version wrote it: it has no list of what was covered")
    if evidence.shown and evidence.origin.program == program():
        content = evidence_within(evidence.shown)
        if evidence.shown != "".join(f"{line}\n" for line in report_lines(evidence, content)):
            yield Difference("page", "report", "the page does not show what the evidence in it says")


def _lines(check: _Check) -> Iterator[str]:
    evidence, wrong = check.evidence, check.differences
    covered = count(evidence.basis.coverage.filings, "covered filing")
    yield visible(f"evidence of {count(evidence.filings, 'filing')} among {covered}, {_origin(evidence)}")
    yield f"  digest: {'fits' if evidence.intact else 'does not fit'} ({evidence.digest})"
    yield f"  figures: {_kept(check.figures, _numbers(check.within, 'figure'))} as they follow from the lists"
    passages = _numbers(check.sources.differences, "passage")
    yield f"  passages: {_kept(check.sources.passages, passages)} where they stood, in the text read anew"
    sources = {each.what for each in check.sources.differences if each.change != "passage"}
    yield f"  sources: {_kept(check.sources.sources, len(sources))} as they were, by their SHA-256"
    yield from (visible(f"  {seal.said}") for seal in check.seals)
    if evidence.shown and evidence.origin.program != program():
        yield visible(f"  page: not compared with its evidence, {evidence.origin.program} made it")
    yield from difference_lines(wrong)
    if any(each.change == "missing" for each in wrong):
        yield "sources that have gone elsewhere are looked for with --corpus FOLDER"
    yield f"{count(len(wrong), 'difference')}: the evidence does not stand" if wrong else "the evidence stands"


def _origin(evidence: Evidence) -> str:
    by = f" by {evidence.origin.asked_by}" if evidence.origin.asked_by else ""
    return f"made {evidence.origin.made}{by} with {evidence.origin.program}"


def _kept(number: int, wrong: int) -> str:
    return f"{number - wrong:,} of {number:,}"


def _numbers(differences: list[Difference], change: str) -> int:
    return sum(each.change == change for each in differences)


def _data(check: _Check) -> dict[str, object]:
    return {
        "stands": not check.differences,
        "made": check.evidence.origin.made,
        "digest": check.evidence.digest,
        "intact": check.evidence.intact,
        "figures": check.figures,
        "sources": check.sources.sources,
        "passages": check.sources.passages,
        "signature": check.seals[0],
        "timestamp": check.seals[1],
        "differences": check.differences,
    }
