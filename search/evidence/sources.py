"""Read again the files that evidence rests on: their bytes by SHA-256, their passages in the text that is read anew."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.corpus.walking import MEMBER, CorpusFile, submissions
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem
from indexer.extract.submission_texts import submission_texts
from indexer.fields.entries import document_names
from indexer.filings import SubmissionFile
from indexer.limits import DEFAULT_LIMITS
from indexer.workers.task import sha256_of
from indexer.workers.time_limits import OverTimeError, within
from search.evidence.differences import CoveredFiling, Difference
from search.evidence.evidence_values import Evidence
from search.results import Hit, Snippet

_SHOWN = 60
"""Characters of a passage that a message quotes."""


@dataclass(slots=True)
class SourceCheck:
    """Count what was looked at, and keep what differs."""

    sources: int = 0
    passages: int = 0
    differences: list[Difference] = field(default_factory=list)


def check_sources(evidence: Evidence, corpora: Sequence[Path] = ()) -> SourceCheck:
    """Read every source of the evidence: where it was, or under one of `corpora`, wherever they lie now."""
    check = SourceCheck()
    hits = {hit.accession: hit for hit in evidence.hits}
    standing: dict[str, list[CoveredFiling]] = defaultdict(list)
    for filing in evidence.basis.covered or map(_as_covered, evidence.hits):
        standing[filing.source.partition(MEMBER)[0]].append(filing)
    for path, filings in standing.items():
        _check_file(check, path, filings, hits=hits, file=_located(path, corpora))
    return check


def _as_covered(hit: Hit) -> CoveredFiling:
    return CoveredFiling(hit.accession, hit.form, "", len(hit.documents), hit.parties, hit.source, hit.sha256)


def _located(path: str, corpora: Sequence[Path]) -> Path:
    """Find where a file is now: under one of `corpora`, by as much of the end of its path as there is."""
    parts = Path(path).parts[1:]
    beneath = (corpus.joinpath(*parts[number:]) for number in range(len(parts)) for corpus in corpora)
    return next(filter(Path.is_file, beneath), corpora[0] / Path(path).name if corpora else Path(path))


def _check_file(
    check: SourceCheck, path: str, filings: list[CoveredFiling], *, hits: dict[str, Hit], file: Path
) -> None:
    """Check what was read from one file."""
    check.sources += len(filings)
    if not file.is_file():
        check.differences += [Difference("missing", each.accession, f"there is no file {file}") for each in filings]
        return
    if len(filings) == 1 and filings[0].accession not in hits and sha256_of(str(file)) == filings[0].sha256:
        return
    left = {filing.source: filing for filing in filings}
    for source, found in _named(file, path):
        if filing := left.pop(source, None):
            _check_submission(check, found, filing, hits.get(filing.accession))
    for filing in left.values():
        said = f"{file} cannot be read, or holds no such submission any more"
        check.differences.append(Difference("missing", filing.accession, said))


def _named(file: Path, path: str) -> Iterator[tuple[str, SubmissionFile]]:
    """Yield the submissions of a file under the names that they had at its former path."""
    status, times = file.stat(), Counter[str]()
    for found in submissions(CorpusFile(str(file), status.st_size, status.st_mtime_ns)):
        if not isinstance(found, Problem):
            times[found.source] += 1
            name = path + found.source[len(str(file)) :]
            yield name if times[found.source] == 1 else f"{name} ({times[found.source]})", found


def _check_submission(check: SourceCheck, found: SubmissionFile, filing: CoveredFiling, hit: Hit | None) -> None:
    if found.sha256 != filing.sha256:
        said = f"the bytes of {found.source} are others: SHA-256 {found.sha256}, was {filing.sha256}"
        check.differences.append(Difference("changed", filing.accession, said))
    if hit is not None:
        snippets = [(document.id, each) for document in hit.documents for each in document.snippets]
        check.passages += len(snippets)
        check.differences += _shifted(snippets, found, hit.accession)


def _shifted(snippets: list[tuple[str, Snippet]], found: SubmissionFile, accession: str) -> Iterator[Difference]:
    """Name the passages that do not stand in the text that is read of a submission now."""
    try:
        with within(DEFAULT_LIMITS.submission_seconds):
            texts = _texts(found, accession)
    except OverTimeError:
        yield Difference("unreadable", accession, "reading it takes too long")
        return
    for document, each in snippets:
        stands = texts.get(document, "")[each.start : each.end]
        if stands != each.text:
            reason = f"at {each.start}..{each.end} there is {_quoted(stands)}, not {_quoted(each.text)}"
            yield Difference("passage", document, reason if document in texts else "there is no such document")


def _texts(found: SubmissionFile, accession: str) -> dict[str, str]:
    """Read the texts of a submission anew, by document id."""
    name = Path(found.source).name
    submission, texts = submission_texts(parse_submission(found.content, name=name, gaps=found.gaps))
    names = document_names(submission.documents)
    return {f"{accession}:{name}": read.text for name, read in zip(names, texts, strict=True)}


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return f"“{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”" if shown else "nothing"
