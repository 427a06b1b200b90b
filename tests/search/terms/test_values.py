"""Values of fields: families, names for codes, padded numbers, and every field by every name."""

import pytest

from indexer.fields.schema import BY_NAME, DATE_BOUNDS, Kind
from search.parsing.parser import parse_query
from search.query.nodes import Everything, Field, Not, Or, Prefix, Query, Range, Term
from search.terms import values


def asked(text: str) -> set[str]:
    """The values a query asks one field for; prefixes end with a star."""
    query = parse_query(text)
    assert isinstance(query, Field)
    parts = query.query.parts if isinstance(query.query, Or) else (query.query,)
    return {part.word if isinstance(part, Term) else f"{part.prefix}*" for part in parts}  # type: ignore


@pytest.mark.parametrize("name", sorted(name for name, field in BY_NAME.items() if not field.hidden))
def test_every_field_can_be_asked_by_every_name_in_either_spelling(name: str) -> None:
    field = BY_NAME[name]
    number = "1" if field.kind is Kind.NUMBER or name == "section" else "2017"
    for spelling in {name, name.replace("_", "-"), name.replace("-", "_"), name.upper()}:
        assert values.named(spelling) is field
        query = parse_query(f"{spelling}:{number} -{spelling}:({number} OR {number})")
        value = DATE_BOUNDS.get(name, "") + number
        assert query == parse_query(f"{field.name}:{value} -{field.name}:({value} OR {value})") or name == "exhibit"


def test_no_field_by_any_other_name() -> None:
    assert values.named("nofield") is None
    assert values.named("") is None


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("form:10-K", {"10-k", "10-k/a", "10-k405", "10-k405/a", "10-kt", "10-kt/a"}, {"10-ksb", "10-q", "nt 10-k"}),
        ("form:10-k", {"10-k", "10-k/a"}, set()),
        ('form:"Form 10-K"', {"10-k", "10-k/a"}, set()),
        ("form:10-K405", {"10-k405", "10-k405/a"}, {"10-k"}),
        ("form:10-K/A", {"10-k/a"}, {"10-k"}),
        ("form:4", {"4", "4/a"}, {"424b4"}),
        ("form:S-3", {"s-3", "s-3/a", "s-3asr"}, {"s-8"}),
        ('form:"SC 13D"', {"sc 13d", "sc 13d/a", "schedule 13d", "schedule 13d/a"}, {"sc 13g"}),
        ('form:"SCHEDULE 13G/A"', {"sc 13g/a", "schedule 13g/a"}, {"sc 13g"}),
        ("form:424B", {"424b2", "424b5"}, {"424a"}),
        ("form:proxy", {"def 14a", "def 14a/a", "px14a6g"}, {"8-k"}),
        ("form:form-cat6", {"corresp", "upload"}, {"8-k"}),
        ('form:"tender offers"', {"sc to-t", "sc to-t/a", "sc 13e3"}, {"sc 13d"}),
        ("form:insider", {"3", "4", "5", "3/a"}, {"144"}),
        ("form:ZZZ", {"zzz", "zzz/a"}, set()),
        ("exhibit:EX-10", {"ex-10", "ex-10.*", "ex-10(*"}, {"ex-10*", "ex-101"}),
        ("exhibit:ex10.1", {"ex-10.1", "ex-10.1.*"}, {"ex-10.12"}),
        ("exhibit:99", {"ex-99", "ex-99.*"}, set()),
        ('exhibit:"exhibit 99.1"', {"ex-99.1"}, set()),
        ('exhibit:"EX-FILING FEES"', {"ex-filing fees"}, set()),
        ('exhibit:"filing fees"', {"ex-filing fees"}, set()),
        ("exhibit:8-K", {"8-k"}, set()),
        ("type:EX-10", {"ex-10", "ex-10.*"}, set()),
        ("type:4", {"4"}, {"ex-4"}),
        ("type:GRAPHIC", {"graphic"}, set()),
        ("item:7.01", {"7.01"}, {"9"}),
        ("item:5", {"5"}, {"5.02"}),
        ('item:"Item 5.02"', {"5.02"}, set()),
        ("item:06B", {"06b"}, set()),
        ('item:"other events"', {"8.01", "5"}, {"7.01"}),
        ("item:impairments", {"2.06"}, set()),
        ("item:earthquakes", {"earthquakes"}, set()),
        ("state:ny", {"ny"}, set()),
        ('state:"new york"', {"ny"}, set()),
        ("state:Virginia", {"va"}, {"wv"}),
        ("state:virgin", {"d8", "vi"}, set()),
        ("state:Georgia", {"ga"}, {"2q"}),
        ("state:UK", {"x0"}, set()),
        ("state:Canada", {"a6", "z4", "b0"}, set()),
        ("state:ZZ", {"zz"}, set()),
        ("incorporated:Cayman", {"e9"}, set()),
        ("cik:1", {"0000000001"}, set()),
        ("cik:cik0000000001", {"0000000001"}, set()),
        ("cik:x", {"x"}, set()),
        ("sic:100", {"0100"}, set()),
        ("ein:12-3456789", {"123456789"}, set()),
        ("fye:12/31", {"1231"}, set()),
        ("act:1934", {"34"}, set()),
        ('act:"34 Act"', {"34"}, set()),
        ('act:"Dodd Frank Act"', {"dodd frank act"}, set()),
        ("zip:10001", {"10001", "10001-*"}, set()),
        ("zip:10001-1234", {"10001-1234"}, set()),
        ("file-number:001-12345", {"001-12345"}, set()),
    ],
)
def test_what_a_value_asks_for(text: str, has: set[str], has_not: set[str]) -> None:
    found = asked(text)
    assert has <= found
    assert not has_not & found


def test_everything_but_section_16() -> None:
    assert parse_query("form:form-cat0") == Field(
        "form", Not(Or(tuple(Term(form, exact=True) for form in ("3", "3/a", "4", "4/a", "5", "5/a"))))
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("exhibit:*", Field("type", Prefix("ex-"))),
        ("type:*", Field("type", Prefix(""))),
        ("sic:2830..2839", Field("sic", Range(2830, 2839))),
        ("sic:>=2830", Field("sic", Range(2830, None))),
        ("sequence:*", Field("sequence", Range(None, None))),
        ("*:*", Everything()),
    ],
)
def test_patterns_and_ranges_of_values(text: str, query: Query) -> None:
    assert parse_query(text) == query
