"""Make finished segments of files, in one process: read, parse, extract, index. Holds no lock, commits nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import time_ns
from typing import NamedTuple, Protocol

from indexer.corpus.walking import CorpusFile, submissions
from indexer.entries import IndexedDocument, document_names
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem, ProblemKind
from indexer.extract.document import read_document
from indexer.extract.submission_texts import sectioned, with_located_items
from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText, Gap, Header, Submission, SubmissionFile
from indexer.limits import MEMORY, Limits
from indexer.manifest.records import FileRecord, Outcome, ProblemRecord, SubmissionRecord
from indexer.workers.task import Task, key, sha256_of
from indexer.workers.time_limits import Allowance, OverTimeError, within
from indexer.writers.writer import Segment, SegmentBuilder, open_builder

_PROGRAM = 80 << 20
"""Bytes that a worker takes before it has read anything, and while it reads: 75 to 80 MB."""

_WORD = 80
"""Bytes for each word of a segment when it is finished: 53 to 60, with the terms. Measured on 30,000 documents."""

_ENTRY = 16
"""A document takes as much as so many words, though it may have none."""

_SMALL = 16 << 20
"""Bytes of a file without a submission that are hashed; a larger one is sooner looked into again."""

BuilderFactory = Callable[[Path], SegmentBuilder]
"""Called with the index's address; it can be pickled."""


def words_within(memory: int) -> int:
    """Tell how many words of text a segment may have for a worker to stay within so many bytes, about.

    >>> words_within(400 << 20)
    4194304
    """
    return (memory - _PROGRAM) // _WORD


@dataclass(frozen=True, slots=True)
class Settings:
    """Say how a worker works; can be pickled."""

    folder: Path
    """The index's address, which its engine knows how to write to."""
    limits: Limits = field(default_factory=Limits)
    words: int = words_within(MEMORY)
    """Words of text after which a segment is finished and the next begun; bounds a worker's memory."""
    builder: BuilderFactory = open_builder


class Watch(Protocol):
    """Be told how the reading goes, and end it."""

    @property
    def stopped(self) -> bool:
        """Tell whether to finish with the file at hand."""

    def begin(self, index: int) -> None:
        """Note that the task's file of that index is about to be read."""

    def advance(self, submissions: int, size: int) -> None:
        """Note that so many submissions, and bytes of files, have been read."""

    def beat(self) -> None:
        """Note that something is getting done."""


@dataclass(slots=True)
class Batch:
    """Hold what came of a task: segments no commit names yet, and what the manifest has to say of them."""

    segments: list[Segment] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    submissions: list[SubmissionRecord] = field(default_factory=list)
    problems: list[ProblemRecord] = field(default_factory=list)


class _File(NamedTuple):
    """Hold a submission file under the one name it has in the index."""

    source: str
    content: bytes
    gaps: tuple[Gap, ...]
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Return the name of the file or the member itself, which may be its accession number."""
        return Path(self.source).name


@dataclass(slots=True)
class _Found:
    """Count what is in a file."""

    names: Counter[str] = field(default_factory=Counter)
    size: int = 0
    """Of the last submission, in bytes."""
    sha256: str = ""
    """Of the last submission."""
    skipped: bool = False

    @property
    def count(self) -> int:
        return self.names.total()

    def named(self, file: SubmissionFile) -> _File:
        """Name the submission; of several members of one name the later get a number."""
        self.names[file.source] += 1
        number = self.names[file.source]
        source = file.source if number == 1 else f"{file.source} ({number})"
        self.size, self.sha256 = file.size, file.sha256
        return _File(source, file.content, file.gaps, file.size, file.sha256)

    def sha256_of(self, file: CorpusFile) -> str:
        """Return the SHA-256 of the file's bytes, which are the submission's when that is all there is."""
        return self.sha256 if (self.count, self.size) == (1, file.size) else sha256_of(file.path)


def read_task(task: Task, settings: Settings, watch: Watch) -> Batch:
    """Read a task's files into finished segments; when it is stopped, those read by then.

    Raises OSError when the index cannot be written, and whatever indexing a file's text may raise.
    """
    with closing(settings.builder(settings.folder)) as builder:
        reader = _TaskReader(settings, builder, watch)
        for index, file in enumerate(task.files):
            if watch.stopped:
                break
            watch.begin(index)
            watch.advance(reader.read_file(file), file.size)
        reader.roll()
    return reader.batch


class _TaskReader:
    def __init__(self, settings: Settings, builder: SegmentBuilder, watch: Watch) -> None:
        self.batch = Batch()
        self._settings, self._builder, self._watch = settings, builder, watch
        self._entries_taken = 0

    def read_file(self, file: CorpusFile) -> int:
        """Index the submissions of a file; return how many there were."""
        began, found = time_ns(), _Found()
        for each in submissions(file, limits=self._settings.limits):
            if isinstance(each, Problem):
                found.skipped = found.skipped or each.kind is ProblemKind.NOT_A_SUBMISSION
                self._note(key(file), "", each)
            else:
                self._read_submission(key(file), found.named(each))
        self.batch.files.append(_file_record(file, found, began))
        return found.count

    def _read_submission(self, path: str, file: _File) -> None:
        limits = self._settings.limits
        allowance = Allowance(limits.submission_seconds)
        try:
            with within(min(limits.document_seconds, allowance.left)):
                submission = parse_submission(file.content, name=file.name, gaps=file.gaps, limits=limits)
        except OverTimeError:
            problem = _over_time(limits.document_seconds, "the submission left out")
            self._note(path, "", replace(problem, source=file.source))
            return
        entries = list(self._entries(submission, file, allowance))
        accession = entries[0].submission_id if entries else ""
        for problem in submission.problems:
            self._note(path, accession, replace(problem, source=file.source))
        if entries:
            self._index(submission, entries)
            self.batch.submissions.append(_record(path, file, entries))
        for entry in entries:
            for problem in entry.extracted.problems:
                place = _place(entry.document, problem)
                self._note(path, accession, replace(problem, source=file.source, place=place))

    def _entries(self, submission: Submission, file: _File, allowance: Allowance) -> Iterator[IndexedDocument]:
        """Yield an entry a document; a header without documents is an empty one, so that it is found by its fields."""
        header, documents = submission.header, submission.documents
        if not documents and header.fields:
            documents = (Document(header.form, None, "", "", b""),)
        texts = []
        for document in documents:
            self._watch.beat()
            texts.append(_extracted(document, header, self._settings.limits, allowance))
        header = with_located_items(header, documents, texts)
        for document, text, name in zip(documents, texts, document_names(documents), strict=True):
            yield IndexedDocument(header, replace(document, content=b""), text, file.source, file.sha256, name)

    def _index(self, submission: Submission, entries: list[IndexedDocument]) -> None:
        self._builder.add(submission.header_text, entries)
        self._entries_taken += len(entries)
        if self._builder.size + _ENTRY * self._entries_taken >= self._settings.words:
            self.roll()

    def roll(self) -> None:
        """Finish the segment."""
        self._watch.beat()
        segment = self._builder.finish()
        self._entries_taken = 0
        if segment is not None:
            self.batch.segments.append(segment)
        self._watch.beat()

    def _note(self, path: str, accession: str, problem: Problem) -> None:
        self.batch.problems.append(ProblemRecord(path, accession, problem))


def _extracted(document: Document, header: Header, limits: Limits, allowance: Allowance) -> ExtractedText:
    """What is read of a document within its time and what is left of its submission's."""
    seconds, read = allowance.left, None
    try:
        with within(min(limits.document_seconds, seconds)):
            read = read_document(document, limits=limits)
            return sectioned(read, document, header)
    except OverTimeError:
        bound, what = limits.document_seconds, "reading"
        if seconds <= limits.document_seconds:
            allowance.spend()
            bound, what = limits.submission_seconds, "reading the submission"
    if read is None:
        return ExtractedText("", Reading.UNREAD, (_over_time(bound, "left out", what=what),))
    return replace(
        read.extracted, problems=(*read.extracted.problems, _over_time(bound, "kept without sections", what=what))
    )


def _over_time(seconds: float, outcome: str, *, what: str = "reading") -> Problem:
    return Problem(ProblemKind.OVER_LIMIT, f"{what} takes longer than {seconds:g} s", outcome=outcome)


def _place(document: Document, problem: Problem) -> str:
    return problem.place or f"document {document.ordinal} ({document.filename or document.type})"


def _file_record(file: CorpusFile, found: _Found, began: int) -> FileRecord:
    outcome = Outcome.READ if found.count else Outcome.SKIPPED if found.skipped else Outcome.FAILED
    hashed = found.count > 0 or (found.skipped and file.size <= _SMALL)
    digest = found.sha256_of(file) if hashed and _is_as_listed(file) else ""
    return FileRecord(key(file), file.size, file.mtime_ns, digest, outcome.value, file.ctime_ns, began)


def _is_as_listed(file: CorpusFile) -> bool:
    """Tell whether the file is as it was when it was listed; else its sha256 is not that of what was read."""
    try:
        now = Path(file.path).stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns, now.st_ctime_ns) == (file.size, file.mtime_ns, file.ctime_ns)


def _record(path: str, file: _File, entries: list[IndexedDocument]) -> SubmissionRecord:
    readings = Counter(entry.extracted.reading for entry in entries)
    first = entries[0]
    filed = first.header.filed
    return SubmissionRecord(
        accession=first.submission_id,
        source=file.source,
        path=path,
        sha256=file.sha256,
        bytes=file.size,
        form=first.header.form,
        filed=int(filed.strftime("%Y%m%d")) if filed else None,
        characters=sum(len(entry.extracted.text) for entry in entries),
        documents=len(entries),
        text=readings[Reading.TEXT],
        empty=readings[Reading.EMPTY],
        binary=readings[Reading.BINARY],
        rendered=readings[Reading.RENDERED],
        unread=readings[Reading.UNREAD],
    )
