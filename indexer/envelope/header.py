"""From the text of a submission's header to a `Header`: parties, dates, items, series, and every field as it stood.

All dialects come as one tree (`tree`); which tag fills which attribute is the vocabulary's business (`tags`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from indexer.edgar.accession import accession_number, accession_number_in
from indexer.edgar.items import item
from indexer.edgar.roles import Role
from indexer.envelope import values
from indexer.envelope.tags import CONTRACTS, SERIES, TAGS
from indexer.envelope.tree import STRAY, Node, parse_tree
from indexer.errors import Problem, ProblemKind
from indexer.filings import Address, FilingValues, FormerName, Header, HeaderField, Party, Series, ShareClass
from indexer.limits import DEFAULT_LIMITS, Limits

T = TypeVar("T")

_REPORTED = 100


class ParsedHeader(NamedTuple):
    """A header and what was wrong with it."""

    header: Header
    problems: tuple[Problem, ...]


def parse_header(text: str, *, limits: Limits = DEFAULT_LIMITS) -> ParsedHeader:
    """Read a header in any dialect, or in several at once; whatever cannot be placed is in `Header.fields` too.

    >>> parse_header("<ACCESSION-NUMBER>0009990001-17-000001\\n<TYPE>8-K\\n").header.form
    '8-K'
    """
    root = parse_tree(text)
    paths = list(_paths(root))
    problems = list(_unplaced_of(node for _, node in paths))
    header = _header(_Reader(root, problems), limits)
    fields = tuple(HeaderField(path, node.value) for path, node in paths)
    return ParsedHeader(replace(header, fields=fields), tuple(problems))


def _paths(node: Node, prefix: str = "") -> Iterator[tuple[str, Node]]:
    for child in node.children:
        path = f"{prefix}{child.name}"
        yield path, child
        if child.children:
            yield from _paths(child, f"{path}/")


def _unplaced_of(nodes: Iterable[Node]) -> Iterator[Problem]:
    """A Problem for each field without a place; past the hundredth, one for all the rest."""
    unplaced = [node for node in nodes if not node.placed]
    yield from (_unplaced(node) for node in unplaced[:_REPORTED])
    if rest := unplaced[_REPORTED:]:
        yield _problem(ProblemKind.UNPLACED, f"{len(rest):,} more lines without a place", rest[0])


def _unplaced(node: Node) -> Problem:
    what = "a line that is neither tag nor label" if node.name == STRAY else node.name
    said = f"{what}: {_shortened(node.value)}" if node.value else f"{what} without a value"
    return _problem(ProblemKind.UNPLACED, said, node)


def _problem(kind: ProblemKind, message: str, node: Node) -> Problem:
    return Problem(kind, message, place=f"line {node.line}", outcome="kept among the header's fields only")


def _shortened(value: str) -> str:
    return value if len(value) <= 80 else f"{value[:77]}..."


class _Reader:
    """What stands beneath a noun's node, by the field it fills."""

    def __init__(self, node: Node, problems: list[Problem]) -> None:
        self.node = node
        self.problems = problems
        self._nodes: dict[str, list[Node]] = defaultdict(list)
        self._gather(node)

    def _gather(self, node: Node) -> None:
        """Through containers that are no noun themselves (COMPANY-DATA), not into those that are."""
        for child in node.children:
            tag = TAGS.get(child.name)
            if tag and tag.field and child.placed:
                self._nodes[tag.field].append(child)
            elif tag and child.placed and child.name != "MULTI-ACCESSION-NUMBERS":
                self._gather(child)

    def texts(self, field: str) -> list[str]:
        """Return all values of a field that may repeat, empty ones left out."""
        return [unescaped(node.value) for node in self._nodes[field] if node.value]

    def text(self, field: str) -> str:
        """Return the value of a field that stands once; a second, different one is a problem."""
        nodes: Sequence[Node] = self._nodes.get(field, ())
        if len(nodes) > 1:
            nodes = [node for node in nodes if node.value]
        for other in nodes[1:]:
            if other.value != nodes[0].value:
                message = f"a second {other.name}: {_shortened(other.value)}"
                self.problems.append(_problem(ProblemKind.UNPLACED, message, other))
        return unescaped(nodes[0].value) if nodes else ""

    def value(self, field: str, convert: Callable[[str], T | None]) -> T | None:
        """Convert a value; `None` when it is absent, and with a problem when it is not what it should be."""
        text = self.text(field)
        converted = convert(text) if text else None
        if text and converted is None:
            node = next(node for node in self._nodes[field] if node.value)
            self.problems.append(_problem(ProblemKind.BAD_VALUE, f"{node.name}: {_shortened(text)}", node))
        return converted

    def nouns(self, field: str) -> list["_Reader"]:
        """Return a reader for each of the containers that hold this field's nouns."""
        return [_Reader(node, self.problems) for node in self._nodes[field]]


def unescaped(value: str) -> str:
    """Replace the two entities that the specification defines, and `&gt;`; stray ampersands stay."""
    # Most values have none, and a header has hundreds of them.
    if "&" not in value:
        return value
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _header(reader: _Reader, limits: Limits) -> Header:
    form = reader.text("Header.form")
    filed = reader.value("Header.filed", values.day)
    accepted = reader.value("Header.accepted", values.moment)
    disseminated = reader.value("Header.disseminated", values.dissemination_date)
    # The day decides which numbering of items holds; where FILED AS OF DATE is missing, another is near enough.
    on = filed or disseminated or (accepted.date() if accepted else None)
    return Header(
        accession_number=_accession_number(reader),
        form=form,
        filed=filed,
        period=reader.value("Header.period", values.day),
        accepted=accepted,
        changed=reader.value("Header.changed", values.day),
        effective=reader.value("Header.effective", values.day),
        disseminated=disseminated,
        document_count=reader.value("Header.document_count", values.count),
        items=tuple(item(value, form=form, filed=on) for value in reader.texts("Header.items")),
        parties=_parties(reader, limits),
        group_members=tuple(reader.texts("Header.group_members")),
        series=tuple(_all_series(reader)),
    )


def _accession_number(reader: _Reader) -> str:
    """The tag's value; where that is missing, the name in the SEC-DOCUMENT line."""
    stated = reader.value("Header.accession_number", accession_number)
    return stated or accession_number_in(reader.text("Header.disseminated"))


def _parties(reader: _Reader, limits: Limits) -> tuple[Party, ...]:
    parties = reader.nouns("Header.parties")
    if len(parties) > limits.parties:
        message = f"{len(parties):,} parties, more than the {limits.parties:,} allowed"
        over = Problem(ProblemKind.OVER_LIMIT, message, outcome="the rest kept among the header's fields only")
        reader.problems.append(over)
    return tuple(_party(party) for party in parties[: limits.parties])


def _party(reader: _Reader) -> Party:
    sic = reader.value("Party.sic", values.sic) or values.Sic("", "")
    return Party(
        role=Role(reader.node.name.lower()),
        name=reader.text("Party.name"),
        cik=reader.value("Party.cik", values.cik) or "",
        sic=sic.code,
        sic_title=sic.title,
        organization_name=reader.text("Party.organization_name"),
        irs_number=values.irs_number(reader.text("Party.irs_number")),
        state_of_incorporation=reader.text("Party.state_of_incorporation"),
        fiscal_year_end=reader.text("Party.fiscal_year_end"),
        relationship=reader.text("Party.relationship"),
        filing_values=tuple(_filing_values(each) for each in reader.nouns("Party.filing_values")),
        business_address=_address(reader, "Party.business_address"),
        mail_address=_address(reader, "Party.mail_address"),
        former_names=tuple(_former_name(each) for each in reader.nouns("Party.former_names")),
    )


def _filing_values(reader: _Reader) -> FilingValues:
    return FilingValues(
        form_type=reader.text("FilingValues.form_type"),
        act=values.act(reader.text("FilingValues.act")),
        file_number=reader.text("FilingValues.file_number"),
        film_number=reader.text("FilingValues.film_number"),
    )


def _address(party: _Reader, field: str) -> Address | None:
    addresses = party.nouns(field)
    for other in addresses[1:]:
        party.problems.append(_problem(ProblemKind.UNPLACED, f"a second {other.node.name}", other.node))
    return _address_of(addresses[0]) if addresses else None


def _address_of(reader: _Reader) -> Address:
    return Address(
        street1=reader.text("Address.street1"),
        street2=reader.text("Address.street2"),
        city=reader.text("Address.city"),
        state=reader.text("Address.state"),
        zip=reader.text("Address.zip"),
        phone=reader.text("Address.phone"),
    )


def _former_name(reader: _Reader) -> FormerName:
    return FormerName(reader.text("FormerName.name"), reader.value("FormerName.changed", values.day))


def _all_series(reader: _Reader) -> Iterator[Series]:
    for node, owner in _series_nodes(reader.node):
        series = _series(_Reader(node, reader.problems))
        yield series if series.owner_cik else replace(series, owner_cik=values.cik(owner) or "")


def _series_nodes(node: Node, owner: str = "") -> Iterator[tuple[Node, str]]:
    """The series and their owners: new series have theirs once, before all of them."""
    for child in node.children:
        if child.name == "OWNER-CIK":
            owner = child.value
        elif child.name in SERIES and child.placed:
            yield child, owner
        elif child.name in {"SERIES-AND-CLASSES-CONTRACTS-DATA", *CONTRACTS}:
            yield from _series_nodes(child, owner)


def _series(reader: _Reader) -> Series:
    return Series(
        id=reader.text("Series.id"),
        name=reader.text("Series.name"),
        owner_cik=reader.value("Series.owner_cik", values.cik) or "",
        classes=tuple(_share_class(each) for each in reader.nouns("Series.classes")),
    )


def _share_class(reader: _Reader) -> ShareClass:
    return ShareClass(
        id=reader.text("ShareClass.id"),
        name=reader.text("ShareClass.name"),
        ticker=reader.text("ShareClass.ticker"),
    )
