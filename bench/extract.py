"""How well and how fast documents are read: every document a second time in another way, every kind timed.

    python bench/extract.py [--shared ../shared] [--runs 5] [--output FILE]

Prints (or writes) a Markdown page: machine, versions; recall and precision of words against a second reading, with the
differences by class; broken words against those judged by hand; megabytes a second by kind, against BeautifulSoup's
`get_text` in the same run; what became of every document; which items were found. HTML is read the second time by
lexbor, a browser's parser, with the styles of elements; XML by ElementTree; plain text by taking the markers out.
"""

import argparse
import html
import math
import os
import re
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from csv import DictReader
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from measuring import heading
from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.analysis.tokenizer import words
from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extract.document_kind import DocumentKind, kind
from indexer.extract.encoding import decode
from indexer.extract.html import html_text
from indexer.extracted import Reading
from indexer.filings import Document

T = TypeVar("T")
PACKAGES = ("beautifulsoup4", "lxml", "pypdfium2", "selectolax")
SEPARATING = re.compile(
    "address|article|blockquote|body|br|caption|center|d[ltd]|div|form|h[1-6r]|html|li|ol|option|p|page|pre|section"
    "|t(?:able|body|d|foot|h|head|r|itle)|ul"
)
UNSEEN = re.compile("script|style|title|ix:(?:header|hidden)")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
HIGH = re.compile(
    r"vertical-align\s*:\s*(?:super|top|text-top)|position\s*:\s*relative.*?(?:top\s*:\s*-|bottom\s*:\s*\d)", re.I
)
ORDINAL = re.compile("st|nd|rd|th", re.I)
MARKER = re.compile(r"</?(?:PAGE|TABLE|CAPTION|S|C|FN|PAPER|TEXT|R)>", re.I)
BROKEN = re.compile(r"[A-Za-z]+-[ ]*\n\s*[A-Za-z]+|[A-Za-z]+-(?=   )")


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
    report = [
        *beginning(sources),
        *agreement(sources),
        *broken_words(asked.shared),
        *speed(sources, pages, asked.runs),
        *outcome(sources),
    ]
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


def beginning(sources: Sequence[Source]) -> list[str]:
    size = sum(len(each.document.content) for each in sources) / 1e6
    return [
        *heading("Extraction", PACKAGES),
        f"{len(sources):,} documents, {size:.1f} MB. Load average at the start: {os.getloadavg()[0]:.1f}.",
    ]


def second_reading(source: str) -> str:
    """Lexbor's text with a break around every element that separates words, a blank around what is set high."""
    tree = LexborHTMLParser(source)
    if tree.root is None:
        return ""
    shown, unseen = told_apart(tree.root)
    for node in unseen:
        node.decompose()
    for node in shown:
        around = "\n" if SEPARATING.fullmatch(node.tag) else " " if is_high(node) else ""
        if around and node.parent is not None:
            node.insert_before(around)
            node.insert_after(around)
    return tree.root.text(separator="")


def told_apart(root: LexborNode) -> tuple[list[LexborNode], list[LexborNode]]:
    """The elements of a page that are shown, and the outermost of those that are not."""
    shown, unseen, pending = [], [], [root]
    while pending:
        node = pending.pop()
        style = node.attributes.get("style") or ""
        if UNSEEN.fullmatch(node.tag or "") or HIDDEN.search(style) or "hidden" in node.attributes:
            unseen.append(node)
        else:
            shown.append(node)
            pending += node.iter(include_text=False)
    return shown, unseen


def is_high(node: LexborNode) -> bool:
    high = node.tag == "sup" or HIGH.search(node.attributes.get("style") or "") is not None
    return high and ORDINAL.fullmatch(node.text().strip()) is None


def plain_reading(source: str) -> str:
    """The source without its markers and without the words that are broken in it."""
    return BROKEN.sub(" ", html.unescape(MARKER.sub(" ", source)))


def xml_reading(source: str) -> str:
    """Every value that ElementTree finds, those of attributes and access codes left out."""
    try:
        root = ElementTree.fromstring(source.encode())
    except ElementTree.ParseError:
        return ""
    return "\n".join(each.text or "" for each in root.iter() if "ccc" not in each.tag.lower())


def compared(pairs: Iterable[tuple[str, str]]) -> Readings:
    """Our readings beside the others', document by document."""
    ours = theirs = both = 0
    lost, invented = Counter[str](), Counter[str]()
    for mine_read, other_read in pairs:
        mine = Counter(word.decode() for word in words(mine_read))
        other = Counter(word.decode() for word in words(other_read))
        ours, theirs, both = ours + mine.total(), theirs + other.total(), both + (mine & other).total()
        lost += other - mine
        invented += mine - other
    return Readings(ours, theirs, both, lost, invented)


def agreement(sources: Sequence[Source]) -> list[str]:
    chosen = {each: [one.document for one in sources if kind(one.document) is each] for each in DocumentKind}
    pages = compared(pairs(chosen[DocumentKind.HTML], second_reading))
    plain = compared(pairs(chosen[DocumentKind.PLAIN], plain_reading))
    forms = compared(pairs(chosen[DocumentKind.XML], xml_reading))
    rows = (
        ("HTML, by lexbor with styles", DocumentKind.HTML, pages, share(pages)),
        ("plain text, markers out, without its broken words", DocumentKind.PLAIN, plain, share(plain)),
        ("XML forms, values by ElementTree", DocumentKind.XML, forms, f"{forms.both / forms.theirs:.6f} |"),
    )
    return [
        "",
        "## Words, against a second reading",
        "",
        "| | documents | words | recall | precision |",
        "|---|---|---|---|---|",
        *(f"| {name} | {len(chosen[each])} | {read.theirs:,} | {said} |" for name, each, read, said in rows),
        "",
        f"HTML, only in the second reading: {most(pages.lost)}; only here: {most(pages.invented)}.",
        "Raised digits and TM are words there and signs here (`¹`, `™`).",
        f"Plain text, only in the second reading: {most(plain.lost)}.",
        f"XML, only in the second reading: {most(forms.lost)}: codes that are words here (`Yes`, `No`), and what no",
        "rendering of the SEC shows.",
    ]


def pairs(documents: Iterable[Document], second: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for document in documents:
        yield extract_text(document).text, second(decode(document.content).text)


def share(read: Readings) -> str:
    return f"{read.both / read.theirs:.6f} | {read.both / read.ours:.6f}"


def most(counted: Counter[str]) -> str:
    return f"{counted.total():,} words ({', '.join(f'{word} {times}' for word, times in counted.most_common(8))})"


def broken_words(shared: Path) -> list[str]:
    """How many of the broken words that were judged by hand are read otherwise."""
    with (Path(__file__).resolve().parents[1] / "tests/data/broken_words.tsv").open(encoding="utf-8") as file:
        rows = list(DictReader(file, delimiter="\t"))
    wrong = [row["word"] for row in rows if is_wrong(row, shared / "filings" / row["path"])]
    low, high = wilson(len(wrong), len(rows))
    return [
        "",
        "## Broken words",
        "",
        f"{len(wrong)} of {len(rows)} that were judged by hand are read otherwise ({', '.join(wrong)}): "
        f"{len(wrong) / len(rows):.1%}, 95 % interval {low:.1%} to {high:.1%}.",
    ]


def is_wrong(row: dict[str, str], path: Path) -> bool:
    source, text = texts(path, int(row["document"]))
    first, second = row["first"], row["second"]
    if "-" in row["word"]:
        return text.count(first + second) > source.count(first + second)
    return re.search(rf"\b{first}-\s*{second}\b", text) is not None


@lru_cache(maxsize=8)
def texts(path: Path, ordinal: int) -> tuple[str, str]:
    document = parse_submission(path.read_bytes()).documents[ordinal - 1]
    return decode(document.content).text, extract_text(document).text


def wilson(found: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The interval that holds a share with 95 % certainty, by Wilson's score."""
    middle = (found + z * z / 2) / (of + z * z)
    wide = z / (of + z * z) * math.sqrt(found * (of - found) / of + z * z / 4)
    return middle - wide, middle + wide


def speed(sources: Sequence[Source], pages: Sequence[str], runs: int) -> list[str]:
    size = sum(map(len, pages)) / 1e6
    ours = [timed(html_text, pages) for _ in range(runs)]
    soups = {builder: timed(partial(soup_text, builder), pages) for builder in ("lxml", "html.parser")}
    median = statistics.median(ours)
    rows = [row("HTML", size, ours)]
    rows += (row(f"BeautifulSoup on {builder}, get_text", size, [took]) for builder, took in soups.items())
    for each in (DocumentKind.PLAIN, DocumentKind.XML, DocumentKind.PDF):
        chosen = [source.document for source in sources if kind(source.document) is each]
        clock = time.perf_counter if each is DocumentKind.PDF else time.process_time
        took = [timed(extract_text, chosen, clock=clock) for _ in range(min(runs, 3))]
        rows.append(row(f"{each.value}, {len(chosen)} documents", sum(len(one.content) for one in chosen) / 1e6, took))
    return [
        "",
        "## Speed",
        "",
        f"One process; {runs} runs of ours, one of BeautifulSoup; processor time (PDF: wall clock).",
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
