"""The items that the SEC's forms ask for: number, subject, and how their titles begin.

Titles are in the words of `plain_title`; a heading of an item begins with one of them. The items of Form 8-K stand in
`indexer.edgar.items`, whose titles the header of a filing says too. Sources: the forms (17 CFR 249 and 239) and the
releases that changed them in 1980, 1997, 1999, 2003, 2005, 2008, 2010 and 2023.
"""

from collections.abc import Mapping
from string import ascii_lowercase, digits
from typing import NamedTuple

from indexer.edgar import items
from indexer.first_use import regex


class Heading(NamedTuple):
    """A heading that a form asks for."""

    name: str
    """`1A`, `II.1A` (Part II of a 10-Q), `7.01`; of a caption without a number its subject."""
    titles: tuple[str, ...]
    """How its title may begin, in the words of `plain_title`; the form's own wording first."""
    subject: str = ""
    """What it is about in any form: `risk-factors`; empty where only this form has it."""


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

_GOES_ON = regex(r"\n\s+")
_LETTERS = bytes(code if chr(code) in f"{ascii_lowercase}{digits}" else 0x20 for code in range(256))


def plain_title(said: str) -> str:
    """Bring a title to small letters without punctuation and apostrophes.

    >>> plain_title("Management’s Discussion & Analysis")
    'managements discussion and analysis'
    """
    words = said.lower().replace("'", "").replace("’", "").replace("`", "").replace("&", " and ")
    return b" ".join(words.encode("ascii", "replace").translate(_LETTERS).split()).decode("ascii")


def table(rows: str) -> tuple[Heading, ...]:
    """Read headings of lines `name | subject | title; title`; one that begins with a blank goes on above."""
    cells = ([cell.strip() for cell in row.split("|")] for row in _GOES_ON.sub(" ", rows.strip()).splitlines())
    return tuple(Heading(name, tuple(titles.split("; ")), subject) for name, subject, titles in cells)


ANNUAL = table("""
1   | business | business; description of business; the business; the company; general; our business; narrative
    description
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
SMALL_BUSINESS = table("""
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
QUARTERLY = table("""
I.1   | financial-statements | financial; condensed; consolidated; unaudited; interim; index to
I.2   | mdna | managements; management discussion; plan of operation
I.3   | market-risk | quantitative; qualitative; controls; market risk; disclosures about; disclosure about
I.4   | controls-and-procedures | controls; disclosure controls; control
II.1  | legal-proceedings | legal; litigation
II.1A | risk-factors | risk
II.2  | | unregistered; changes in; market; issuer; change in; purchase; recent sales; repurchase; use of proceeds;
    sales of
II.3  | | default
II.4  | mine-safety | mine; submission; reserved; removed; results of votes
II.5  | other-information | other
II.6  | exhibits | exhibit
""")
FOREIGN = table("""
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
    "2": ("name of person", "names of person", "identity", "a name of person", "address", "citizenship", "title of",
          "cusip", "filing person"),
    "3": ("if this statement", "if the statement", "type of", "this statement", "statement", "for statements",
          "person"),
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


OWNERSHIP_ACTIVE = _schedule(SCHEDULE_13D, _OTHER_13D, "13D")
OWNERSHIP_PASSIVE = _schedule(SCHEDULE_13G, _OTHER_13G, "13G")
DISTRIBUTION = table("""
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
CERTIFIED_SHAREHOLDER = table("""
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
QUARTERLY_SCHEDULE = table("""
1 | | schedule of
2 | controls-and-procedures | controls
3 | exhibits | exhibit
""")
REGULATION_A_ANNUAL = table("""
1 | business | business; description of business
2 | mdna | managements
3 | directors-and-officers | directors
4 | ownership | security
5 | related-party-transactions | interest of
6 | other-information | other
7 | financial-statements | financial
8 | exhibits | exhibit
""")
REGULATION_A_OFFERING = table("""
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
REGISTRATION_ITEMS = table("""
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
CURRENT = tuple(
    Heading(code, tuple(map(plain_title, titles)), subject)
    for table in (items.OLD, items.NEW)
    for code, titles in table.items()
    for subject in [{"5": "other-events", "8.01": "other-events"}.get(code, "")]
)
