"""EDGAR's index files: master, form, company and crawler, of a quarter or a day, since 1993, as they are in the wild.

A line is a row when it ends as a row does: a CIK, a date, and a path with an accession number; whatever else stands
there (preambles, headings that wrap, rules) is not. The end of a row is read from the right, because names hold runs of
blanks and the columns have moved over the years; form and company are told apart by the heading where it fits the row.
"""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.download.wanted import ListedFiling
from indexer.edgar.accession import accession_number_in
from indexer.edgar.form_types import KNOWN
from indexer.errors import DownloadError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})|(\d{1,2})[-/](\d{1,2})[-/](\d{2}(?:\d\d)?)")
_NAMED = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{2}(?:\d\d)?)")
_GAP = re.compile(r"\s{2,}")
_COMPRESS = b"\x1f\x9d"
"""How a file begins that compress(1) made."""


class _Columns(NamedTuple):
    """What a heading says of the two columns that stand before the CIK."""

    form_first: bool
    second: int
    """Where the second of them begins."""


def read_index(path: Path, *, name: str = "") -> Iterator[ListedFiling]:
    """Read the filings that an index file lists, one row after the other; `name` is what messages call it.

    Plain, gzip and zip files are told apart by their content. Raises DownloadError for a file that is damaged, or was
    made by compress(1) (`.Z`).
    """
    called = name or str(path)
    try:
        with path.open("rb") as file, _opened(file, called) as stream:
            yield from parse_index(stream)
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as error:
        raise DownloadError(f"{called} is damaged: {error}") from error


def _opened(file: io.BufferedReader, name: str) -> io.BufferedIOBase:
    beginning = file.peek(2)[:2]
    if beginning == _COMPRESS:
        instead = re.sub(r"(?:\.idx)?\.Z$", ".gz", name)
        raise DownloadError(
            f"{name} was made by compress(1), which is not read here: take {instead}, which has the same"
        )
    if beginning == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=file)
    if beginning == b"PK":
        archive = zipfile.ZipFile(file)
        return io.BufferedReader(archive.open(archive.infolist()[0]))  # type: ignore[type-var]
    return file


def parse_index(lines: Iterable[bytes]) -> Iterator[ListedFiling]:
    """Read the rows among the lines of an index."""
    columns: _Columns | None = None
    for line in lines:
        text = _text(line)
        if text.count("|") >= 4:
            row = _piped(text)
        else:
            columns = _heading(text) or columns
            row = _fixed(text, columns)
        if row is not None:
            yield row


def _text(line: bytes) -> str:
    """The index is in latin-1, but for rows that are in UTF-8."""
    line = line.rstrip(b"\r\n")
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _piped(text: str) -> ListedFiling | None:
    """A row of a master index. A name may have a `|` in it: it is what the others leave."""
    cik, _, rest = text.partition("|")
    name, form, filed, path = rest.rsplit("|", 3)
    return _row(cik, filed, path, form=form, company=name)


def _fixed(text: str, columns: _Columns | None) -> ListedFiling | None:
    parts = text.rsplit(None, 3)
    if len(parts) < 4 or not parts[1].isdecimal():
        return None
    head, cik, filed, path = parts
    first, second = _split(head.rstrip(), columns or _Columns(form_first=True, second=0))
    form, company = (first, second) if columns is None or columns.form_first else (second, first)
    return _row(cik, filed, path, form=form, company=company)


def _heading(text: str) -> _Columns | None:
    form, company = text.find("Form Type"), text.find("Company Name")
    return _Columns(form < company, max(form, company)) if min(form, company) == 0 else None


def _split(head: str, columns: _Columns) -> tuple[str, str]:
    """Split the two columns before the CIK. A form has no two blanks in it; a company may."""
    before, after = head[: columns.second], head[columns.second :]
    form = before if columns.form_first else after
    if before[-1:].isspace() and after[:1].strip() and not _GAP.search(form.strip()):
        return before.strip(), after.strip()
    words = head.split(" ")
    if gaps := list(_GAP.finditer(head)):
        gap = gaps[0] if columns.form_first else gaps[-1]
        before, after = head[: gap.start()], head[gap.end() :]
        if " " not in (before if columns.form_first else after) or not _length(words, columns):
            return before, after
    length = _length(words, columns) or 1
    at = length if columns.form_first else len(words) - length
    return " ".join(words[:at]), " ".join(words[at:])


def _length(words: list[str], columns: _Columns) -> int:
    """How many of the words make a known form of several words; 0 where none do."""
    return next((number for number in (3, 2) if _is_known(_end(words, number, columns))), 0)


def _end(words: list[str], number: int, columns: _Columns) -> list[str]:
    """The words of the two columns among which a form of so many words would be."""
    return words[:number] if columns.form_first else words[-number:]


def _is_known(words: list[str]) -> bool:
    root, _, amendment = " ".join(words).partition("/")
    return root in KNOWN and " " not in amendment


def _row(cik: str, filed: str, path: str, *, form: str, company: str) -> ListedFiling | None:
    accession, day = accession_number_in(path), day_of(filed.strip())
    if not accession or not day or not cik.strip().isdecimal():
        return None
    return ListedFiling(accession, cik.strip().lstrip("0"), " ".join(form.split()), day, company.strip())


def day_of(text: str) -> int:
    """Read a day as indexes have written it, whatever the locale, as YYYYMMDD; 0 when it is none.

    >>> [day_of(text) for text in ("2018-02-14", "20180214", "2/14/18", "14-Feb-1998", "Date Filed")]
    [20180214, 20180214, 20180214, 19980214, 0]
    """
    if found := _NUMERIC.fullmatch(text):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
        return _number(int(year), int(month), int(day))
    if (found := _NAMED.fullmatch(text)) and found[2].lower() in _MONTHS:
        return _number(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    return 0


def _number(year: int, month: int, day: int) -> int:
    if year < 100:
        year += 1900 if year >= 90 else 2000
    return year * 10000 + month * 100 + day if 1 <= month <= 12 and 1 <= day <= 31 else 0
