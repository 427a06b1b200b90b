"""The nearest name."""

import random
from collections.abc import Sequence
from difflib import get_close_matches

import pytest

from indexer.edgar.form_types import KNOWN
from search.suggestions import nearest
from search.terms.values import FIELD_NAMES


@pytest.mark.parametrize(
    ("name", "names", "expected"),
    [
        ("compnay", ["company", "cik"], "company"),
        ("FORM", ["form"], "form"),
        ("10-k404", ["10-K405", "10-Q"], "10-K405"),
        ("zzz", ["form", "cik"], None),
        ("form", [], None),
        ("", ["form"], None),
        ("f" * 10_000, ["form"], None),
    ],
)
def test_nearest(name: str, names: list[str], expected: str | None) -> None:
    assert nearest(name, names) == expected


def edited(name: str, draw: random.Random) -> str:
    """The name with one edit: a character put in, left out, replaced, or exchanged with the next."""
    at, other = draw.randrange(len(name)), draw.choice("abcdeinorst-4 ")
    before, here, after = name[:at], name[at], name[at + 1 :]
    return before + draw.choice([other + here + after, after, other + after, after[:1] + here + after[1:]])


@pytest.mark.parametrize("names", [FIELD_NAMES, sorted(KNOWN)])
def test_the_name_meant_is_found_more_often_than_by_difflib(names: Sequence[str]) -> None:
    draw, spellings = random.Random(5), {name.lower(): name for name in names}
    ours = theirs = 0
    for _ in range(500):
        meant = draw.choice(names)
        typed = edited(edited(meant, draw) or meant, draw)
        close = get_close_matches(typed.lower(), spellings, n=1)
        ours += nearest(typed, names) == meant
        theirs += [spellings[each] for each in close] == [meant]
    assert ours > theirs
    assert ours > 350
