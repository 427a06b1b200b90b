"""Opening a hit: the document on sec.gov in a browser, or its text here, at the passage that the hit is shown for."""

import re
import sys
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.commands import pager
from indexer.printing import count, spaced, visible, wrapped
from search.ask import Index
from search.commands.destination import say
from search.commands.request import FOUND, Request
from search.errors import SearchError
from search.output.printer import Report
from search.output.text import Flat, marked
from search.passages.cutting import spans_in
from search.results import DocumentHit
from search.urls import ARCHIVES

_RUNS = 200
"""Different texts that matched, of which the pager looks for the next."""


def open_hit(request: Request) -> int:
    """Open the best document of the hit at the rank asked for."""
    rank = request.typed.open or 1
    with Index(request.folder, timeout=request.typed.timeout, cache=request.cache) as index:
        wanted = request.wanted._replace(limit=1, offset=rank - 1, documents=1, snippets=1)
        results = index.find(request.resolved(), wanted)
        if not results.hits:
            raise SearchError(f"--open {rank}: {count(results.filings, 'filing')} found")
        document = results.hits[0].documents[0]
        if request.typed.text:
            _read(document, index, request)
        else:
            _browse(document)
    return FOUND


def _browse(document: DocumentHit) -> None:
    if not document.url.startswith(ARCHIVES):
        raise SearchError(f"{document.id} has no address on sec.gov; --text shows its text")
    if not webbrowser.open(document.url):
        raise SearchError(f"no browser could be started; the address is {document.url}")
    say(f"opened {document.url}")


def _read(document: DocumentHit, index: Index, request: Request) -> None:
    """Show the text: in a pager that can search, from the best passage on; elsewhere from the beginning."""
    command = pager.pager("" if request.typed.no_pager else request.typed.pager)
    style = request.printer.style
    text = index.text(document.id)
    if not (sys.stdout.isatty() and request.typed.output is None and command):
        request.printer.report(Report(map(visible, text.split("\n"))))
        return
    sections = index.engine.parts(document.handle).sections
    spans = spans_in(index.tree(request.resolved()), text, sections)
    first = next((match for snippet in document.snippets for match in snippet.matches), None)
    lines = list(_lines(text, spans, style.width))
    options = _at(lines, first[0] if first else 0) if pager.is_less(command) and spans else ()
    pager.page((f"{marked(line.flat, style)} " for line in lines), (*command, *options))


class _Line(NamedTuple):
    """A line as the terminal shows it, and where it ends in the text."""

    flat: Flat
    end: int


def _lines(text: str, spans: Sequence[tuple[int, int]], width: int | None) -> Iterator[_Line]:
    """Break a text to the terminal's width, without what would drive it; `spans` are what matched."""
    rest, start = list(reversed(spans)), 0
    for line in text.splitlines(keepends=True):
        shown = spaced(line)
        for begin, end in list(wrapped(shown, width)) or [(0, 0)]:
            yield _Line(Flat(shown[begin:end], tuple(_taken(rest, start + begin, start + end))), start + end)
        start += len(line)


def _taken(rest: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Take from the spans that remain those that begin before the end of a line; what touches is one."""
    run: tuple[int, int] | None = None
    while rest and rest[-1][0] < end:
        low, high = (min(max(place - start, 0), end - start) for place in rest.pop())
        if run and low <= run[1] + 1:
            run = run[0], high
            continue
        if run:
            yield run
        run = low, high
    if run:
        yield run


def _at(lines: Sequence[_Line], offset: int) -> tuple[str, ...]:
    """Have less begin at the line of an offset, with `n` for the next match: it looks for the texts that matched."""
    number = next((number for number, line in enumerate(lines) if line.end > offset), 0)
    before = f"{number}g" if number else ""
    return ("-j3", f"+{before}/{_pattern(lines)}")


def _pattern(lines: Iterable[_Line]) -> str:
    """Write a pattern, as POSIX and Perl read it alike, for the runs of words that matched, each as it stands.

    Of a run that goes on in the next line it has what that begins with. Neither `$` nor a backslash is in the pattern:
    less ends its options at the one and takes the other away. That is why lines end in a space.
    """
    runs: list[str] = []
    before = False
    for line, _ in lines:
        words = [re.sub(r"[^\w ]", ".", line.line[start:end]) for start, end in line.marks]
        if before and line.marks and line.marks[0][0] == 0:
            runs.pop()
            words[0] = f"^{words[0]}"
        runs += words
        before = bool(line.marks) and line.marks[-1][1] == len(line.line)
    different = list(dict.fromkeys(runs))[:_RUNS]
    begin = [run for run in different if run.startswith("^")]
    inside = "|".join(run for run in different if not run.startswith("^"))
    return f"({'|'.join([*begin, *([f'(^|[^[:alnum:]])({inside})'] if inside else [])])})[^[:alnum:]]"
