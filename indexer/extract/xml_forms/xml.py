"""Reading XML forms, hostile ones included: no entity is fetched or expanded, no depth costs more than its bytes.

The elements that close are handed to the renderer in `forms`; of long lists what has been read is rendered as it
comes, so that memory does not grow with the document.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from indexer.edgar.xml_labels import SILENT, is_secret
from indexer.extract.xml_forms.form_rows import RowCollector
from indexer.extract.xml_forms.forms import FormField, Group, Part, Renderer, reduced
from indexer.extracted import FormRow

_CHUNK = 1 << 18
_PENDING = 256
"""Parts a group holds before the earlier ones are rendered; measured on 13F tables, where more saves nothing."""
_DEEPEST = 100
"""Elements within elements; what is deeper counts as part of the element at this depth."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S)
_LOOSE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.I)
_LOOSE_SIGN = re.compile(r"<!(?=DOCTYPE|ENTITY|\[)", re.I)
"""What XML would take for markup and a filer meant as text; in two patterns, each of which begins with what it is found
by."""
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_PROLOG = 1 << 16
"""Characters in which a document type would be declared."""
_FOOTNOTE = re.compile(r"<(?:\w+:)?footnote\s+id\s*=\s*[\"'](\w+)[\"']\s*>")
_FOOTNOTE_END = re.compile(r"</(?:\w+:)?footnote\s*>")
_BLANKS = re.compile(r"\s+")
_TAG = re.compile("<[^<>]*+>")


class XmlText(NamedTuple):
    """The text of an XML form, what was wrong with its markup, and the values of its rows."""

    text: str
    damage: str = ""
    secrets: int = 0
    """Access codes that were left out."""
    rows: tuple[FormRow, ...] = ()
    symbols: tuple[str, ...] = ()
    """Trading symbols, as the form writes them."""


def xml_text(source: str) -> XmlText:
    """Read the form's text; entities that the document declares are neither fetched nor expanded.

    >>> xml_text("<issuer><issuerName>Fernly &amp; Co</issuerName><isShell>0</isShell></issuer>").text
    'Issuer name: Fernly & Co\\nShell: No'
    """
    source = _DECLARATION.sub("", source, count=1)
    declared = _DOCTYPE.match(source, max(0, source.find("<!DOCTYPE", 0, _PROLOG)))
    if declared:
        source = source[declared.end() :]
    source = _escaped(source)
    notes = dict(_footnotes(source)) if "footnote" in source else {}
    read = _parse(source, _Form(notes), recover=False)
    if read.damage:
        return _parse(source, _Form(notes), recover=True)._replace(damage=read.damage)
    if declared and "<!ENTITY" in declared.group():
        return read._replace(damage="declares entities, which are not expanded")
    return read


def _footnotes(source: str) -> Iterator[tuple[str, str]]:
    """The names of the footnotes and their texts, in one line each, whatever markup is in them."""
    starts = list(_FOOTNOTE.finditer(source))
    for start, after in zip_longest(starts, starts[1:]):
        if ended := _FOOTNOTE_END.search(source, start.end(), after.start() if after else len(source)):
            first, *rest = source[start.end() : ended.start()].split(_CDATA)
            pieces = (piece.partition(_CDATA_END) for piece in rest)
            text = _unmarked(first) + "".join(inside + _unmarked(after) for inside, _, after in pieces)
            yield start[1], " ".join(text.split())


def _unmarked(text: str) -> str:
    return unescape(_TAG.sub("", text))


def _escaped(source: str) -> str:
    """The source with loose `&` and `<` as references, outside CDATA sections, which hold them by right."""
    pieces: list[str] = []
    at = 0
    while (start := source.find(_CDATA, at)) >= 0 and (end := source.find(_CDATA_END, start)) >= 0:
        end += len(_CDATA_END)
        pieces += (_referred(source[at:start]), source[start:end])
        at = end
    return "".join((*pieces, _referred(source[at:])))


def _referred(text: str) -> str:
    return _LOOSE_SIGN.sub("&lt;!", _LOOSE_AND.sub("&amp;", text))


def _parse(source: str, form: "_Form", *, recover: bool) -> XmlText:
    from lxml import etree  # noqa: PLC0415  (a build of plain-text submissions starts without it)

    parser = etree.XMLParser(
        target=form,  # type: ignore[arg-type]
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    damage = ""
    try:
        for start in range(0, len(source), _CHUNK):
            parser.feed(source[start : start + _CHUNK].encode("utf-8", "replace"))
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        damage = f"the markup is damaged: {error}"
    return XmlText(form.text(), damage, form.secrets, form.rows.taken(), tuple(form.rows.symbols))


class _Form:
    """The parser's target: keeps the elements that are open, renders those that closed.

    Most elements hold nothing but text; one that has just opened is but a name until it is seen to hold more.
    """

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._open = [Group("")]
        self._name = ""
        self._text: list[str] = []
        self._below = 0
        self._renderer = Renderer(notes)
        self.rows = RowCollector()
        self.secrets = 0
        self.data = self._text.append

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) + bool(self._name) > _DEEPEST:
            self._below += 1
            return
        if self._name:
            self._open.append(Group(self._name))
            self._name = ""
        if self._text:
            self._keep_text()
        name = _local(tag)
        if attributes or name in SILENT:
            self._open.append(Group(name, _fields(name, attributes)))
            self.secrets += sum(is_secret(_local(each)) and _is_told(value) for each, value in attributes.items())
        else:
            self._name = name

    def end(self, _tag: str) -> None:
        if self._below:
            self._below -= 1
            return
        part = self._closed_value() if self._name else self._closed_group()
        if part is None:
            return
        if is_secret(part.name):
            self.secrets += isinstance(part, Group) or _is_told(part.value)
            return
        above = self._open[-1]
        above.parts.append(part)
        if len(above.parts) > _PENDING:
            self._renderer.condense(above)

    def _closed_value(self) -> Part | None:
        """The innermost element, which held nothing but text, as a part."""
        name, self._name = self._name, ""
        text = "".join(self._text).strip()
        self._text.clear()
        return FormField(name, _paragraphs(text)) if text else None

    def _closed_group(self) -> Part | None:
        """The innermost element, which held more, as a part."""
        if self._text:
            self._keep_text()
        self.rows.closing(group := self._open.pop())
        return reduced(group)

    def close(self) -> None:
        """Do nothing: lxml calls this at the end, and `text` has what was read."""

    def text(self) -> str:
        """Return the rendering of what was read, elements that never closed included."""
        self._below = 0
        while self._name or len(self._open) > 1:
            self.end("")
        return self._renderer.document(self._open[0])

    def _keep_text(self) -> None:
        """Have the text so far among the parts of the element it stands in; as a rule it is but white space."""
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self._open[-1].parts.append(FormField("", _paragraphs(text)))


def _fields(name: str, attributes: Mapping[str, str]) -> list[Part]:
    """What the attributes of an element say; libxml2 gives an ampersand in them as a reference."""
    said = ((_local(attribute), value.strip().replace("&#38;", "&")) for attribute, value in attributes.items())
    return [FormField(each, value) for each, value in said if value and (_is_shown(each) or name == "footnoteId")]


def _is_told(code: str) -> bool:
    """Whether an access code is there to be read: EDGAR puts eight X in its place when it disseminates a form."""
    return bool(code.strip().strip("Xx"))


def _is_shown(name: str) -> bool:
    return name not in SILENT and not is_secret(name)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2] or tag


def _paragraphs(text: str) -> str:
    """A value's text, trimmed: its lines kept, its columns a tab apart, other white space one space."""
    if text.isprintable() and "  " not in text:
        return text
    lines = (_BLANKS.sub(_blank, line.strip()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _blank(run: re.Match[str]) -> str:
    return "\t" if "\t" in run.group() or "   " in run.group() else " "
