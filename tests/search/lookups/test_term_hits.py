"""Where the parts of a query stand: as many as they are counted, and what stands there is what was asked."""

from functools import partial
from pathlib import Path

import pytest

from search.ask import Index
from search.lookups.lookup import Lookup
from search.lookups.term_counts import counted, tally
from search.lookups.term_hits import term_hits
from search.parsing.parser import parse_query
from search.passages.indexed import IndexedText

QUERIES = (
    "orphan drug license",
    '"orphan drug" OR licens*',
    "drug NEAR(5) license",
    "company -drug",
    "licence~ Europe",
    "section:1A company",
    "form:8-K",
    "AT&T OR C++ OR $5",
    "company /s agreement",
    "the OR §",
    "=agreement AND (the OR of)",
)


@pytest.mark.parametrize("query", QUERIES)
def test_there_are_as_many_hits_as_are_counted(sample_index: Path, query: str) -> None:
    with Index(sample_index) as index:
        tree = index.tree(Lookup(query))
        for hit in index.find(Lookup("company OR drug")).hits:
            for document in hit.documents:
                text, sections = index.engine.text(document.handle), index.engine.parts(document.handle).sections
                found = term_hits(tree, text, sections)
                looked_up = partial(IndexedText, index.engine, document.handle, document.id)
                assert term_hits(tree, text, sections, located=looked_up) == found
                assert tuple(len(each.spans) for each in found) == tally(counted(tree), [text], [sections])


def test_what_stands_there() -> None:
    text = "Ein Ｏｒｐｈａｎ-drug; ﬁled drugs, AT&T"
    found = term_hits(parse_query('"orphan drug" OR filed OR "at&t"'), text)
    assert [[text[start:end] for start, end in each.spans] for each in found] == [
        ["Ｏｒｐｈａｎ-drug"],
        ["ﬁled"],
        ["AT&T"],
    ]
