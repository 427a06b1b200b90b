"""Small made-up reports: headings in any spelling, under contents of any kind, as plain text or as HTML."""

# ruff: noqa: E501  (headings as they stand, a line each)

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape

from indexer.extract.html import html_text
from indexer.extracted import Section
from indexer.outline.locate import Outline, Page, outline

Headline = Callable[[str, str], str]

ANNUAL: Mapping[str, str] = {
    "1": "Business", "1A": "Risk Factors", "1B": "Unresolved Staff Comments", "2": "Properties", "3": "Legal Proceedings",
    "4": "Mine Safety Disclosures", "5": "Market for Registrant's Common Equity and Related Stockholder Matters",
    "6": "[Reserved]", "7": "Management's Discussion and Analysis of Financial Condition and Results of Operations",
    "7A": "Quantitative and Qualitative Disclosures About Market Risk",
    "8": "Financial Statements and Supplementary Data",
    "9": "Changes in and Disagreements With Accountants on Accounting and Financial Disclosure",
    "9A": "Controls and Procedures", "9B": "Other Information",
    "10": "Directors, Executive Officers and Corporate Governance", "11": "Executive Compensation",
    "12": "Security Ownership of Certain Beneficial Owners and Management", "13": "Certain Relationships",
    "14": "Principal Accountant Fees and Services", "15": "Exhibits and Financial Statement Schedules",
}  # fmt: skip
SHORT = frozenset({"1B", "4", "6", "9", "9B", "10", "11", "12", "13", "14"})
"""Items of one sentence."""


def body(item: str) -> str:
    """What stands under an item, with a word of its own."""
    if item in SHORT:
        return f"Walnut{item} is incorporated by reference."
    return f"Walnut{item} oil is pressed at the quay, and the tide is noted before the lamps are lit. " * 12


def wrapped(text: str, width: int = 78) -> str:
    lines, line = list[str](), ""
    for word in text.split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def plain(headline: Headline, contents: str = "", items: Mapping[str, str] = ANNUAL) -> str:
    """A report as plain text: headings between empty lines, text in wrapped lines."""
    parts = [f"{headline(item, title)}\n\n{wrapped(body(item))}" for item, title in items.items()]
    return "\n\n".join(
        ["FORM 10-K", contents, *parts, "SIGNATURES\n\nPursuant to the requirements of the Act zanthorpe"]
    )


def markup(headline: Headline, contents: str = "", *, style: str = "<b>{}</b>", links: bool = False) -> str:
    """A report as HTML: a paragraph each."""
    parts = [
        (f'<a id="i{item}"></a>' if links else "")
        + f"<p>{style.format(escape(headline(item, title)))}</p><p>{escape(body(item))}</p>"
        for item, title in ANNUAL.items()
    ]
    end = "<p>SIGNATURES</p><p>Pursuant to the requirements of the Act zanthorpe</p>"
    return f"<html><body><p>FORM 10-K</p>{contents}{''.join(parts)}{end}</body></html>"


def sections(text: str, form: str, filed: date | None = None) -> tuple[Section, ...]:
    """The sections of a text without markup."""
    return outline(Page(text), form, filed).sections


def read(text: str, form: str = "10-K") -> Outline:
    """The outline of plain text."""
    return outline(Page(text), form)


def read_markup(source: str, form: str = "10-K") -> tuple[Outline, str]:
    """The outline of HTML, and its text."""
    text = html_text(source).text
    return outline(Page(text, wrapped=False, source=source), form), text


def assert_complete(found: Outline, text: str, items: Sequence[str] = tuple(ANNUAL)) -> None:
    """Every item is located, once, holds its own word and no other's, and the last ends before the signatures."""
    assert [section.name for section in found.sections] == list(items)
    for section in found.sections:
        under = text[section.start : section.end]
        assert f"Walnut{section.name} " in under, section
        assert "zanthorpe" not in under, section
        others = [item for item in items if item != section.name and f"Walnut{item} " in under]
        assert not others, (section, others)
