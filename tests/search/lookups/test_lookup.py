"""From a query and filters to the tree."""

from datetime import date

import pytest

from search.errors import QuerySyntaxError, SearchError
from search.lookups.lookup import (
    Filter,
    Lookup,
    asks_text,
    dated,
    filter_tree,
    filters_of,
    filters_said,
    joined,
    scope,
    tree,
)
from search.parsing.parser import parse_query
from search.query.nodes import Everything, Field, Or, Term


@pytest.mark.parametrize(
    ("name", "values", "same"),
    [
        ("form", ("8-K",), "form:8-K"),
        ("form", ("=SC 13D",), 'form:="SC 13D"'),
        ("form", ("-4",), "-form:4"),
        ("form", ("8-K", "-8-K/A"), "form:8-K -form:8-K/A"),
        ("company", ("wrexley steel",), 'company:"wrexley steel"'),
        ("company", ('"wrexley" steel',), 'company:"wrexley  steel"'),
        ("filed", ("2017 .. 2018",), "filed:2017..2018"),
        ("exhibit", ("10.1",), "exhibit:10.1"),
        ("item", ("7.01",), "item:7.01"),
        ("cik", ("417",), "cik:417"),
        ("cik", ("CIK0000000417",), "cik:417"),
    ],
)
def test_a_filter_is_a_field_of_the_query(name: str, values: tuple[str, ...], same: str) -> None:
    assert filter_tree(Filter(name, values)) == parse_query(same)


def test_many_values_are_one_question() -> None:
    found = filter_tree(Filter("cik", tuple(str(number) for number in range(1, 1001))))
    assert isinstance(found, Field)
    assert isinstance(found.query, Or)
    assert len(found.query.parts) == 1000


def test_values_of_several_forms_are_alternatives() -> None:
    either = parse_query("form:(=8-k OR =8-k/a)")
    assert filter_tree(Filter("form", ("=8-K", "=8-K/A"))) == either


def test_accession_numbers_are_taken_whole() -> None:
    assert filter_tree(Filter("accession", ("SHA256-Ab",))) == Field("accession", Term("sha256-ab", exact=True))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("filed", "nonsense", "--filed nonsense: nonsense is not a date"),
        ("filed", "2018..2017", "ends before it begins"),
        ("filed", "2017) OR (form:4", "--filed 2017) OR (form:4: "),
        ("cik", "Acme", "--cik Acme: a CIK is a number"),
        ("cik", "", "--cik: there is no value to look for"),
        ("company", "...", "--company ...: "),
        ("form", "=", "--form: there is no value to look for"),
    ],
)
def test_a_value_that_cannot_be_read_is_one_line(name: str, value: str, said: str) -> None:
    with pytest.raises(SearchError) as error:
        filter_tree(Filter(name, (value,)))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_filter_without_values_is_refused() -> None:
    with pytest.raises(SearchError, match="--cik: there is no value"):
        filter_tree(Filter("cik", ()))


def test_query_and_filters_must_all_match() -> None:
    lookup = Lookup("license", filters_of({"form": "8-K", "cik": ["417", "9"]}))
    assert tree(lookup) == joined(map(parse_query, ["license", "form:8-K", "cik:(417 OR 9)"]))


def test_without_a_query_the_filters_are_all() -> None:
    assert tree(Lookup(" ", (Filter("form", ("4",)),))) == parse_query("form:4")


def test_nothing_at_all_is_an_empty_query() -> None:
    with pytest.raises(QuerySyntaxError, match="nothing to search for"):
        tree(Lookup())


def test_synonyms_widen_the_query() -> None:
    found = tree(Lookup("license", synonyms=(("license", "permit"),)))
    assert found == Or((Term("license"), Term("permit")))


@pytest.mark.parametrize(
    ("query", "within"),
    [
        ("license", "*:*"),
        ("license form:8-K", "form:8-K"),
        ("license (form:8-K drug) cik:417", "form:8-K cik:417"),
        ("license -form:4", "-form:4"),
        ("license OR form:4", "*:*"),
        ("-license filed:2017", "filed:2017"),
        ("company:acme**2 sic:2834", "company:acme**2 sic:2834"),
    ],
)
def test_the_filters_of_a_query(query: str, within: str) -> None:
    assert scope(parse_query(query)) == parse_query(within)


def test_a_query_without_a_word_is_no_filter() -> None:
    form = Filter("form", ("8-K",))
    assert scope(tree(Lookup("***"))) == Everything()
    assert scope(tree(Lookup("***", (form,)))) == filter_tree(form)


def test_a_section_among_the_filters_bounds_the_words() -> None:
    assert tree(Lookup("license drug", filters_of({"section": "7", "form": "8-K"}))) == parse_query(
        "section:7 license drug form:8-K"
    )


def test_what_asks_the_text() -> None:
    assert asks_text(parse_query("license"))
    assert asks_text(parse_query("form:4 OR -license"))
    assert not asks_text(parse_query("company:license**2 filed:2017"))
    assert not asks_text(Everything())


def test_filters_are_said_as_typed() -> None:
    filters = (Filter("company", ("Wrexley Steel",)), Filter("form", ("8-K", "10-K")), Filter("cik", ("1",) * 9))
    said = filters_said(Lookup("license sic:2834", filters))
    assert said == 'sic:2834 company:"Wrexley Steel" form:(8-K OR 10-K) cik:(9 values)'
    assert filters_said(Lookup("license")) == ""
    excluding = Lookup(filters=(Filter("form", ("10-K", "-10-K/A", "-SC 13D")),))
    assert filters_said(excluding) == 'form:10-K -form:(10-K/A OR "SC 13D")'


@pytest.mark.parametrize(
    ("name", "value", "values"),
    [
        ("form", "10-K, SC 13D", ("10-K", "SC 13D")),
        ("form", "-3,-4,-5", ("-3", "-4", "-5")),
        ("form", "annual, quarterly and current reports", ("annual, quarterly and current reports",)),
        ("cik", "@a,b.csv", ("@a,b.csv",)),
        ("item", "1.01,7.01", ("1.01", "7.01")),
        ("item", "departure of directors, officers", ("departure of directors, officers",)),
        ("company", "Wrexley, Inc", ("Wrexley, Inc",)),
        ("exhibit", ",", (",",)),
    ],
)
def test_codes_may_be_separated_by_commas(name: str, value: str, values: tuple[str, ...]) -> None:
    assert filters_of({name: value}) == filters_of({name: [value]}) == (Filter(name, values),)


@pytest.mark.parametrize("query", ["company:9000417", 'company:"wrexley steel"', "form:10-K", "exhibit:10", "item:1.*"])
def test_an_option_asks_what_its_field_does(query: str) -> None:
    name, _, value = query.partition(":")
    assert tree(Lookup(filters=filters_of({name: value.strip('"')}))) == parse_query(query)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("form:4", "form:4"),
        ('license -form:10-K exhibit:"EX-10"', '-form:10-K exhibit:"EX-10"'),
        ("license (cik:9000417 state:Minnesota)", "cik:9000417 state:Minnesota"),
        ("license (form:4 OR item:7.01)", "(form:4 OR item:7.01)"),
        ("form:4 OR item:7.01", "form:4 OR item:7.01"),
        ("license AND NOT filed:..2009", "NOT filed:..2009"),
        ("license OR form:4", ""),
    ],
)
def test_filters_in_the_query_are_said_as_typed(query: str, said: str) -> None:
    assert filters_said(Lookup(query)) == said


def test_what_is_said_from_today_on_is_written_out() -> None:
    asked = Lookup("waiver filed:30d.. period:last-year", (Filter("filed", ("1w..",)), Filter("company", ("today",))))
    found = dated(asked, date(2024, 3, 4))
    assert found.query == "waiver filed:2024-02-03.. period:2023-01-01..2023-12-31"
    assert found.filters == (Filter("filed", ("2024-02-26..",)), Filter("company", ("today",)))
    plain = Lookup('waiver "filed 30d" filed:2017', (Filter("filed", ("2017",)),))
    assert dated(plain) == plain


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("after:30d mill", "filed:2024-02-04.. mill"),
        ("mill BEFORE:2w", "mill filed:..2024-02-18"),
        ("since:last-year until:yesterday", "filed:2023-01-01.. filed:..2024-03-03"),
        ("before:2017 after:2015-03", "before:2017 after:2015-03"),
        ('"mill since:30d, sold" since:30d', '"mill since:30d, sold" filed:2024-02-03..'),
        ("since: 30d", "since: 30d"),
    ],
)
def test_what_is_bounded_from_today_on_is_written_by_the_date_filed(asked: str, written: str) -> None:
    assert dated(Lookup(asked), date(2024, 3, 4)).query == written


def test_a_filter_bounded_from_today_on_is_written_by_the_date_filed() -> None:
    found = dated(Lookup("mill", filters_of({"since": "30d", "period": "2017"})), date(2024, 3, 4))
    assert found.filters == (Filter("filed", ("2024-02-03..",)), Filter("period", ("2017",)))
