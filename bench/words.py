"""Make `indexer/extract/words.txt`: how filings write their words, for words that were broken at the end of a line.

    python bench/words.py ../shared/filings [--output indexer/extract/words.txt]

The list is made once and shipped, and not counted anew from each corpus: what a document's text is must not depend on
which other documents were read before it. It holds only words that are written in small letters in at least two
submissions and stand in at least five, and pairs joined by a hyphen in at least two where the one word is rarer: no
name of a person or company, and no text.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extract.document_kind import DocumentKind, kind
from indexer.extract.encoding import decode
from indexer.filings import Document

WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
BROKEN = re.compile(r"[A-Za-z-]*-\s*\n\s*[A-Za-z-]*")
WORDS_IN, SMALL_IN, PAIRS_IN, SHORT_IN = 5, 2, 2, 30
"""Submissions that must have a word, have it in small letters, have a pair, and have a word of up to three letters."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "indexer/extract/words.txt")
    asked = parser.parse_args()
    paths = sorted(path for path in asked.corpus.rglob("*") if path.is_file() and path.suffix != ".tsv")
    asked.output.write_text("\n".join(chosen(map(counted, paths))) + "\n")


def counted(path: Path) -> set[str]:
    """The words of a submission as they are written, and its pairs of words with their hyphen in small letters."""
    found: set[str] = set()
    for document in parse_submission(path.read_bytes()).documents:
        for written in WORD.findall(BROKEN.sub(" ", text(document))):
            parts = written.split("-")
            found.update(parts if len(parts) == 1 else (f"{a}-{b}".lower() for a, b in pairwise(parts)))
    return found


def text(document: Document) -> str:
    """The document's text, of plain text without anything mended."""
    return decode(document.content).text if kind(document) is DocumentKind.PLAIN else extract_text(document).text


def chosen(submissions: Iterable[set[str]]) -> Iterator[str]:
    """The list: words and pairs in the order of the alphabet."""
    small, whole, pairs = Counter[str](), Counter[str](), Counter[str]()
    for found in submissions:
        small.update(word for word in found if word.islower() and "-" not in word)
        whole.update({word.lower() for word in found if "-" not in word})
        pairs.update(word for word in found if "-" in word)
    kept = {
        pair
        for pair, times in pairs.items()
        if times >= PAIRS_IN and times > whole[pair.replace("-", "")] and min(map(len, pair.split("-"))) > 1
    }
    spelled = {pair.replace("-", "") for pair in kept}
    for word, times in small.items():
        enough = times >= SHORT_IN if len(word) < 4 else times >= SMALL_IN and whole[word] >= WORDS_IN
        if len(word) > 1 and enough and word not in spelled:
            kept.add(word)
    return iter(sorted(kept))


if __name__ == "__main__":
    main()
