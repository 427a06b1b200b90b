"""HTML made of text that may be anybody's: what goes through `text` is shown as it stands, and drives nothing."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from indexer.harmless import harmless

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def text(value: object) -> str:
    """Escape a value as text; characters that are not shown become spaces."""
    return escape(harmless(str(value)))


def prose(value: object) -> str:
    """Escape a value as text in which no day is broken at the end of a line."""
    return _DAY.sub(r'<span class="day">\g<0></span>', text(value))


def element(name: str, *content: str, kind: str = "") -> str:
    """Make an element of markup; `kind` is its class."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<{name}{attribute}>{''.join(content)}</{name}>"


def link(url: str, *content: str) -> str:
    """Make a link where the address is one of the web, else only what it holds."""
    if not url.startswith(("https://", "http://")):
        return "".join(content)
    return f'<a href="{text(url)}">{"".join(content)}</a>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = "") -> str:
    """Make a table; a column whose heading begins with `#` holds numbers. Cells are markup."""
    numbers = [heading.startswith("#") for heading in headings]
    kinds = ["number" if is_number else "" for is_number in numbers]
    head = (element("th", text(heading.lstrip("#")), kind=each) for heading, each in zip(headings, kinds, strict=True))
    body = (
        element("tr", *(element("td", cell, kind=each) for cell, each in zip(row, kinds, strict=True))) for row in rows
    )
    return element("table", element("thead", element("tr", *head)), element("tbody", *body), kind=kind)


def definitions(pairs: Iterable[tuple[str, str]]) -> str:
    """Make a list of terms and what is said of each, left out where that is empty; the latter is markup."""
    return element("dl", *(element("dt", text(term)) + element("dd", said) for term, said in pairs if said))
