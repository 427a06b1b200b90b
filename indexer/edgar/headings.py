"""The items and captions that the SEC's forms ask for: number, subject, and how their titles begin.

Each once, for whoever looks for headings, names a section in a query or completes one. The items of Form 8-K stand in
`indexer.edgar.items`, whose titles the header of a filing says too. Titles are in the words of `plain_title`; a heading
of an item begins with one of them. Sources: the forms (17 CFR 249 and 239), their releases of 1980, 1997, 1999, 2003,
2005, 2008, 2010 and 2023, and Regulation S-K for captions.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.edgar import items


class Heading(NamedTuple):
    """A heading that a form asks for."""

    name: str
    """`1A`, `II.1A` (Part II of a 10-Q), `7.01`; of a caption without a number its subject."""
    titles: tuple[str, ...]
    """How its title may begin, in the words of `plain_title`; the form's own wording first."""
    subject: str = ""
    """What it is about in any form: `risk-factors`; empty where only this form has it."""


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
    """Whether its items may be numbered without the word `Item`, as nothing else in it is."""


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

SCHEDULE_13D: Mapping[str, str] = {
    "1": "Security and issuer",
    "2": "Identity and background",
    "3": "Source and amount of funds or other consideration",
    "4": "Purpose of transaction",
    "5": "Interest in securities of the issuer",
    "6": "Contracts, arrangements, understandings or relationships with respect to the securities",
    "7": "Material to be filed as exhibits",
}
"""Items of Schedule 13D (17 CFR 240.13d-101)."""

SCHEDULE_13G: Mapping[str, str] = {
    "1": "Name and address of issuer",
    "2": "Name, address and citizenship of person filing; class of securities",
    "3": "Type of person filing",
    "4": "Ownership",
    "5": "Ownership of 5 percent or less of a class",
    "6": "Ownership of more than 5 percent on behalf of another person",
    "7": "Identification and classification of the subsidiary which acquired the security",
    "8": "Identification and classification of members of the group",
    "9": "Notice of dissolution of group",
    "10": "Certifications",
}
"""Items of Schedule 13G (17 CFR 240.13d-102)."""

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def plain_title(said: str) -> str:
    """A title without case, punctuation and apostrophes.

    >>> plain_title("Management’s Discussion & Analysis")
    'managements discussion and analysis'
    """
    words = said.lower().replace("'", "").replace("’", "").replace("`", "").replace("&", " and ")
    return _NOT_WORDS.sub(" ", words).strip()


def _table(rows: str) -> tuple[Heading, ...]:
    """Headings of lines `name | subject | title; title`."""
    cells = ([cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines())
    return tuple(Heading(name, tuple(titles.split("; ")), subject) for name, subject, titles in cells)


_ANNUAL = _table("""
1   | business | business; description of business; the business; the company; general; our business; narrative description
1A  | risk-factors | risk factors; certain risk factors; risks; factors that may
1B  | unresolved-staff-comments | unresolved
1C  | cybersecurity | cyber
2   | properties | properties; description of propert; property; our properties; real estate; facilities
3   | legal-proceedings | legal; material legal; pending legal
4   | mine-safety | mine safety; submission; reserved; removed; results of votes; matters submitted; matters to a vote
4A  | | executive officers; directors and executive officers; directors of the
5   | market-for-equity | market for; market price; market of; markets for; market; common stock; price range
6   | selected-financial-data | selected; reserved; removed; managements discussion; not applicable; summary
7   | mdna | managements; managements discussion; management discussion; financial statements
7A  | market-risk | quantitative; qualitative; market risk; disclosures about market; disclosure about market
8   | financial-statements | financial; consolidated financial; changes in and; supplementary
8A  | controls-and-procedures | controls; disclosure controls
8B  | other-information | other
9   | | changes in; disagreements; change in; directors
9A  | controls-and-procedures | controls; disclosure controls; control
9B  | other-information | other
9C  | | disclosure regarding; disclosures regarding
10  | directors-and-officers | directors; executive; director; identification of directors
11  | executive-compensation | executive; security; management remuneration; compensation; remuneration
12  | ownership | security; certain; securities ownership; beneficial
13  | related-party-transactions | certain; exhibits; interest of management; relationships; transactions with
14  | | principal; exhibits; exhibit; controls; financial statement; independent
15  | exhibits | exhibit; principal; financial statement
16  | | form 10 k; summary; exhibits
""")
_SMALL_BUSINESS = _table("""
1   | business | description of business; business
2   | properties | description of propert; properties; property
3   | legal-proceedings | legal
4   | votes-of-security-holders | submission; mine; reserved; removed
5   | market-for-equity | market
6   | mdna | managements; management discussion; plan of operation; selected
7   | financial-statements | financial; consolidated financial
8   | | changes in; change in; disagreements
8A  | controls-and-procedures | controls; disclosure controls
8B  | other-information | other
9   | directors-and-officers | directors
10  | executive-compensation | executive
11  | ownership | security
12  | related-party-transactions | certain
13  | exhibits | exhibit
14  | | principal; controls
""")
_QUARTERLY = _table("""
I.1   | financial-statements | financial; condensed; consolidated; unaudited; interim; index to
I.2   | mdna | managements; management discussion; plan of operation
I.3   | market-risk | quantitative; qualitative; controls; market risk; disclosures about; disclosure about
I.4   | controls-and-procedures | controls; disclosure controls; control
II.1  | legal-proceedings | legal; litigation
II.1A | risk-factors | risk
II.2  | | unregistered; changes in; market; issuer; change in; purchase; recent sales; repurchase; use of proceeds; sales of
II.3  | | default
II.4  | mine-safety | mine; submission; reserved; removed; results of votes
II.5  | other-information | other
II.6  | exhibits | exhibit
""")
_FOREIGN = _table("""
1   | | identity; description of business
2   | | offer; description of propert
3   | | key; legal proceedings
4   | | information on; information about; control of
4A  | unresolved-staff-comments | unresolved
5   | mdna | operating; nature of trading; managements
6   | directors-and-officers | directors; exchange controls
7   | ownership | major; taxation
8   | financial-statements | financial; selected
9   | | the offer; offer; managements
9A  | market-risk | quantitative; qualitative
10  | | additional; directors
11  | market-risk | quantitative; qualitative; compensation
12  | | description; options
13  | | default; interest of
14  | | material; description of sec
15  | controls-and-procedures | controls; disclosure controls; reserved; defaults
16  | | reserved; audit; changes in
16A | | audit; reserved
16B | code-of-ethics | code
16C | | principal
16D | | exemption
16E | | purchase
16F | | change
16G | | corporate
16H | mine-safety | mine
16I | | disclosure
16J | | insider
16K | cybersecurity | cyber
17  | financial-statements | financial; consolidated financial
18  | financial-statements | financial; consolidated financial
19  | exhibits | exhibit; financial statements and exhibits
""")
_OTHER_13D: Mapping[str, tuple[str, ...]] = {
    "1": ("security", "securities", "name of issuer"),
    "2": ("identity", "name of person"),
    "3": ("source",),
    "4": ("purpose",),
    "5": ("interest", "interests"),
    "6": ("contract",),
    "7": ("material", "exhibit"),
}
_OTHER_13G: Mapping[str, tuple[str, ...]] = {
    "1": ("name", "a name of issuer", "address of issuer", "issuer", "security and issuer"),
    "2": ("name of person", "names of person", "identity", "a name of person", "address", "citizenship", "title of class",
          "cusip", "filing person"),
    "3": ("if this statement", "if the statement", "type of", "this statement", "statement", "for statements", "person"),
    "4": (),
    "5": ("ownership of five", "owner of", "ownership of less", "ownership of 5"),
    "6": ("ownership of more", "ownership of five"),
    "7": ("identification",),
    "8": ("identification",),
    "9": ("notice of",),
    "10": ("certification",),
}  # fmt: skip
"""Other ways in which their titles begin."""
_OWNERSHIP_SUBJECTS = {"13D": {"5": "ownership", "7": "exhibits"}, "13G": {"4": "ownership"}}


def _schedule(captions: Mapping[str, str], others: Mapping[str, tuple[str, ...]], kind: str) -> tuple[Heading, ...]:
    subjects = _OWNERSHIP_SUBJECTS[kind]
    return tuple(
        Heading(number, (plain_title(caption), *others[number]), subjects.get(number, ""))
        for number, caption in captions.items()
    )


_OWNERSHIP_ACTIVE = _schedule(SCHEDULE_13D, _OTHER_13D, "13D")
_OWNERSHIP_PASSIVE = _schedule(SCHEDULE_13G, _OTHER_13G, "13G")
_DISTRIBUTION = _table("""
1  | | distribution and pool
1A | | asset level
1B | | asset representations
2  | legal-proceedings | legal
3  | | sales of
4  | | default
5  | | submission
6  | | significant
7  | | significant enhancement; change in sponsor
8  | | significant enhancement; other information
9  | other-information | other; exhibits
10 | exhibits | exhibit
""")
_CERTIFIED_SHAREHOLDER = _table("""
1  | | reports to; report to; report of; shareholder report; annual report; semi annual report
2  | code-of-ethics | code
3  | | audit committee
4  | | principal
5  | | audit committee
6  | | investments; schedule of; portfolio
7  | | disclosure of proxy; financial statements
8  | | portfolio manage; changes in and
9  | | purchase; proxy disclosure; submission
10 | | submission; remuneration; controls
11 | controls-and-procedures | controls; statement regarding; exhibits
12 | | disclosure of securities; exhibit; disclosure of proxy
13 | | exhibit; portfolio manage; recovery
14 | | recovery; purchase; exhibit
15 | | submission
16 | controls-and-procedures | controls
17 | | disclosure of securities
18 | | recovery
19 | exhibits | exhibit
""")
_QUARTERLY_SCHEDULE = _table("""
1 | | schedule of
2 | controls-and-procedures | controls
3 | exhibits | exhibit
""")
_REGULATION_A_ANNUAL = _table("""
1 | business | business; description of business
2 | mdna | managements
3 | directors-and-officers | directors
4 | ownership | security
5 | related-party-transactions | interest of
6 | other-information | other
7 | financial-statements | financial
8 | exhibits | exhibit
""")
_REGULATION_A_OFFERING = _table("""
1  | | issuer information; significant parties; cover page
2  | | issuer eligibility; table of contents
3  | | application of; summary
4  | | summary information; dilution
5  | | jurisdictions; plan of distribution
6  | | unregistered; use of proceeds
7  | business | description of business
8  | properties | description of propert
9  | mdna | managements
10 | directors-and-officers | directors
11 | executive-compensation | compensation
12 | ownership | security
13 | related-party-transactions | interest of
14 | description-of-securities | securities being
15 | financial-statements | financial
16 | exhibits | index to exhibits; exhibit
17 | exhibits | description of exhibits; exhibit
""")
_REGISTRATION_ITEMS = _table("""
6  | | indemnification
7  | | recent sales
8  | exhibits | exhibit
9  | | undertakings
13 | | other expenses
14 | | indemnification; other expenses
15 | | recent sales; indemnification
16 | exhibits | exhibit
17 | | undertakings
18 | | financial statements
""")
_PROSPECTUS = _table("""
risk-factors | | risk factors; certain risk factors; investment considerations
use-of-proceeds | | use of proceeds
summary | | prospectus summary; summary; offering summary; prospectus supplement summary
dividend-policy | | dividend policy; dividends; our dividend policy
dilution | | dilution
capitalization | | capitalization
selected-financial-data | | selected financial data; selected consolidated financial data; selected historical financial data; selected historical consolidated financial data; selected historical consolidated financial information; selected consolidated financial information
mdna | | managements discussion and analysis of financial condition and results of operations; managements discussion and analysis; operating and financial review and prospects
business | | business; our business; description of business; the company
properties | | properties; description of property
legal-proceedings | | legal proceedings; litigation
directors-and-officers | | management; directors and executive officers; our management
executive-compensation | | executive compensation; compensation discussion and analysis; executive and director compensation
related-party-transactions | | certain relationships and related party transactions; certain relationships and related transactions; certain relationships and related person transactions; certain transactions; related party transactions
ownership | | principal stockholders; principal shareholders; principal and selling stockholders; principal and selling shareholders; security ownership of certain beneficial owners and management; beneficial ownership of securities
selling-holders | | selling stockholders; selling shareholders; selling securityholders; selling security holders; selling stockholder
description-of-securities | | description of capital stock; description of share capital; description of securities; description of common stock; description of notes; description of the notes; description of debt securities; description of our capital stock
plan-of-distribution | | plan of distribution
underwriting | | underwriting; underwriting conflicts of interest; underwriters
legal-matters | | legal matters; validity of securities; validity of the securities; legal opinions
experts | | experts; independent accountants; independent registered public accounting firm
forward-looking-statements | | special note regarding forward looking statements; cautionary note regarding forward looking statements; forward looking statements; cautionary statement regarding forward looking statements; disclosure regarding forward looking statements; special note about forward looking statements; cautionary statements regarding forward looking statements
where-to-find-more | | where you can find more information; where you can find additional information; available information
incorporation-by-reference | | incorporation by reference; incorporation of certain information by reference; incorporation of certain documents by reference; information incorporated by reference; incorporation of documents by reference; documents incorporated by reference
""")
_PROXY = _table("""
election-of-directors | | election of directors; proposal 1 election of directors; proposal one election of directors; proposal no 1 election of directors
corporate-governance | | corporate governance; governance; corporate governance matters; board of directors and corporate governance
director-compensation | | director compensation; compensation of directors; non employee director compensation
executive-officers | | executive officers; our executive officers; executive officers of the company
compensation-discussion | executive-compensation | compensation discussion and analysis
compensation-committee-report | | compensation committee report; report of the compensation committee; compensation committee report on executive compensation
executive-compensation | | executive compensation; executive compensation tables; compensation of executive officers
summary-compensation-table | | summary compensation table
pay-versus-performance | | pay versus performance
pay-ratio | | ceo pay ratio; pay ratio; pay ratio disclosure
audit-committee-report | | audit committee report; report of the audit committee; report of the audit committee of the board of directors
auditor | | ratification of appointment of independent registered public accounting firm; ratification of the appointment of independent registered public accounting firm; principal accountant fees and services; independent auditors; ratification of independent auditors
ownership | | security ownership of certain beneficial owners and management; security ownership of management; stock ownership; beneficial ownership; security ownership; principal shareholders; principal stockholders; beneficial ownership of common stock; security ownership of certain beneficial owners; voting securities and principal holders thereof
related-party-transactions | | certain relationships and related transactions; certain relationships and related person transactions; certain transactions; related party transactions; related person transactions; transactions with related persons
section-16-compliance | | section 16 a beneficial ownership reporting compliance; delinquent section 16 a reports; compliance with section 16 a of the securities exchange act of 1934
shareholder-proposals | | shareholder proposals; stockholder proposals; proposals of shareholders; shareholder proposals for next annual meeting
other-matters | | other matters; other business
householding | | householding; householding of proxy materials
""")
_CANADIAN = _table("""
controls-and-procedures | | disclosure controls and procedures; controls and procedures
internal-control | | managements annual report on internal control over financial reporting; managements report on internal control over financial reporting; internal control over financial reporting
changes-in-internal-control | | changes in internal control over financial reporting; changes in internal controls over financial reporting
blackout-notices | | notices pursuant to regulation btr; notice of pension fund blackout period; notices of pension fund blackout periods
audit-committee-expert | | audit committee financial expert
code-of-ethics | | code of ethics; code of business conduct and ethics
auditor | | principal accountant fees and services
off-balance-sheet | | off balance sheet arrangements
contractual-obligations | | tabular disclosure of contractual obligations; contractual obligations
audit-committee | | identification of the audit committee; identification of audit committee
mine-safety | | mine safety disclosure; mine safety disclosures
corporate-governance | | corporate governance; corporate governance practices; comparison of nyse corporate governance rules
undertaking | | undertaking; undertakings
consent-to-service | | consent to service of process
""")
_CURRENT = tuple(
    Heading(code, tuple(map(plain_title, titles)), subject)
    for table in (items.OLD, items.NEW)
    for code, titles in table.items()
    for subject in [{"5": "other-events", "8.01": "other-events"}.get(code, "")]
)
_CORE_ANNUAL = ("1", "2", "3", "5", "7", "8", "10", "11", "12", "13")
_CORE_SMALL = ("1", "2", "3", "5", "6", "7", "9", "10", "11", "12")
_BY_FORM: Mapping[str, FormHeadings] = {
    "10-KSB": FormHeadings(_SMALL_BUSINESS, core=_CORE_SMALL, bare=True),
    "10KSB": FormHeadings(_SMALL_BUSINESS, core=_CORE_SMALL, bare=True),
    "10-K": FormHeadings(_ANNUAL, core=_CORE_ANNUAL, bare=True),
    "10K": FormHeadings(_ANNUAL, core=_CORE_ANNUAL, bare=True),
    "10-D": FormHeadings(_DISTRIBUTION, core=("1",)),
    "10-Q": FormHeadings(_QUARTERLY, core=("I.1", "I.2"), bare=True),
    "10Q": FormHeadings(_QUARTERLY, core=("I.1", "I.2"), bare=True),
    "8-K": FormHeadings(_CURRENT, any_order=True),
    "20-F": FormHeadings(_FOREIGN, bare=True),
    "20F": FormHeadings(_FOREIGN, bare=True),
    "40-F": FormHeadings((), _CANADIAN),
    "SC 13D": FormHeadings(_OWNERSHIP_ACTIVE, core=tuple(SCHEDULE_13D)),
    "SCHEDULE 13D": FormHeadings(_OWNERSHIP_ACTIVE, core=tuple(SCHEDULE_13D)),
    "SC 13G": FormHeadings(_OWNERSHIP_PASSIVE, core=tuple(SCHEDULE_13G)),
    "SCHEDULE 13G": FormHeadings(_OWNERSHIP_PASSIVE, core=tuple(SCHEDULE_13G)),
    "N-CSR": FormHeadings(_CERTIFIED_SHAREHOLDER, core=("1", "2")),
    "N-Q": FormHeadings(_QUARTERLY_SCHEDULE),
    "1-K": FormHeadings(_REGULATION_A_ANNUAL, bare=True),
    "1-A": FormHeadings(_REGULATION_A_OFFERING, _PROSPECTUS),
    **dict.fromkeys(
        ("S-1", "S-3", "S-4", "S-11", "SB-2", "F-1", "F-3", "F-4", "F-10"),
        FormHeadings(_REGISTRATION_ITEMS, _PROSPECTUS),
    ),
    "424B": FormHeadings((), _PROSPECTUS),
    **dict.fromkeys(("DEF 14", "DEFM14", "DEFR14", "PRE 14", "PREM14", "PRER14"), FormHeadings((), _PROXY)),
}
_LONGEST_FIRST = sorted(_BY_FORM, key=len, reverse=True)


@lru_cache(maxsize=256)
def headings(form: str) -> FormHeadings | None:
    """What documents of this type are divided into; None for a type that is not.

    >>> [each.name for each in headings("10-QSB").items][:3], headings("EX-99.1")
    (['I.1', 'I.2', 'I.3'], None)
    """
    said = form.upper()
    return next((_BY_FORM[prefix] for prefix in _LONGEST_FIRST if said.startswith(prefix)), None)


@lru_cache(maxsize=1)
def subjects() -> Mapping[str, str]:
    """The subject that each way of asking for it names: `risk factors`, `md and a`."""
    said = {name.replace("-", " "): name for name in _subject_names()}
    return said | {words: subject for subject, others in SUBJECTS.items() for words in others if words not in said}


def _subject_names() -> Sequence[str]:
    captions = [each.name for form in _BY_FORM.values() for each in form.captions]
    return sorted({*SUBJECTS, *captions})
