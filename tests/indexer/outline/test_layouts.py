"""Layouts of reports that real ones have: what stands before, between and behind the headings."""

# ruff: noqa: E501  (headings as they stand, a line each)

from datetime import date
from html import escape

import pytest

from indexer.outline.locate import Page, outline
from tests.indexer.outline.reports import (
    ANNUAL,
    assert_complete,
    body,
    markup,
    plain,
    read,
    read_markup,
    sections,
    wrapped,
)

TITLED = list(ANNUAL.items())
TEXT = "Oats are bought in autumn and milled as orders come in, and the dust is swept up at night. " * 6


def usual(item: str, title: str) -> str:
    return f"Item {item}. {title}"


def names(text: str, form: str, filed: date | None = None) -> list[str]:
    return [section.name for section in sections(text, form, filed)]


def test_contents_whose_cells_are_blocks_of_their_own() -> None:
    rows = "".join(
        f"<div>Item {item}.</div><div>{title}</div><div>{page}</div>" for page, (item, title) in enumerate(TITLED, 3)
    )
    found, text = read_markup(markup(usual, rows.replace("'", "&#8217;")))
    assert_complete(found, text)


def test_contents_with_parts_and_leaders() -> None:
    rows = "\n".join(f"Item {item}.  {title} ........ {page}" for page, (item, title) in enumerate(TITLED, 3))
    text = plain(usual, "TABLE OF CONTENTS\n\nPART I\n\n" + rows + "\n\nPART I")
    assert_complete(read(text), text)


def test_contents_of_wrapped_lines_with_pages_on_the_second() -> None:
    rows = "\n".join(
        f"Item {item}.  {title[:24]}\n              {title[24:]} and so on      {page}"
        for page, (item, title) in enumerate(TITLED, 3)
    )
    text = plain(usual, rows)
    assert_complete(read(text), text)


def test_a_list_of_items_at_the_end() -> None:
    rows = "\n".join(f"Item {item}. {title}" for item, title in TITLED)
    text = plain(usual) + "\n\n" + rows
    assert_complete(read(text), text)


def test_a_cross_reference_table_at_the_end() -> None:
    rows = "\n".join(
        f"Item {item}.  {title}      {page}, {page + 40}-{page + 44}" for page, (item, title) in enumerate(TITLED, 3)
    )
    text = plain(usual) + "\n\nCROSS REFERENCE\n\n" + rows
    assert_complete(read(text), text)


def test_running_heads_on_every_page() -> None:
    pages = []
    for item, title in TITLED:
        head = f"Item {item}. {title}"
        pages += [head, wrapped(body(item))] + [
            f"QUILLMERE HOLDINGS\n\n{head} (Continued)\n\nWalnut{item} goes on." for _ in range(3)
        ]
    text = "\n\n".join([*pages, "SIGNATURES"])
    assert_complete(read(text), text)


def test_running_heads_that_do_not_say_continued() -> None:
    pages = []
    for item, title in TITLED:
        head = f"Item {item}. {title}"
        pages += [head, wrapped(body(item))] + [f"{head}\n\n{wrapped(body(item))}" for _ in range(3)]
    text = "\n\n".join([*pages, "SIGNATURES"])
    assert_complete(read(text), text)


REFERENCES = (
    "Item 7. Management's Discussion and Analysis of this report describes the tide.",
    "Item 1A, Risk Factors, in our report for last year.",
    "Item 8 of this report.",
    "Item 3 - “Legal Proceedings” and Item 1A - “Risk Factors” above.",
    "Items 7 and 8 above are to be read with it.",
    "Item 405 of Regulation S-K.",
    "Item 1 “Business — Regulation” and Item 1A included in our 2022 Form 10-K.",
)


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_that_begins_a_line_of_wrapped_text(reference: str) -> None:
    parts = []
    for item, title in TITLED:
        parts.append(f"Item {item}. {title}\n\n{wrapped(body(item))}")
        if item in ("1", "2", "7", "13"):
            parts.append(
                f"The harbour crew counted crates of walnut oil, for which see the words under\n{reference}\n\nThe tide is noted."
            )
    text = "\n\n".join([*parts, "SIGNATURES"])
    assert_complete(read(text), text)


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_that_is_a_paragraph_of_html(reference: str) -> None:
    parts = []
    for item, title in TITLED:
        parts.append(f"<p><b>Item {item}. {escape(title)}</b></p><p>{body(item)}</p>")
        if item in ("1", "2", "7", "13"):
            parts.append(f"<p>See the words under</p><p>{escape(reference)}</p><p>The tide is noted.</p>")
    found, text = read_markup(f"<html><body>{''.join(parts)}<p>SIGNATURES</p></body></html>")
    assert_complete(found, text)


@pytest.mark.parametrize("above", [
    "Section 5 - Corporate Governance and Management",
    "A. Velander</td><td>58</td><td>Chair of Orrinsea Lines and its fleet of many vessels",
    "As of June 30 there are no comments of the staff that were made long ago and are unresolved",
    "Common Stock, par value $1 per share, of the registrant and its several subsidiaries, as listed",
])  # fmt: skip
def test_a_line_without_a_stop_above_a_heading_of_html(above: str) -> None:
    parts = [
        f"<table><tr><td>{above}</td></tr></table><p>Item {item}. {escape(title)}</p><p>{body(item)}</p>"
        for item, title in TITLED
    ]
    found, text = read_markup(f"<html><body>{''.join(parts)}<p>SIGNATURES</p></body></html>")
    assert_complete(found, text)


ENDS = ("SIGNATURES", "SIGNATURES:", "SIGNATURE(S)", "SIGNATURE PAGE", "S I G N A T U R E S", "Signature", "  * SIGNATURES *",
        "Pursuant to the requirements of Section 13", "FINANCIAL SECTION", "After reasonable inquiry I certify")  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_the_last_item(end: str) -> None:
    text = "Item 14. Principal Accountant Fees\n\nNone.\n\nItem 15. Exhibits\n\nNone.\n\n" + end + "\n\nzanthorpe"
    assert [text[section.start : section.end].count("zanthorpe") for section in sections(text, "10-K")] == [0, 0]


def test_the_auditors_report_and_financial_pages_end_the_last_item() -> None:
    statements = "Balance sheets of the quay and its oils. " * 800
    for page in (
        "REPORT OF INDEPENDENT REGISTERED PUBLIC ACCOUNTING FIRM\n\nTo the Board of Directors\n\n",
        "\n          F-1\n",
    ):
        text = f"Item 14. Principal Accountant Fees\n\nNone.\n\nItem 15. Exhibits\n\nNone.\n\n{page}{statements}"
        assert sections(text, "10-K")[-1].end < 120, page


def test_a_signature_page_between_items_ends_the_one_before() -> None:
    text = "Item 13. Certain Relationships\n\nNone.\n\nSIGNATURES\n\nPursuant to the requirements of the Act\n\nItem 14. Exhibits\n\nMany."
    found = sections(text, "10-K")
    assert "SIGNATURES" not in text[found[0].start : found[0].end]


@pytest.mark.parametrize(("heading", "located"), [
    ("Item 1. Business and Item 2. Properties", ["1", "2"]),
    ("Items 1 and 2. Business and Properties", ["1", "2"]),
    ("Items 1. and 2. Business and Properties", ["1", "2"]),
    ("Items 1, 1A and 2. Business, Risk Factors and Properties", ["1", "1A", "2"]),
    ("Item 1 + Item 2. Business and Properties", ["1", "2"]),
    ("Item 1/2. Business and Properties", ["1", "2"]),
    ("Items 1 & 2. Business and Properties", ["1", "2"]),
    ("Items 1-3. Business, Properties, Legal Proceedings", ["1", "1A", "1B", "1C", "2", "3"]),
    ("Items 1 through 3. Business, Properties, Legal Proceedings", ["1", "1A", "1B", "1C", "2", "3"]),
    ("Items 1 to 3. Business, Properties, Legal Proceedings", ["1", "1A", "1B", "1C", "2", "3"]),
    ("Items 1 to and including 3. Business, Properties, Legal Proceedings", ["1", "1A", "1B", "1C", "2", "3"]),
    ("Items 1 through and including Item 3. Business", ["1", "1A", "1B", "1C", "2", "3"]),
    ("(Items 1 and 2) Business and Properties", ["1", "2"]),
    ("Business and Properties (Items 1 and 2)", ["1", "2"]),
    ("Items 1, 2 and 3 are not applicable.", ["1", "2", "3"]),
    ("Item 1. (Business), Item 2. (Properties), Item 3. (Legal Proceedings)", ["1", "2", "3"]),
])  # fmt: skip
def test_several_items_under_one_heading(heading: str, located: list[str]) -> None:
    text = f"{heading}\n\n{body('1')}\n\nItem 7. Management's Discussion\n\n{body('7')}\n\nItem 8. Financial Statements\n\n{body('8')}"
    found = sections(text, "10-K")
    assert [section.name for section in found] == [*located, "7", "8"]
    assert len({(section.start, section.end) for section in found}) == 3


@pytest.mark.parametrize(("heading", "located"), [
    ("Item 5.02 Departure of Directors", ["5.02"]),
    ("Item 5. 02 Departure of Directors", ["5.02"]),
    ("Item 5.02(b) Departure of Directors", ["5.02"]),
    ("Items 1.01(a) and 5.02(e) Entry and Departure", ["1.01", "5.02"]),
    ("Items 2.02 and 7.01. Results of Operations and Regulation FD", ["2.02", "7.01"]),
    ("Item 2.02. Results of Operations; Item 7.01. Regulation FD Disclosure", ["2.02", "7.01"]),
    ("ITEM 8.01 OTHER EVENTS", ["8.01"]),
    ("Item8.01. Other Events", ["8.01"]),
    ("8-K Item 8.01. Other Events", []),
    ("Section 8 - Other Events\nItem 8.01 Other Events", ["8.01"]),
])  # fmt: skip
def test_an_item_of_a_current_report(heading: str, located: list[str]) -> None:
    text = f"FORM 8-K\n\n{heading}\n\nOn May 3 the quay was let, and the tide was noted.\n\nItem 9.01 Exhibits\n\n(d) None.\n\nSIGNATURES"
    assert names(text, "8-K", date(2010, 5, 4)) == [*located, "9.01"]


def test_the_old_numbers_of_current_reports_end_with_their_time() -> None:
    text = "FORM 8-K\n\nItem 12. Results of Operations\n\nGood.\n\nItem 13. Receipt of Notice\n\nNone.\n\nSIGNATURES"
    assert names(text, "8-K", date(2003, 5, 4)) == ["12", "13"]
    assert names(text, "8-K", date(2023, 5, 4)) == []


def test_boxes_on_a_cover_are_no_headings() -> None:
    for boxes in ("Item 17 [ ] Item 18 [x]", "Item 17 ☐ Item 18 ☒", "Item 17 (  ) Item 18 ( X )"):
        assert names(f"FORM 20-F\n\n{boxes}\n\nThe mill grinds oats.", "20-F") == []


def test_dotted_parts_of_an_item_stay_within_it() -> None:
    text = "\n\n".join(
        f"{heading}\n\n{'The mill grinds oats for nine towns. ' * 9}"
        for heading in ("Item 4. Information on the Company", "4.A. History", "Item 4.B. Business Overview", "Item 4A. Unresolved Staff Comments",
                        "Item 5. Operating and Financial Review", "Item 16.A. Audit Committee Financial Expert", "Item 16K. Cybersecurity")
    )  # fmt: skip
    assert names(text, "20-F") == ["4", "4A", "5", "16A", "16K"]


def test_an_item_behind_the_signatures() -> None:
    text = plain(usual, items={item: title for item, title in ANNUAL.items() if item != "8"})
    text += f"\n\nItem 8. Financial Statements and Supplementary Data\n\n{body('8')}"
    found = sections(text, "10-K")
    assert [section.name for section in found] == [item for item in ANNUAL if item != "8"] + ["8"]
    assert "zanthorpe" not in text[found[-2].start : found[-2].end]


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    text = "İİİİ\n\n" + plain(usual)
    assert_complete(read(text), text)


def test_a_form_without_headings_has_none() -> None:
    assert outline(Page(plain(usual)), "EX-99.1").sections == ()
    assert outline(Page(""), "10-K").sections == ()


@pytest.mark.parametrize("above", ["Item 7A of this report describes market risk.", "Item 2. Properties (Continued)"])
def test_a_running_head_or_a_reference_above_a_heading_makes_no_table_of_it(above: str) -> None:
    """The heading is said again with more text under it, on the next page."""
    parts = [
        f"Item {item}. {title}\n{body(item)}\n{above if item == '2' else ''}\nItem {item}. {title} (Continued)\n{TEXT}"
        for item, title in list(ANNUAL.items())[:5]
    ]
    found = outline(Page("\n".join(parts).replace("\n\n", "\n"), wrapped=False), "10-K")
    assert [(each.name, each.title) for each in found.sections] == list(ANNUAL.items())[:5]


@pytest.mark.parametrize("word", ["I T E M", "I TEM", "ltem"])
def test_the_word_as_scans_and_typists_spell_it(word: str) -> None:
    text = plain(lambda item, title: f"{word} {item}. {title}")
    assert_complete(read(text), text)


@pytest.mark.parametrize(
    ("form", "lines", "located"),
    [
        ("20-F", ["Item 16. [Reserved]", "16.A. AUDIT COMMITTEE FINANCIAL EXPERT", "16B. Code of Ethics", "Item 17. Financial Statements"],
         ["16", "16A", "16B", "17"]),
        ("20-F", ["Item 4. Information on the Company", "4A. Unresolved Staff Comments", "Item 5. Operating and Financial Review"],
         ["4", "4A", "5"]),
        ("10-K", ["Item 1. Business", "1A. Risk Factors", "Item 2. Properties"], ["1", "1A", "2"]),
        ("10-K", ["Item 1. Business", "1A. Risk Factors of our agents", "Item 2. Properties"], ["1", "1A", "2"]),
        ("10-K", ["Item 1. Business", "1A. Roasting", "Item 2. Properties"], ["1", "2"]),
        ("10-K", ["Item 1. Business", "1A. Risk Factors ... 12", "Item 2. Properties"], ["1", "2"]),
    ],
)  # fmt: skip
def test_a_number_and_its_title_in_their_place_need_no_word(form: str, lines: list[str], located: list[str]) -> None:
    text = "\n".join(f"{line}\n{TEXT}" for line in lines)
    assert [each.name for each in outline(Page(text, wrapped=False), form).sections] == located


def test_a_current_report_that_leaves_the_word_out() -> None:
    text = f"2.02 Results of Operations and Financial Condition\n{TEXT}\n9.01 Financial Statements and Exhibits\n{TEXT}"
    assert [each.name for each in outline(Page(text, wrapped=False), "8-K", date(2024, 3, 8)).sections] == [
        "2.02",
        "9.01",
    ]
    listed = f"5. Other Events\n{TEXT}\n7. Financial Statements and Exhibits\n{TEXT}"
    assert outline(Page(listed, wrapped=False), "8-K", date(1999, 3, 8)).sections == ()
