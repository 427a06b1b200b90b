"""Make finished segments of files, in one process: read, parse, extract, index. Holds no lock, commits nothing."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol, assert_never

from indexer.analysis.tokenizer import TOGETHER, keep_apart
from indexer.corpus.walking import CorpusFile
from indexer.engines.engine import open_builder
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem, ProblemKind
from indexer.extract.document import read_document
from indexer.extract.submission_texts import sectioned, with_located_items
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, document_names
from indexer.filings import Document, ExtractedText, Header, Submission
from indexer.limits import MEMORY, Limits
from indexer.manifest.records import FileRecord, ProblemRecord, SubmissionRecord
from indexer.workers.contents import Contents, Member
from indexer.workers.task import Task, key
from indexer.workers.time_limits import Allowance, OverTimeError, within
from indexer.writers.writer import Segment, SegmentBuilder

_PROGRAM = 80 << 20
"""Bytes that a worker takes before it has read anything, and while it reads: 75 to 80 MB."""

_WORD = 80
"""Bytes for each word of a segment when it is finished: 53 to 60, with the terms. Measured on 30,000 documents."""

_ENTRY = 16
"""A document takes as much as so many words, though it may have none."""

_OBJECTS, _TIMES = 200_000, 100
"""Objects made after which Python looks for garbage among the new ones, and how often it does before it looks at all:
with 700 and 10, as is usual, looking takes 0.28 s of the 5.6 of 138 MB of submissions, of which this saves half."""

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

    def begin(self, index: int, member: int) -> None:
        """Note that the task's file of that index is about to be read, or which of the submissions in it."""

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


def read_task(task: Task, settings: Settings, watch: Watch, handed: Iterable[Member | Task] = ()) -> Batch:
    """Read a task's files into finished segments, and what is handed out for it: members of its archive, further files.

    When it is stopped, the files read by then. Raises OSError when the index cannot be written, and whatever indexing
    a file's text may raise.
    """
    with _collecting_seldom(), closing(settings.builder(settings.folder)) as builder:
        reader = _TaskReader(settings, builder, watch)
        for each in handed if task.part_bytes else chain((task,), handed):
            match each:
                case Member():
                    reader.read_member(task.files[0], each)
                case Task():
                    reader.read_files(each)
                case other:
                    assert_never(other)
        reader.roll()
    return reader.batch


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Have Python look for cycles of garbage seldom: reading makes none, but objects by the million."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, before[1], _TIMES)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Waiting(NamedTuple):
    """Hold a submission that has been read, and is to be indexed."""

    at: tuple[int, int]
    """Which of the task's files, and of the submissions in it."""
    header_text: str
    entries: list[IndexedDocument]

    @property
    def texts(self) -> list[str]:
        """List its texts, but for empty ones."""
        return [entry.extracted.text for entry in self.entries if entry.extracted.text]


class _TaskReader:
    def __init__(self, settings: Settings, builder: SegmentBuilder, watch: Watch) -> None:
        self.batch = Batch()
        self._settings, self._builder, self._watch = settings, builder, watch
        self._entries_taken = 0
        self._at = (0, 0)
        self._files = 0
        self._waiting: list[_Waiting] = []
        self._characters = 0

    def read_files(self, task: Task) -> None:
        """Index the submissions of files, or some of those of an archive, which is recorded by who has it whole."""
        for file in task.files:
            index, self._files = self._files, self._files + 1
            if self._watch.stopped and task.only is None:
                break
            self._begin(index, 0)
            contents = Contents(file, self._settings.limits, partial(self._note_skipped, key(file)))
            for member in contents.members(task.only):
                self._begin(index, member.number)
                self._read_submission(key(file), member)
            if task.only is None:
                self.batch.files.append(contents.record())
                self._watch.advance(contents.count, file.size)

    def read_member(self, file: CorpusFile, member: Member) -> None:
        """Index a member of an archive that was handed out."""
        self._begin(0, member.number)
        self._read_submission(key(file), member)
        self._watch.advance(1, 0)

    def _read_submission(self, path: str, file: Member) -> None:
        limits = self._settings.limits
        allowance = Allowance(limits.submission_seconds)
        try:
            with within(min(limits.document_seconds, allowance.left)):
                submission = parse_submission(file.content, name=file.name, gaps=file.gaps, limits=limits)
        except OverTimeError:
            problem = _over_time(limits.document_seconds, "the submission left out")
            self._note(path, "", replace(problem, source=file.source))
            return
        read = list(self._entries(submission, file, allowance))
        entries = list(self._builder.bounded(submission.header_text, read))
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

    def _entries(self, submission: Submission, file: Member, allowance: Allowance) -> Iterator[IndexedDocument]:
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

    def _begin(self, index: int, member: int) -> None:
        self._at = index, member
        self._watch.begin(index, member)

    def _index(self, submission: Submission, entries: list[IndexedDocument]) -> None:
        """Index a submission: a small one when there is enough text with it to be taken apart at once."""
        waiting = _Waiting(self._at, submission.header_text, entries)
        self._waiting.append(waiting)
        self._characters += len(waiting.header_text) + sum(map(len, waiting.texts))
        if self._characters >= TOGETHER:
            self._index_waiting()

    def _index_waiting(self) -> None:
        waiting, self._waiting, self._characters = self._waiting, [], 0
        keep_apart([each.header_text for each in waiting], [text for each in waiting for text in each.texts])
        for each in waiting:
            self._watch.begin(*each.at)  # whatever happens, it is of this one
            self._builder.add(each.header_text, each.entries)
            self._entries_taken += len(each.entries)
            if self._builder.size + _ENTRY * self._entries_taken >= self._settings.words:
                self._finish()

    def roll(self) -> None:
        """Index what waits, and finish the segment."""
        self._index_waiting()
        self._finish()

    def _finish(self) -> None:
        self._watch.beat()
        segment = self._builder.finish()
        self._entries_taken = 0
        if segment is not None:
            self.batch.segments.append(segment)
        self._watch.beat()

    def _note_skipped(self, path: str, number: int, problem: Problem) -> None:
        self._note(path, "", problem)

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


def _record(path: str, file: Member, entries: list[IndexedDocument]) -> SubmissionRecord:
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
