"""Passages of hits: this program's from its text store, tantivy's from its stored text; and of one long document.

python bench/passages.py FOLDER
"""

import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tantivy
from measuring import said, spread
from numpy.random import PCG64, Generator

from corpus import Text, Vocabulary, texts
from indexer.extracted import Reading
from indexer.fields.entries import IndexedDocument, stored
from indexer.filings import Document, ExtractedText, Header
from indexer.texts.text_layout import FOLDER
from indexer.texts.text_writer import TextWriter
from indexer.writers.rows import ColumnarBuilder
from indexer.writers.segment_list import SegmentList
from search.passages.cutting import Cut
from search.passages.indexed import IndexedText, located, sought
from search.query.nodes import And, Query, Term
from search.results import Handle, Question, Snippet
from search.searchers.local import LocalSearcher

LONG = 4_000_000
LONG_ID = "0009000001-17-1000000:1"


def made(documents: int) -> Iterator[Text]:
    """Texts, and last one of four million characters."""
    yield from texts(documents, median=1000)
    vocabulary = Vocabulary(Generator(PCG64(1)))
    yield Text(10**6, 1, "10-K", 20200101, vocabulary.text(Generator(PCG64(5)), LONG // 7))


def our_index(folder: Path, documents: int) -> None:
    """Index texts with the text store."""
    writer, builder = SegmentList(folder), ColumnarBuilder(folder)
    with TextWriter(folder / FOLDER) as store:
        for text in made(documents):
            header = Header(f"0009000001-17-{text.submission:06}", text.form)
            document = Document(text.form, text.ordinal, str(text.ordinal), "", b"")
            entry = IndexedDocument(header, document, ExtractedText(text.words, Reading.TEXT), "a.txt")
            builder.add(entry, stored(entry, text=str(store.add(text.words)), header=""))
    writer.add([builder.finish()])
    writer.commit()
    writer.close()


def ours(folder: Path, documents: int, asked: list[list[str]]) -> dict[str, Any]:
    """Milliseconds a passage, of hits and of the long document."""
    our_index(folder, documents)
    searcher = LocalSearcher.open(folder)
    times: dict[str, list[float]] = {"hits": [], "long document": []}
    for words in asked * 4:
        tree = And(tuple(map(Term, words)))
        found = [hit.documents[0].handle for hit in searcher.search(Question(tree, 10, 0, documents=1)).hits]
        times["hits"] += [_timed(_cut, searcher, tree, one) for one in found]
        times["long document"].append(_timed(_cut, searcher, Term(words[0]), searcher.handle(LONG_ID)))
    return {kind: spread(kept) for kind, kept in times.items()}


def _cut(searcher: LocalSearcher, tree: Query, document: Handle) -> tuple[Snippet, ...]:
    asked = sought(searcher, tree)
    assert asked is not None
    return located(IndexedText(searcher, document, ""), asked, cut=Cut())


def tantivys(folder: Path, documents: int, asked: list[list[str]]) -> dict[str, Any]:
    """The same with tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True)
    index = tantivy.Index(builder.build(), str(folder))
    writer = index.writer(256_000_000, 1)
    for text in made(documents):
        writer.add_document(tantivy.Document(text=text.words))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, times = index.searcher(), []
    for words in asked * 4:
        parts = [(tantivy.Occur.Must, tantivy.Query.term_query(index.schema, "text", word)) for word in words]
        query = tantivy.Query.boolean_query(parts)
        found = searcher.search(query, 10).hits
        maker = tantivy.SnippetGenerator.create(searcher, query, index.schema, "text")
        times += [_timed(_passage, maker, searcher, address) for _, address in found]
    return {"hits": spread(times)}


def _passage(maker: Any, searcher: Any, address: Any) -> str:
    return str(maker.snippet_from_doc(searcher.doc(address)).to_html())


def _timed(do: Callable[..., object], *given: Any, **options: Any) -> float:
    began = time.perf_counter()
    do(*given, **options)
    return (time.perf_counter() - began) * 1e3


def measured(folder: Path, *, documents: int = 5000) -> dict[str, Any]:
    """Both engines over the same texts and queries."""
    draw, vocabulary = random.Random(4), Vocabulary(Generator(PCG64(1)))
    asked = [[draw.choice(vocabulary.words[10:110]), draw.choice(vocabulary.words[110:600])] for _ in range(25)]
    found = {}
    for name, measure in (("this program", ours), ("tantivy", tantivys)):
        said(f"passages: {name}")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        found[name] = measure(folder, documents, asked)
    shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
