"""Opening a hit: the document on sec.gov in a browser, or its text here."""

import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Iterator

from indexer.printing import visible
from search.ask import Index
from search.commands.destination import say
from search.commands.request import FOUND, Request
from search.errors import SearchError
from search.output.printer import Report
from search.results import DocumentHit
from search.urls import ARCHIVES


def open_hit(request: Request) -> int:
    """Open the best document of the hit at the rank asked for."""
    rank = request.typed.open or 1
    with Index(request.folder, timeout=request.typed.timeout) as index:
        wanted = request.wanted._replace(limit=1, offset=rank - 1, documents=1, snippets=0)
        results = index.find(request.resolved(), wanted)
        if not results.hits:
            raise SearchError(f"--open {rank}: there are {results.filings:,} hits")
        document = results.hits[0].documents[0]
        if request.typed.text:
            _page(_printable(index.text(document.id)), request)
        else:
            _browse(document)
    return FOUND


def _browse(document: DocumentHit) -> None:
    if not document.url.startswith(ARCHIVES):
        raise SearchError(f"{document.id} has no address on sec.gov; --text shows its text")
    if not webbrowser.open(document.url):
        raise SearchError(f"no browser could be started; the address is {document.url}")
    say(f"opened {document.url}")


def _printable(text: str) -> Iterator[str]:
    """Split a text into lines, without what would drive the terminal."""
    return map(visible, text.split("\n"))


def _page(lines: Iterator[str], request: Request) -> None:
    """Show lines in a pager on a terminal, or print them."""
    pager = shutil.which("less")
    if not (sys.stdout.isatty() and pager):
        request.printer.report(Report(lines))
        return
    subprocess.run([pager], input="\n".join(lines), text=True, errors="backslashreplace", check=False)
