"""How often each part of a query occurs."""

import pytest

from indexer.extracted import Section
from search.lookups.term_counts import counted, tally, titles
from search.parsing.parser import parse_query

TEXTS = ["The license of an orphan drug. Licensing the orphan drug, orphan.", "A drug. The bank granted a license."]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("license drug", {"license": 3, "drug": 3}),
        ('"orphan drug" OR =license', {'"orphan drug"': 2, "=license": 2}),
        ("licens* -bank form:8-K", {"licens*": 3}),
        ("license license", {"license": 3}),
        ("license NEAR(3) drug", {"license NEAR(3) drug": 2}),
        ("company:license", {}),
        ("drug**3", {"drug": 3}),
    ],
)
def test_each_part_is_counted_over_all_texts(query: str, parts: dict[str, int]) -> None:
    found = counted(parse_query(query))
    assert dict(zip(titles(found), tally(found, TEXTS), strict=True)) == parts


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("section:7 drug", {"section:7 drug": 1}),
        ("section:8 orphan drug", {"section:8 orphan": 2, "section:8 drug": 1}),
        ("(section:8 drug) OR license", {"section:8 drug": 1, "license": 3}),
        ("section:8 drug NEAR(3) license", {"section:8 drug NEAR(3) license": 1}),
        ("section:(7 OR 8) drug NEAR(9) license", {"section:(7 OR 8) drug NEAR(9) license": 2}),
    ],
)
def test_what_is_asked_of_a_section_is_counted_there(query: str, parts: dict[str, int]) -> None:
    found = counted(parse_query(query))
    cut = TEXTS[0].index("Licensing")
    sections = [(Section("7", "", 0, cut), Section("8", "", cut, len(TEXTS[0]))), ()]
    assert dict(zip(titles(found), tally(found, TEXTS, sections), strict=True)) == parts
