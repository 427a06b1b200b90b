import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.envelope.wrapping import WRAP, unwrapped

line = st.text(alphabet="abc <>é\t", max_size=40).flatmap(
    lambda morsel: st.integers(0, 3200).map(lambda size: (morsel * (size // max(len(morsel), 1) + 1))[:size])
)
ends = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])


def wrapped(text: str, end: str) -> str:
    """As www.sec.gov did: a line end behind every 1,023rd character of a line, where more follow."""
    lines = text.split(end)
    return end.join(end.join(each[at : at + WRAP] for at in range(0, len(each) or 1, WRAP)) for each in lines)


@ends
@given(lines=st.lists(line, max_size=6))
def test_wrapping_is_undone(end: str, lines: list[str]) -> None:
    # A line that was 1,023 characters long cannot be told from a broken one.
    lines = [each for each in lines if len(each) % WRAP or not each]
    text = end.join(lines)
    assert unwrapped(wrapped(text, end).encode()) == text.encode()


@ends
def test_a_longer_line_says_that_nothing_was_broken(end: str) -> None:
    content = ("a" * WRAP + end + "b" * (WRAP + 1) + end).encode()
    assert unwrapped(content) is content


def test_a_line_that_ends_by_chance_in_the_last_column_of_others_is_left() -> None:
    content = b"abc\n" + b"d" * (WRAP - 4) + b"\nnext\n"
    assert unwrapped(content) == content


def test_characters_count_not_bytes() -> None:
    text = "é" * WRAP + "\n" + "è" * 10 + "\n"
    assert unwrapped(text.encode()) == text.replace("\n", "", 1).encode()


def test_bytes_count_where_the_text_is_no_utf_8() -> None:
    content = b"\xe9" * WRAP + b"\n" + b"rest\n"
    assert unwrapped(content) == b"\xe9" * WRAP + b"rest\n"


def test_long_lines_of_other_encodings_are_left() -> None:
    content = b"\xe9" * (WRAP + 1) + b"\n"
    assert unwrapped(content) is content


def test_uuencoded_lines_are_left() -> None:
    content = b"begin 644 a.pdf\n" + (b"M" + b"a" * 60 + b"\n") * 100
    assert unwrapped(content) is content
