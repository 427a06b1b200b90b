"""Trees are written as text that reads back, and drawn a line a part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.parsing.format import MAX_LINE, draw, format_query
from search.parsing.parser import parse_query, parse_value
from search.parsing.row_scope import rowed
from search.parsing.section_scope import asks_text
from search.query import nodes as q

words = st.text(alphabet="abж7", min_size=1, max_size=4).filter(lambda word: not word.isdecimal())
exact = st.builds(q.Term, words, st.just(True))
patterns = st.one_of(st.builds(q.Prefix, words), st.builds(q.Wildcard, words.map(lambda word: f"{word}?{word}")))
fuzzy = st.builds(q.Fuzzy, words.map(lambda word: f"{word}xyz"), st.integers(1, 2))
phrases = st.builds(q.Phrase, st.lists(exact | patterns, min_size=2, max_size=3).map(tuple))
leaves = st.one_of(st.builds(q.Term, words, st.booleans()), patterns, fuzzy, phrases)


def several(parts: st.SearchStrategy[q.Query]) -> st.SearchStrategy[tuple[q.Query, ...]]:
    return st.lists(parts, min_size=2, max_size=3).map(tuple)


near = st.builds(q.Near, several(leaves | st.builds(q.Or, several(leaves))), st.integers(0, 500), st.booleans())


def is_span(span: q.Range) -> bool:
    """Tell whether a range ends after it begins."""
    return span.low is None or span.high is None or span.low <= span.high


name = exact | patterns
day = st.sampled_from([20170101, 20170308, 20181231])
names = st.sampled_from(["J. O'Brien & Co", "aaaa", "acme beta", "L.P.", "417", "b*"]).map(
    lambda text: parse_value("company", text).query  # type: ignore[attr-defined]
)
amount = st.none() | st.sampled_from([0, 250_000, 10_000_001, 7_999_999])
rows = st.one_of(
    st.builds(q.Field, st.just("transaction"), st.sampled_from("psa").map(lambda code: q.Term(code, exact=True))),
    st.builds(q.Field, st.sampled_from(["shares", "price"]), st.builds(q.Range, amount, amount).filter(is_span)),
    st.sampled_from(["CFO", "vice president", "counsel"]).map(lambda title: parse_value("officer-title", title)),
)
headers = st.one_of(
    st.builds(q.Field, st.just("series"), name | st.builds(q.Or, several(name))),
    st.builds(q.Field, st.sampled_from(["company", "filed_by"]), names | st.builds(q.Or, several(names))),
    rows,
    st.builds(
        q.Field, st.just("filed"), st.builds(q.Range, day, st.none()) | day.map(lambda each: q.Range(each, each))
    ),
    st.builds(
        q.Field, st.sampled_from(["form", "file_number"]), st.builds(q.Term, st.just("sc 13d (x)"), st.just(True))
    ),
    st.builds(q.Field, st.just("type"), st.sampled_from([q.Prefix("ex-10 "), q.Prefix(""), q.Wildcard("ex-?0*.1")])),
    st.builds(q.Field, st.just("sic"), st.builds(q.Range, st.none() | st.just(1), st.none() | st.just(9))),
    st.builds(q.Field, st.just("title"), leaves | near | st.builds(q.Boost, leaves, st.just(0.5))),
)
item = st.sampled_from(["1a", "1", "7.01", "i.2", "*", "7*", "?a", "1*"])
section = item.map(lambda name: parse_value("section", name).query)  # type: ignore[attr-defined]
sections = section | st.builds(q.Or, several(section))


def within(names: q.Query, query: q.Query) -> q.Query:
    """What a text can give: a Within bounds something."""
    return q.Within(names, query) if asks_text(query) else query


def conjunction(parts: tuple[q.Query, ...]) -> q.Query:
    """What a text can give: values of rows are of one row."""
    same = rowed(parts)
    return q.And(same) if len(same) > 1 else same[0]


trees = st.recursive(
    leaves | near | headers,
    lambda inner: st.one_of(
        several(inner).map(conjunction),
        st.builds(q.Or, several(inner)),
        st.builds(q.Not, inner),
        st.builds(q.Boost, inner, st.sampled_from([0.00001, 0.1, 2.0, 1000.0])),
        st.builds(within, sections, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(trees)
def test_a_tree_is_written_as_a_query_that_becomes_it(query: q.Query) -> None:
    assert parse_query(format_query(query)) == query


@pytest.mark.parametrize(
    "text",
    [
        "license",
        "=license",
        "a b OR -c",
        "(a OR b) -(c d)",
        '"orphan drug" NEAR(5) (licens* OR =fee)',
        "company:acme form:=8-k filed:2017-01-01..2017-12-31",
        "(a OR b)**2 c**0.5",
        "word~2 w?rd *ing",
        'form:="sc 13d" type:ex-10.*',
        "*:* -a",
        "section:1a climate",
        "section:(1a OR 7*) climate -flood",
        "(section:7.01 climate) form:=8-k",
        "section:i.2 (climate OR flood) a NEAR(2) b",
        "(section:1a climate) (section:7 climate)",
        "section:1a (section:7 climate) flood",
        "section:1a -section:7",
        "-(section:=2 climate)",
    ],
)
def test_what_is_written_is_what_a_person_would_write(text: str) -> None:
    assert format_query(parse_query(text)) == text


def test_a_tree_is_drawn_a_line_a_part() -> None:
    query = parse_query('licens* (orphan OR "rare disease") -form:4 company:(acme OR beta) fee NEAR(4) pay')
    assert [line for line, _, _ in draw(query)] == [
        "all of",
        "  licens*",
        "  any of",
        "    orphan",
        '    "rare disease"',
        "  not",
        "    form:(=4 OR =4/a)",
        "  company:",
        "    any of",
        "      acme",
        "      beta",
        "  at most 4 words between",
        "    fee",
        "    pay",
    ]


def test_what_is_bounded_is_drawn_below_its_sections() -> None:
    drawn = list(draw(parse_query("section:(1A OR 7) climate -flood filed:2017")))
    assert [line for line, _, _ in drawn] == [
        "all of",
        "  within section:(1a OR 7)",
        "    all of",
        "      climate",
        "      not",
        "        flood",
        "  filed:2017-01-01..2017-12-31",
    ]
    assert drawn[3][1] == parse_query("section:(1A OR 7) climate")
    assert [line for line, _, _ in draw(parse_query("section:7 climate"))] == ["section:7 climate"]


def test_a_drawing_names_the_field_of_each_part() -> None:
    query = parse_query("a company:(b OR c)")
    assert [field for _, _, field in draw(query)] == ["text", "text", "text", "company", "company", "company"]


def test_long_lists_are_cut_in_a_drawing() -> None:
    [(line, _, _)] = draw(parse_query("form:registration"))
    assert len(line) <= MAX_LINE + 2
    assert line.endswith(" …")
