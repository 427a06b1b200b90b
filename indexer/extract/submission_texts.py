"""The texts of a whole submission, read as the index reads them: with the header's form, date and items."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.edgar.items import NEW, OLD, Item
from indexer.extract.document import DocumentText, read_document, with_sections
from indexer.filings import Document, ExtractedText, Header, Submission
from indexer.limits import DEFAULT_LIMITS, Limits

_CURRENT_REPORT = "8-K"


def document_text(document: Document, header: Header, limits: Limits = DEFAULT_LIMITS) -> ExtractedText:
    """Read a document of the submission that has this header."""
    return sectioned(read_document(document, limits=limits), document, header)


def sectioned(read: DocumentText, document: Document, header: Header) -> ExtractedText:
    """Return what was read of a document of the submission that has this header, with its sections."""
    is_report = (document.type or header.form).upper().startswith(_CURRENT_REPORT)
    named = tuple(item.code for item in header.items if item.code) if is_report else ()
    return with_sections(read, document, form=header.form, filed=header.filed, named=named)


def submission_texts(submission: Submission, limits: Limits = DEFAULT_LIMITS) -> tuple[Submission, list[ExtractedText]]:
    """Read the text of every document, in order; return these with the submission.

    A current report whose header names no items gets those of its headings.
    """
    texts = [document_text(document, submission.header, limits) for document in submission.documents]
    header = with_located_items(submission.header, submission.documents, texts)
    return replace(submission, header=header), texts


def with_located_items(header: Header, documents: Sequence[Document], texts: Sequence[ExtractedText]) -> Header:
    """Give the header of a current report that names no items those of its headings, marked as such.

    EDGAR left ITEM INFORMATION blank in half of the current reports before 2004-08-23.
    """
    if not header.form.upper().startswith(_CURRENT_REPORT) or any(item.code for item in header.items):
        return header
    found = {item.code: item for item in _located(header, documents, texts)}
    return replace(header, items=(*header.items, *found.values())) if found else header


def _located(header: Header, documents: Sequence[Document], texts: Sequence[ExtractedText]) -> Iterator[Item]:
    for document, read in zip(documents, texts, strict=True):
        if (document.type or header.form).upper().startswith(_CURRENT_REPORT):
            for section in read.sections:
                titles = NEW.get(section.name) or OLD.get(section.name)
                if titles:
                    yield Item(section.name, titles[0], located=True)
