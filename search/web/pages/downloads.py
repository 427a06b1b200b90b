"""All filings found as a file, in every format that the command line writes to one."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search.ask import Index
from search.output.printer import PRINTERS
from search.output.style import PLAIN, Style
from search.web.answers.answering import asked
from search.web.routing import page
from search.web.search_state import SearchState
from search.web.site import WebSite

MOST = 2_000
"""Filings of a file; `search --all` has any number."""
_PIECE = 1 << 16
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMATS = tuple(name for name in PRINTERS if name in _MEDIA)


class _File:
    """Takes an answer into a temporary file: a `Sink` of printers."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @property
    def style(self) -> Style:
        """Mark nothing."""
        return PLAIN

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines."""
        self._file.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)

    def file(self, write: Callable[[Path], None], kind: str, suffix: str) -> None:
        """Have a file written, and take what it holds."""
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / f"answer{suffix}")
            self._file.write((Path(folder) / f"answer{suffix}").read_bytes())

    def beside(self, suffix: str, lines: Iterable[str]) -> None:
        """Leave away a second file: a download is one."""

    def say(self, line: str) -> None:
        """Leave away what is no part of the answer: the page says it."""


def download(site: WebSite, request: Request) -> Response:
    """Give all filings found, up to `MOST`, as a file; HTTPException 404 for a format there is none of."""
    format = request.path_params["format"]
    if format not in FORMATS:
        raise HTTPException(404, f"there is no download as {format}: {', '.join(FORMATS)}")
    state = SearchState.of(request.query_params.multi_items())

    def asking(index: Index, kept: IO[bytes]) -> None:
        lookup, wanted = asked(state, index, site.saved)
        printer = PRINTERS[format].load()(_File(kept))
        wanted = wanted._replace(limit=MOST, offset=0, documents=printer.documents, relaxed=False)
        results = index.find(lookup, wanted)
        printer.hits(results, results.hits, index.header)

    with ExitStack() as refused:
        kept = refused.enter_context(tempfile.TemporaryFile())
        site.ask(lambda index: asking(index, kept))
        refused.pop_all()  # it is closed when all of it was sent
    kept.seek(0)
    name = f'attachment; filename="search{PRINTERS[format].suffixes[0]}"'
    headers = {"content-disposition": name, "content-type": _MEDIA[format]}
    return StreamingResponse(_sent(kept), headers=headers)


def _sent(kept: IO[bytes]) -> Iterator[bytes]:
    with kept:
        yield from iter(lambda: kept.read(_PIECE), b"")


ROUTES = [page("/download.{format}", download)]
