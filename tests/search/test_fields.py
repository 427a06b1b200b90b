"""Every field that `--fields` lists finds something in the sample corpus."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.fields.schema import ASKED, SchemaField
from search.parsing.parser import parse_query
from search.searchers.local import LocalSearcher


@pytest.fixture(scope="module")
def searcher(sample_index: Path) -> Iterator[LocalSearcher]:
    opened = LocalSearcher.open(sample_index)
    yield opened
    opened.close()


@pytest.mark.parametrize("field", ASKED, ids=lambda field: field.name)
def test_a_field_finds_something(searcher: LocalSearcher, field: SchemaField) -> None:
    """A field of one value in each document finds some of its values; `text` is asked for a word."""
    assert searcher.count(parse_query("text:the" if field.name == "text" else f"{field.name}:*"))
