"""What a query was understood to ask, with what its words stand for and how many documents each part finds."""

from indexer.edgar.roles import Role
from indexer.extracted import Reading, Section
from indexer.fields.entries import IndexedDocument
from indexer.filings import Document, ExtractedText, Header, Party
from search.lookups.explain import explain
from search.parsing.parser import parse_query
from search.searchers.memory import MemorySearcher


def searcher() -> MemorySearcher:
    texts = ["an orphan drug license", "licensing of drugs", *(f"w{number}" for number in range(20))]
    return MemorySearcher.of(
        IndexedDocument(
            Header(f"0009000001-17-{number:06}", "8-K", parties=(Party(Role.FILER, "Acme"),)),
            Document("8-K", 1, "a.htm", "", b""),
            ExtractedText(text, Reading.TEXT),
            "",
        )
        for number, text in enumerate(texts)
    )


def test_with_an_index_it_counts_and_expands() -> None:
    query = parse_query('license (="drug" OR "orphan dr*") -form:=10-k company:acm*')
    assert list(explain(query, searcher())) == [
        "all of  [1 document]",
        "  license  [2 documents]",
        "      stands for license, licensing",
        "  any of  [1 document]",
        "    =drug  [1 document]",
        '    "orphan dr*"  [1 document]',
        "        stands for drug, drugs",
        "  not  [22 documents]",
        "    form:=10-k  [0 documents]",
        "  company:acm*  [22 documents]",
        "      stands for acme",
    ]


def test_what_is_asked_of_a_section_is_counted_there() -> None:
    text = "Item 1A Risks of drugs Item 7 Costs of licensing"
    extracted = ExtractedText(text, Reading.TEXT, sections=(Section("1A", "", 0, 23), Section("7", "", 23, 48)))
    entry = IndexedDocument(Header("0009000001-17-000001", "10-K"), Document("10-K", 1, "a", "", b""), extracted, "")
    assert list(explain(parse_query("section:7 (license OR drug) -form:4"), MemorySearcher.of([entry]))) == [
        "all of  [1 document]",
        "  within section:7  [1 document]",
        "    any of  [1 document]",
        "      license  [1 document]",
        "          stands for licensing",
        "      drug  [0 documents]",
        "          stands for drugs",
        "  not  [1 document]",
        "    form:(=4 OR =4/a)  [0 documents]",
    ]


def test_long_and_empty_expansions_are_said() -> None:
    assert list(explain(parse_query("w*"), searcher()))[1].endswith("and 8 more")
    assert list(explain(parse_query("zebra"), searcher())) == [
        "zebra  [0 documents]",
        "    stands for no word of the index",
    ]
