"""A header printed in any dialect is read back as the same nouns."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.edgar.roles import Role
from indexer.envelope.header import parse_header
from indexer.envelope.tags import TAGS
from indexer.filings import Address, FilingValues, FormerName, Header, Party, Series, ShareClass

words = st.text(alphabet="ABC xyz&,.'/\\-0é", min_size=1, max_size=12).map(str.strip).filter(bool)
text = st.just("") | words
digits = st.integers(0, 9_999_999_999).map(lambda number: f"{number:010d}")
days = st.dates(date(1993, 1, 1), date(2030, 12, 31))
maybe_day = st.none() | days

addresses = st.none() | st.builds(Address, street1=text, street2=text, city=text, state=text, zip=text, phone=text)
filing_values = st.builds(
    FilingValues,
    form_type=text,
    act=st.sampled_from(["", "33", "34", "Dodd Frank Act"]),
    file_number=text,
    film_number=text,
)
parties = st.builds(
    Party,
    role=st.sampled_from(Role),
    name=text,
    cik=st.just("") | digits,
    sic=st.sampled_from(["", "2834"]),
    organization_name=text,
    irs_number=st.just("") | st.just("990000001"),
    state_of_incorporation=text,
    fiscal_year_end=st.sampled_from(["", "1231"]),
    relationship=text,
    filing_values=st.lists(filing_values, max_size=3).map(tuple),
    business_address=addresses,
    mail_address=addresses,
    former_names=st.lists(st.builds(FormerName, name=words, changed=maybe_day), max_size=3).map(tuple),
)
classes = st.builds(ShareClass, id=words, name=text, ticker=text)
series = st.builds(Series, id=words, name=text, owner_cik=digits, classes=st.lists(classes, max_size=3).map(tuple))
headers = st.builds(
    Header,
    accession_number=st.just("0009990001-17-000001"),
    form=text,
    filed=maybe_day,
    period=maybe_day,
    accepted=st.none()
    | st.datetimes(datetime(1993, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    changed=maybe_day,
    effective=maybe_day,
    document_count=st.none() | st.integers(0, 999),
    parties=st.lists(parties, max_size=5).map(tuple),
    group_members=st.lists(words, max_size=3).map(tuple),
    series=st.lists(series, max_size=3).map(tuple),
)

Line = tuple[str, str, int]
"""Tag, value, depth; a closing tag begins with a slash."""

Printer = Callable[[list[Line]], str]


def printed(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.strftime("%Y%m%d%H%M%S")
        case date():
            return value.strftime("%Y%m%d")
        case _:
            return str(value)


def lines_of(header: Header) -> Iterator[Line]:
    yield from fields_of(header, "Header", 0)
    for party in header.parties:
        yield from block(party.role.value.upper(), party_lines(party), 0)
    if header.series:
        inner = [line for each in header.series for line in block("SERIES", series_lines(each), 2)]
        existing = block("EXISTING-SERIES-AND-CLASSES-CONTRACTS", inner, 1)
        yield from block("SERIES-AND-CLASSES-CONTRACTS-DATA", existing, 0)


def party_lines(party: Party) -> Iterator[Line]:
    owner = party.role is Role.REPORTING_OWNER
    yield from block("OWNER-DATA" if owner else "COMPANY-DATA", fields_of(party, "Party", 2), 1)
    for values in party.filing_values:
        yield from block("FILING-VALUES", fields_of(values, "FilingValues", 2), 1)
    for name, address in (("BUSINESS-ADDRESS", party.business_address), ("MAIL-ADDRESS", party.mail_address)):
        if address:
            yield from block(name, fields_of(address, "Address", 2), 1)
    for former in party.former_names:
        yield from block("FORMER-NAME" if owner else "FORMER-COMPANY", fields_of(former, "FormerName", 2), 1)


def series_lines(each: Series) -> Iterator[Line]:
    yield from fields_of(each, "Series", 3)
    for share_class in each.classes:
        yield from block("CLASS-CONTRACT", fields_of(share_class, "ShareClass", 4), 3)


def fields_of(noun: object, owner: str, depth: int) -> Iterator[Line]:
    for tag in TAGS.values():
        named, _, attribute = tag.field.partition(".")
        if named == owner and not tag.container and attribute not in {"items", "disseminated"}:
            value = getattr(noun, attribute)
            for each in value if isinstance(value, tuple) else (value,):
                yield tag.name, printed(each), depth


def block(name: str, inner: Iterator[Line] | list[Line], depth: int) -> Iterator[Line]:
    yield name, "", depth
    yield from inner
    yield f"/{name}", "", depth


def in_tags(lines: list[Line]) -> str:
    return "".join(f"<{name}>{value}\n" for name, value, _ in lines)


def on_one_line(lines: list[Line]) -> str:
    return "".join(f"<{name}>{value}" for name, value, _ in lines)


def in_labels(lines: list[Line]) -> str:
    return "".join(labelled(name, value, depth) for name, value, depth in lines if not name.startswith("/"))


def in_labels_ever_deeper(lines: list[Line]) -> str:
    return "".join(
        f"<{name}>\n" if name.startswith("/") else labelled(name, value, at)
        for at, (name, value, _) in enumerate(lines)
    )


def in_labels_without_depth(lines: list[Line]) -> str:
    return in_labels([(name, value, 0) for name, value, _ in lines])


def in_labels_and_tags_by_turns(lines: list[Line]) -> str:
    printers = (in_labels, in_tags)
    return "".join(printers[at % 2]([line]) for at, line in enumerate(lines))


def labelled(name: str, value: str, depth: int) -> str:
    labels = TAGS[name].labels
    return "\t" * depth + (f"{labels[-1]}:\t\t{value}\n" if labels else f"<{name}>{value}\n")


@pytest.mark.parametrize(
    "printer",
    [
        in_tags,
        on_one_line,
        in_labels,
        in_labels_ever_deeper,
        in_labels_without_depth,
        in_labels_and_tags_by_turns,
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\n"])
@settings(max_examples=15)
@given(header=headers)
def test_a_header_is_read_back_from_every_dialect(printer: Printer, end: str, header: Header) -> None:
    lines = list(lines_of(header))
    read, problems = parse_header(printer(lines).replace("\n", end))
    assert problems == ()
    assert read.parties == header.parties
    assert read.series == header.series
    assert replace(read, fields=()) == header


@given(headers)
def test_fields_are_the_same_in_every_dialect(header: Header) -> None:
    lines = list(lines_of(header))
    expected = parse_header(in_tags(lines))[0].fields
    assert len(expected) == sum(not name.startswith("/") for name, _, _ in lines)
    for printer in (on_one_line, in_labels, in_labels_ever_deeper, in_labels_and_tags_by_turns):
        assert parse_header(printer(lines))[0].fields == expected
