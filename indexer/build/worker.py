"""From files to finished segments, in one process: read, parse, extract, index. Holds no lock, commits nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.build.plan import Task
from indexer.corpus import CorpusFile, submissions
from indexer.envelope.submission import parse_submission
from indexer.errors import Problem, ProblemKind
from indexer.extract.document import extract_text
from indexer.filings import Document, Reading, Submission, SubmissionFile
from indexer.limits import Limits
from indexer.manifest import FileRecord, ProblemRecord, SubmissionRecord, printable
from indexer.schema import IndexedDocument, document_names, stored
from indexer.texts import FOLDER, Parts, TextWriter
from indexer.writers.columnar import ColumnarBuilder
from indexer.writers.writer import Segment, SegmentBuilder

Progress = Callable[[int, int], None]
"""Told of submissions and bytes of files read since it was last told."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a worker works."""

    folder: Path
    """Of the index."""
    limits: Limits = field(default_factory=Limits)
    words: int = 4_000_000
    """Words of text after which a segment is finished and the next begun; bounds a worker's memory."""


@dataclass(slots=True)
class Batch:
    """What came of a task: segments no table of contents names yet, and what the manifest has to say of them."""

    segments: list[Segment] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    submissions: list[SubmissionRecord] = field(default_factory=list)
    problems: list[ProblemRecord] = field(default_factory=list)


def read_task(task: Task, settings: Settings, progress: Progress) -> Batch:
    """Read a task's files into finished segments."""
    with TextWriter(settings.folder / FOLDER) as texts:
        reader = _TaskReader(task, settings, texts)
        try:
            for file in task.files:
                progress(reader.read_file(file), file.size)
            reader.roll()
        finally:
            reader.builder.close()
    return reader.batch


class _TaskReader:
    def __init__(self, task: Task, settings: Settings, texts: TextWriter) -> None:
        self.batch = Batch()
        self.builder: Any = _builder(settings, texts)
        self._settings, self._texts = settings, texts
        self._seen: set[tuple[str, str]] = set()

    def read_file(self, file: CorpusFile) -> int:
        """Index the submissions of a file; how many there were."""
        path, count, skipped, digest = printable(str(file.path)), 0, 0, ""
        for found in submissions(file, limits=self._settings.limits):
            if isinstance(found, Problem):
                skipped += found.kind is ProblemKind.NOT_A_SUBMISSION
                self._note(path, "", found)
                continue
            digest = sha256(found.content).hexdigest()
            count += self._read_submission(path, found, digest)
        outcome = "read" if count else "skipped" if skipped else "failed"
        self.batch.files.append(FileRecord(path, file.size, file.mtime_ns, digest if count == 1 else "", outcome))
        return count

    def _read_submission(self, path: str, file: SubmissionFile, digest: str) -> int:
        submission = parse_submission(file.content, name=Path(file.source).name, limits=self._settings.limits)
        source = printable(file.source)
        entries = list(_entries(submission, source, digest))
        accession = entries[0].submission_id if entries else ""
        for problem in submission.problems:
            self._note(path, accession, replace(problem, source=source))
        if not entries or (accession, source) in self._seen:
            return 0
        self._seen.add((accession, source))
        self._index(submission, entries)
        self.batch.submissions.append(_record(path, file, entries))
        for entry in entries:
            for problem in entry.extracted.problems:
                place = (
                    problem.place
                    or f"document {entry.document.ordinal} ({entry.document.filename or entry.document.type})"
                )
                self._note(path, accession, replace(problem, source=source, place=place))
        return 1

    def _index(self, submission: Submission, entries: list[IndexedDocument]) -> None:
        header = str(self._texts.add(submission.header_text))
        for entry in entries:
            read = entry.extracted
            text = str(self._texts.add(read.text, Parts(read.sections, read.pages)))
            self.builder.add(entry, stored(entry, text=text, header=header))
        if self.builder.size >= self._settings.words:
            self.roll()

    def roll(self) -> None:
        """Finish the segment."""
        segment = self.builder.finish()
        if segment is not None:
            self.batch.segments.append(segment)

    def _note(self, path: str, accession: str, problem: Problem) -> None:
        self.batch.problems.append(ProblemRecord(path, accession, problem))


def _place(document: Document, problem: Problem) -> str:
    where = f"document {document.ordinal} ({document.filename or document.type})"
    return f"{where}, {problem.place}" if problem.place else where


def _builder(settings: Settings, texts: TextWriter) -> SegmentBuilder:
    return ColumnarBuilder(settings.folder, texts=texts.name)


def _entries(submission: Submission, source: str, digest: str) -> Iterator[IndexedDocument]:
    """One entry a document; a header without documents is an empty one, so that it is found by its fields."""
    header = submission.header
    documents = submission.documents
    if not documents and header.fields:
        documents = (Document(header.form, None, "", "", b""),)
    for document, name in zip(documents, document_names(documents), strict=True):
        extracted = extract_text(document, form=header.form)
        yield IndexedDocument(header, replace(document, content=b""), extracted, source, digest, name)


def _record(path: str, file: SubmissionFile, entries: list[IndexedDocument]) -> SubmissionRecord:
    readings = Counter(entry.extracted.reading for entry in entries)
    first = entries[0]
    filed = first.header.filed
    return SubmissionRecord(
        accession=first.submission_id,
        source=first.source,
        path=path,
        sha256=first.sha256,
        bytes=len(file.content),
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
