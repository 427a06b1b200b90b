"""docs/query-language.md is true: every example, every error, every field, every limit."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.edgar.items import Item
from indexer.edgar.roles import Role
from indexer.extracted import FormRow, Reading
from indexer.fields.entries import IndexedDocument
from indexer.fields.schema import ASKED
from indexer.filings import Address as PostalAddress
from indexer.filings import Document, ExtractedText, FormerName, Header, Party
from indexer.literals.amounts import amounts
from search.errors import QuerySyntaxError
from search.parsing.parser import parse_query, parse_query_lenient
from search.query import limits
from search.query.matcher import match
from search.results import Question
from search.searchers.memory import MemorySearcher
from search.terms.synonyms import Synonyms
from tests.indexer.outline.reports import sections

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "query-language.md").read_text("utf-8")
FORMS = ("A", "D", "E", "F", "G", "H")


class Example(NamedTuple):
    query: str
    finds: str
    exact: bool
    synonyms: Synonyms


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def tables() -> Iterator[tuple[str, list[list[str]]]]:
    """Each table's heading line, and its rows."""
    for found in re.finditer(r"^\|(.+)\|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.MULTILINE):
        yield found[1].strip(), rows(found[2])


def party(described: str) -> Party:
    found = re.fullmatch(r"([a-z-]+) (.+) \(CIK (\d{10}), (\w\w)(?:, formerly (.+))?\)", described.strip())
    assert found, described
    role, name, cik, state, former = found.groups()
    formers = (FormerName(former),) if former else ()
    return Party(Role(role), name, cik, business_address=PostalAddress(state=state), former_names=formers)


def form_rows(letter: str) -> tuple[FormRow, ...]:
    """The rows that the page gives a document."""
    [(heading, cells)] = [each for each in tables() if each[0].startswith("row of")]
    names = [name.strip().replace(" ", "_") for name in heading.split("|")[1:]]
    return tuple(FormRow(**dict(zip(names, row[1:], strict=True))) for row in cells if row[0] == letter)


def entry(cells: list[str], number: int) -> IndexedDocument:
    letter, form, kind, filed, items, parties, text = cells
    filing = letter if letter in FORMS else "A"
    header = Header(
        accession_number=f"0009000001-17-{FORMS.index(filing):06}",
        form=form,
        filed=date.fromisoformat(filed),
        items=tuple(Item(code, "") for code in items.split(", ") if code),
        parties=tuple(party(each) for each in parties.split(";")),
    )
    ordinal = "ABC".index(letter) + 1 if letter in "ABC" else 1
    document = Document(kind, ordinal, f"{letter}.htm", "", b"", ordinal=ordinal)
    lines = text.replace("<br>", "\n")
    extracted = ExtractedText(lines, Reading.TEXT, sections=sections(lines, kind, header.filed), rows=form_rows(letter))
    return IndexedDocument(header, document, extracted, "page")


def documents() -> list[IndexedDocument]:
    [cells] = [cells for heading, cells in tables() if heading.startswith("| form | document")]
    return [entry(each, number) for number, each in enumerate(cells)]


def examples() -> Iterator[Example]:
    group = re.search(r"With the group `(.+)`:", PAGE)
    assert group
    synonyms = Synonyms.of([group[1].split(",")])
    for heading, cells in tables():
        if heading.startswith("query | finds"):
            for query, finds in cells:
                asked = synonyms if "synonyms" in heading else Synonyms.of([])
                yield Example(query.strip("`"), finds, "exact" in heading, asked)


def errors() -> list[str]:
    return re.findall(r"^```\n(.+?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def searcher() -> MemorySearcher:
    return MemorySearcher.of(documents())


def test_the_page_has_examples() -> None:
    assert len(documents()) == 8
    assert len(list(examples())) > 130
    assert len(errors()) > 15


@pytest.mark.parametrize(
    "example", list(examples()), ids=lambda example: f"{example.query}{' exactly' * example.exact}"
)
def test_example_finds_what_the_page_says(searcher: MemorySearcher, example: Example) -> None:
    query = parse_query(example.query, exact=example.exact, synonyms=example.synonyms)
    hits = searcher.search(Question(query, limit=None, documents=9)).hits
    found = sorted(document.filename[0] for hit in hits for document in hit.documents)
    assert " ".join(found) == example.finds


@pytest.mark.parametrize("drawn", errors())
def test_error_is_drawn_as_the_page_says(drawn: str) -> None:
    query = drawn.split("\n  ")[1]
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(query)
    assert str(caught.value) == drawn
    if drawn in PAGE[PAGE.index("## Operators of other") : PAGE.index("## What cannot be read")]:
        with pytest.raises(QuerySyntaxError, match=re.escape(drawn)):
            parse_query_lenient(query)
    else:
        assert parse_query_lenient(query).notes


def test_notes_are_as_the_page_says() -> None:
    [cells] = [cells for heading, cells in tables() if heading.startswith("typed | the note")]
    assert [(typed, *parse_query_lenient(typed.strip("`")).notes) for typed, _ in cells] == [
        (typed, note) for typed, note in cells
    ]


def test_every_field_is_named_with_its_other_names() -> None:
    [cells] = [cells for heading, cells in tables() if heading.startswith("field | also")]
    spelled = [
        (f"`{field.name.replace('_', '-')}`", ", ".join(f"`{a}`" for a in other_names(field.name, field.aliases)))
        for field in ASKED
    ]
    assert [(name, also) for name, also, _ in cells] == spelled
    assert [about for *_, about in cells] == [field.about for field in ASKED]


def other_names(name: str, aliases: tuple[str, ...]) -> list[str]:
    return [alias for alias in aliases if alias.replace("-", "_") != name]


def test_the_limits_are_those_of_the_program() -> None:
    stated = PAGE[PAGE.index("## Limits") :]
    for bound in (limits.MAX_LENGTH, limits.MAX_WORDS, limits.MAX_DEPTH, limits.MAX_DISTANCE, limits.MAX_BOOST):
        assert f"{bound:,}" in stated
    assert (limits.MAX_NEAR_PARTS, limits.MAX_BEFORE_PARTS) == (5, 50)
    assert "five parts, `BEFORE` fifty parts" in stated


def cells_of_texts() -> Iterator[tuple[str, list[str], list[str]]]:
    """What is typed, the texts it finds, and those it does not."""
    for heading, cells in tables():
        if heading.startswith("typed | finds texts with"):
            for typed, finds, leaves in cells:
                yield typed.strip("`"), re.findall(r"`([^`]+)`", finds), re.findall(r"`([^`]+)`", leaves)


@pytest.mark.parametrize(("typed", "finds", "leaves"), list(cells_of_texts()))
def test_every_typed_word_finds_these_texts_and_not_those(typed: str, finds: list[str], leaves: list[str]) -> None:
    query = parse_query(typed)

    def is_found(text: str) -> bool:
        document = {"text": (f"as {text} is",), "amount": amounts(text)}
        return match(query, document) is not None

    assert [text for text in finds if not is_found(text)] == []
    assert [text for text in leaves if is_found(text)] == []
