"""Submissions read again from the corpus: only where they are what was indexed, and within the corpus."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException

from indexer.corpus.originals import submission_bytes
from indexer.corpus.walking import MEMBER
from indexer.envelope.submission import parse_submission
from indexer.errors import NoCorpusError
from indexer.fields.entries import document_names
from indexer.filings import Document
from search.results import Hit

_KEPT = 4
"""Submissions that are kept, for a page asks for each of its pictures."""


def submission_of(filing: Hit, folders: Sequence[Path]) -> bytes:
    """Read the submission of a filing, byte for byte as it was indexed; raises as `documents_of` does."""
    return _submission(filing.source, filing.sha256, tuple(folders))


def documents_of(filing: Hit, folders: Sequence[Path]) -> dict[str, Document]:
    """Read the documents of a filing by name; HTTPException 404 when they are not where the corpus is, or have changed.

    Of `folders`, where some are named, the filing's file has to lie in one, under the last parts of the path where it
    was indexed; else it has to lie at that path.
    """
    return _documents(filing.source, filing.sha256, tuple(folders))


@lru_cache(_KEPT)
def _documents(source: str, digest: str, folders: tuple[Path, ...]) -> dict[str, Document]:
    documents = parse_submission(_submission(source, digest, folders), name=source).documents
    return dict(zip(document_names(documents), documents, strict=True))


@lru_cache(_KEPT)
def _submission(source: str, digest: str, folders: tuple[Path, ...]) -> bytes:
    path, more, member = source.partition(MEMBER)
    there = False
    for candidate in candidates(path, folders):
        try:
            content = submission_bytes(f"{candidate}{more}{member}")
        except NoCorpusError:
            continue
        there = True
        if sha256(content).hexdigest() == digest:
            return content
    if there:
        raise HTTPException(404, f"the file of this filing is not what was indexed: it has changed since ({source})")
    raise HTTPException(404, f"the file of this filing is not there: {source}; --corpus says where the corpus is now")


def candidates(path: str, folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that a path of the index may stand for; with folders, none that lies outside them."""
    if not folders:
        yield Path(path)
        return
    parts = [part for part in Path(path).parts if part not in {"..", Path(path).anchor}]
    for folder in folders:
        root = folder.resolve()
        tails = (root.joinpath(*parts[at:]) for at in range(len(parts)))
        named = [root] if parts[-1:] == [root.name] and root.is_file() else tails
        yield from (each for each in named if each.is_file() and each.resolve().is_relative_to(root))
