"""Item headings: told apart from the contents table, running heads and references."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.indexer.outline.reports import sections

BODY = "Our business is described at some length in this paragraph, which says nothing. " * 8
CONTENTS = """TABLE OF CONTENTS
Item 1. Business\t3
Item 1A. Risk Factors\t9
Item 2. Properties\t15
Item 3. Legal Proceedings\t16
Item 7. Management's Discussion and Analysis\t18
"""


def names(text: str, form: str, filed: date | None = None) -> list[str]:
    return [section.name for section in sections(text, form, filed)]


def annual_report(heading: str) -> str:
    titles = ("1|Business", "1A|Risk Factors", "2|Properties", "3|Legal Proceedings", "7|Management's Discussion")
    return "\n".join(heading.format(*title.split("|")) + "\n" + BODY for title in titles)


def test_headings_are_found_and_the_contents_table_is_not() -> None:
    text = CONTENTS + annual_report("Item {0}. {1}")
    found = sections(text, "10-K")
    assert [section.name for section in found] == ["1", "1A", "2", "3", "7"]
    assert all(section.start >= len(CONTENTS) for section in found)
    assert [text[section.start : section.end].split("\n")[0] for section in found][1] == "Item 1A. Risk Factors"
    assert [section.end for section in found[:-1]] == [section.start for section in found[1:]]


def test_headings_in_many_spellings() -> None:
    for heading in ("ITEM {0}.  {1}", "Item {0}\n{1}", "Item {0}.\t{1}", "PART I, ITEM {0} - {1}", "• Item {0}: {1}"):
        assert names(annual_report(heading), "10-K405/A") == ["1", "1A", "2", "3", "7"], heading


def test_a_contents_table_alone_has_no_sections() -> None:
    assert names(CONTENTS + BODY, "10-K") == []


def test_a_contents_table_without_page_numbers_is_known_by_being_said_again() -> None:
    contents = CONTENTS.replace("\t", "\nPage ")
    text = contents + annual_report("Item {0}. {1}")
    assert all(section.start >= len(contents) for section in sections(text, "10-K"))


def test_short_items_in_a_row_are_not_a_contents_table() -> None:
    text = annual_report("Item {0}. {1}") + "".join(
        f"\nItem {number}. {title}\nIncorporated by reference."
        for number, title in (
            (10, "Directors"),
            (11, "Executive Compensation"),
            (12, "Security Ownership"),
            (13, "Certain"),
        )
    )
    assert names(text, "10-K")[-4:] == ["10", "11", "12", "13"]


def test_references_and_running_heads_are_not_headings() -> None:
    text = annual_report("Item {0}. {1}").replace(
        "Item 2. Properties",
        "as we said in\nItem 1 of this report\nItem 1A. Risk Factors (continued)\n"
        "“Item 3. Legal Proceedings” says\nItem 2. Properties",
    )
    found = sections(text, "10-K")
    assert [section.name for section in found] == ["1", "1A", "2", "3", "7"]
    assert text[found[2].start :].startswith("Item 2. Properties")


def test_several_items_under_one_heading() -> None:
    text = f"Items 1 and 2. Business and Properties\n{BODY}\nItem 3. Legal Proceedings\n{BODY}"
    found = sections(text, "10-K")
    assert [section.name for section in found] == ["1", "2", "3"]
    assert found[0].start == found[1].start


def test_parts_of_a_quarterly_report_are_told_apart() -> None:
    text = f"""PART I. FINANCIAL INFORMATION
Item 1. Financial Statements
{BODY}
Item 2. Management's Discussion and Analysis
{BODY}
Item 4. Controls and Procedures
{BODY}
PART II. OTHER INFORMATION
Item 1. Legal Proceedings
{BODY}
Item 1A. Risk Factors
{BODY}
Item 2. Unregistered Sales of Equity Securities
{BODY}
Item 6. Exhibits
10.1
SIGNATURES
Signed."""
    found = sections(text, "10-Q")
    assert [section.name for section in found] == ["I.1", "I.2", "I.4", "II.1", "II.1A", "II.2", "II.6"]
    assert text[found[-1].start : found[-1].end] == "Item 6. Exhibits\n10.1\n"


def test_a_current_report_has_its_items_in_any_order() -> None:
    text = (
        "Item 8.01 Other Events\nWe met.\nItem 2.02. Results of Operations\nItem 2.02 of Form 8-K\nItem 9.01 Exhibits"
    )
    assert names(text, "8-K/A") == ["8.01", "2.02", "9.01"]


def test_the_date_tells_old_items_from_new() -> None:
    text = "Item 5. Other Events\nWe met.\nItem 7.01 Regulation FD Disclosure\nWe spoke."
    assert names(text, "8-K", date(1999, 1, 4)) == ["5"]
    assert names(text, "8-K", date(2012, 1, 4)) == ["7.01"]
    assert names(text, "8-K", date(2004, 9, 1)) == ["5", "7.01"]


def test_items_under_one_heading_have_a_name_each() -> None:
    text = "Items 2.02 and 7.01. Results of Operations\nWe met.\nItem 9.01 Exhibits"
    assert names(text, "8-K") == ["2.02", "7.01", "9.01"]
    quarter = f"PART I\nItem 1. Financial Statements\n{BODY}\nItems 2 and 3. Management's Discussion\n{BODY}"
    assert names(quarter, "10-Q") == ["I.1", "I.2", "I.3"]
    first, second = sections(text, "8-K")[:2]
    assert (first.start, first.end) == (second.start, second.end)


def test_a_foreign_annual_report() -> None:
    text = (
        f"Item 3. Key Information\n{BODY}\nItem 4A. Unresolved Staff Comments\n{BODY}\nItem 16G. Corporate Governance\n"
    )
    assert names(text, "20-F") == ["3", "4A", "16G"]


def test_other_documents_have_no_sections() -> None:
    assert names(annual_report("Item {0}. {1}"), "EX-99.1") == []
    assert names(annual_report("Item {0}. {1}"), "") == []


@given(
    st.lists(st.sampled_from(["Item 1. Business\n", "Item 7A. Quantitative\t9\n", "PART II\n", "text ", "\n", BODY]))
)
def test_sections_lie_in_the_text_and_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = sections(text, "10-K")
    assert all(0 <= section.start < section.end <= len(text) for section in found)
    assert list(found) == sorted(found, key=lambda section: section.start)
    assert len({section.name for section in found}) == len(found)
