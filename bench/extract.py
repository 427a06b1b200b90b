"""How well and how fast documents are read: every HTML document a second time by BeautifulSoup, every kind timed.

    python bench/extract.py [--shared ../shared] [--runs 5] [--output FILE]

Prints (or writes) a Markdown page: machine, versions; token recall and precision against BeautifulSoup's reading, with
the differences by class; megabytes a second by kind, against BeautifulSoup's `get_text` in the same run; what became
of every document; which items were found.
"""

import argparse
import os
import platform
import re
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, TypeVar

from bs4 import BeautifulSoup

from indexer.analysis import words
from indexer.envelope.submission import parse_submission
from indexer.extract.document import DocumentKind, extract_text, kind
from indexer.extract.encoding import decode
from indexer.extract.html import html_text
from indexer.extracted import Reading
from indexer.filings import Document

T = TypeVar("T")
PACKAGES = ("beautifulsoup4", "lxml", "pypdfium2")
SEPARATING = re.compile(
    "address|article|blockquote|body|br|caption|center|d[ltd]|div|form|h[1-6r]|html|li|ol|option|p|page|pre|section"
    "|t(?:able|body|d|foot|h|head|r|itle)|ul"
)
RAISED = re.compile(r"\d+|tm|sm|[a-z]")


class Source(NamedTuple):
    """A document and the name it has in this report."""

    name: str
    document: Document


class Readings(NamedTuple):
    """The words of the same documents in two readings, and those only one has."""

    ours: int
    theirs: int
    both: int
    lost: Counter[str]
    invented: Counter[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[1].parent / "shared")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    sources = list(documents(asked.shared))
    pages = [decode(each.document.content).text for each in sources if kind(each.document) is DocumentKind.HTML]
    report = [*heading(sources), *agreement(pages), *speed(sources, pages, asked.runs), *outcome(sources)]
    if asked.output:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        asked.output.write_text("\n".join(report) + "\n")
    else:
        print("\n".join(report))


def documents(shared: Path) -> Iterator[Source]:
    """Every document of the real submissions, and the single modern ones."""
    for path in sorted((shared / "filings").rglob("*")):
        if path.is_file() and path.suffix != ".tsv":
            for document in parse_submission(path.read_bytes()).documents:
                yield Source(f"{path.parent.name}/{path.name}:{document.ordinal}", document)
    for path in sorted((shared / "documents").glob("*.htm")):
        form = re.match(r"10-K(?:405)?|10-Q|8-K|", path.name)
        yield Source(path.name, Document(form.group() if form else "", 1, path.name, "", path.read_bytes()))


def heading(sources: Sequence[Source]) -> list[str]:
    size = sum(len(each.document.content) for each in sources) / 1e6
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"# Extraction, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()};",
        f"{versions}.",
        f"{len(sources):,} documents, {size:.1f} MB. Load average at the start: {os.getloadavg()[0]:.1f}.",
    ]


def second_reading(source: str) -> str:
    """BeautifulSoup's text with a break before and after every element that separates words on the page."""
    soup = BeautifulSoup(source, "html.parser")
    for unseen in soup.find_all(["script", "style", "title", "ix:header", "ix:hidden"]):
        unseen.decompose()
    for element in soup.find_all(lambda tag: SEPARATING.fullmatch(tag.name) is not None):
        element.insert_before("\n")
        element.insert_after("\n")
    return soup.get_text("")


def compared(pages: Iterable[str]) -> Readings:
    ours = theirs = both = 0
    lost, invented = Counter[str](), Counter[str]()
    for source in pages:
        mine = Counter(word.decode() for word in words(html_text(source).text))
        other = Counter(word.decode() for word in words(second_reading(source)))
        ours, theirs, both = ours + mine.total(), theirs + other.total(), both + (mine & other).total()
        lost += other - mine
        invented += mine - other
    return Readings(ours, theirs, both, lost, invented)


def agreement(pages: Sequence[str]) -> list[str]:
    read = compared(pages)
    raised = superscripts(read)
    other = read.lost.total() - raised
    share = f"{read.both / read.theirs:.6f} | {read.both / read.ours:.6f}"
    explained = f"{(read.both + raised) / read.theirs:.6f} | {min(1, (read.both + raised) / read.ours):.6f}"
    rest = [word for word, _ in read.lost.most_common(12) if not is_raised(word, read.invented)]
    return [
        "",
        f"## Words, against BeautifulSoup ({len(pages)} HTML documents, {read.theirs:,} words)",
        "",
        "| | recall | precision |",
        "|---|---|---|",
        f"| as they are | {share} |",
        f"| without superscripts | {explained} |",
        "",
        f"Differences: {raised} words end at a superscript here and run into it there (`revenue1` for `Revenue¹`,",
        f"`mitessm` for `Mites℠`); {other} others beside a superscript ({', '.join(rest) or 'none'}).",
    ]


def superscripts(read: Readings) -> int:
    """How many of the words only the second reading has are a word of ours with a raised mark run into it."""
    return sum(times for word, times in read.lost.items() if is_raised(word, read.invented))


def is_raised(word: str, invented: Counter[str]) -> bool:
    return any(word[:at] in invented and RAISED.fullmatch(word[at:]) for at in range(1, len(word)))


def speed(sources: Sequence[Source], pages: Sequence[str], runs: int) -> list[str]:
    size = sum(map(len, pages)) / 1e6
    ours = [timed(html_text, pages) for _ in range(runs)]
    soups = {builder: timed(partial(soup_text, builder), pages) for builder in ("lxml", "html.parser")}
    median = statistics.median(ours)
    rows = [row("HTML", size, ours)]
    rows += (row(f"BeautifulSoup on {builder}, get_text", size, [took]) for builder, took in soups.items())
    for each in (DocumentKind.PLAIN, DocumentKind.XML, DocumentKind.PDF):
        chosen = [source.document for source in sources if kind(source.document) is each]
        took = [timed(extract_text, chosen, clock=time.perf_counter) for _ in range(min(runs, 3))]
        rows.append(row(f"{each.value}, {len(chosen)} documents", sum(len(one.content) for one in chosen) / 1e6, took))
    return [
        "",
        "## Speed",
        "",
        f"One process; {runs} runs of ours, one of BeautifulSoup; processor time (PDF and others: wall clock).",
        "",
        "| | MB | median s | spread s | MB/s |",
        "|---|---|---|---|---|",
        *rows,
        "",
        f"HTML is read {min(soups.values()) / median:.0f} times as fast as by the faster BeautifulSoup.",
    ]


def soup_text(builder: str, source: str) -> str:
    return BeautifulSoup(source, builder).get_text(" ")


def timed(read: Callable[[T], object], items: Sequence[T], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    for item in items:
        read(item)
    return clock() - start


def row(what: str, size: float, took: Sequence[float]) -> str:
    median = statistics.median(took)
    return f"| {what} | {size:.1f} | {median:.2f} | {min(took):.2f} to {max(took):.2f} | {size / median:.1f} |"


def outcome(sources: Sequence[Source]) -> list[str]:
    readings, problems, items = Counter[Reading](), Counter[str](), Counter[str]()
    annual = 0
    for source in sources:
        extracted = extract_text(source.document)
        readings[extracted.reading] += 1
        problems.update(problem.message for problem in extracted.problems)
        if source.document.type in ("10-K", "10-K405"):
            annual += 1
            items.update({section.name for section in extracted.sections})
    found = ", ".join(f"{name} {items[name]}" for name in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "14"))
    return [
        "",
        "## Outcome",
        "",
        "; ".join(f"{reading.value} {times:,}" for reading, times in readings.most_common()) + ".",
        *(f"- {times} × {message}" for message, times in problems.most_common()),
        "",
        f"Items found in {annual} annual reports (10-K, 10-K405): {found}.",
    ]


if __name__ == "__main__":
    main()
