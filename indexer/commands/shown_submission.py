"""`indexer show`: what was read of a submission, from its file or from the index, for people and as JSON."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.corpus.walking import walk
from indexer.edgar.items import Item
from indexer.engines.engine import open_contents
from indexer.envelope.submission import parse_submission
from indexer.errors import NoCorpusError, Problem
from indexer.extract.submission_texts import submission_texts
from indexer.extracted import Reading
from indexer.fields.entries import StoredDocument, document_names
from indexer.filings import Address, Document, ExtractedText, FilingValues, Header, Party, Submission
from indexer.limits import Limits
from indexer.printing import given, plain
from indexer.stored_submissions import ReadableText

VERSION = 1
"""Of the JSON's shape; see docs/output.md."""


PASSAGE = 1000
"""Characters shown of a text from a place on, when no end is named."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A submission, the texts of its documents in the same order, and where it was read."""

    submission: Submission
    texts: tuple[ExtractedText, ...]
    source: str

    def plain(self) -> dict[str, Any]:
        """Return everything that was read, as JSON has it, documents without their bytes and texts."""
        documents = [
            {**plain(document), **plain(replace(read, text="")), "characters": len(read.text)}
            for document, read in zip(self.submission.documents, self.texts, strict=True)
        ]
        header = self.submission.header
        return {
            "version": VERSION,
            "source": self.source,
            "dialect": self.submission.dialect,
            "header": {**plain(header), "root_form": header.root_form},
            "documents": documents,
            "problems": plain(self.submission.problems),
        }

    def summary(self) -> Iterator[str]:
        """Write the submission as a person reads it: what it is, who is in it, what it holds, what went wrong."""
        yield from _header_lines(self.submission.header)
        yield "DOCUMENTS"
        yield from map(_document_line, self.submission.documents, self.texts)
        problems = [*self.submission.problems, *(problem for read in self.texts for problem in read.problems)]
        if problems:
            yield from ("", "PROBLEMS", *(f"  {problem.kind}  {problem}" for problem in problems))

    def text(self, span: tuple[int, int | None] | None = None) -> Iterator[str]:
        """Return the texts, or characters `start` to `end` of them (`PASSAGE` of them without an end)."""
        for read in self.texts:
            start, end = span or (0, len(read.text))
            yield read.text[start : start + PASSAGE if end is None else end]


def from_file(what: str, limits: Limits) -> Shown | None:
    """Read a submission file, or one document of it (`FILE:FILENAME`), as the program does; None for no file."""
    path, filename = _split(what)
    if path is None:
        return None
    for found in walk([path], limits=limits):
        if isinstance(found, Problem):
            raise NoCorpusError(str(found))
        submission = parse_submission(found.content, name=path.name, gaps=found.gaps, limits=limits)
        submission, texts = submission_texts(submission, limits)
        return _only(Shown(submission, tuple(texts), found.source), filename)
    raise NoCorpusError(f"{path} holds no submission")


def _split(what: str) -> tuple[Path | None, str]:
    if Path(what).is_file():
        return Path(what), ""
    before, _, after = what.rpartition(":")
    return (Path(before), after) if before and Path(before).is_file() else (None, "")


def from_index(what: str, folder: Path) -> Shown:
    """Read what the index holds of a submission, or of one document of it (`ACCESSION:FILENAME`)."""
    accession, _, filename = what.partition(":")
    with closing(open_contents(folder)) as contents:
        kept = contents.documents(accession)
        if not kept:
            raise NoCorpusError(f"no file {what}, and no submission {accession} in the index at {folder}")
        submission = parse_submission(contents.header(kept[0]).encode("utf-8", "surrogatepass"))
        documents = tuple(_document(each) for each in kept)
        texts = tuple(_extracted(contents.text(each), each.reading) for each in kept)
    return _only(Shown(replace(submission, documents=documents, problems=()), texts, kept[0].source), filename)


def _extracted(text: ReadableText, reading: str) -> ExtractedText:
    sections, pages, unlocated = text.parts()
    return ExtractedText(text.whole(), Reading(reading), (), sections, pages, unlocated=unlocated)


def _document(kept: StoredDocument) -> Document:
    return Document(kept.type, kept.sequence, kept.filename, kept.description, b"", ordinal=kept.ordinal)


def _only(shown: Shown, filename: str) -> Shown:
    """The submission with one of its documents only, where one is named."""
    if not filename:
        return shown
    names = document_names(shown.submission.documents)
    if filename not in names:
        raise NoCorpusError(f"no document {filename} in {shown.source}: it has {', '.join(names) or 'none'}")
    at = names.index(filename)
    return replace(
        shown,
        submission=replace(shown.submission, documents=shown.submission.documents[at : at + 1]),
        texts=shown.texts[at : at + 1],
    )


def _header_lines(header: Header) -> Iterator[str]:
    yield from _pairs(_submission_rows(header))
    yield ""
    for party in header.parties:
        yield f"{party.role.value.replace('-', ' ').upper()}  {party.name}"
        yield from _pairs(_party_rows(party), indent="  ")
        yield ""
    for series in header.series:
        yield f"SERIES  {series.id}  {series.name}"
        yield from (f"  {each.id}  {each.name}  {each.ticker}".rstrip() for each in series.classes)
        yield ""


def _submission_rows(header: Header) -> list[tuple[str, str]]:
    return [
        ("accession number", header.accession_number),
        ("form", header.form),
        ("filed", given(header.filed)),
        ("period", given(header.period)),
        ("accepted", given(header.accepted)),
        ("changed", given(header.changed)),
        ("effective", given(header.effective)),
        ("documents", given(header.document_count)),
        *(("item", _item(item)) for item in header.items),
        *(("group member", member) for member in header.group_members),
    ]


def _item(item: Item) -> str:
    said = f"{item.code}  {item.title}".strip()
    return f"{said} (by its heading)" if item.located else said


def _party_rows(party: Party) -> list[tuple[str, str]]:
    return [
        ("CIK", party.cik),
        ("SIC", f"{party.sic}  {party.sic_title}".strip()),
        ("organization", party.organization_name),
        ("IRS number", party.irs_number),
        ("incorporated in", party.state_of_incorporation),
        ("fiscal year end", party.fiscal_year_end),
        ("relationship", party.relationship),
        *(
            (
                "filed under",
                ", ".join(_filed_under(each)),
            )
            for each in party.filing_values
        ),
        ("business", _address(party.business_address)),
        ("mail", _address(party.mail_address)),
        *(("formerly", f"{former.name} (until {given(former.changed) or '?'})") for former in party.former_names),
    ]


def _filed_under(values: FilingValues) -> Iterator[str]:
    """What is known of a party's part in the filing: `8-K`, `act 34`."""
    named = (("", values.form_type), ("act ", values.act), ("file ", values.file_number), ("film ", values.film_number))
    return (f"{name}{value}" for name, value in named if value)


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    town = " ".join(part for part in (address.city, address.state, address.zip) if part)
    return ", ".join(part for part in (address.street1, address.street2, town, address.phone) if part)


def _document_line(document: Document, read: ExtractedText) -> str:
    size = f"{len(read.text):,} characters" if read.text else read.reading.value
    name = document.filename or "-"
    return f"  {document.ordinal:>3}  {document.type:<14} {name:<32} {size:>20}  {document.description}".rstrip()


def _pairs(rows: Iterable[tuple[str, str]], indent: str = "") -> Iterator[str]:
    return (f"{indent}{name + ':':<18} {value}" for name, value in rows if value)
