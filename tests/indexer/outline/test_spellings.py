"""Every spelling of an item's number, as plain text and as HTML, with contents tables of every kind before it."""

# ruff: noqa: E501  (headings as they stand, a line each)

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.outline import numbers
from indexer.outline.wording import places
from tests.indexer.outline.reports import (
    ANNUAL,
    Headline,
    assert_complete,
    markup,
    plain,
    read,
    read_markup,
)

_SPELLED = [
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
]
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"]


def _instead(words: list[str], item: str) -> str:
    return words[int(item) - 1] if item.isdecimal() else item


SPELLINGS: dict[str, Headline] = {
    "usual": lambda item, title: f"Item {item}. {title}",
    "capitals": lambda item, title: f"ITEM {item}.  {title.upper()}",
    "lower case": lambda item, title: f"item {item}. {title.lower()}",
    "several blanks": lambda item, title: f"Item      {item}.      {title}",
    "glued to the word": lambda item, title: f"Item{item}. {title}",
    "colon": lambda item, title: f"Item {item}: {title}",
    "dash": lambda item, title: f"ITEM {item} - {title}",
    "long dash": lambda item, title: f"Item {item} — {title}",
    "dash before": lambda item, title: f"Item-{item}. {title}",
    "tab": lambda item, title: f"Item {item}.\t{title}",
    "number": lambda item, title: f"Item No. {item} {title}",
    "number in full": lambda item, title: f"Item Number {item}. {title}",
    "number sign": lambda item, title: f"Item #{item}. {title}",
    "brackets": lambda item, title: f"Item ({item}) {title}",
    "closing bracket": lambda item, title: f"Item {item}) {title}",
    "spelled": lambda item, title: f"ITEM {_instead(_SPELLED, item)} - {title}",
    "Roman": lambda item, title: f"Item {_instead(_ROMAN, item)}. {title}",
    "title glued": lambda item, title: f"Item {item}{title}",
    "title glued in capitals": lambda item, title: f"ITEM {item}{title.upper()}",
    "title in brackets": lambda item, title: f"Item {item}. ({title})",
    "quoted": lambda item, title: f"Item {item}. “{title}”",
    "quoted straight": lambda item, title: f'Item {item}. "{title}."',
    "bullet": lambda item, title: f"• Item {item}. {title}",
    "part before": lambda item, title: f"PART I, ITEM {item}. {title}",
    "part and dash before": lambda item, title: f"PART II — Item {item}. {title}",
    "link before": lambda item, title: f"Table of Contents Item {item}. {title}",
    "dotted suffix": lambda item, title: f"Item {item[:-1]}.{item[-1]}. {title}" if item[-1].isalpha() else f"Item {item}. {title}",
    "bracketed suffix": lambda item, title: f"Item {item[:-1]}({item[-1]}). {title}" if item[-1].isalpha() else f"Item {item}. {title}",
    "small suffix": lambda item, title: f"Item {item.lower()}. {title}",
    "blank before the suffix": lambda item, title: f"Item {item[:-1]} {item[-1]}. {title}" if item[-1].isalpha() else f"Item {item}. {title}",
    "continued": lambda item, title: f"Item {item}. {title} (Continued)",
    "two lines": lambda item, title: f"Item {item}.\n{title}",
    "letter for figure": lambda item, title: f"Item {item.replace('1', 'l') if item.isdecimal() and int(item) < 14 else item}. {title}",
    "with the company's name": lambda item, title: f"Item {item}. {title} - Quillmere Holdings Inc.",
    "no word": lambda item, title: f"{item}. {title.upper()}",
    "all in brackets": lambda item, title: f"(Item {item}) {title}",
    "behind the title": lambda item, title: f"{title} (Item {item})",
    "behind capitals": lambda item, title: f"{title.upper()} (ITEM {item})",
    "temporary": lambda item, title: f"Item {item}(T). {title}" if item == "9A" else f"Item {item}. {title}",
    "temporary, glued": lambda item, title: f"Item {item}T. {title}" if item == "9A" else f"Item {item}. {title}",
    "temporary, apart": lambda item, title: f"Item {item} (T). {title}" if item == "9A" else f"Item {item}. {title}",
}  # fmt: skip


def _rows(pages: bool, cells: str = "  ") -> Iterator[str]:
    for page, (item, title) in enumerate(ANNUAL.items(), 3):
        yield f"Item {item}.{cells}{title}" + (f"{cells}{page}" if pages else "")


def _with_subheadings() -> Iterator[str]:
    for row in _rows(pages=True, cells="    "):
        yield row
        yield from (f"     Oils and other matters of this item {number}    {number}" for number in range(4, 8))


CONTENTS = {
    "none": "",
    "pages": "\n".join(_rows(pages=True, cells="      ")),
    "no pages": "\n".join(_rows(pages=False)),
    "subheadings": "\n".join(_with_subheadings()),
    "apart": "\n\n".join(_rows(pages=True, cells="     ")),
}


@pytest.mark.parametrize("contents", CONTENTS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_in_plain_text(spelling: str, contents: str) -> None:
    text = plain(SPELLINGS[spelling], CONTENTS[contents])
    assert_complete(read(text), text)


def _table(rows: Iterator[str]) -> str:
    cells = ("".join(f"<td>{cell.strip()}</td>" for cell in row.strip().split("    ")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


HTML_CONTENTS = {
    "none": "",
    "pages": _table(_rows(pages=True, cells="    ")),
    "no pages": _table(_rows(pages=False, cells="    ")),
    "subheadings": _table(_with_subheadings()),
    "paragraphs": "".join(f"<p>{row}</p>" for row in _rows(pages=True, cells=" ")),
}


@pytest.mark.parametrize("contents", HTML_CONTENTS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_spelling_in_html(spelling: str, contents: str) -> None:
    found, text = read_markup(markup(SPELLINGS[spelling], HTML_CONTENTS[contents]))
    assert_complete(found, text)


@pytest.mark.parametrize("style", ["{}", "<u>{}</u>", '<span style="font-weight:700">{}</span>', "<h3>{}</h3>"])
def test_a_style_in_html(style: str) -> None:
    for contents in HTML_CONTENTS.values():
        found, text = read_markup(markup(SPELLINGS["usual"], contents, style=style))
        assert_complete(found, text)


def test_a_number_in_brackets_within_a_sentence_is_a_reference() -> None:
    said = "Business (Item 1) says more.\nLegal Proceedings (Item 3) of this report\n(Item 2) and others\n(Item 7 of Part II)\n"
    text = plain(SPELLINGS["usual"], "") + said
    found = read(text)
    assert_complete(found, text)
    assert all(text[each.start :].startswith("Item") for each in found.sections)


def _found_one_by_one(lower: str) -> list[int]:
    return sorted(at for word in numbers.WORDS for at in places(lower, word))


@given(
    st.lists(
        st.sampled_from(["item", "i t e m", "i tem", "ltem", "tem", "t e m", "i", " ", "system", "é", "\ud800", "😀"])
    ).map("".join)
)
def test_the_word_is_found_in_all_its_spellings_at_once(lower: str) -> None:
    assert list(numbers.words(lower)) == _found_one_by_one(lower)


@pytest.mark.parametrize("shift", range(9))
def test_the_word_is_found_across_pieces(monkeypatch: pytest.MonkeyPatch, shift: int) -> None:
    monkeypatch.setattr(numbers, "_STEP", 16)
    monkeypatch.setattr(numbers, "_PIECE", 16 + len("i t e m"))
    lower = " " * shift + "item i t e m i tem ltem system " * 5
    assert list(numbers.words(lower)) == _found_one_by_one(lower)
