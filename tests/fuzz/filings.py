"""Mutate real filings and read them: nothing is lost, nothing raises, and nothing takes longer than two seconds.

    python tests/fuzz/filings.py --cases 50000 --seed 1

The filings are those beside the checkout (`../shared/filings`). What fails is written to `build/fuzz-filings`, with
what is wrong with it. Each case is made from its number and the seed, so that it can be made again.
"""

import argparse
import json
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from indexer.envelope.submission import parse_submission
from indexer.extract.document_kind import DocumentKind, kind
from indexer.extract.submission_texts import document_text, with_located_items
from indexer.extracted import Reading
from indexer.filings import Document, ExtractedText
from indexer.workers.time_limits import OverTimeError, within

ROOT = Path(__file__).resolve().parents[2]
FILINGS = ROOT.parent / "shared" / "filings"
FOUND = ROOT / "build" / "fuzz-filings"

SECONDS = 2.0
"""Of the processor, for one case."""
_GIVE_UP = 20.0
LARGEST = 150_000
"""Bytes of a case; of a larger filing the beginning and some of the rest."""
WORDS = 50
"""A document that has so many, with its tags cut out, has a text."""

_RUN = (1, 7, 100, 3_000, 20_000)
"""How often a token is put in one behind the other."""
TOKENS = (
    b" ", b"\n", b"\t", b"\r\n", b"\xa0", b"&nbsp;", b"&#160;", b"\xe2\x80\x83", b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"<", b">", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<b>", b"</b>", b"<font size=2>", b"<sup>", b"</sup>", b"<td>",
    b"<table>", b"</table>", b"<p>", b"<div>", b"<pre>", b"<title>", b"<script>", b"<style>", b"<ix:header>", b"<:>",
    b"<?xml version='1.0'?>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#" + b"9" * 40 + b";", b"&lt;",
    b"ITEM 1.", b"Item 7A. ", b"PART II", b"- 12 -", b"Page ", b"<PAGE>", b"<S>", b"<C>", b"-----", b"....", b"$ 1,234",
    b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n", b"</TEXT>\n</DOCUMENT>\n", b"</SEC-HEADER>", b"<SEC-HEADER>", b"<FILER>",
    b"begin 644 a.pdf\n", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b", b"\x1b[2J", b"a" * 50, b"9" * 50, b"-" * 72,
)  # fmt: skip

_HIDING = (
    (b"<!--", b"-->"),
    *((f"<{name}".encode(), f"</{name}".encode()) for name in ("script", "style", "title", "ix:header", "ix:hidden")),
)
"""What begins and ends a part of a document that is not on its page."""
_TAG = re.compile(rb"<[^<>]*>")
_WORD = re.compile(rb"[A-Za-z]{3,}")
_INTERNAL = re.compile(r"its reader failed|its headings cannot be read|cannot be read: \w+Error")


@cache
def seeds() -> tuple[Path, ...]:
    """The filings, in the order of their names."""
    return tuple(sorted(path for path in FILINGS.rglob("*") if path.suffix in {".txt", ".nc"}))


def case(seed: int, number: int) -> bytes:
    """The mutated filing of a number."""
    draw = random.Random(f"{seed} {number}")
    data = _window(draw, draw.choice(seeds()).read_bytes())
    for _ in range(draw.choice((1, 1, 2, 3, 6))):
        data = draw.choice(MUTATIONS)(draw, data)
    return data[: 2 * LARGEST]


def _window(draw: random.Random, data: bytes) -> bytes:
    if len(data) <= LARGEST:
        return data
    start = draw.randrange(len(data) - LARGEST)
    return data[: LARGEST // 8] + data[start : start + LARGEST * 7 // 8]


def _span(draw: random.Random, data: bytes) -> tuple[int, int]:
    start = draw.randrange(len(data) + 1)
    return start, min(len(data), start + draw.choice((1, 10, 300, 10_000, LARGEST)))


def _cut(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def _end(draw: random.Random, data: bytes) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _repeat(draw: random.Random, data: bytes) -> bytes:
    start, end = _span(draw, data)
    return data[:end] + data[start:end][:2_000] * draw.choice((1, 3, 20)) + data[end:]


def _flip(draw: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 5, 200))):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _insert(draw: random.Random, data: bytes) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + (draw.choice(TOKENS) * draw.choice(_RUN))[:LARGEST] + data[at:]


def _scatter(draw: random.Random, data: bytes) -> bytes:
    token, every = draw.choice(TOKENS), draw.choice((20, 100, 1_000))
    return token.join(data[at : at + every] for at in range(0, len(data), every))[: 2 * LARGEST]


def _replace(draw: random.Random, data: bytes) -> bytes:
    return data.replace(draw.choice(TOKENS), draw.choice(TOKENS), draw.choice((1, 50, 100_000)))[: 2 * LARGEST]


def _move(draw: random.Random, data: bytes) -> bytes:
    (start, end), at = _span(draw, data), draw.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def _splice(draw: random.Random, data: bytes) -> bytes:
    other = _window(draw, draw.choice(seeds()).read_bytes())
    return data[: draw.randrange(len(data) + 1)] + other[draw.randrange(len(other) + 1) :]


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _cut, _end, _repeat, _flip, _insert, _insert, _insert, _scatter, _replace, _move, _splice,
)  # fmt: skip


def faults(data: bytes) -> list[str]:
    """What is wrong with how a submission is read; nothing, it should be."""
    try:
        with within(_GIVE_UP):
            return list(_faults(data))
    except OverTimeError:
        return [f"slow: more than {_GIVE_UP:g} s"]
    except Exception as error:
        return [f"raised: {error!r:.300}"]


def _faults(data: bytes) -> Iterator[str]:
    began = time.process_time()
    submission = parse_submission(data, name="fuzz.txt")
    texts = [document_text(document, submission.header) for document in submission.documents]
    with_located_items(submission.header, submission.documents, texts)
    if (taken := time.process_time() - began) > SECONDS:
        yield f"slow: {taken:.1f} s"
    for document, read in zip(submission.documents, texts, strict=True):
        internal = [problem.message for problem in read.problems if _INTERNAL.search(problem.message)]
        yield from (f"internal: {document.ordinal}: {said}" for said in internal)
        if is_lost(document, read):
            yield f"lost: {document.ordinal} {document.filename}: {kind(document).value}, {read.reading.value}"
        if not all(0 <= section.start <= section.end <= len(read.text) for section in read.sections):
            yield f"sections: {document.ordinal}: beyond the text"
        read.text.encode("utf-8", "surrogatepass")


def is_lost(document: Document, read: ExtractedText) -> bool:
    """Whether a document that is read as text has words, and its text has none."""
    if read.text.strip() or kind(document) not in {DocumentKind.HTML, DocumentKind.XML, DocumentKind.PLAIN}:
        return read.reading is Reading.UNREAD and bool(read.text)
    seen = document.content.lower()
    for begin, end in _HIDING:
        seen = b" ".join(_outside(seen, begin, end))
    return len(_WORD.findall(_TAG.sub(b" ", seen))) >= WORDS


def _outside(content: bytes, begin: bytes, end: bytes) -> Iterator[bytes]:
    """What is not between these two; the second may be missing."""
    at = 0
    while (start := content.find(begin, at)) >= 0 and (stop := content.find(end, start)) >= 0:
        yield content[at:start]
        at = stop + len(end)
    yield content[at:]


# Running it


class Fault(NamedTuple):
    """A case that failed."""

    number: int
    said: list[str]


def checked(task: tuple[int, range]) -> tuple[list[Fault], float]:
    """Check some cases: those that failed, and the most seconds that one took."""
    warnings.simplefilter("ignore")
    seed, numbers = task
    failed, slowest = [], 0.0
    for number in numbers:
        data = case(seed, number)
        began = time.process_time()
        if said := faults(data):
            failed.append(Fault(number, said))
            FOUND.mkdir(parents=True, exist_ok=True)
            (FOUND / f"{seed}-{number}").write_bytes(data)
        slowest = max(slowest, time.process_time() - began)
    return failed, slowest


def main() -> None:
    """Run the cases and print what came of them; exit code 1 when any failed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", type=int, default=50_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    options = arguments.parse_args()
    if not seeds():
        raise SystemExit("no real filings beside the checkout (../shared/filings)")
    tasks = [(options.seed, range(at, min(at + 50, options.cases))) for at in range(0, options.cases, 50)]
    failed: list[Fault] = []
    slowest = 0.0
    with get_context("spawn").Pool(options.processes) as pool:
        for found, seconds in pool.imap_unordered(checked, tasks):
            failed, slowest = failed + found, max(slowest, seconds)
            for each in found:
                print(each.number, *each.said, sep="\n  ", file=sys.stderr, flush=True)
    kinds = Counter(said.partition(":")[0] for each in failed for said in each.said)
    print(
        json.dumps({"cases": options.cases, "failed": len(failed), "kinds": dict(kinds), "slowest": round(slowest, 2)})
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
