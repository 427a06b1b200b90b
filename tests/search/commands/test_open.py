"""The text of a hit opens in the pager at the passage that the hit is shown for."""

import sys
from pathlib import Path

import pytest

from indexer.printing import unmarked
from search.commands.open import _lines, _pattern
from tests.search.conftest import Builder, document, submission
from tests.terminal import shown

SEARCH = str(Path(sys.executable).with_name("search"))
PROMPT = "\x1b[K"
"""What less writes before it waits, behind the colon of its prompt."""


@pytest.fixture
def index(build: Builder) -> Path:
    filler = "\n".join(f"Line {n} says nothing." for n in range(60))
    text = f"Begin.\n{filler}\nThe covenant waiver came.\n{filler}\nA going concern, it says.\n{filler}\nEnd."
    return build({"1.txt": submission(1, document(text))})


def opened(index: Path, *query: str, keys: list[tuple[str, bytes]]) -> str:
    command = [SEARCH, *query, "--open", "1", "--text", "--index", str(index)]
    return shown(command, columns=60, lines=10, keys=keys)


def test_less_opens_at_the_passage_and_goes_on_to_the_next_match(index: Path) -> None:
    said = opened(index, "waiver OR concern", keys=[("waiver", b"n"), ("concern", b"q")])
    first, second = said.index("waiver"), said.index("concern")
    assert first < second
    assert "Begin." not in said
    assert "\x1b[1;33m" in said
    assert "End." not in said


def test_all_of_it_is_there(index: Path) -> None:
    said = unmarked(opened(index, "waiver", keys=[("waiver", b"g"), ("Begin.", b"G"), ("End.", b"q")]))
    assert said.index("waiver") < said.index("Begin.") < said.index("End.")


@pytest.mark.parametrize("options", [["--no-pager"], ["--pager", "cat"]])
def test_without_a_pager_the_text_is_printed(index: Path, options: list[str]) -> None:
    said = opened(index, "waiver", *options, keys=[])
    assert said.index("Begin.") < said.index("waiver") < said.index("End.")


def pattern(text: str, *words: str, width: int = 60) -> str:
    places = sorted((text.index(word), text.index(word) + len(word)) for word in words)
    return _pattern(list(_lines(text, places, width)))


def test_runs_of_words_are_looked_for_whole() -> None:
    assert pattern("a going concern", "going", "concern") == "((^|[^[:alnum:]])(going concern))[^[:alnum:]]"
    assert pattern("a going\nconcern, b", "going", "concern") == "(^concern)[^[:alnum:]]"
    assert pattern("a fee of $5 (R&D)", "fee", "R&D") == "((^|[^[:alnum:]])(fee|R.D))[^[:alnum:]]"


def test_lines_hold_the_text_and_its_matches_in_columns() -> None:
    text = "One two\x1b[2J three four\n\nfive six"
    lines = list(_lines(text, [(4, 7), (12, 17), (24, 28)], 9))
    assert [line.flat.line for line in lines] == ["One two", "[2J three", "four", "", "five six"]
    assert [line.flat.marks for line in lines] == [((4, 7),), ((4, 9),), (), (), ((0, 4),)]
