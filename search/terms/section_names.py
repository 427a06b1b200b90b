"""What a section is called: an item or a subject as people write it, and as the index names it."""

import re

from indexer.edgar.headings import subjects
from indexer.edgar.item_titles import plain_title
from indexer.first_use import regex

_ITEM = regex(
    r"(?:(?:part[ ]?)?(?P<part>i{1,3}|iv)[ ,.:–—-]*)?(?:items?[ ]?)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}|[ .]?\(?[a-k]\)?)?)(?:[ ]?\(?t\)?|\([a-z]\))?[.:]?",
    re.ASCII,
)
_IN_PARTS = regex(r"[1-6](?!\d|\.\d)")
"""Numbers that the items of a 10-Q have, which has the same in both of its parts."""


def item(text: str) -> str:
    """Return an item, or what a section is about, as the index names it; ValueError when it is neither.

    `text` is lower case. In a part of a 10-K, whose items are numbered through, an item is called by its number alone;
    a 10-Q has none above 6.

    >>> item("item 1a"), item("part ii, item 1a"), item("7(a)"), item("part ii item 7"), item("i.2")
    ('1a', 'ii.1a', '7a', '7', 'i.2')
    >>> item("9a(t)"), item("risk factors"), item("md&a"), item("legal-proceedings")
    ('9a', 'risk-factors', 'mdna', 'legal-proceedings')
    """
    found = _ITEM.fullmatch(text)
    if found is None:
        if subject := subjects().get(plain_title(text)):
            return subject
        raise ValueError(
            "a section is named by its item or by what it is about, as in section:1A, section:7.01, section:I.2,"
            ' section:7* or section:"risk factors"'
        )
    number = re.sub(r"[ ()]|\.(?=[a-k])", "", found["number"])
    return f"{found['part']}.{number}" if found["part"] and _IN_PARTS.match(number) else number


def family(name: str) -> tuple[str, ...]:
    """List the names of sections that an item asked for may have: its own, and in a 10-Q those of its two parts.

    >>> family("2"), family("ii.2"), family("7"), family("2.02")
    (('2', 'i.2', 'ii.2'), ('ii.2',), ('7',), ('2.02',))
    """
    return (name, f"i.{name}", f"ii.{name}") if _IN_PARTS.match(name) else (name,)
