"""Texts of few words, long and short, and where these words are in them."""

from random import Random

import pytest

from indexer.columnar.builder import Builder, Layout, SegmentRow
from indexer.columnar.file import SegmentFile
from indexer.columnar.postings import FieldReader
from search.segments.term_postings import PackedPostings, TermIn

_WORDS = {"the": 60, "of": 30, "drug": 6, "license": 3, "orphan": 1}


@pytest.fixture(scope="session")
def texts() -> list[list[str]]:
    """The words of each text."""
    draw = Random(5)
    return [draw.choices([*_WORDS, "other"], [*_WORDS.values(), 300], k=draw.choice((4, 60, 700))) for _ in range(300)]


@pytest.fixture(scope="session")
def postings(tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]]) -> dict[str, PackedPostings]:
    """The words of the texts, over two segments."""
    folder, terms = tmp_path_factory.mktemp("texts"), dict[str, list[TermIn]]()
    for low, high in ((0, 130), (130, len(texts))):
        builder = Builder(folder / f"{low}.cols", Layout(words=("text",), keys=("group",)))
        for number in range(low, high):
            builder.add(SegmentRow(words={"text": (" ".join(texts[number]),)}, numbers={"group": number}))
        builder.finish()
        field = FieldReader(SegmentFile(folder / f"{low}.cols"), "text")
        for word in _WORDS:
            term = field.find(word.encode())
            assert term is not None
            terms.setdefault(word, []).append(TermIn(low, field, term, *field.doc_bounds(term)))
    return {word: PackedPostings(found) for word, found in terms.items()}
