"""What each form is divided into, and what its sections are about: for whoever looks for headings, names a section in
a query or completes one."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from indexer.edgar.caption_titles import CANADIAN, PROSPECTUS, PROXY
from indexer.edgar.item_titles import (
    ANNUAL,
    CERTIFIED_SHAREHOLDER,
    CURRENT,
    DISTRIBUTION,
    FOREIGN,
    OWNERSHIP_ACTIVE,
    OWNERSHIP_PASSIVE,
    QUARTERLY,
    QUARTERLY_SCHEDULE,
    REGISTRATION_ITEMS,
    REGULATION_A_ANNUAL,
    REGULATION_A_OFFERING,
    SCHEDULE_13D,
    SCHEDULE_13G,
    SMALL_BUSINESS,
    Heading,
    plain_title,
)
from indexer.first_use import regex

_FILLERS = regex(r"(?:(?:the|our|its|a|an|registrants?|companys|of|and)\s){1,3}")


class FormHeadings(NamedTuple):
    """What a form is divided into."""

    items: tuple[Heading, ...]
    """In the form's order."""
    captions: tuple[Heading, ...] = ()
    """Headings without a number, in no fixed order."""
    any_order: bool = False
    """Whether its items may stand in any order."""
    core: tuple[str, ...] = ()
    """The items that every document of the form has, but for amendments."""
    bare: bool = False
    """Whether it is a report with a table of contents, whose items may be numbered without the word `Item`."""


SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "business": ("description of business",),
    "changes-in-securities": ("changes in securities and use of proceeds",),
    "code-of-ethics": (),
    "controls-and-procedures": ("controls", "disclosure controls", "disclosure controls and procedures"),
    "cybersecurity": (),
    "description-of-securities": ("description of capital stock", "description of share capital"),
    "dilution": (),
    "directors-and-officers": ("directors", "directors and executive officers", "management"),
    "dividend-policy": ("dividends",),
    "election-of-directors": (),
    "executive-compensation": ("compensation",),
    "exhibits": ("exhibits and financial statement schedules",),
    "financial-statements": ("financial statements and supplementary data",),
    "forward-looking-statements": (),
    "legal-matters": (),
    "legal-proceedings": (),
    "market-for-equity": ("market for registrants common equity", "market for common equity"),
    "market-risk": ("quantitative and qualitative disclosures about market risk", "qualitative disclosures"),
    "mdna": (
        "managements discussion and analysis of financial condition and results of operations",
        "managements discussion and analysis",
        "managements discussion",
        "management discussion and analysis",
        "operating and financial review",
        "operating and financial review and prospects",
        "md and a",
        "mda",
    ),
    "mine-safety": ("mine safety disclosures",),
    "other-events": (),
    "other-information": (),
    "ownership": (
        "security ownership",
        "security ownership of certain beneficial owners and management",
        "beneficial ownership",
        "principal stockholders",
        "principal shareholders",
    ),
    "plan-of-distribution": (),
    "properties": ("description of property", "property"),
    "related-party-transactions": (
        "certain relationships and related transactions",
        "certain relationships",
        "related party transactions",
    ),
    "risk-factors": ("risks",),
    "selected-financial-data": (),
    "summary": ("prospectus summary",),
    "underwriting": (),
    "unresolved-staff-comments": (),
    "use-of-proceeds": (),
    "votes-of-security-holders": ("submission of matters to a vote of security holders",),
}
"""What sections are about, over all forms, with the other words by which people ask for them."""

_CORE_ANNUAL = ("1", "2", "3", "5", "7", "8", "10", "11", "12", "13")
_CORE_SMALL = ("1", "2", "3", "5", "6", "7", "9", "10", "11", "12")
_CORE_FOREIGN = ("3", "4", "5", "8")
_BY_FORM: Mapping[str, FormHeadings] = {
    "10-KSB": FormHeadings(SMALL_BUSINESS, core=_CORE_SMALL, bare=True),
    "10KSB": FormHeadings(SMALL_BUSINESS, core=_CORE_SMALL, bare=True),
    "10-K": FormHeadings(ANNUAL, core=_CORE_ANNUAL, bare=True),
    "10K": FormHeadings(ANNUAL, core=_CORE_ANNUAL, bare=True),
    "10-D": FormHeadings(DISTRIBUTION, core=("1",)),
    "10-Q": FormHeadings(QUARTERLY, core=("I.1", "I.2"), bare=True),
    "10Q": FormHeadings(QUARTERLY, core=("I.1", "I.2"), bare=True),
    "8-K": FormHeadings(CURRENT, any_order=True),
    "20-F": FormHeadings(FOREIGN, core=_CORE_FOREIGN, bare=True),
    "20F": FormHeadings(FOREIGN, core=_CORE_FOREIGN, bare=True),
    "40-F": FormHeadings((), CANADIAN),
    "SC 13D": FormHeadings(OWNERSHIP_ACTIVE, core=tuple(SCHEDULE_13D)),
    "SCHEDULE 13D": FormHeadings(OWNERSHIP_ACTIVE, core=tuple(SCHEDULE_13D)),
    "SC 13G": FormHeadings(OWNERSHIP_PASSIVE, core=tuple(SCHEDULE_13G)),
    "SCHEDULE 13G": FormHeadings(OWNERSHIP_PASSIVE, core=tuple(SCHEDULE_13G)),
    "N-CSR": FormHeadings(CERTIFIED_SHAREHOLDER, core=("1", "2")),
    "N-Q": FormHeadings(QUARTERLY_SCHEDULE),
    "1-K": FormHeadings(REGULATION_A_ANNUAL, bare=True),
    "1-A": FormHeadings(REGULATION_A_OFFERING, PROSPECTUS),
    **dict.fromkeys(
        ("S-1", "S-3", "S-4", "S-11", "SB-2", "F-1", "F-3", "F-4", "F-10"),
        FormHeadings(REGISTRATION_ITEMS, PROSPECTUS),
    ),
    "424B": FormHeadings((), PROSPECTUS),
    **dict.fromkeys(("DEF 14", "DEFM14", "DEFR14", "PRE 14", "PREM14", "PRER14"), FormHeadings((), PROXY)),
}
SUBJECT_NAMES = tuple(sorted({*SUBJECTS, *(each.name for form in _BY_FORM.values() for each in form.captions)}))
"""Every subject, as sections are named by it in the index."""
_LONGEST_FIRST = sorted(_BY_FORM, key=len, reverse=True)


@lru_cache(maxsize=256)
def headings(form: str) -> FormHeadings | None:
    """Find what documents of this type are divided into; None for a type that is not.

    >>> [each.name for each in headings("10-QSB").items][:3], headings("EX-99.1")
    (['I.1', 'I.2', 'I.3'], None)
    """
    said = form.upper()
    return next((_BY_FORM[prefix] for prefix in _LONGEST_FIRST if said.startswith(prefix)), None)


@lru_cache(maxsize=1)
def subjects() -> Mapping[str, str]:
    """Map each way of asking for a subject to its name: `risk factors`, `md and a`."""
    said = {name.replace("-", " "): name for name in SUBJECT_NAMES}
    return said | {words: subject for subject, others in SUBJECTS.items() for words in others if words not in said}


class Numbering(NamedTuple):
    """A form's items by the number they are called by."""

    order: tuple[str, ...]
    has_parts: bool
    """Whether its parts number their items anew, as those of a 10-Q do."""
    by_number: Mapping[str, tuple[Heading, ...]]

    @classmethod
    def of(cls, form: FormHeadings) -> "Numbering":
        """Number the form's items; of a 10-Q `1` is `I.1` and `II.1`."""
        by_number: dict[str, tuple[Heading, ...]] = {}
        for heading in form.items:
            number = heading.name.removeprefix("II.").removeprefix("I.")
            by_number[number] = (*by_number.get(number, ()), heading)
        order = tuple(heading.name for heading in form.items)
        return cls(order, len(by_number) < len(order), by_number)

    def fitting(self, number: str, words: str) -> tuple[Heading, ...]:
        """List the headings of that number that a title fits, which is given in the words of `title_words`."""
        return tuple(heading for heading in self.by_number.get(number, ()) if fits(heading, words))


@lru_cache(maxsize=4096)
def title_words(title: str) -> str:
    """Bring a title to the words of `plain_title`, without the articles before it."""
    words = plain_title(title[:160])
    filler = _FILLERS.match(words)
    return words[filler.end() :] if filler else words


@lru_cache(maxsize=4096)
def fits(heading: Heading, words: str) -> bool:
    """Tell whether a title in plain words is one of the heading's, or has most words of one.

    >>> fits(Heading("7.01", ("regulation fd disclosure",)), "reg fd disclosure")
    True
    """
    if not words:
        return False
    if any(words.startswith(title) for title in heading.titles):
        return True
    known = {word for title in heading.titles for word in title.split()}
    said = words.split()[:6]
    return sum(word in known for word in said) > len(said) / 2
