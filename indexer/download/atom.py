"""EDGAR's feed of what came in last (`getcurrent`, Atom), read. Which pages there are is the business of `lists`."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from indexer.download.index_files import day_of
from indexer.download.wanted import ListedFiling
from indexer.edgar.accession import accession_number_in
from indexer.errors import DownloadError

PAGE = 100
"""Entries of a page, at most."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_FILED = re.compile(r"Filed:\s*(?:</b>)?\s*(\d{4}-\d\d-\d\d)")
_SIZE = re.compile(r"Size:\s*(?:</b>)?\s*(\d+)\s*(KB|MB|GB)?")
_TITLE = re.compile(r"(?P<form>(?>.*?(?= - ))) - (?P<company>.*) \((?P<cik>\d{1,10})\) \([^)]*\)")
_UNITS = {None: 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def parse_current(content: bytes) -> Iterator[ListedFiling]:
    """Read the filings of a page; one comes once for each of its parties. DownloadError for what is no such page.

    >>> [filing] = parse_current(b'''<feed xmlns="http://www.w3.org/2005/Atom"><entry>
    ... <title>8-K - Tessalune Biosciences, Inc. (0009012704) (Filer)</title>
    ... <link href="/Archives/edgar/data/9012704/000900010117004512/0009000101-17-004512-index.htm"/>
    ... <summary>&lt;b&gt;Filed:&lt;/b&gt; 2017-04-18 &lt;b&gt;Size:&lt;/b&gt; 24 KB</summary></entry></feed>''')
    >>> filing.form, filing.company, filing.accession, filing.size
    ('8-K', 'Tessalune Biosciences, Inc.', '0009000101-17-004512', 24576)
    """
    try:
        feed = fromstring(content)
    except ParseError as error:
        raise DownloadError(f"EDGAR's list of what came in last cannot be read: {error}") from error
    for entry in feed.iter(f"{_ATOM}entry"):
        link = entry.find(f"{_ATOM}link")
        address = "" if link is None else link.get("href", "")
        accession = accession_number_in(address) or accession_number_in(_text_of(entry, "id"))
        title = _TITLE.fullmatch(" ".join(_text_of(entry, "title").split()))
        if accession and title:
            yield _filing(accession, title, _text_of(entry, "summary"))


def _filing(accession: str, title: re.Match[str], summary: str) -> ListedFiling:
    filed, size = _FILED.search(summary), _SIZE.search(summary)
    return ListedFiling(
        accession,
        cik=title["cik"].lstrip("0"),
        form=title["form"],
        filed=day_of(filed[1]) if filed else 0,
        company=title["company"],
        size=int(size[1]) * _UNITS[size[2]] if size else 0,
    )


def _text_of(entry: Element, name: str) -> str:
    return entry.findtext(f"{_ATOM}{name}") or ""
