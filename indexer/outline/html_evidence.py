"""What HTML says of headings that its text does not: which stand in bold, where the links of the contents lead.

The text is made by `indexer.extract.html` and knows no tags. Places of the two are matched by the words `Item` in both,
in their order, so that making the text costs no more for it; what cannot be matched is not known.
"""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from indexer.edgar.headings import Numbering, title_words
from indexer.outline import numbers
from indexer.outline.wording import places

_CASE = 1 << 16
"""Characters at the beginning that tell in which case the tags are written."""
_MOST = 4000
"""Occurrences of the word, and links, that are looked at."""
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLANKS = (" ", "\n", "\t", "\xa0", "&nbsp;", "&#160;", "&#xa0;", "&#xA0;")
_SET_OFF = re.compile(r"<(?:b|strong|h[1-6]|u)\b|font-weight:\s?(?:bold|[6-9]00)|text-decoration:\s?underline", re.I)
_BOLD = re.compile(r"<(/?)(?:b|strong|h[1-6]|u)\b", re.I)
_LINK = re.compile(r"""["']?#([^"'\s>]{1,200})["']?[^<>]{0,500}>""")
_NAMES = re.compile(r"(?<![A-Za-z-])(?:name|id)\s?=?\s?[\"'=]\Z", re.I)
_VALUES = 200
"""Attributes of one value that are looked at for a name."""
_BEFORE = 1200
"""Characters of markup before a heading that are looked at."""
_AFTER = 4000
"""Characters of markup behind the place a link leads to in which the heading begins."""
_WINDOW = 60
"""Occurrences in the markup among which the next of the text is looked for."""
_LINK_TEXT = 600
"""Characters of a link, with its markup."""
_TRIES = 3
"""Links that name one item and are followed."""
_MOST_TAGS = 12
"""Tags before a heading that are looked at."""
_SPREAD = 600
"""Characters over which these may be spread in the text, with the blanks between them."""
_WORDS = 48
"""Characters of a heading by which it is found in the text."""


class Markup(NamedTuple):
    """What the markup says of places in the text."""

    set_off: dict[int, bool]
    """Whether the word `Item` that stands there is in bold, underlined or an HTML heading, where that is known."""
    linked: dict[str, int]
    """Where the links of the contents lead, by the names of the items they name."""


def is_preformatted(source: str) -> bool:
    """Tell whether more than half of the markup stands in `<PRE>`, whose lines are as long as a page is wide.

    >>> is_preformatted("<html><pre>Item 1. Business\\nOats.</pre></html>"), is_preformatted("<p>Item 1</p>")
    (True, False)
    """
    opener = next((each for each in ("<PRE>", "<pre>") if source.find(each, 0, _CASE) >= 0), "")
    inside, start = 0, source.find(opener) if opener else -1
    while start >= 0:
        end = source.find(opener.replace("<", "</"), start)
        inside += (end if end >= 0 else len(source)) - start
        start = source.find(opener, end) if end >= 0 else -1
    return inside > len(source) / 2


def read_markup(source: str, text: str, lookup: Numbering, wanted: Collection[int]) -> Markup:
    """Read the markup of the document that has this text, of the words `Item` at these places of the text."""
    counts = Counter(text[at : at + len("Item")] for at in wanted)
    spelled = ["item"] if 2 * counts["item"] > counts.total() else sorted(counts.keys() & {"Item", "ITEM"})
    pairs = list(_matched(source, text, spelled))
    set_off = {there: _is_set_off(source, here) for here, there in pairs if there in wanted}
    return Markup(set_off, _linked(source, text, pairs, lookup))


def _matched(source: str, text: str, spelled: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words `Item` stand in the markup and in the text, those that can be matched."""
    here = [
        (at, _key(_visible(source[at : at + 80]))) for at in _occurrences(source, spelled) if not _is_in_tag(source, at)
    ]
    next_one = 0
    for at in _occurrences(text, spelled):
        key = _key(text[at : at + 40])
        window = range(next_one, min(len(here), next_one + _WINDOW))
        found = next((each for each in window if key.startswith(here[each][1])), None)
        if found is not None:
            next_one = found + 1
            yield here[found][0], at


def _occurrences(text: str, spelled: Sequence[str]) -> list[int]:
    found = (at for word in spelled for at in islice(places(text, word), _MOST))
    return sorted(at for at in found if not text[at - 1 : at].isalpha())


def _key(said: str) -> str:
    """The first letters and figures, by which an occurrence is known."""
    return "".join(filter(str.isalnum, said))[:9].lower()


def _visible(markup: str) -> str:
    """What is seen of a piece of markup that begins outside a tag."""
    return html.unescape(_TAG.sub(" ", markup).partition("<")[0])


def _is_in_tag(source: str, at: int) -> bool:
    opened = source.rfind("<", max(0, at - _BEFORE), at)
    return opened >= 0 and source.find(">", opened, at) < 0


def _is_set_off(source: str, at: int) -> bool:
    before = source[max(0, at - _BEFORE) : at]
    if any(_SET_OFF.search(tag) for tag in _tags_before(before)):
        return True
    closing = [tag[1] for tag in _BOLD.finditer(before)]
    return closing[-1:] == [""]


def _tags_before(markup: str) -> Iterator[str]:
    """The tags that end a piece of markup, the last first."""
    for _ in range(_MOST_TAGS):
        while blank := next((each for each in _BLANKS if markup.endswith(each)), None):
            markup = markup[: -len(blank)]
        opened = markup.rfind("<") if markup.endswith(">") else -1
        if opened < 0:
            return
        yield markup[opened:]
        markup = markup[:opened]


def _linked(source: str, text: str, pairs: Sequence[tuple[int, int]], lookup: Numbering) -> dict[str, int]:
    found: dict[str, int] = {}
    tries = Counter[str]()
    at = 0
    for name, target in _named_links(source, lookup):
        if name in found or tries[name] >= _TRIES:
            continue
        tries[name] += 1
        place = _target(source, target, at)
        if place >= 0 and (where := _in_text(source, text, pairs, place)) is not None:
            found[name] = where
            at = place
    return found


def _named_links(source: str, lookup: Numbering) -> Iterator[tuple[str, str]]:
    """The items that links name, and where the links lead; of links in a row that lead to one place, all say it."""
    said, last = "", ""
    for link in _links(source):
        end = source.find("</", link.end(), link.end() + _LINK_TEXT)
        words = " ".join(_visible(source[link.end() : max(end, link.end())]).split())
        said = f"{said} {words}"[:_LINK_TEXT] if link[1] == last else words
        last = link[1]
        if name := _named(said.strip(), lookup):
            yield name, last


def _target(source: str, name: str, at: int) -> int:
    """Where the element of that name is, sooner behind a place than before it; -1 where there is none.

    Short names are values of other attributes too: `colspan="3"`.
    """
    spelled = (f'"{name}"', f"'{name}'", f"={name}>")
    found = (place for each in spelled for start in (at, 0) for place in islice(_from(source, each, start), _VALUES))
    return next((place for place in found if _NAMES.search(source, max(0, place - 8), place + 1)), -1)


def _from(text: str, wanted: str, start: int) -> Iterator[int]:
    at = text.find(wanted, start)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _links(source: str) -> Iterator[re.Match[str]]:
    """The links to places of the document, each from its target on."""
    word = "HREF=" if source.count("<P", 0, _CASE) > source.count("<p", 0, _CASE) else "href="
    return filter(None, (_LINK.match(source, at + len(word)) for at in islice(places(source, word), _MOST)))


def _named(words: str, lookup: Numbering) -> str:
    """The item that a link names: by its number, or by a title that only one item has."""
    for number in numbers.first(words, 0):
        fitting = lookup.fitting(number.name, title_words(words[number.end :].lstrip(" .:–—-")))
        known = fitting or lookup.by_number.get(number.name, ())
        if len(known) == 1:
            return known[0].name
    return ""


def _in_text(source: str, text: str, pairs: Sequence[tuple[int, int]], place: int) -> int | None:
    """Where the text stands that begins at a place of the markup."""
    opened = source.find(">", place) + 1
    words = _visible(source[opened : opened + _AFTER])
    first = next((line.strip() for line in words.split("\n") if len(line.strip()) > 1), "")
    wanted = " ".join(words.split())[:_WORDS]
    if not wanted or not first:
        return None
    before = bisect_right(pairs, (place, len(text))) - 1
    low = pairs[before][1] if before >= 0 else 0
    high = pairs[before + 1][1] + _AFTER if before + 1 < len(pairs) else len(text)
    return _find(text, wanted, low, high)


def _find(text: str, wanted: str, low: int, high: int) -> int | None:
    """Where the first words of what is wanted stand, sooner at the beginning of a line or cell; the last of them is not
    always whole, and there may be fewer blanks, as where a number and its title are two elements."""
    words, within = wanted.split()[:5], None
    joined = "".join(words)
    for at in _from(text, words[0], low):
        if at >= high:
            break
        if "".join(text[at : min(high, at + _SPREAD)].split(None, len(words))).startswith(joined):
            if text[at - 1 : at] in ("", "\n", "\t"):
                return at
            within = at if within is None else within
    return within
