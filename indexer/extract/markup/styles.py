"""What the style of an element says of its text: that it is raised above the line as a mark, or not shown at all.

Read are the element's own declarations and the rules of style sheets for classes, `.mark` and `span.mark`; nothing is
inherited or computed. Marks for `layout`, as a tag of its own would give them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from indexer.extract.markup.marks import STARTS, SUP, SUP_END, VEIL, VEIL_END, VOID

_ATTRIBUTE = re.compile(r"""\s(style|class|hidden)(?=[\s=/]|\Z)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]*))?""", re.I)
_SHEET = re.compile(r"<style\b[^<>]*>([^<]*)", re.I)
_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?|<!--|-->")
_CLASS = re.compile(r"\s*([a-z][\w:]*)?\.([\w-]+)\s*", re.I)
_LENGTH = re.compile(r"([+-]?(?:\d++(?:\.\d*+)?|\.\d++))(pt|px|em|rem|ex|%|in|cm|mm|pc)?")
_POINTS = {"px": 0.75, "em": 10, "rem": 10, "ex": 5, "%": 0.1, "in": 72, "cm": 28, "mm": 2.8, "pc": 12}
"""In a unit, of a font of 10 points."""
_RAISED = 1.5
"""Points above the line from which on text is a mark and no correction of its place."""
_FAR = 30.0
"""Points beyond which text is set in another place on the page."""


class Effect(NamedTuple):
    """The marks behind an element's opening tag and before its closing tag."""

    opener: str
    closer: str


_MARK, _UNSEEN = Effect(SUP, SUP_END), Effect(VEIL, VEIL_END)


class Styles:
    """What the elements of one document look like."""

    def __init__(self, source: str = "") -> None:
        self._classes: dict[tuple[str, str], dict[str, str]] = {}
        for sheet in _SHEET.finditer(source):
            self._read(_COMMENT.sub(" ", sheet[1]))

    def _read(self, sheet: str) -> None:
        """Keep the rules for classes, but the first within `@media` and the like, which has a brace too many."""
        for rule in sheet.split("}"):
            selectors, _, declared = rule.partition("{")
            for selector in selectors.split(",") if "{" not in declared else ():
                if named := _CLASS.fullmatch(selector):
                    self._classes[(named[1] or "").lower(), named[2]] = _declarations(declared)

    def of_tag(self, name: str, tag: str) -> Effect | None:
        """Find the effect of an opening tag of that name, from what stands between its `<` and `>`.

        >>> Styles().of_tag("font", 'font style="FONT-SIZE: 70%; VERTICAL-ALIGN: text-top"')
        Effect(opener='\\x06', closer='\\x08')
        """
        lower = tag.lower()
        if not ("none" in lower or "hidden" in lower or "collapse" in lower or self._classes) and (
            name in STARTS or not ("vertical-align" in lower or "position" in lower)
        ):
            return None
        found = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(tag)}
        return self.of(name, found)

    def of(self, name: str, attributes: Mapping[str, str]) -> Effect | None:
        """Find the effect of an element with these attributes."""
        if name in VOID:
            return None
        declared: dict[str, str] = {}
        for each in attributes.get("class", "").split() if self._classes else ():
            declared |= self._classes.get(("", each), {}) | self._classes.get((name, each), {})
        declared |= _declarations(attributes.get("style", ""))
        if "hidden" in attributes or _is_unseen(declared):
            return _UNSEEN
        return _MARK if name not in STARTS and _is_raised(declared) else None


def _declarations(style: str) -> dict[str, str]:
    said = (each.partition(":") for each in style.lower().split(";"))
    return {name.strip(): value.partition("!")[0].strip() for name, _, value in said}


def _is_unseen(declared: Mapping[str, str]) -> bool:
    return declared.get("display") == "none" or declared.get("visibility") in ("hidden", "collapse")


def _is_raised(declared: Mapping[str, str]) -> bool:
    align = declared.get("vertical-align", "")
    if align in ("super", "top", "text-top") or _RAISED <= _points(align) < _FAR:
        return True
    if declared.get("position") != "relative":
        return False
    return _RAISED <= max(-_points(declared.get("top", "")), _points(declared.get("bottom", ""))) < _FAR


def _points(length: str) -> float:
    """How long something is, in points; 0 where it does not say.

    >>> _points("-4pt"), _points("0.4em"), _points("auto")
    (-4.0, 4.0, 0.0)
    """
    said = _LENGTH.fullmatch(length)
    return float(said[1]) * _POINTS.get(said[2] or "", 1.0) if said else 0.0
