"""Broken words: in running text, in justified text, within columns; with and without their hyphen."""

import re
from collections import Counter
from csv import DictReader
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.submission import parse_submission
from indexer.extract.document import extract_text
from indexer.extract.encoding import decode
from indexer.extract.mending import KnownWords, hyphenated, mend


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("the acqui-\nsition of", "the acquisition\nof"),
        ("an acquisition; the acqui-\nsition of", "an acquisition; the acquisition\nof"),
        ("a long-term loan, long-\nterm debt", "a long-term loan, long-term\ndebt"),
        ("our share-holders: share-\nholders", "our share-holders: share-holders"),
        ("our shareholders: share-\nholders", "our shareholders: shareholders"),
        ("a non-\ncompete clause", "a non-compete\nclause"),
        ("twenty-\nfive years", "twenty-five\nyears"),
        ("attorney-in-\nfact, who", "attorney-in-fact,\nwho"),
        ("the attorney-in-\nfact's name", "the attorney-in-fact's\nname"),
        ("from 1994-\n1995 and Smith-\nJones", "from 1994-\n1995 and Smith-\nJones"),
        ("  the corpo-\n  ration.\n  Next", "  the corporation.\n  Next"),
        ("the Ombrel-\nlite mill", "the Ombrellite\nmill"),
        ("(FORMER) INDEN-\nTURE of 1995", "(FORMER) INDENTURE\nof 1995"),
        ("COAL-\nAND OIL", "COAL-\nAND OIL"),
        ("a corpora-\ntion's acqui-\nsition, all of it", "a corporation's\nacquisition,\nall of it"),
    ],
)
def test_running_text(broken: str, whole: str) -> None:
    assert mend([broken]) == [whole]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Manage-    Total\nment        5", "Management  Total\n            5"),
        ("          Elimi-   Consoli-\n  Coal    nation    dated", "          Elimination  Consolidated\n  Coal"),
        ("Notes pay-\n  able        5,120   4,980", "Notes payable\n              5,120   4,980"),
        (
            "Mill Street     Yarn pro-\nTown, NC        duction and",
            "Mill Street     Yarn production\nTown, NC                and",
        ),
        ("one     con-\ntended  other", "one     con-\ntended  other"),
        ("Retire-   Consoli-\nments     dated", "Retirements  Consolidated"),
    ],
)
def test_columns(broken: str, whole: str) -> None:
    assert mend([broken]) == [whole]


def test_justified_text_is_running_text() -> None:
    """It has three blanks in a row like a table, but not at the same place in two lines."""
    broken = "the  provisions   of  the   agree-\nment,  as  amended,   are   to  be\n"
    assert mend([broken])[0].split() == broken.replace("-\n", "").split()


def test_a_blank_line_parts_nothing_but_known_words() -> None:
    assert mend(["the corpo-\n\nration is"]) == ["the corporation\n\nis"]
    assert mend(["the Ombrel-\n\nlite is"]) == ["the Ombrel-\n\nlite is"]


@pytest.mark.parametrize(
    ("first", "second", "text", "hyphen"),
    [
        ("platform", "independent", "", True),
        ("third", "party", "", True),
        ("customer", "focused", "", True),
        ("straight", "line", "", True),
        ("non", "controlling", "our non-controlling interests", True),
        ("non", "controlling", "", False),
        ("under", "standing", "", False),
        ("over", "seas", "", False),
        ("Ester", "line", "Esterline Industries", False),
        ("mini", "permanent", "", True),
        ("one", "button", "", True),
    ],
)
def test_hyphens(first: str, second: str, text: str, *, hyphen: bool) -> None:
    assert hyphenated(first, second, KnownWords(lambda: text)) is hyphen


def test_broken_words_of_real_filings(shared: Path) -> None:
    """Held against 376 broken words that were judged by reading; see docs/extraction.md for how they were chosen."""
    with (Path(__file__).parents[2] / "data" / "broken_words.tsv").open(encoding="utf-8") as file:
        rows = list(DictReader(file, delimiter="\t"))
    wrong = [row for row in rows if is_wrong(row, *texts(shared / "filings" / row["path"], int(row["document"])))]
    assert len(rows) == 376
    assert len(wrong) <= 0.01 * len(rows), wrong


@lru_cache(maxsize=8)
def texts(path: Path, ordinal: int) -> tuple[str, str]:
    """The source of a document, and what is read of it."""
    document = parse_submission(path.read_bytes()).documents[ordinal - 1]
    return decode(document.content).text, extract_text(document).text


def is_wrong(row: dict[str, str], source: str, text: str) -> bool:
    """Whether a word that is one is still in two, or one with a hyphen was made one."""
    first, second, word = row["first"], row["second"], row["word"]
    if "-" in word:
        return text.count(first + second) > source.count(first + second)
    return re.search(rf"\b{first}-\s*{second}\b", text) is not None


PIECES = ["long-", "term", "acqui-", "sition", "\n", " ", "  ", "   ", "a", "-", "\t", "x-y", ".", "MENT", "AGREE-"]


@given(st.lists(st.sampled_from(PIECES)))
def test_mending_keeps_every_letter(pieces: list[str]) -> None:
    source = "".join(pieces)
    mended = "".join(mend([source]))
    assert Counter(mended.replace("-", "").split()).total() <= Counter(source.replace("-", "").split()).total()
    assert sorted(c for c in mended if c not in " \n-\t") == sorted(c for c in source if c not in " \n-\t")


@given(st.lists(st.sampled_from(PIECES)), st.lists(st.sampled_from(PIECES)))
def test_a_text_does_not_depend_on_what_was_read_before(one: list[str], other: list[str]) -> None:
    before = mend(["".join(one)])
    mend(["".join(other)])
    assert mend(["".join(one)]) == before


def test_the_words_of_a_document_are_not_collected_where_other_filings_tell() -> None:
    def unread() -> str:
        raise AssertionError

    assert not hyphenated("acqui", "sition", KnownWords(unread))
