"""What EDGAR's form types are called. A table and a look-up; a form that is not in it has no title here."""

_TABLE = """
1-A Offering statement under Regulation A|1-K Annual report under Regulation A|1-SA Semiannual report under Regulation A
1-U Current report under Regulation A|10-12B Registration of securities, section 12(b)
10-12G Registration of securities, section 12(g)|10-D Asset-backed issuer distribution report|10-K Annual report
10-K405 Annual report, Regulation S-K Item 405 box checked|10-KSB Annual report of a small business issuer
10-KT Annual report, transition period|10-Q Quarterly report|10-QSB Quarterly report of a small business issuer
10-QT Quarterly report, transition period|10KSB Annual report of a small business issuer
10QSB Quarterly report of a small business issuer|11-K Annual report of employee stock plans
13F-HR Institutional investment manager holdings report|13F-NT Institutional investment manager notice
144 Notice of proposed sale of securities|15-12B Termination of registration, section 12(b)
15-12G Termination of registration, section 12(g)|15-15D Suspension of duty to report
18-K Annual report of foreign governments|20-F Annual report of a foreign private issuer
24F-2NT Annual notice of securities sold|25 Notice of removal from listing|25-NSE Notice of removal from listing
3 Initial statement of beneficial ownership|4 Statement of changes in beneficial ownership
5 Annual statement of changes in beneficial ownership|305B2 Designation of trustee|40-17G Fidelity bond
40-APP Application under the Investment Company Act|40-F Annual report of a Canadian issuer
424A Prospectus, Rule 424(a)|424B1 Prospectus, Rule 424(b)(1)|424B2 Prospectus, Rule 424(b)(2)
424B3 Prospectus, Rule 424(b)(3)|424B4 Prospectus, Rule 424(b)(4)|424B5 Prospectus, Rule 424(b)(5)
424B7 Prospectus, Rule 424(b)(7)|424B8 Prospectus, Rule 424(b)(8)|424H Prospectus, Rule 424(h)
425 Business combination communication|485APOS Post-effective amendment, Rule 485(a)
485BPOS Post-effective amendment, Rule 485(b)|487 Pre-effective amendment, Rule 487|497 Definitive materials, Rule 497
497J Certification of no change in definitive materials|497K Summary prospectus|6-K Report of a foreign private issuer
8-A12B Registration of securities, section 12(b)|8-A12G Registration of securities, section 12(g)|8-K Current report
8-K12B Current report, successor issuer|8-K12G3 Current report, successor issuer
ABS-15G Asset-backed securitizer report|ABS-EE Asset-level data|ADV Investment adviser registration
ARS Annual report to security holders|ATS-N Alternative trading system initial report|AW Withdrawal of amendment
C Offering statement under Regulation Crowdfunding|CB Tender offer notification|CERT Exchange certification of listing
CORRESP Correspondence of the filer with the SEC|D Notice of exempt offering|DEF 14A Definitive proxy statement
DEF 14C Definitive information statement|DEFA14A Additional proxy materials|DEFC14A Contested proxy statement
DEFM14A Definitive proxy statement, merger|DEFR14A Revised definitive proxy statement
DFAN14A Additional proxy materials by a non-management|DRS Draft registration statement|EFFECT Notice of effectiveness
F-1 Registration statement of a foreign private issuer|F-3 Registration statement of a foreign private issuer
F-4 Registration statement of a foreign private issuer, business combination|F-6 Registration of depositary shares
FWP Free writing prospectus|N-1A Registration of open-end funds|N-2 Registration of closed-end funds
N-8A Notification of registration of an investment company|N-CEN Annual report of a fund's operations
N-CSR Certified shareholder report|N-CSRS Certified shareholder report, semiannual|N-MFP Money market fund holdings
N-PX Proxy voting record|N-Q Quarterly holdings of a fund|NPORT-EX Portfolio holdings exhibit
NPORT-P Monthly portfolio investments|NSAR-A Semiannual report of a fund|NSAR-B Annual report of a fund
NT 10-K Notification of late filing of Form 10-K|NT 10-Q Notification of late filing of Form 10-Q
NT 20-F Notification of late filing of Form 20-F|POS AM Post-effective amendment|PRE 14A Preliminary proxy statement
PRE 14C Preliminary information statement|PREM14A Preliminary proxy statement, merger
PRER14A Revised preliminary proxy statement|PX14A6G Notice of exempt solicitation|QUALIF Notice of qualification
REGDEX Notice of exempt offering, on paper|RW Withdrawal of registration statement|S-1 Registration statement
S-11 Registration statement of real estate companies|S-3 Registration statement, short form
S-3ASR Automatic shelf registration|S-4 Registration statement, business combination
S-8 Registration of employee benefit plan securities|SB-2 Registration statement of a small business issuer
SC 13D Beneficial ownership report|SC 13E3 Going private transaction|SC 13G Beneficial ownership report, passive
SC 14D9 Recommendation on a tender offer|SC TO-I Tender offer by the issuer|SC TO-T Tender offer by a third party
SCHEDULE 13D Beneficial ownership report|SCHEDULE 13G Beneficial ownership report, passive|SD Specialized disclosure
SF-1 Registration of asset-backed securities|SF-3 Shelf registration of asset-backed securities
UPLOAD Letter of the SEC to the filer|X-17A-5 Annual audited report of brokers and dealers
"""


def _rows() -> list[str]:
    return [row.strip() for row in _TABLE.replace("\n", "|").split("|") if row.strip()]


_TWO_WORDS = ("CT ", "DEF ", "NT ", "POS ", "PRE ", "SC ", "SCHEDULE ")
"""How form types begin that are written as two words."""


def _split(row: str) -> tuple[str, str]:
    words = 2 if row.startswith(_TWO_WORDS) else 1
    parts = row.split(" ", words)
    return " ".join(parts[:words]), parts[words]


TITLES: dict[str, str] = dict(map(_split, _rows()))
"""Title by form type, without amendments."""


def title(form: str) -> str:
    """Say what a form is called; of an amendment, what it amends is called, and that it amends it.

    >>> title("8-K"), title("SC 13D/A"), title("XYZ")
    ('Current report', 'Beneficial ownership report, amendment', '')
    """
    root, slash, _ = form.upper().partition("/")
    found = TITLES.get(root, "")
    return f"{found}, amendment" if found and slash else found
