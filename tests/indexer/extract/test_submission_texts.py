"""A submission is read with what its header says, and a blank header is filled from the headings."""

from dataclasses import replace
from datetime import date

from indexer.edgar.items import Item
from indexer.errors import ProblemKind
from indexer.extract.submission_texts import document_text, submission_texts
from indexer.filings import Document, Header, Submission

REPORT = b"FORM 8-K\n\nItem 5. Other Events\n\nThe quay was let.\n\nItem 7. Exhibits\n\nNone.\n\nSIGNATURES\n"
EXHIBIT = b"Item 1. Changes in Control\n\nThe quay is not sold.\n"


def submission(*items: Item, filed: date = date(2001, 5, 4)) -> Submission:
    header = Header("0009000001-01-000001", "8-K", filed, items=items)
    return Submission(header, (Document("8-K", 1, "a.txt", "", REPORT), Document("EX-99", 2, "b.txt", "", EXHIBIT)))


def test_items_that_the_header_leaves_out_are_those_of_the_reports_headings() -> None:
    read, texts = submission_texts(submission())
    assert [(item.code, item.located) for item in read.header.items] == [("5", True), ("7", True)]
    assert [len(text.sections) for text in texts] == [2, 0]


def test_items_of_the_header_are_kept_as_they_are() -> None:
    named = Item("5", "Other events")
    read, _ = submission_texts(submission(named))
    assert read.header.items == (named,)


def test_an_item_that_the_header_names_and_no_heading_has_is_a_problem() -> None:
    given = submission(Item("5", "Other events"), Item("9", "Regulation FD Disclosure"))
    text = document_text(given.documents[0], given.header)
    assert text.unlocated == ("9",)
    [problem] = text.problems
    assert (problem.kind, problem.message) == (ProblemKind.UNLOCATED_ITEM, "not located: item 9")
    assert document_text(given.documents[1], given.header).problems == ()


def test_the_filing_date_decides_the_numbering() -> None:
    given = submission(filed=date(2023, 5, 4))
    assert document_text(given.documents[0], given.header).sections == ()


def test_an_item_that_is_nearly_all_of_a_document_that_lacks_others_is_a_problem() -> None:
    text = "Item 1. Business\n\n" + "Oats are milled.\n\n" * 400 + "Item 15. Exhibits\n\nNone but one.\n" * 12
    document = Document("10-K", 1, "a.txt", "", text.encode())
    read = document_text(document, Header("0009000001-17-000001", "10-K", date(2017, 3, 8)))
    kinds = {problem.kind: problem.message for problem in read.problems}
    assert kinds[ProblemKind.OVERLONG_ITEM] == "item 1 is 95% of the text, in which others were not located"
    short = replace(
        document,
        content=text.replace("Item 15", "Item 1A. Risk Factors\n\n" + "Rain falls on oats.\n\n" * 400, 1).encode(),
    )
    assert ProblemKind.OVERLONG_ITEM not in {
        problem.kind for problem in document_text(short, Header("", "10-K", date(2017, 3, 8))).problems
    }
