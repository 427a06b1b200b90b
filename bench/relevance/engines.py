"""The engines whose ranking is compared, over the same documents, words and fields: filings in order for a question.

Each is given what a person typed. Words are searched for in the text and in the title (what the document is called);
a filing ranks by its best document. The peers ask for any of the words, which is what they do when a person types
words; quoted phrases are phrases everywhere.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from indexer.analysis.tokenizer import tokenize

Ranked = Callable[[str, int], list[str]]
"""Accession numbers for a question, the best first, at most so many."""

_MORE = 8
"""Documents that are asked of a peer for each filing that is wanted, for several may be of one filing."""


class Entry(NamedTuple):
    """A document: of which filing, and its title and text as words joined by blanks."""

    accession: str
    title: str
    text: str


def parts(question: str) -> list[list[str]]:
    """Return the words and phrases of a question, each as its words.

    >>> parts('"going concern" doubt')
    [['going', 'concern'], ['doubt']]
    """
    found = []
    for quoted, word in re.findall(r'"([^"]*)"|(\S+)', question):
        words = [token.word for token in tokenize(quoted or word)]
        found += [words] if quoted else [[each] for each in words]
    return [part for part in found if part]


def filings(documents: Iterable[str], wanted: int) -> list[str]:
    """Return the first filings of documents in order, each once; a document is called by its filing's number."""
    return list(dict.fromkeys(documents))[:wanted]


def ours(index: Path, entries: Sequence[Entry]) -> Ranked:
    """Open this program's index; `entries` are in it already."""
    from search.ask import Index, Wanted
    from search.errors import QuerySyntaxError

    opened = Index(index)

    def ranked(question: str, wanted: int) -> list[str]:
        try:
            found = opened.search(question, wanted=Wanted(limit=wanted, documents=1, snippets=0, relaxed=True))
        except QuerySyntaxError:  # an operator of another system: nothing is shown
            return []
        return [hit.accession for hit in found.hits]

    return ranked


def fts5(index: Path, entries: Sequence[Entry]) -> Ranked:
    """Index with SQLite's FTS5, ranked by its bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE documents USING fts5(accession UNINDEXED, title, text, tokenize='porter')")
    connection.executemany("INSERT INTO documents VALUES (?, ?, ?)", entries)

    def ranked(question: str, wanted: int) -> list[str]:
        asked = " OR ".join('"' + " ".join(part) + '"' for part in parts(question))
        select = "SELECT accession FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?"
        return filings((row[0] for row in connection.execute(select, (asked, wanted * _MORE))), wanted)

    return ranked


def tantivy(index: Path, entries: Sequence[Entry]) -> Ranked:
    """Index with tantivy, with its English stemmer."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("accession", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("text", tokenizer_name="en_stem")
    made = engine.Index(builder.build())
    writer = made.writer(heap_size=200_000_000, num_threads=1)
    for entry in entries:
        writer.add_document(engine.Document(accession=entry.accession, title=entry.title, text=entry.text))
    writer.commit()
    made.reload()
    searcher = made.searcher()

    def ranked(question: str, wanted: int) -> list[str]:
        asked = " ".join('"' + " ".join(part) + '"' for part in parts(question))
        query = made.parse_query(asked, ["title", "text"])
        hits = searcher.search(query, wanted * _MORE).hits
        return filings((searcher.doc(address)["accession"][0] for _, address in hits), wanted)

    return ranked


def whoosh(index: Path, entries: Sequence[Entry]) -> Ranked:
    """Index with Whoosh as it comes, any of the words."""
    from whoosh import fields, query
    from whoosh.analysis import StemmingAnalyzer
    from whoosh.filedb.filestore import RamStorage

    analyzer = StemmingAnalyzer(r"[^\W_]+", stoplist=None)
    schema = fields.Schema(
        accession=fields.STORED, title=fields.TEXT(analyzer=analyzer), text=fields.TEXT(analyzer=analyzer)
    )
    made = RamStorage().create_index(schema)
    writer = made.writer(limitmb=512)
    for entry in entries:
        writer.add_document(accession=entry.accession, title=entry.title, text=entry.text)
    writer.commit()
    searcher = made.searcher()

    def tree(part: Sequence[str]) -> Any:
        stems = [token.text for token in analyzer(" ".join(part))]
        leaves = [query.Phrase(f, stems) if len(stems) > 1 else query.Term(f, stems[0]) for f in ("title", "text")]
        return query.Or(leaves)

    def ranked(question: str, wanted: int) -> list[str]:
        found = searcher.search(query.Or([tree(part) for part in parts(question)]), limit=wanted * _MORE)
        return filings((hit["accession"] for hit in found), wanted)

    return ranked


ENGINES: dict[str, Callable[[Path, Sequence[Entry]], Ranked]] = {
    "this program": ours,
    "tantivy": tantivy,
    "FTS5": fts5,
    "stock Whoosh": whoosh,
}
