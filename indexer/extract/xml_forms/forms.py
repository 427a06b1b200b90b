"""What an XML form says, as lines a person reads: labels and values, a line for a row, footnotes where they apply.

One renderer for every form: a group of values is a heading and a line for each, a repeated group is one line, an
address or a person's name is one value. What the names and codes mean stands in
`indexer.edgar.xml_labels`. No XML is read here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from indexer.edgar.states import STATES
from indexer.edgar.xml_labels import HEADINGS, ROWS, SILENT, STRUCTURE, form_heading, label, meaning

_ROW_LENGTH = 1500
_ROW_VALUE = 300
"""Characters of a row and of a value in it; a longer one is set as a group, a line for each value."""
_ADDRESS = re.compile(r"\w*?(street|city|state|country|zip|postal)\w*|address\d?", re.I)
_PERSON = ("prefix", "firstname", "middlename", "lastname", "suffix")
_OF_PERSON = frozenset(_PERSON)
_BLANK_LINES = re.compile("\n\n\n+")
_NONE = frozenset[str]()


class FormField(NamedTuple):
    """A value and the element or attribute it stood in."""

    name: str
    value: str
    notes: tuple[str, ...] = ()
    """Of the footnotes that belong to it."""


@dataclass(slots=True)
class Group:
    """An element that holds others, until it is rendered."""

    name: str
    parts: list["Part"] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """Of parts that came before these and are already rendered."""
    rows: frozenset[str] = frozenset()
    """Names that were repeated among the parts already rendered."""


Part = FormField | Group


def reduced(group: Group) -> Part | None:
    """Reduce a closed element to the simplest part that holds it; None where there is nothing to show."""
    if group.name == "footnoteId":
        return FormField(group.name, "", tuple(part.value for part in group.parts if isinstance(part, FormField)))
    if group.name in SILENT:
        return None
    if group.lines:
        return group
    marks = [part for part in group.parts if part.name == "footnoteId" and isinstance(part, FormField)]
    notes = tuple(note for mark in marks for note in mark.notes) if marks else ()
    parts = [part for part in group.parts if part not in marks] if marks else group.parts
    if not parts:
        return FormField(group.name, "", notes) if notes else None
    # Forms 3, 4 and 5 wrap each value: <transactionShares><value>100</value></transactionShares>.
    if len(parts) == 1 and isinstance(only := parts[0], FormField) and only.name in ("", "value"):
        return FormField(group.name, only.value, only.notes + notes)
    if notes and isinstance(last := parts[-1], FormField):
        parts[-1] = FormField(last.name, last.value, last.notes + notes)
    group.parts = parts
    return _one_value(group)


def _one_value(group: Group) -> Part:
    """A group that says one thing as one value: an address, a person's name, a relationship."""
    fields = [part for part in group.parts if isinstance(part, FormField)]
    if len(fields) < len(group.parts):
        return group
    if _is_of_person(fields[0].name) and _is_person(names := [part.name.lower() for part in fields]):
        return FormField(group.name, _person(dict(zip(names, fields, strict=True))))
    if group.name == "reportingOwnerRelationship":
        return FormField("relationship", ", ".join(_relationships({part.name: part.value for part in fields})))
    if len(fields) > 1 and all(_is_of_address(part.name) for part in fields):
        return FormField(group.name, _address(fields))
    return group


@lru_cache(maxsize=4096)
def _is_of_person(name: str) -> bool:
    return name.lower() in _OF_PERSON


def _is_person(names: Sequence[str]) -> bool:
    return "lastname" in names and _OF_PERSON.issuperset(names)


def _person(said: Mapping[str, FormField]) -> str:
    """The name of a person as it is spoken, of its parts."""
    names = (said[part].value for part in _PERSON if part in said)
    return " ".join(name for name in names if name.upper() not in ("", "N/A", "NONE"))


def _relationships(said: Mapping[str, str]) -> Iterator[str]:
    """What a reporting owner is to the issuer: `Director`, `Officer: Chief Financial Officer`."""
    for name, words in (("isDirector", "Director"), ("isOfficer", "Officer"), ("isTenPercentOwner", "10% owner")):
        title = said.get("officerTitle", "") if name == "isOfficer" else ""
        if title or said.get(name, "").lower() in ("1", "true"):
            yield f"{words}: {title}" if title else words
    if (other := said.get("otherText", "")) or said.get("isOther", "").lower() in ("1", "true"):
        yield f"Other: {other}" if other else "Other"


@lru_cache(maxsize=4096)
def _is_of_address(name: str) -> bool:
    return _ADDRESS.fullmatch(name) is not None


def _address(fields: Iterable[FormField]) -> str:
    address, named = "", {part.value.lower() for part in fields}
    for part in fields:
        after = " " if re.search("zip|postal", part.name, re.I) else ", "
        # Some forms give a state by its code and by its name: once is enough.
        is_described = STATES.get(part.value.lower(), "").lower() in named
        address += (after if address else "") + (part.value if is_described else meaning(part.name, part.value))
    return address


class Renderer:
    """Writes parts as lines; prints each footnote once, under the first line that refers to it."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes
        self._printed: set[str] = set()
        self._headings: Mapping[str, str] = {}
        self._titled = False

    def condense(self, group: Group) -> None:
        """Render what a group holds so far, in place."""
        group.rows |= _repeated(group.parts)
        group.lines += self._lines(group)
        group.parts.clear()

    def document(self, root: Group) -> str:
        """Write the whole text of the form whose root element, or what there is of it, is in `root`."""
        lines = root.lines
        for part in root.parts:
            if isinstance(part, Group):
                lines += (form_heading(part.name), *part.lines)
            lines += self._lines(part if isinstance(part, Group) else Group("", [part]))
        lines += [self._note(name) for name in self._notes if name not in self._printed]
        return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")

    def _lines(self, group: Group) -> Iterator[str]:
        parts = _merged(group.parts)
        repeated = _repeated(parts)
        for part in parts:
            match part:
                case FormField():
                    yield from self._field(part)
                case Group(name) if name in ROWS or name in group.rows or name in repeated:
                    yield from self._row(part)
                case Group():
                    yield from self._group(part)

    def _field(self, part: FormField) -> Iterator[str]:
        if part.name in ("documentType", "submissionType") and not self._titled:
            self._titled = True
            form = part.value.removesuffix("/A").removesuffix("/UA")
            self._headings = HEADINGS.get(form, {})
            if titled := form_heading(form):
                yield titled
        yield _labelled(part)
        yield from self._new_notes(part.notes)

    def _row(self, group: Group) -> Iterator[str]:
        fields = list(_flat(group))
        row = "\t".join(map(_labelled, fields))
        # What is too long for a line is read below its heading, a value a line.
        too_long = len(row) > _ROW_VALUE and (
            len(row) > _ROW_LENGTH or any(len(part.value) > _ROW_VALUE for part in fields)
        )
        if too_long or "\n" in row:
            yield from self._group(group)
            return
        yield row
        for part in fields:
            yield from self._new_notes(part.notes)

    def _group(self, group: Group) -> Iterator[str]:
        # They are printed under the lines that refer to them, and the rest at the end.
        if group.name == "footnotes" and self._notes:
            return
        heading = self._headings.get(group.name, "")
        first = group.parts[0] if group.parts else None
        only = len(group.parts) == 1 and not group.lines and not heading and group.name not in STRUCTURE
        if only and isinstance(first, FormField):
            yield _labelled(first, within=group.name)
            yield from self._new_notes(first.notes)
            return
        if not heading and group.name not in STRUCTURE and any(isinstance(part, FormField) for part in group.parts):
            named = label(group.name)
            heading = "" if isinstance(first, FormField) and label(first.name) == named else named
        if heading:
            yield from ("", heading)
        yield from group.lines
        yield from self._lines(group)
        if heading:
            yield ""

    def _new_notes(self, notes: Iterable[str]) -> Iterator[str]:
        for name in notes:
            if name in self._notes and name not in self._printed:
                self._printed.add(name)
                yield self._note(name)

    def _note(self, name: str) -> str:
        return f"({name.removeprefix('F')}) {self._notes[name]}"


def _repeated(parts: Iterable[Part]) -> frozenset[str]:
    """The names of groups of which there are several."""
    names = [part.name for part in parts if isinstance(part, Group)]
    if len(set(names)) == len(names):
        return _NONE
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def _merged(parts: Sequence[Part]) -> Sequence[Part]:
    """The parts with neighbouring values of one name as one: `Relationship: Director; Executive Officer`."""
    if len({part.name for part in parts}) == len(parts):
        return parts
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, FormField) and isinstance(last, FormField) and part.name == last.name and part.name:
            merged[-1] = FormField(part.name, f"{last.value}; {part.value}", last.notes + part.notes)
        else:
            merged.append(part)
    return merged


def _flat(group: Group) -> Iterator[FormField]:
    """The values of a group and of the groups in it, in order."""
    if group.lines:
        yield FormField("", "\n".join(group.lines))
    for part in _merged(group.parts):
        match part:
            case FormField():
                yield part
            case Group():
                yield from _flat(part)


def _labelled(part: FormField, within: str = "") -> str:
    """`Price: 12.5 (1)`: a label, a value, and the numbers of its footnotes."""
    said = part.value
    if "; " in said:
        said = "; ".join([meaning(part.name, value) for value in said.split("; ")])
    elif said:
        said = meaning(part.name, said)
    if part.notes:
        said = " ".join(filter(None, (said, *(f"({note.removeprefix('F')})" for note in part.notes))))
    name = label(part.name) if part.name else ""
    if within:
        name = _qualified(label(within), name)
    return f"{name}: {said}" if name else said


def _qualified(group: str, name: str) -> str:
    """The label of a group's only value: `Use of proceeds, dollar amount`; the group's own where that says it all."""
    if not name or name.lower() in group.lower():
        return group
    return f"{group}, {name if name[:2].isupper() else name[:1].lower() + name[1:]}"
