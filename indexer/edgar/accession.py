"""Accession numbers: their one spelling, with hyphens, and where text has one. No tags and no files here."""

import re

from indexer.first_use import regex

_NUMBER = regex(r"(\d{10})-?(\d{2})-?(\d{6})", re.ASCII)


def accession_number(text: str) -> str | None:
    """Return the accession number that a text is, with its hyphens, or None when it is none.

    >>> accession_number("000114420417013452"), accession_number("0001144204")
    ('0001144204-17-013452', None)
    """
    match = _NUMBER.fullmatch(text)
    return "-".join(match.groups()) if match else None


def accession_number_in(text: str) -> str:
    """Return the first accession number in a file name or a line, or the empty string.

    >>> accession_number_in("edgar/data/9000001/0009000001-17-000012.txt")
    '0009000001-17-000012'
    """
    match = _NUMBER.search(text)
    return "-".join(match.groups()) if match else ""
