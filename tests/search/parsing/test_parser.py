"""Queries become the trees they mean, wrong ones are told what is wrong, and none takes the program down."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, UnknownFieldError
from search.parsing.asides import asides
from search.parsing.format import format_query
from search.parsing.parser import MAX_NOTES, parse_query, parse_query_lenient, parse_typed, parse_value
from search.query import limits
from search.query import nodes as q
from search.terms.synonyms import Synonyms

QUERIES = Path(__file__).resolve().parents[2] / "data" / "conformance" / "queries.txt"


def exactly(*words: str) -> tuple[q.Term, ...]:
    return tuple(q.Term(word, exact=True) for word in words)


def one(name: str, value: str) -> q.Field:
    return q.Field(name, q.Term(value, exact=True))


A, B, C, D, E = (q.Term(letter) for letter in "abcde")

TREES: dict[str, q.Query] = {
    "a": A,
    "e b c": q.And((E, B, C)),
    "a AND b": q.And((A, B)),
    "a OR b OR c": q.Or((A, B, C)),
    "a OR b c": q.Or((A, q.And((B, C)))),
    "e b OR c": q.Or((q.And((E, B)), C)),
    "a | b || c": q.Or((A, B, C)),
    "(a OR b) c": q.And((q.Or((A, B)), C)),
    "((a))": A,
    "e(b c)": q.And((E, q.And((B, C)))),
    "-a": q.Not(A),
    "NOT a": q.Not(A),
    "--a": q.Not(q.Not(A)),
    "NOT NOT a": q.Not(q.Not(A)),
    "a -b": q.And((A, q.Not(B))),
    "e NOT b c": q.And((E, q.Not(B), C)),
    "e - b": q.And((E, B)),
    "a - -b": q.And((A, q.Not(B))),
    "-(a OR b)": q.Not(q.Or((A, B))),
    "NOT(a)": q.Not(A),
    'a -"b c"': q.And((A, q.Not(q.Phrase(exactly("b", "c"))))),
    "e & b": q.And((E, B)),
    '"a b"': q.Phrase(exactly("a", "b")),
    "“a b”": q.Phrase(exactly("a", "b")),
    '"a"': q.Term("a", exact=True),
    '"a-b c."': q.Phrase(exactly("a", "b", "c")),
    '"a b"c': q.And((q.Phrase(exactly("a", "b")), C)),
    "=a": q.Term("a", exact=True),
    '="a b"': q.Phrase(exactly("a", "b")),
    "=(a OR b)": q.Or(exactly("a", "b")),
    "=(a OR b) c": q.And((q.Or(exactly("a", "b")), C)),
    "form:=(4 OR 5)": q.Field("form", q.Or(exactly("4", "5"))),
    "e = b": q.And((E, B)),
    "a=b": q.Phrase(exactly("a", "b")),
    "10b-5": q.Phrase(exactly("10b", "5")),
    "AT&T": q.Phrase(exactly("at", "t")),
    "U.S.": q.Or((q.Phrase(exactly("u", "s")), q.Term("^us", exact=True))),
    "US b": q.And((q.Or((q.Term("us"), q.Phrase(exactly("u", "s")))), B)),
    "US B": q.And((q.Term("us"), B)),
    "us b": q.And((q.Term("us"), B)),
    '"US" b': q.And((q.Term("us", exact=True), B)),
    "=U.S.": q.Phrase(exactly("u", "s")),
    "1.5": q.Term("1.5"),
    "=1.5": q.Term("1.5", exact=True),
    "non-GAAP": q.Or((q.Phrase(exactly("non", "gaap")), q.Term("nongaap"))),
    "=non-GAAP": q.Phrase(exactly("non", "gaap")),
    '"non-GAAP"': q.Phrase(exactly("non", "gaap")),
    "$1,234.56": q.Term("1234.56"),
    "=$1,234.56": q.Term("$1234.56", exact=True),
    '"$5 million"': q.Phrase(exactly("$5", "million")),
    '"5%"': q.Term("%5", exact=True),
    "C++": q.Term("+c", exact=True),
    "8½%": q.Phrase(exactly("8", "1", "2")),
    "13-1234567": q.Or((q.Phrase(exactly("13", "1234567")), q.Term("131234567", exact=True))),
    "amount:1.5m..2m": q.Field("amount", q.Range(150_000_000, 200_000_000)),
    "amount:1,500": one("amount", "150000"),
    "401(k)": q.Phrase(exactly("401", "k")),
    "13(d)(1)(ii)": q.Phrase(exactly("13", "d", "1", "ii")),
    "Ärzte": q.Term("arzte"),
    "a*": q.Prefix("a"),
    "a**": q.Prefix("a"),
    "a*b": q.Wildcard("a*b"),
    "*a": q.Wildcard("*a"),
    "a?b": q.Wildcard("a?b"),
    "?-0有": q.Phrase(exactly("0", "有")),
    "a*-0有限": q.Phrase((q.Prefix("a"), *exactly("0", "有限"))),
    "a?*": q.Wildcard("a?*"),
    "A**B*": q.Wildcard("a*b*"),
    "a-b*": q.Phrase((q.Term("a", exact=True), q.Prefix("b"))),
    '"a* b?c"': q.Phrase((q.Prefix("a"), q.Wildcard("b?c"))),
    '"what is it ?"': q.Phrase(exactly("what", "is", "it")),
    "word~": q.Fuzzy("word"),
    "word~2": q.Fuzzy("word", 2),
    "a NEAR(5) b": q.Near((A, B), 5),
    "a NEAR (5) b": q.Near((A, B), 5),
    "a NEAR( 5 ) b": q.Near((A, B), 5),
    "a NEAR/5 b": q.Near((A, B), 5),
    "a w/5 b": q.Near((A, B), 5),
    "a BEFORE(0) b": q.Near((A, B), 0, ordered=True),
    "a /5 b": q.Near((A, B), 5),
    "a +5 b": q.Near((A, B), 5, ordered=True),
    "a /5 b w/5 c": q.Near((A, B, C), 5),
    "a /05 (b OR c)": q.Near((A, q.Or((B, C))), 5),
    '"a b" +3 "c d"': q.Near((q.Phrase(exactly("a", "b")), q.Phrase(exactly("c", "d"))), 3, ordered=True),
    "a /s b": q.Same((A, B), "sentence"),
    "a /P b w/p c": q.Same((A, B, C), "paragraph"),
    "a +s b": q.Same((A, B), "sentence", ordered=True),
    "a pre/p b": q.Same((A, B), "paragraph", ordered=True),
    "e b /s c d": q.And((E, q.Same((B, C), "sentence"), D)),
    "-a /s b": q.Not(q.Same((A, B), "sentence")),
    "terminat!": q.Prefix("terminat"),
    "e terminat! /s b!": q.And((E, q.Same((q.Prefix("terminat"), q.Prefix("b")), "sentence"))),
    "company:Yahoo!": q.Field("company", q.Prefix("yahoo")),
    '"Yahoo! Inc."': q.Phrase(exactly("yahoo", "inc")),
    "e ! b": q.And((E, B)),
    "a!!": A,
    "24/7 e": q.And((q.Phrase(exactly("24", "7")), E)),
    "a/s b": q.And((q.Phrase(exactly("a", "s")), B)),
    "e /s": q.And((E, q.Term("s"))),
    "/5 e": q.And((q.Term("5"), E)),
    "e +1 212 555": q.And((E, q.Term("1"), q.Term("212"), q.Term("555"))),
    "e +1 (212) 555": q.And((E, q.Term("1"), q.Term("212"), q.Term("555"))),
    "e 5 % b": q.And((E, q.Term("5"), B)),
    "a%": A,
    '"a “b” c"': q.Phrase(exactly("a", "b", "c")),
    "“a “b” c”": q.Phrase(exactly("a", "b", "c")),
    '“a"': q.Term("a", exact=True),
    '"a?/b"': q.Phrase((q.Wildcard("a?"), q.Term("b", exact=True))),
    "a pre/3 b": q.Near((A, B), 3, ordered=True),
    "a NEAR(5) b NEAR(5) c": q.Near((A, B, C), 5),
    "e b NEAR(1) c d": q.And((E, q.Near((B, C), 1), D)),
    "-a NEAR(1) b": q.Not(q.Near((A, B), 1)),
    'a* NEAR(2) ("b c" OR d)': q.Near((q.Prefix("a"), q.Or((q.Phrase(exactly("b", "c")), D))), 2),
    "a NEAR(2) (b OR (c OR d))": q.Near((A, q.Or((B, q.Or((C, D))))), 2),
    "a**2": q.Boost(A, 2.0),
    "a^1.5 b": q.And((q.Boost(A, 1.5), B)),
    '"a b"**3': q.Boost(q.Phrase(exactly("a", "b")), 3.0),
    "(a OR b)**2": q.Boost(q.Or((A, B)), 2.0),
    "*:*": q.Everything(),
    "*:* -a": q.And((q.Everything(), q.Not(A))),
    "form:=8-K": one("form", "8-k"),
    "FORM:=8-K": one("form", "8-k"),
    'form:="SC 13D"': one("form", "sc 13d"),
    "form:4": q.Field("form", q.Or(exactly("4", "4/a"))),
    "form:4/A": one("form", "4/a"),
    "form:=4,5": q.Field("form", q.Or(exactly("4", "5"))),
    "form:=4,": one("form", "4"),
    'form:="4,5"': one("form", "4,5"),
    "filed:2017,2019": q.Field("filed", q.Or((q.Range(20170101, 20171231), q.Range(20190101, 20191231)))),
    "form:(=4 OR =5)": q.Field("form", q.Or(exactly("4", "5"))),
    "-form:=4": q.Not(one("form", "4")),
    "form:10-*": q.Field("form", q.Prefix("10-")),
    "form:=+p": one("form", "+p"),
    "form:=8-K**2": q.Boost(one("form", "8-k"), 2.0),
    "exhibit:=10.1": one("type", "ex-10.1"),
    "type:8-K": one("type", "8-k"),
    "cik:320193": one("cik", "0000320193"),
    "cik:0000320193": one("cik", "0000320193"),
    "cik:CIK320193": one("cik", "0000320193"),
    "cik:1..2": q.Field("cik", q.Range(1, 2)),
    "item:7.01": one("item", "7.01"),
    "item:(1.01 9.01)": q.Field("item", q.And(exactly("1.01", "9.01"))),
    "state:delaware": one("state", "de"),
    "filed:2017": q.Field("filed", q.Range(20170101, 20171231)),
    "date:2017": q.Field("filed", q.Range(20170101, 20171231)),
    "filed:*": q.Field("filed", q.Range(None, None)),
    "sequence:>1": q.Field("sequence", q.Range(2, None)),
    "ticker:*": q.Field("ticker", q.Prefix("")),
    "company:*": q.Field("company", q.Prefix("")),
    "company:acme": one("company", "acme"),
    'company:"acme beta"': q.Field("company", q.Row(q.And(exactly("acme", "beta")), "acme beta")),
    "company:(a OR b)": q.Field("company", q.Or(exactly("a", "b"))),
    "company:a*": q.Field("company", q.Prefix("a")),
    "company:(a NEAR(2) b)": q.Field("company", q.Near(exactly("a", "b"), 2)),
    "company:(a text:b)": q.Field("company", q.And((q.Term("a", exact=True), q.Field("text", B)))),
    "owner:9": q.Field("owner", q.Or(exactly("0000000009", "9"))),
    "owner:=9": q.Field("owner", one("whole_name", "owner 9")),
    'owner:"9"': one("owner", "9"),
    "company:9": q.Field("company", q.Or((q.Term("9", exact=True), one("cik", "0000000009")))),
    "text:a": A,
    "text:(e b)": q.And((E, B)),
    "title:a": q.Field("title", A),
    "filed-by:a": one("filed_by", "a"),
    "filed_by:a": one("filed_by", "a"),
    "accession-number:000114420417013452": one("accession", "0001144204-17-013452"),
    "e\x00b": q.And((E, B)),
    "e\nb": q.And((E, B)),
}


@pytest.mark.parametrize("text", TREES)
def test_a_query_becomes_the_tree_it_means(text: str) -> None:
    assert parse_query(text) == TREES[text]
    assert parse_query_lenient(text).query == TREES[text]
    assert parse_query_lenient(text).notes == ()


@pytest.mark.parametrize("text", TREES)
def test_a_tree_is_written_as_a_query_that_becomes_it(text: str) -> None:
    assert parse_query(format_query(TREES[text])) == TREES[text]


@pytest.mark.parametrize("text", ["a", "a NEAR(2) b", "title:a", "a OR b"])
def test_exactly_makes_every_word_exact(text: str) -> None:
    assert "exact=False" not in repr(parse_query(text, exact=True))
    assert parse_query("word~2", exact=True) == q.Phrase(exactly("word", "2"))


ERRORS = {
    "": ("there is nothing to search for", ""),
    "   ": ("there is nothing to search for", "   "),
    "& -": ("there is nothing to search for", "& -"),
    "*": ("* needs letters or digits beside it", "*"),
    "a *": ("* needs letters or digits beside it", "*"),
    "a-*": ("* needs letters or digits beside it", "a-*"),
    '"a b': ('this " is never closed', '"'),
    '""': ("there is no word between these quotes", '""'),
    '"*"': ("there is no word between these quotes", '"*"'),
    "(a b": ("this ( is never closed", "("),
    "a b)": ("there is no ( for this )", ")"),
    "()": ("there is nothing between these parentheses", "()"),
    "( & )": ("there is nothing between these parentheses", "( & )"),
    "a OR": ("OR needs something on both sides", "OR"),
    "OR a": ("OR needs something on both sides", "OR"),
    "a OR OR b": ("OR needs something on both sides", "OR"),
    "AND a": ("AND needs something on both sides", "AND"),
    "a AND": ("AND needs something on both sides", "AND"),
    "a AND AND b": ("AND needs something on both sides", "AND"),
    "a AND OR b": ("AND needs something on both sides", "AND"),
    "NOT": ("there is nothing after this to leave out", "NOT"),
    "a NOT": ("there is nothing after this to leave out", "NOT"),
    "-(&)": ("there is nothing between these parentheses", "(&)"),
    "NEAR(5) a": ("NEAR needs something on both sides", "NEAR(5)"),
    "a NEAR(5)": ("NEAR needs something on both sides", "NEAR(5)"),
    "a NEAR(5) NEAR(5) b": ("NEAR needs something on both sides", "NEAR(5)"),
    "a BEFORE(5) -b": ("BEFORE needs something on both sides", "BEFORE(5)"),
    "a NEAR b": ('NEAR needs a number of words: a NEAR(5) b; the word itself is written "near"', "NEAR"),
    '"a b" NEAR 9 c*': ('NEAR needs a number of words: "a b" NEAR(9) c*; ', "NEAR"),
    "a NEAR b NEAR(3) c": ("NEAR needs a number of words: a NEAR(3) b NEAR(3) c; ", "NEAR"),
    "a NEAR 9": ("NEAR needs a number of words: a NEAR(5) 9; ", "NEAR"),
    "a BEFORE b": ("BEFORE needs a number of words", "BEFORE"),
    "a NEAR(x) b": ("NEAR needs a number of words: a NEAR(5) (x) b; ", "NEAR"),
    f"a NEAR {'b' * 100}": ("NEAR needs a number of words, as in NEAR(5); ", "NEAR"),
    "a NEAR(501) b": ("NEAR allows at most 500 words between", "NEAR(501)"),
    f"a NEAR({'9' * 500}) b": ("NEAR allows at most 500 words between", f"NEAR({'9' * 500})"),
    "a NEAR(5) (b c)": ("NEAR joins words, phrases and ORs of them", "NEAR(5)"),
    "a NEAR(5) company:b": ("NEAR joins words, phrases and ORs of them", "NEAR(5)"),
    "a**2 NEAR(5) b": ("NEAR joins words, phrases and ORs of them", "NEAR(5)"),
    "(a NEAR(1) b) NEAR(5) c": ("NEAR joins words, phrases and ORs of them", "NEAR(5)"),
    "form:(a NEAR(1) b)": ("NEAR needs words; form is compared whole", "NEAR(1)"),
    "a NEAR(1) b NEAR(2) c": ("NEARs and BEFOREs in a row must be the same", "NEAR(2)"),
    "a NEAR(1) b BEFORE(1) c": ("NEARs and BEFOREs in a row must be the same", "BEFORE(1)"),
    " NEAR(1) ".join("abcdef"): ("NEAR takes at most 5 parts", "NEAR(1)"),
    " BEFORE(1) ".join("a" * 51): ("BEFORE takes at most 50 parts", "BEFORE(1)"),
    "word~3": ("a word can be off by 1 or 2 edits", "word~3"),
    f"word~{'9' * 5000}": ("a word can be off by 1 or 2 edits", f"word~{'9' * 5000}"),
    "ab~": ("ab is too short to be off by 1", "ab~"),
    "a-b~": ("~ belongs after a single word", "a-b~"),
    "wor*~": ("~ belongs after a single word", "wor*~"),
    '"a b"~5': ("~ belongs right after a word", "~5"),
    "a**0": ("a weight is more than 0", "**0"),
    "a**1001": ("a weight is more than 0", "**1001"),
    "form:": ("form: needs a value right after the colon", "form:"),
    "form: 8-K": ("form: needs a value right after the colon", "form:"),
    "form:)": ("form: needs a value right after the colon", "form:"),
    'form:""': ("form: needs a value", '""'),
    "form:,": ("form: needs a value", ","),
    "form:-4": ("to leave a value out, write -form:4", "-4"),
    "form:8-K,-4": ("to leave a value out, write -form:4", "8-K,-4"),
    "filed:-2017": ("to leave a value out, write -filed:2017", "-2017"),
    "filed:2017-13": ("there is no month 13", "2017-13"),
    "filed:2017-02-30": ("that month has 28 days", "2017-02-30"),
    "filed:whenever": ("whenever is not a date", "whenever"),
    "filed:03/08/2017": ("03/08/2017 is not a date", "03/08/2017"),
    "filed:0017": ("years are 1900 to 2099", "0017"),
    "filed:2018..2017": ("the range 2018..2017 ends before it begins", "2018..2017"),
    "filed:>": ("nothing is not a date", ">"),
    "sequence:x": ("x is not a number", "x"),
    "sequence:5..2": ("ends before it begins", "5..2"),
    "sic:5..2": ("ends before it begins", "5..2"),
}


@pytest.mark.parametrize("text", ERRORS)
def test_what_cannot_be_read_is_said_and_marked(text: str) -> None:
    message, marked = ERRORS[text]
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    assert message in caught.value.message
    assert caught.value.source == text
    assert text[slice(*caught.value.span)] == marked
    assert len(str(caught.value).splitlines()) == 3
    assert parse_query_lenient(text).notes


@pytest.mark.parametrize(
    ("text", "meant"), [("compnay:x", "company:"), ("forms:x", "form:"), ("filled-by:x", "filed-by:")]
)
def test_an_unknown_field_gets_the_nearest_named(text: str, meant: str) -> None:
    with pytest.raises(UnknownFieldError, match=f"did you mean {meant}") as caught:
        parse_query(text)
    assert text[slice(*caught.value.span)] == text.partition(":")[0]


def test_an_unknown_field_like_none_is_pointed_to_the_list() -> None:
    with pytest.raises(UnknownFieldError, match="search --fields lists them"):
        parse_query("https://www.example")


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        ('e "b c', q.And((E, B, C)), "never closed; ignored"),
        ('"a 12" b c"', q.Phrase(exactly("a", "12", "b", "c")), "read as one phrase"),
        ("(a OR b", q.Or((A, B)), "never closed"),
        ("a NEAR(5 b", q.And((A, q.And((q.Term("5"), B)))), "NEAR(5 is never closed; write NEAR(5)"),
        ("a) b", q.And((A, B)), "no ( for this )"),
        ("a OR", A, "OR"),
        ("a NEAR b", q.And((A, B)), "NEAR"),
        ("a NEAR(5) (b c)", q.And((A, q.And((B, C)))), "NEAR"),
        ("e filed:whenever", q.And((E, q.And((q.Term("filed"), q.Term("whenever"))))), "not a date"),
        ("a filed:(whenever OR 2017)", q.And((A, q.Field("filed", q.Range(20170101, 20171231)))), "not a date"),
        ("a NEAR(5) b BEFORE(3) c", q.And((q.Near((A, B), 5), q.Near((B, C), 3, ordered=True))), "must be the same"),
        ("a /s b /p c", q.And((q.Same((A, B), "sentence"), q.Same((B, C), "paragraph"))), "must be the same"),
        ("company:(a /s b)", q.Field("company", q.And(exactly("a", "b"))), "has no sentences"),
        ("word~3", q.Term("word"), "off by 1 or 2"),
        ("OR", q.Term("or"), "read as words"),
        ("NOT", q.Term("not"), "read as words"),
        ("NYSE:XYZ", q.And((q.Term("nyse"), q.Term("xyz"))), "there is no field NYSE"),
        ("a *", A, "*"),
        ("foo:e", q.And((q.Term("foo"), E)), "there is no field foo"),
        ("e form:", q.And((E, q.Term("form"))), "needs a value"),
        ("", q.Or(()), "nothing to search for"),
        ("()", q.Or(()), "nothing to search for"),
    ],
)
def test_the_lenient_reading_keeps_the_rest_and_says_what_it_ignored(text: str, query: q.Query, note: str) -> None:
    lenient = parse_query_lenient(text)
    assert lenient.query == query
    assert any(note in each for each in lenient.notes)


FOREIGN = {
    "auditor % resigned": ("%", "write NOT or -"),
    "auditor ADJ5 resigned": ("ADJ5", "write pre/5, or w/5"),
    "auditor adj resigned adj3 x": ("adj3", "write pre/3, or w/3"),
    "auditor NEAR5 resigned": ("NEAR5", "write pre/5, or w/5"),
    "auditor NEXT/2 resigned": ("NEXT/2", "write pre/2, or w/2"),
    "auditor within/2 resigned": ("within/2", "write pre/2, or w/2"),
    "auditor w/sent resigned": ("w/sent", "write w/s for one sentence, w/p for one paragraph"),
    "auditor Pre/Para resigned": ("Pre/Para", "write w/s for one sentence, w/p for one paragraph"),
    "atleast3(auditor)": ("atleast3", "often it occurs"),
    "auditor !resigned": ("!", "write NOT or -"),
    'auditor !"has resigned"': ("!", "write NOT or -"),
    "auditor !(resigned OR left)": ("!", "write NOT or -"),
    "[20170101 TO 20171231]": ("[20170101 TO 20171231]", "filed:20170101..20171231"),
    "a {b TO c} d": ("{b TO c}", "filed:b..c"),
    "filed:[2017-01-01 TO 2018]": ("[2017-01-01 TO 2018]", "filed:2017-01-01..2018"),
    "(a OR b) -!c": ("!", "write NOT or -"),
}
INSTEAD = ("NOT or -", "for either order", "NOT or - in its place", "for one paragraph", "more often first")
"""How refusals of operators of other systems end, but for ranges."""


@pytest.mark.parametrize("text", FOREIGN)
def test_an_operator_of_another_system_is_refused_in_both_readings(text: str) -> None:
    marked, instead = FOREIGN[text]
    for read in (parse_query, parse_query_lenient):
        with pytest.raises(QuerySyntaxError) as caught:
            read(text)
        assert instead in caught.value.message
        assert text[slice(*caught.value.span)] == marked


@pytest.mark.parametrize("text", ['"a % b"', "5 % of", "what?!", "a! b", "[a to b]", "adj b"])
def test_what_only_looks_like_one_is_words(text: str) -> None:
    assert parse_query(text) == parse_query_lenient(text).query


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("a or b", '"or" was read as a word; for either of the two write OR'),
        ("form:(4 or 5)", '"or" was read as a word; for either of the two write OR'),
        ("a and not b", '"and not" was read as words; to leave out what follows write NOT or - before it'),
        ("a but not b", '"but not" was read as words; to leave out what follows write NOT or - before it'),
        ("a but NOT b", '"but" was read as a word; NOT alone leaves out what follows'),
        ("A OR B", "OR was read as an operator; in small letters, or between quotation marks, they are words"),
        (
            "A OR B AND NOT C",
            "OR, AND, NOT were read as operators; in small letters, or between quotation marks, they are words",
        ),
        ("auditor within 5 resigned", '"within 5" was read as words; for at most 5 words between write w/5'),
        ("record date?", "the ? behind date was read as punctuation; date?* finds longer words"),
        ('"the record date?" x', "the ? behind date was read as punctuation; date?* finds longer words"),
        ("license Form=10-K", "Form=10-K was read as words of the text; form:10-K asks for the field"),
        ("COMPANY(apple)", "COMPANY(apple) was read as words of the text; company:apple asks for the field"),
        (
            'x "change of * * control ? y"',
            '* in a phrase was read as no word; for any word there write "change of" pre/2 "control" pre/1 "y"',
        ),
        ('"the "A" is"', 'read as one phrase: "the "A" is"; the quotation marks in it as punctuation'),
    ],
)
def test_what_could_be_meant_otherwise_is_noted_in_both_readings(text: str, note: str) -> None:
    assert parse_typed(text).notes == parse_query_lenient(text).notes == (note,)


@pytest.mark.parametrize(
    "text", ['form:"SC * A"', 'company:("Acme * Mills" OR x)', "date(s) of", "filed=soon", "text(x) y"]
)
def test_what_is_read_as_meant_or_could_not_be_read_otherwise_has_no_note(text: str) -> None:
    assert parse_typed(text).notes == ()


@pytest.mark.parametrize(
    "text",
    ["a b", "A B", "a OR b", '"a or b" "A OR B"', "within 5 days of", "within 5", "not b", "10-K?x", "form:10-?"],
)
def test_what_is_plain_is_not_noted(text: str) -> None:
    assert parse_typed(text).notes == ()


def test_the_lenient_reading_counts_what_it_does_not_list() -> None:
    notes = parse_query_lenient("a " + ")" * 50).notes
    assert len(notes) == MAX_NOTES + 1
    assert notes[-1] == f"and {50 - MAX_NOTES} more"


# Bounds


def test_a_thousand_ors_are_read() -> None:
    query = parse_query(" OR ".join(f"w{number}" for number in range(1000)))
    assert isinstance(query, q.Or)
    assert len(query.parts) == 1000


@pytest.mark.parametrize("opening", ["(", "NOT ", "-", "company:(", "-("])
def test_nesting_is_bounded(opening: str) -> None:
    def nested(depth: int) -> str:
        return opening * depth + "a" + ")" * (depth if "(" in opening else 0)

    levels = limits.MAX_DEPTH // (2 if opening == "-(" else 1)
    query = parse_query(nested(levels))
    assert parse_query(format_query(query)) == query
    with pytest.raises(QuerySyntaxError, match="more than 40 levels"):
        parse_query(nested(levels + 1))
    assert parse_query_lenient(nested(5000)).notes


@pytest.mark.parametrize(
    "text", ["a " * 5001, '"' + "a " * 5001 + '"', "form:registration " * 100, "a-" * 5001, "cik:(" + "1 " * 5001 + ")"]
)
def test_words_are_bounded_wherever_they_come_from(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="more than 5000 words and values"):
        parse_query(text)


def test_length_is_bounded() -> None:
    with pytest.raises(QuerySyntaxError, match="100000 characters"):
        parse_query("x" * 100_000)
    assert "only the first 65536" in parse_query_lenient("x" * 100_000).notes[0]


PIECES = {
    "words": "a ", "ors": "a OR ", "open": "(", "close": ")", "quotes": '"', "phrases": '"a" ', "letters": "x",
    "dots": ".", "stars": "*", "pattern": "a*", "marks": "?", "weights": "^1", "powers": "**1", "calls": "a(",
    "balanced": "a(b)", "minus": "-", "nots": "NOT ", "equals": "=", "fields": "form:", "unknown": "a:",
    "near": "a NEAR(5) ", "before": "a BEFORE(5) ", "tildes": "a~", "split": "10b-5", "families": "form:registration ",
    "spaces": " ", "nul": "\0", "emoji": "😀", "right to left": "א ", "accents": "a\u0301", "ligatures": "ﷺ",
    "joiners": "a\u200d", "ranges": "sic:1..2 ", "dates": "filed:..", "surrogates": "\ud800",
}  # fmt: skip


def calls(run: Callable[[], object]) -> int:
    """How many Python and C functions are called."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_reading_is_linear(piece: str) -> None:
    def read(length: int) -> Callable[[], object]:
        return lambda: parse_query_lenient((piece * length)[:length])

    read(4000)()
    assert calls(read(16_000)) < 6 * calls(read(4000)) + 1000


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_the_longest_queries_are_read_or_refused(piece: str) -> None:
    text = (piece * limits.MAX_LENGTH)[: limits.MAX_LENGTH]
    try:
        query = parse_query(text)
    except QuerySyntaxError as error:
        assert len(str(error)) < 500
    else:
        assert query


SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *PIECES.values(),
                "OR",
                "AND",
                "NEAR(3)",
                "BEFORE(2)",
                "NEAR",
                "w/3",
                "/s",
                "+p",
                "/4",
                "b!",
                "“c”",
                "company:",
                "cik:9",
            ]
        ),
        st.sampled_from(
            ["filed:2017", "filed:>=2017-02", "license", "~2", "**2", "*:*", "“", "”", "form:(", "item:fd"]
        ),
        st.text(max_size=4),
    ),
    max_size=14,
).flatmap(lambda pieces: st.sampled_from(["", " "]).map(lambda space: space.join(pieces)))


@settings(max_examples=400)
@given(text=SOUP, exact=st.booleans())
@example(text="company:company:~2", exact=True)
def test_any_text_is_read_or_refused_and_what_is_read_can_be_written(text: str, exact: bool) -> None:
    try:
        lenient = parse_query_lenient(text, exact=exact)
    except QuerySyntaxError as error:
        assert error.message.endswith(INSTEAD) or "two dots" in error.message
        return
    try:
        query = parse_query(text, exact=exact)
    except QuerySyntaxError as error:
        assert 0 <= error.span[0] <= error.span[1] <= len(text)
        assert str(error).startswith(error.message)
        assert lenient.notes
    else:
        assert lenient.query == query
        assert lenient.notes == parse_typed(text, exact=exact).notes
        assert parse_query(format_query(query)) == query


@settings(max_examples=200)
@given(SOUP)
@example("filed:2017OROR,2")  # side by side, they have the form of a CUSIP
@example("-2017oror AND 2")
@example("of 212 AND 555-1234")
@example("company:(Aa NEAR(5) ")
@example("company:Þ")
@example("²!")
@example("䙡-O")  # of such letters each is a word
@example("company:?-OR")
@example('form:“"a"')
def test_what_the_lenient_reading_keeps_can_be_written(text: str) -> None:
    try:
        query = parse_query_lenient(text).query
    except QuerySyntaxError:
        return
    if query != q.Or(()):
        assert parse_query(format_query(query)) == query


def asked() -> list[str]:
    return [line for line in QUERIES.read_text("utf-8").splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("text", asked())
def test_the_queries_of_the_conformance_suite_can_be_written(text: str) -> None:
    query = parse_query(text)
    assert parse_query(format_query(query)) == query


# Synonyms, single values, lists of forms

SYNONYMS = Synonyms.of([["orphan drug", "rare disease medicine"], ["license", "permit"]])


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("license", q.Or((q.Term("license"), q.Term("permit")))),
        ("=permit", q.Or(exactly("permit", "license"))),
        ("drug", q.Term("drug")),
        (
            '"orphan drug"',
            q.Or((q.Phrase(exactly("orphan", "drug")), q.Phrase(exactly("rare", "disease", "medicine")))),
        ),
        (
            '"orphan drug fee"',
            q.Near(
                (
                    q.Or((q.Phrase(exactly("orphan", "drug")), q.Phrase(exactly("rare", "disease", "medicine")))),
                    q.Term("fee", exact=True),
                ),
                0,
                ordered=True,
            ),
        ),
        ("licens*", q.Prefix("licens")),
        ("company:license", one("company", "license")),
        ("license NEAR(3) fee", q.Near((q.Or((q.Term("license"), q.Term("permit"))), q.Term("fee")), 3)),
    ],
)
def test_synonyms_widen_words_and_phrases(text: str, query: q.Query) -> None:
    assert parse_query(text, synonyms=SYNONYMS) == query
    assert parse_query(format_query(query)) == query


@pytest.mark.parametrize(
    ("name", "value", "query"),
    [
        ("form", "=SC 13D", one("form", "sc 13d")),
        ("company", 'the "Acme" Beta', q.Field("company", q.Row(q.And(exactly("acme", "beta")), "the Acme Beta"))),
        ("company", "9", q.Field("company", q.Or((q.Term("9", exact=True), one("cik", "0000000009"))))),
        ("filed", "2017-01..2017-02", q.Field("filed", q.Range(20170101, 20170228))),
        ("exhibit", "=99", one("type", "ex-99")),
        ("text", "orphan drug", q.Phrase(exactly("orphan", "drug"))),
    ],
)
def test_a_single_value_needs_no_quotes(name: str, value: str, query: q.Query) -> None:
    assert parse_value(name, value) == query


@pytest.mark.parametrize(("name", "value"), [("filed", "soon"), ("form", " "), ("company", "&"), ("nofield", "x")])
def test_a_single_value_that_cannot_be_read_is_refused(name: str, value: str) -> None:
    with pytest.raises(QuerySyntaxError):
        parse_value(name, value)


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("license 8-K", ["8-K was read as a word of the text; form:8-K asks for the form"]),
        ("license 10k/a", ["10k/a was read as a word of the text; form:10k/a asks for the form"]),
        ('"filed on form 8-K"', []),
        ("form:8-K license 8-K", []),
        ("license =8-K", []),
        ("ISO-8859-1 x8-K", []),
    ],
)
def test_a_form_among_the_words_is_noted(text: str, noted: list[str]) -> None:
    assert list(asides(text)) == noted
