"""What each form is divided into: made-up documents of one line a heading."""

# ruff: noqa: E501  (headings as they stand, a line each)

from collections.abc import Sequence
from datetime import date

import pytest

from indexer.edgar.headings import SUBJECT_NAMES, headings, subjects
from indexer.outline.locate import Page, outline
from tests.indexer.outline.reports import sections

TEXT = "The harbour crew counts crates of walnut oil and notes the tide before the lamps are lit. " * 4


def document(*headlines: str) -> str:
    return (
        "\n\n".join(f"{headline}\n\n{TEXT}" for headline in headlines)
        + "\n\nSIGNATURES\n\nPursuant to the requirements of"
    )


def names(form: str, *headlines: str, filed: date | None = None) -> list[str]:
    return [section.name for section in sections(document(*headlines), form, filed)]


FORMS: dict[str, Sequence[tuple[str, str]]] = {
    "10-K": [("1", "Item 1. Business"), ("1C", "Item 1C. Cybersecurity"), ("9C", "Item 9C. Disclosure Regarding Foreign Jurisdictions"),
             ("16", "Item 16. Form 10-K Summary")],
    "10-K405/A": [("4", "Item 4. Submission of Matters to a Vote"), ("4A", "Item 4A. Executive Officers of the Registrant"), ("14", "Item 14. Exhibits")],
    "10-KT": [("7", "Item 7. Management's Discussion"), ("7A", "Item 7A. Quantitative Disclosures")],
    "10-KSB": [("1", "Item 1. Description of Business"), ("6", "Item 6. Plan of Operation"), ("7", "Item 7. Financial Statements"), ("8A", "Item 8A(T). Controls and Procedures"),
               ("8B", "Item 8B. Other Information"), ("13", "Item 13. Exhibits")],
    "10-Q": [("I.1", "Item 1. Financial Statements"), ("I.4", "Item 4(T). Controls and Procedures"), ("II.1", "Item 1. Legal Proceedings"),
             ("II.1A", "Item 1A. Risk Factors"), ("II.6", "Item 6. Exhibits")],
    "10-QSB": [("I.2", "Item 2. Plan of Operation"), ("I.3", "Item 3. Controls and Procedures"), ("II.4", "Item 4. Submission of Matters")],
    "20-F": [("3", "Item 3. Key Information"), ("4", "Item 4. Information on the Company"), ("16G", "Item 16G. Corporate Governance"), ("18", "Item 18. Financial Statements")],
    "SC 13D": [("1", "Item 1. Security and Issuer"), ("4", "Item 4. Purpose of Transaction"), ("7", "Item 7. Material to be Filed as Exhibits")],
    "SC 13G/A": [("1", "Item 1(a). Name of Issuer"), ("2", "Item 2(a). Name of Person Filing"), ("4", "Item 4. Ownership"), ("10", "Item 10. Certification")],
    "SCHEDULE 13D": [("2", "Item 2. Identity and background"), ("5", "Item 5. Interest in securities of the issuer")],
    "SCHEDULE 13G": [("1", "Item 1. Name and address of issuer"), ("5", "Item 5. Ownership of 5 percent or less of a class")],
    "10-D": [("1", "Item 1. Distribution and Pool Performance Information"), ("1A", "Item 1A. Asset-Level Information"), ("2", "Item 2. Legal Proceedings"), ("10", "Item 10. Exhibits")],
    "N-CSR": [("1", "Item 1. Reports to Stockholders."), ("2", "Item 2. Code of Ethics."), ("11", "Item 11. Controls and Procedures."), ("13", "Item 13. Exhibits.")],
    "N-CSRS": [("6", "Item 6. Schedule of Investments"), ("12", "Item 12. Disclosure of Securities Lending Activities")],
    "1-K": [("1", "Item 1. Business"), ("2", "Item 2. Management's Discussion and Analysis"), ("8", "Item 8. Exhibits")],
    "1-A": [("1", "Item 1. Issuer Information"), ("5", "Item 5. Jurisdictions in Which Securities Are to be Offered"), ("6", "Item 6. Unregistered Securities Issued")],
    "S-1": [("13", "Item 13. Other Expenses of Issuance and Distribution"), ("16", "Item 16. Exhibits and Financial Statement Schedules"), ("17", "Item 17. Undertakings")],
    "F-1": [("6", "Item 6. Indemnification of Directors and Officers"), ("9", "Item 9. Undertakings")],
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_the_items_of_a_form(form: str) -> None:
    expected = [name for name, _ in FORMS[form]]
    assert names(form, *(headline for _, headline in FORMS[form])) == expected


def test_the_parts_of_a_quarterly_report_tell_its_items_apart() -> None:
    untitled = ("PART I\n\nItem 1.", "Item 2.", "PART II\n\nItem 1.", "Item 2.")
    assert names("10-Q", *untitled) == ["I.1", "I.2", "II.1", "II.2"]


def test_an_amendment_of_a_schedule_may_name_an_item_in_a_sentence_alone() -> None:
    headlines = (
        "Item 4 is hereby amended and supplemented as follows:",
        "Item 5 of the Schedule 13D is hereby amended and restated:",
    )
    assert names("SC 13D/A", *headlines) == ["4", "5"]


PROSPECTUS = ("PROSPECTUS SUMMARY", "RISK FACTORS", "USE OF PROCEEDS", "DIVIDEND POLICY", "CAPITALIZATION", "DILUTION",
              "MANAGEMENT’S DISCUSSION AND ANALYSIS OF FINANCIAL CONDITION AND RESULTS OF OPERATIONS", "BUSINESS", "LEGAL PROCEEDINGS",
              "MANAGEMENT", "EXECUTIVE COMPENSATION", "PRINCIPAL STOCKHOLDERS", "DESCRIPTION OF CAPITAL STOCK", "UNDERWRITING", "LEGAL MATTERS", "EXPERTS")  # fmt: skip
CAPTIONS = ["summary", "risk-factors", "use-of-proceeds", "dividend-policy", "capitalization", "dilution", "mdna", "business",
            "legal-proceedings", "directors-and-officers", "executive-compensation", "ownership", "description-of-securities",
            "underwriting", "legal-matters", "experts"]  # fmt: skip


@pytest.mark.parametrize("form", ["S-1", "S-1/A", "S-3", "F-1", "424B4", "424B5"])
def test_the_captions_of_a_prospectus(form: str) -> None:
    assert names(form, *PROSPECTUS) == CAPTIONS
    assert names(form, *(caption.title() for caption in PROSPECTUS)) == CAPTIONS


@pytest.mark.parametrize("wrapped", [True, False])
def test_captions_behind_a_table_of_contents_and_before_the_items_of_part_two(wrapped: bool) -> None:
    contents = "\n".join(f"{caption}\t{page}" for page, caption in enumerate(PROSPECTUS, 3))
    text = f"TABLE OF CONTENTS\n\n{contents}\n\n{document(*PROSPECTUS, 'Item 13. Other Expenses of Issuance and Distribution')}"
    found = outline(Page(text, wrapped=wrapped), "S-1").sections
    assert [section.name for section in found] == [*CAPTIONS, "13"]
    assert all(text[section.start : section.end].count(TEXT) == 1 for section in found)


def test_a_title_that_only_the_contents_list_ends_a_caption() -> None:
    contents = "RISK FACTORS\t3\nUSE OF PROCEEDS\t9\nOUR SHIPS AND QUAYS\t11\nUNDERWRITING\t14"
    text = f"{contents}\n\n{document('RISK FACTORS', 'USE OF PROCEEDS', 'OUR SHIPS AND QUAYS', 'UNDERWRITING')}"
    found = sections(text, "424B4")
    assert [section.name for section in found] == ["risk-factors", "use-of-proceeds", "underwriting"]
    assert text[found[1].start : found[1].end].count(TEXT) == 1


def test_a_supplement_and_the_prospectus_behind_it_have_a_stretch_each() -> None:
    assert names("424B5", *PROSPECTUS[1:3], *PROSPECTUS[-2:], *PROSPECTUS[1:3]) == [
        "risk-factors", "use-of-proceeds", "legal-matters", "experts", "risk-factors", "use-of-proceeds",
    ]  # fmt: skip


def test_a_caption_without_text_or_with_a_page_number_is_none() -> None:
    assert names("424B4", "RISK FACTORS 12") == []
    assert sections("RISK FACTORS\n\nUSE OF PROCEEDS\n\nDILUTION\n\n", "424B4") == ()


def test_the_captions_of_a_proxy_statement() -> None:
    headlines = ("PROPOSAL 1: ELECTION OF DIRECTORS", "CORPORATE GOVERNANCE", "COMPENSATION DISCUSSION AND ANALYSIS", "SUMMARY COMPENSATION TABLE",
                 "SECURITY OWNERSHIP OF CERTAIN BENEFICIAL OWNERS AND MANAGEMENT", "OTHER MATTERS")  # fmt: skip
    expected = [
        "election-of-directors",
        "corporate-governance",
        "compensation-discussion",
        "summary-compensation-table",
        "ownership",
        "other-matters",
    ]
    assert names("DEF 14A", *headlines) == expected


def test_the_headings_of_a_canadian_annual_report() -> None:
    headlines = (
        "DISCLOSURE CONTROLS AND PROCEDURES",
        "AUDIT COMMITTEE FINANCIAL EXPERT",
        "CODE OF ETHICS",
        "OFF-BALANCE SHEET ARRANGEMENTS",
        "UNDERTAKING",
    )
    assert names("40-F", *headlines) == [
        "controls-and-procedures",
        "audit-committee-expert",
        "code-of-ethics",
        "off-balance-sheet",
        "undertaking",
    ]


def test_an_item_says_what_it_is_about_in_every_form() -> None:
    asked = {
        "10-K": "Item 1A. Risk Factors",
        "10-Q": "Item 1A. Risk Factors",
        "424B4": "RISK FACTORS",
        "20-F": "Item 5. Operating and Financial Review",
    }
    about = {
        form: [section.subject for section in sections(document(headline), form)] for form, headline in asked.items()
    }
    assert about == {"10-K": ["risk-factors"], "10-Q": ["risk-factors"], "424B4": ["risk-factors"], "20-F": ["mdna"]}


def test_every_subject_can_be_asked_for() -> None:
    assert set(subjects().values()) == set(SUBJECT_NAMES)
    assert subjects()["md and a"] == subjects()["managements discussion and analysis"] == "mdna"


def test_a_form_is_known_with_its_variants_only() -> None:
    assert headings("10-K405/A") == headings("10-K")
    assert headings("NT 10-K") is headings("EX-99.1") is headings("") is None


def test_a_caption_broken_over_two_lines() -> None:
    lines = {
        "PRINCIPAL AND\nSELLING STOCKHOLDERS": "ownership",
        "Plan of Distribution (Conflicts of Interest):": "plan-of-distribution",
        "VALIDITY OF\nTHE NOTES": "legal-matters",
        "Table of Contents\nDILUTION": "dilution",
    }
    text = "\n".join(f"{line.upper()}\n{TEXT}" for line in lines)
    found = outline(Page(text, wrapped=False), "424B5").sections
    assert [section.name for section in found] == list(lines.values())
    proxy = f"Proposal No. 2: Ratification of the Appointment of\nIndependent Registered Public Accounting Firm\n{TEXT}"
    assert [section.name for section in outline(Page(proxy, wrapped=False), "DEF 14A").sections] == ["auditor"]
