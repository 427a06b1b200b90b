"""The items of a current report: what each code is called, and which code a description in the header stands for.

The `.txt` header prints descriptions, the `.nc` header prints codes. The numbering changed on 2004-08-23 (Release
33-8400); several descriptions are the same in both numberings, so that the date decides.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from indexer.first_use import regex


class Item(NamedTuple):
    """An ITEM INFORMATION or ITEMS entry: `7.01` (new numbering), `5` (old), `06b` (Form D)."""

    code: str
    """Empty when the description is known to no list."""
    title: str
    """As the header says it, or the SEC's title when the header gives only a code."""
    located: bool = False
    """Whether the header leaves it out and its heading in the text names it."""


RENUMBERED = date(2004, 8, 23)
"""The first day of the numbering with a decimal point."""

NEW: Mapping[str, tuple[str, ...]] = {
    "1.01": ("Entry into a Material Definitive Agreement", "Entry into Material Definitive Agreement"),
    "1.02": ("Termination of a Material Definitive Agreement", "Termination of Material Definitive Agreement"),
    "1.03": ("Bankruptcy or Receivership",),
    "1.04": (
        "Mine Safety - Reporting of Shutdowns and Patterns of Violations",
        "Mine Safety Reporting of Shutdowns and Patterns of Violations",
    ),
    "1.05": ("Material Cybersecurity Incidents", "Material Cybersecurity Incident"),
    "2.01": (
        "Completion of Acquisition or Disposition of Assets",
        "Completion of an Acquisition or Disposition of Assets",
    ),
    "2.02": ("Results of Operations and Financial Condition",),
    "2.03": (
        "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement"
        " of a Registrant",
        "Creation of a Direct Financial Obligation or an Obligation under an Off-Balance Sheet Arrangement",
    ),
    "2.04": (
        "Triggering Events That Accelerate or Increase a Direct Financial Obligation or an Obligation under an"
        " Off-Balance Sheet Arrangement",
        "Triggering Events That Accelerate or Increase a Direct Financial Obligation under an"
        " Off-Balance Sheet Arrangement",
    ),
    "2.05": (
        "Costs Associated with Exit or Disposal Activities",
        "Cost Associated with Exit or Disposal Activities",
    ),
    "2.06": ("Material Impairments", "Material Impairment"),
    "3.01": ("Notice of Delisting or Failure to Satisfy a Continued Listing Rule or Standard; Transfer of Listing",),
    "3.02": ("Unregistered Sales of Equity Securities", "Unregistered Sale of Equity Securities"),
    "3.03": (
        "Material Modification to Rights of Security Holders",
        "Material Modifications to Rights of Security Holders",
    ),
    "4.01": ("Changes in Registrant's Certifying Accountant", "Change in Registrant's Certifying Accountant"),
    "4.02": (
        "Non-Reliance on Previously Issued Financial Statements or a Related Audit Report or Completed Interim Review",
    ),
    "5.01": ("Changes in Control of Registrant", "Change in Control of Registrant"),
    "5.02": (
        "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers;"
        " Compensatory Arrangements of Certain Officers",
        "Departure of Directors or Principal Officers; Election of Directors; Appointment of Principal Officers",
        "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers",
    ),
    "5.03": (
        "Amendments to Articles of Incorporation or Bylaws; Change in Fiscal Year",
        "Amendment to Articles of Incorporation or Bylaws; Change in Fiscal Year",
    ),
    "5.04": (
        "Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",
        "Temporary Suspension of Trading Under Registrant's Employee Benefit Plan",
    ),
    "5.05": (
        "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "Amendment to Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "Amendment to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "Amendments to Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    ),
    "5.06": ("Change in Shell Company Status", "Changes in Shell Company Status"),
    "5.07": ("Submission of Matters to a Vote of Security Holders",),
    "5.08": (
        "Shareholder Director Nominations",
        "Shareholder Nominations Pursuant to Exchange Act Rule 14a-11",
    ),
    "6.01": (
        "ABS Informational and Computational Material",
        "ABS Informational and Computational Materials",
    ),
    "6.02": ("Change of Servicer or Trustee",),
    "6.03": ("Change in Credit Enhancement or Other External Support",),
    "6.04": ("Failure to Make a Required Distribution",),
    "6.05": ("Securities Act Updating Disclosure",),
    "6.06": ("Static Pool",),
    "6.10": ("Alternative Filings of Asset-Backed Issuers",),
    "7.01": ("Regulation FD Disclosure",),
    "8.01": ("Other Events",),
    "9.01": ("Financial Statements and Exhibits",),
}
"""Since 2004-08-23: the SEC's title first, then the other spellings that headers have."""

OLD: Mapping[str, tuple[str, ...]] = {
    "1": ("Changes in Control of Registrant", "Change in Control of Registrant"),
    "2": ("Acquisition or Disposition of Assets",),
    "3": ("Bankruptcy or Receivership",),
    "4": ("Changes in Registrant's Certifying Accountant", "Change in Registrant's Certifying Accountant"),
    "5": ("Other Events", "Other Events and Regulation FD Disclosure", "Other Events and Required FD Disclosure"),
    "6": (
        "Resignations of Registrant's Directors",
        "Resignation of Registrant's Directors",
        "Resignations of Registrant's Director",
    ),
    "7": (
        "Financial Statements and Exhibits",
        "Financial Statements, Pro Forma Financial Information and Exhibits",
    ),
    "8": ("Change in Fiscal Year",),
    "9": ("Regulation FD Disclosure", "Sales of Equity Securities Pursuant to Regulation S"),
    "10": (
        "Amendments to the Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
        "Amendment to Registrant's Code of Ethics, or Waiver of a Provision of the Code of Ethics",
    ),
    "11": ("Temporary Suspension of Trading Under Registrant's Employee Benefit Plans",),
    "12": ("Results of Operations and Financial Condition",),
    "13": ("Receipt of an Attorney's Written Notice Pursuant to 17 CFR 205.3(d)",),
}
"""Before 2004-08-23; old numbers go on for months after it."""

ABS_15G: Mapping[str, tuple[str, ...]] = {
    "1.01": ("Initial Filing of Rule 15Ga-1 Representations and Warranties Disclosure",),
    "1.02": ("Periodic Filing of Rule 15Ga-1 Representations and Warranties Disclosure",),
    "1.03": ("Notice of Termination of Duty to File Reports under Rule 15Ga-1",),
    "2.01": (
        "Findings and Conclusions of a Third-Party Due Diligence Report Obtained by the Issuer",
        "Findings and Conclusions of Third-Party Due Diligence Report Obtained by the Issuer",
    ),
    "2.02": (
        "Findings and Conclusions of a Third-Party Due Diligence Report Obtained by the Underwriter",
        "Findings and Conclusions of Third-Party Due Diligence Report Obtained by the Underwriter",
    ),
}
"""Of Form ABS-15G, whose codes mean other things than those of Form 8-K."""

FORM_D: Mapping[str, tuple[str, ...]] = {
    "04": ("Rule 504(b)(1)", "Rule 504"),
    "04.1": ("Rule 504(b)(1)(i)",),
    "04.2": ("Rule 504(b)(1)(ii)",),
    "04.3": ("Rule 504(b)(1)(iii)",),
    "05": ("Rule 505",),
    "06": ("Rule 506",),
    "06b": ("Rule 506(b)",),
    "06c": ("Rule 506(c)",),
    "46": ("Securities Act Section 4(6)",),
    "4a5": ("Securities Act Section 4(a)(5)",),
    "3C": ("Investment Company Act Section 3(c)",),
    **{f"3C.{number}": (f"Investment Company Act Section 3(c)({number})",) for number in range(1, 15) if number != 8},
}
"""Of Form D: the exemptions and exclusions claimed."""

_CODE = regex(r"\d{1,2}(?:\.\d{1,2})?|\d{1,2}[A-Za-z]\d?(?:\.\d{1,2})?", re.ASCII)
_NOT_WORDS = regex(r"[^a-z0-9]+")


def item(value: str, *, form: str, filed: date | None) -> Item:
    """Find the item that a value of ITEMS or ITEM INFORMATION stands for, on a form filed that day.

    A code gets its title where its form has a list of them; a description that no list has keeps its title and gets
    no code. Without a date, a description that both numberings have counts as new.

    >>> item("Other events", form="8-K", filed=date(1999, 4, 20))
    Item(code='5', title='Other events', located=False)
    >>> item("7.01", form="8-K", filed=None)
    Item(code='7.01', title='Regulation FD Disclosure', located=False)
    """
    if _CODE.fullmatch(value):
        return Item(value, next((titles[value][0] for titles in _titles(form) if value in titles), ""))
    words = _words(value)
    code = next((codes[words] for codes in _codes(form, filed) if words in codes), "")
    return Item(code, value)


def _titles(form: str) -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """The lists that a form's codes come from; none for a form whose lists are not known."""
    match form.upper().partition("/")[0]:
        case "ABS-15G":
            return (ABS_15G,)
        case "D" | "REGDEX":
            return (FORM_D,)
        case root if root.startswith("8-K"):
            return (NEW, OLD)
        case _:
            return ()


def _codes(form: str, filed: date | None) -> tuple[Mapping[str, str], ...]:
    """The lists that a form's descriptions are looked up in, the likeliest first."""
    is_old = filed is not None and filed < RENUMBERED
    eight_k = (_OLD_CODES, _NEW_CODES) if is_old else (_NEW_CODES, _OLD_CODES)
    return (_ABS_15G_CODES,) if form.upper().startswith("ABS-15G") else eight_k


def _words(description: str) -> str:
    """Spelling without case, punctuation, apostrophes and spacing, which vary.

    >>> _words("Changes in Registrant’s  Certifying\\tAccountant")
    'changes in registrants certifying accountant'
    """
    plain = description.lower().replace("'", "").replace("’", "").replace("&", " and ")
    return _NOT_WORDS.sub(" ", plain).strip()


def _by_words(titles: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return {_words(title): code for code, spellings in titles.items() for title in spellings}


_NEW_CODES = _by_words(NEW)
_OLD_CODES = _by_words(OLD)
_ABS_15G_CODES = _by_words(ABS_15G)
