"""Sections in words: exactly the words that stand in them."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import words
from indexer.extracted import Section
from indexer.fields.section_words import Stretch, stretches

pieces = st.lists(
    st.sampled_from(["Item 1A.", "naïve", "ﬁrm", "U.S.", "—", "“a”", "x\u00ad y", "10b-5", ""]), max_size=6
)


@given(st.lists(pieces.map(lambda some: " ".join(some) + "\n"), max_size=6))
def test_the_words_of_a_stretch_are_those_of_its_section(parts: list[str]) -> None:
    text = "".join(parts)
    ends = [len("".join(parts[: number + 1])) for number in range(len(parts))]
    found = [Section(str(number), "", end - len(parts[number]), end) for number, end in enumerate(ends)]
    every = words(text)
    said = {name: every[start:end] for name, start, end in stretches(text, found)}
    assert said == {each.name: inside for each in found if (inside := words(text[each.start : each.end]))}


def test_names_are_lower_case_and_in_order() -> None:
    text = "Item 7 a\nItem 1A b\nItem 7 c"
    found = (Section("7", "", 0, 9), Section("1A", "", 9, 19), Section("I.1A", "", 9, 19), Section("7", "", 19, 27))
    assert stretches(text, found) == [
        Stretch("1a", 3, 6),
        Stretch("7", 0, 3),
        Stretch("7", 6, 9),
        Stretch("i.1a", 3, 6),
    ]


def test_a_section_said_twice_is_one() -> None:
    assert stretches("Item 7", (Section("7", "", 0, 6), Section("7", "", 0, 6))) == [Stretch("7", 0, 2)]
