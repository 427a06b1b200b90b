"""The vocabulary and what is made of it."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from indexer import filings
from indexer.edgar.roles import Role
from indexer.envelope.header import parse_header, unescaped
from indexer.envelope.tags import NAME_OF_LABEL, PARTIES, SUBMISSION, TAGS, TOP, Tag
from indexer.errors import ProblemKind
from indexer.filings import Header, HeaderField, Party
from indexer.limits import DEFAULT_LIMITS

SAMPLE_VALUES = {
    "Header.accepted": "20170308160221",
    "Header.accession_number": "0009990001-17-000001",
    "Header.changed": "20170308",
    "Header.disseminated": "0009990001-17-000001.txt : 20170308",
    "Header.document_count": "2",
    "Header.effective": "20170308",
    "Header.filed": "20170308",
    "Header.period": "20170308",
    "FormerName.changed": "20050617",
    "Party.cik": "0009990001",
    "Party.sic": "PHARMACEUTICAL PREPARATIONS [2834]",
    "Series.owner_cik": "0009990001",
}


def chain(tag: Tag) -> list[str]:
    """The containers that lead to a tag, outermost first."""
    inside = tag.inside[0]
    return [] if inside == TOP else [*chain(TAGS[inside]), inside]


def values_of(noun: object, owner: str, attribute: str) -> Iterator[object]:
    """The attribute's values on every noun of that class, beneath this one."""
    if type(noun).__name__ == owner:
        yield getattr(noun, attribute)
    if hasattr(noun, "__dataclass_fields__"):
        for field in fields(noun):  # type: ignore[arg-type]
            yield from values_of(getattr(noun, field.name), owner, attribute)
    if isinstance(noun, tuple):
        for each in noun:
            yield from values_of(each, owner, attribute)


@pytest.mark.parametrize("tag", [tag for tag in TAGS.values() if tag.field and not tag.container], ids=lambda t: t.name)
def test_every_tag_fills_the_attribute_that_the_table_says(tag: Tag) -> None:
    owner, attribute = tag.field.split(".")
    lines = [*(f"<{name}>" for name in chain(tag)), f"<{tag.name}>{SAMPLE_VALUES.get(tag.field, '7.01')}"]
    header, problems = parse_header("\n".join(lines))
    assert problems == ()
    assert any(values_of(header, owner, attribute))


@pytest.mark.parametrize("label", NAME_OF_LABEL)
def test_every_label_stands_for_its_tag(label: str) -> None:
    tag = TAGS[NAME_OF_LABEL[label]]
    before = [f"<{name}>" for name in chain(tag)]
    value = SAMPLE_VALUES.get(tag.field, "7.01")
    labelled = parse_header("\n".join([*before, f"{label}:\t\t{value}"]))
    tagged = parse_header("\n".join([*before, f"<{tag.name}>{value}"]))
    assert labelled == tagged


@pytest.mark.parametrize("tag", [tag for tag in TAGS.values() if tag.field], ids=lambda t: t.name)
def test_every_field_is_an_attribute_of_a_noun(tag: Tag) -> None:
    owner, attribute = tag.field.split(".")
    assert attribute in {field.name for field in fields(getattr(filings, owner))}


@pytest.mark.parametrize("tag", TAGS.values(), ids=lambda t: t.name)
def test_every_container_in_the_table_exists(tag: Tag) -> None:
    assert all(name == TOP or TAGS[name].container for name in tag.inside)


def test_every_role_is_a_tag() -> None:
    assert {Role(name.lower()) for name in PARTIES} == set(Role)


@pytest.mark.parametrize("tag", SUBMISSION, ids=lambda t: t.name)
def test_what_is_said_of_the_submission_may_follow_a_party(tag: Tag) -> None:
    # PUBLIC REFERENCE ACCESSION NUMBER stands behind the last party (0000000000-24-003505).
    value = SAMPLE_VALUES.get(tag.field, "7.01")
    header, problems = parse_header(f"FILER:\n\tMAIL ADDRESS:\n\t\tCITY:\tMADISON\n<{tag.name}>{value}\n")
    assert header.fields[-1] == HeaderField(tag.name, value)
    assert problems == ()


def test_a_name_with_brackets_and_colons_is_kept_whole() -> None:
    header, _ = parse_header("<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>AMOR <THE> FUND: A/B & C\n")
    assert header.parties[0].name == "AMOR <THE> FUND: A/B & C"
    header, _ = parse_header("FILER:\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\tAMOR <CITY>: X\n")
    assert header.parties[0].name == "AMOR <CITY>: X"


def test_entities_are_read_in_values_and_kept_in_fields() -> None:
    header, _ = parse_header("<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>A&amp;B &lt; C & D\n")
    assert header.parties[0].name == "A&B < C & D"
    assert header.fields[-1].value == "A&amp;B &lt; C & D"
    assert unescaped("&amp;lt;") == "&lt;"


def test_as_many_parties_as_there_are() -> None:
    text = "".join(f"<FILER>\n<COMPANY-DATA>\n<CIK>{number}\n</COMPANY-DATA>\n</FILER>\n" for number in range(399))
    header, problems = parse_header(text)
    assert [int(party.cik) for party in header.parties] == list(range(399))
    assert problems == ()


def test_parties_past_the_limit_are_kept_as_fields() -> None:
    header, problems = parse_header("FILER:\nFILER:\nISSUER:\n", limits=replace(DEFAULT_LIMITS, parties=2))
    assert [party.role for party in header.parties] == [Role.FILER, Role.FILER]
    assert [field.path for field in header.fields] == ["FILER", "FILER", "ISSUER"]
    assert [problem.kind for problem in problems] == [ProblemKind.OVER_LIMIT]


def test_a_party_has_one_pair_of_filing_values_for_each_act() -> None:
    values = "<FILING-VALUES>\n<ACT>{0}\n<FILE-NUMBER>{0}-1\n</FILING-VALUES>\n"
    header, _ = parse_header("<FILER>\n" + values.format(33) + values.format(40) + "</FILER>\n")
    assert [(each.act, each.file_number) for each in header.parties[0].filing_values] == [
        ("33", "33-1"),
        ("40", "40-1"),
    ]


def test_an_unplaced_field_is_kept_with_its_line_number() -> None:
    header, problems = parse_header("TYPE OF MOON:\tWAXING\nCITY:\tMADISON\nscribble\n")
    assert header.fields == (("TYPE-OF-MOON", "WAXING"), ("CITY", "MADISON"), ("#TEXT", "scribble"))
    assert [(problem.kind, problem.place) for problem in problems] == [
        (ProblemKind.UNPLACED, "line 1"),
        (ProblemKind.UNPLACED, "line 2"),
        (ProblemKind.UNPLACED, "line 3"),
    ]


def test_many_unplaced_fields_are_summed_up() -> None:
    _, problems = parse_header("scribble\n" * 1000)
    assert len(problems) == 101
    assert problems[-1].message == "900 more lines without a place"


def test_a_second_value_of_a_field_is_reported() -> None:
    header, problems = parse_header("<TYPE>8-K\n<TYPE>8-K\n<TYPE>10-K\n")
    assert header.form == "8-K"
    assert [problem.message for problem in problems] == ["a second TYPE: 10-K"]


def test_a_second_address_of_a_kind_is_reported() -> None:
    lines = ["FILER:", "BUSINESS ADDRESS:", "CITY: MADISON", "BUSINESS ADDRESS:", "CITY: OMAHA"]
    header, problems = parse_header("\n".join(lines))
    address = header.parties[0].business_address
    assert address is not None
    assert address.city == "MADISON"
    assert [problem.message for problem in problems] == ["a second BUSINESS-ADDRESS"]


def test_an_unknown_container_keeps_what_it_holds() -> None:
    header, problems = parse_header("<FILER>\n<MOON>\n<CIK>1\n<PHASE>FULL\n</MOON>\n<COMPANY-DATA>\n<CIK>2\n")
    assert [field.path for field in header.fields] == [
        "FILER",
        "FILER/MOON",
        "FILER/MOON/CIK",
        "FILER/MOON/PHASE",
        "FILER/COMPANY-DATA",
        "FILER/COMPANY-DATA/CIK",
    ]
    assert header.parties == (Party(Role.FILER, cik="0000000002"),)
    assert [problem.place for problem in problems] == ["line 2", "line 3", "line 4"]


def test_containers_nest_no_deeper_than_they_can() -> None:
    header, _ = parse_header("<MOON>\n" * 5000 + "</MOON>\n")
    assert len(header.fields) == 5000


def test_nothing_gives_an_empty_header() -> None:
    assert parse_header("") == (Header(), ())
    assert parse_header("\n \r\n\t") == (Header(), ())
