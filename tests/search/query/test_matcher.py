"""The definition itself: small documents, and what each kind of query finds in them and where."""

import pytest

from indexer.extracted import Section
from indexer.fields.row_values import VALUE_GAP, VALUE_SPAN
from search.parsing.parser import parse_query
from search.query import nodes as q
from search.query.matcher import match

TEXT = "The bank waived a covenant. The bank’s waiver of the covenant: €1.5 million!"


def found(query: q.Query | str, text: str = TEXT) -> list[str] | None:
    matched = match(parse_query(query) if isinstance(query, str) else query, {"text": (text,)})
    return None if matched is None else [text[start:end] for start, end in matched.spans]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bank", ["bank", "bank"]),
        ("waiver", ["waiver"]),
        ("waive", ["waived"]),
        ("=waive", None),
        ("banks covenants", ["bank", "covenant", "bank", "covenant"]),
        ("bank zebra", None),
        ("zebra OR waiver", ["waiver"]),
        ("(bank zebra) OR waiver", ["waiver"]),
        ("million -zebra", ["million"]),
        ("million -bank", None),
        ("-zebra", []),
        ("*:*", []),
        ('"the bank"', ["The", "bank", "The", "bank"]),
        ('"the bank waived"', ["The", "bank", "waived"]),
        ("bank's", ["bank", "s"]),
        ("1.5", ["1.5"]),
        ('"waiv* a"', ["waived", "a"]),
        ("co*ant", ["covenant", "covenant"]),
        ("wai??r", ["waiver"]),
        ("wiaver~", ["waiver"]),
        ("waived NEAR(1) covenant", ["waived", "covenant"]),
        ("covenant NEAR(1) waived", ["waived", "covenant"]),
        ("covenant BEFORE(1) waived", None),
        ("waived NEAR(0) covenant", None),
        ("bank NEAR(0) the", ["The", "bank", "The", "bank"]),
        ("waiver**3", ["waiver"]),
        ("form:8-K OR waiver", ["waiver"]),
        ("text:waiver", ["waiver"]),
    ],
)
def test_what_a_query_finds_in_a_text(query: str, expected: list[str] | None) -> None:
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        # each neighbour near the next, in whatever order the text has them
        ("a NEAR(1) b NEAR(1) c", "a x c x b", ["a", "c", "b"]),
        ("a NEAR(1) b NEAR(1) c", "b x a x c", ["b", "a", "c"]),
        ("a NEAR(1) b NEAR(1) c", "a x x b c", None),
        ("a BEFORE(1) b BEFORE(1) c", "a x c x b", None),
        ("a BEFORE(1) b BEFORE(1) c", "a a x b c c", ["a", "b", "c", "c"]),
        # a word counts for one part only
        ("a NEAR(3) a", "a x", None),
        ("a NEAR(3) a", "a x a", ["a", "a"]),
        ("a* NEAR(3) ab", "ab x", None),
        ("a* NEAR(3) ab", "ab ac", ["ab", "ac"]),
        ('"a b" NEAR(3) b', "a b x", None),
        ('"a b" NEAR(3) b', "a b x b", ["a", "b", "b"]),
        ('("a b" OR a) NEAR(0) b', "a b c", ["a", "b"]),
        ('("a b" OR a) NEAR(0) c', "a b c", ["a", "b", "c"]),
        # occurrences far from all others stay out
        ("a NEAR(1) b", "a x b x x x a", ["a", "b"]),
        ("a NEAR(1) b NEAR(1) a", "a b a x x x b a", ["a", "b", "a"]),
        ('"a b a"', "a b a b a", ["a", "b", "a", "b", "a"]),
        ('"a b" "b a"', "a b a", ["a", "b", "a"]),
    ],
)
def test_near_is_a_chain_of_neighbours(query: str, text: str, expected: list[str] | None) -> None:
    assert found(query, text) == expected


def test_a_phrase_may_have_parts_of_several_lengths() -> None:
    long = q.Phrase((q.Term("a"), q.Term("b")))
    query = q.Phrase((q.Or((q.Term("a"), long)), q.Term("c")))
    assert found(query, "a c") == ["a", "c"]
    assert found(query, "a b c") == ["a", "b", "c"]
    assert found(query, "a b b c") is None


NAMES = {"company": ("Acme Holdings Inc", "Inc", "Beta Corp"), "form": ("10-K/A",), "filed": ("20170308",)}


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("company:acme", True),
        ("company:acm", False),
        ("company:hldgs", True),
        ('company:"holdings inc"', True),
        ('company:"beta inc"', False),
        ('company:"corporation beta"', True),
        ('company:"corp acme"', False),
        ("company:(holdings NEAR(500) beta)", False),
        ("company:(acme beta)", True),
        ("form:10-K", True),
        ("form:=10-K", False),
        ("form:=10-k/a", True),
        ("form:10-*", True),
        ("filed:2017", True),
        ("filed:2017-03-08", True),
        ("filed:<2017-03-08", False),
        ("filed:>=2017-03-09", False),
        ("period:*", False),
        ("-period:*", True),
        ("item:7.01", False),
        ("acme", False),
        ("company:*", True),
        ("owner:*", False),
    ],
)
def test_what_a_query_finds_in_a_header(query: str, matches: bool) -> None:
    assert (match(parse_query(query), NAMES) is not None) is matches


def test_values_are_too_far_apart_for_any_near() -> None:
    values = {"company": ("a", "—", "b")}
    names = (q.Term("a"), q.Term("b"))
    assert match(q.Field("company", q.Near(names, 2 * VALUE_SPAN - 1)), values)
    assert not match(q.Field("company", q.Near(names, 2 * VALUE_SPAN - 2)), values)
    assert not match(q.Field("company", q.Near(names, VALUE_GAP - 2)), {"company": ("a", "b")})


def test_a_value_compared_whole_is_one_word_in_any_case() -> None:
    form = {"form": ("SC 13D",)}
    assert match(q.Field("form", q.Term("sc 13d", exact=True)), form)
    assert match(q.Field("form", q.Wildcard("sc*d")), form)
    assert not match(q.Field("form", q.Term("13d", exact=True)), form)


@pytest.mark.parametrize(
    ("value", "low", "high", "within"),
    [
        ("2834", 2830, 2839, True),
        ("2840", 2830, 2839, False),
        ("", None, None, False),
        ("n/a", None, None, False),
        ("²", None, None, False),
        ("0007", 7, 7, True),
    ],
)
def test_a_range_counts_digits_and_leaves_the_rest_out(value: str, low: int, high: int, within: bool) -> None:
    assert (match(q.Field("sic", q.Range(low, high)), {"sic": (value,)}) is not None) is within


def test_the_nearest_field_counts() -> None:
    query = q.Field("form", q.And((q.Term("8-k", exact=True), q.Field("text", q.Term("bank")))))
    assert match(query, {"form": ("8-K",), "text": ("banks",)}) == (((0, 5),),)


@pytest.mark.parametrize(
    "inner", [q.And(()), q.Not(q.Term("a")), q.Field("form", q.Term("a")), q.Range(1, 2), q.Everything()]
)
def test_what_has_no_place_cannot_be_part_of_a_phrase(inner: q.Query) -> None:
    with pytest.raises(TypeError, match="no occurrences"):
        match(q.Phrase((q.Term("a"), inner)), {"text": ("a",)})


def test_empty_combinations() -> None:
    assert match(q.And(()), {}) == ((),)
    assert match(q.Or(()), {}) is None
    assert match(q.Boost(q.Prefix(""), 2), {"text": ("a b",)}) == (((0, 1), (2, 3)),)


ITEMS = "Item 1A Floods. The mill may flood.\nItem 7 Costs. The bank may wait; a flood costs more.\nItem 8 The bank."
SECTIONS = (Section("1A", "Floods", 0, 36), Section("7", "Costs", 36, 91), Section("8", "", 91, 107))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("section:1A flood", ["Floods", "flood"]),
        ("section:7 flood", ["flood"]),
        ("section:7* flood", ["flood"]),
        ("section:8 flood", None),
        ("section:9 the", None),
        ("section:1A", []),
        ("section:9", None),
        ("section:1A mill -bank", ["mill"]),
        ("section:7 flood -bank", None),
        ("section:1A -bank", []),
        ("section:(1A OR 8) bank mill", ["mill", "bank"]),
        ("section:1A section:8 the", ["The", "The"]),
        ("section:1A section:8 bank", None),
        ("(section:8 flood) OR mill", ["mill"]),
        ('section:1A "the mill"', ["The", "mill"]),
        ('section:(1A OR 7) "flood item"', None),
        ('"flood item"', ["flood", "Item"]),
        ("section:(1A OR 7) flood NEAR(3) costs", ["flood", "costs"]),
        ("section:(1A OR 7) mill NEAR(9) bank", None),
        ("mill NEAR(9) bank", ["mill", "bank"]),
        ("section:8 (section:1A mill) bank", ["mill", "bank"]),
        ("section:1A (bank OR mill)", ["mill"]),
        ("section:1A bank OR mill", ["mill"]),
        ("section:1A (zebra OR form:8-K)", []),
    ],
)
def test_what_is_asked_of_sections_is_found_in_them_alone(query: str, expected: list[str] | None) -> None:
    document = {"text": (ITEMS,), "form": ("8-K",), "section": ("1A", "7", "8")}
    matched = match(parse_query(query), document, SECTIONS)
    assert (matched and [ITEMS[start:end] for start, end in matched.spans]) == expected


SENTENCES = (
    "The auditor of Acme Inc. resigned. Nobody was told (the board met later).\n"
    "Item 4. The auditor was replaced\n"
    "By whom? A firm said the auditor, and the auditor agreed."
)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("auditor /s resigned", "auditor resigned"),
        ("resigned /s auditor", "auditor resigned"),
        ("auditor +s resigned", "auditor resigned"),
        ("resigned +s auditor", None),
        ("auditor /s told", None),
        ("auditor /p told", "auditor told"),
        ("auditor /p replaced", "auditor replaced"),
        ("item /s auditor", None),
        ("item /p auditor /p replaced", "Item auditor replaced"),
        ("replaced /p whom", None),
        ("auditor /s auditor", "auditor auditor"),
        ("auditor /s auditor /s auditor", None),
        ('"auditor of acme" /s resigned', "auditor of Acme resigned"),
        ('"resigned nobody" /p told', "resigned Nobody told"),
        ('"resigned nobody" /s told', None),
        ("(firm OR board) /s (auditor OR met)", "board met firm auditor auditor"),
        ("board /s met -zebra", "board met"),
        ("-(auditor /s told) resigned", "resigned"),
    ],
)
def test_parts_stand_in_one_sentence_or_paragraph(query: str, marked: str | None) -> None:
    matched = match(parse_query(query), {"text": (SENTENCES,)})
    assert (matched and " ".join(SENTENCES[start:end] for start, end in matched.spans)) == marked


def test_only_the_text_has_sentences() -> None:
    same = q.Same((q.Term("acme"), q.Term("inc")), "sentence")
    assert match(q.Field("company", same), {"company": ("Acme Inc",)}) is None
    assert match(q.Field("title", same), {"title": ("Acme Inc",)}) is None
