"""Captions without a number in prospectuses, proxy statements and annual reports on Form 40-F, by what they are about.

Their titles are whole, in the words of `plain_title`. Sources: Regulation S-K (17 CFR 229), Schedule 14A (17 CFR
240.14a-101), Form 40-F (17 CFR 249.240f).
"""

from indexer.edgar.item_titles import table

PROSPECTUS = table("""
risk-factors | | risk factors; certain risk factors; investment considerations
use-of-proceeds | | use of proceeds
summary | | prospectus summary; summary; offering summary; prospectus supplement summary
dividend-policy | | dividend policy; dividends; our dividend policy
dilution | | dilution
capitalization | | capitalization
selected-financial-data | | selected financial data; selected consolidated financial data; selected historical
    financial data; selected historical consolidated financial data; selected historical consolidated financial
    information; selected consolidated financial information
mdna | | managements discussion and analysis of financial condition and results of operations; managements
    discussion and analysis; operating and financial review and prospects
business | | business; our business; description of business; the company
properties | | properties; description of property
legal-proceedings | | legal proceedings; litigation
directors-and-officers | | management; directors and executive officers; our management
executive-compensation | | executive compensation; compensation discussion and analysis; executive and director
    compensation
related-party-transactions | | certain relationships and related party transactions; certain relationships and
    related transactions; certain relationships and related person transactions; certain transactions; related party
    transactions
ownership | | principal stockholders; principal shareholders; principal and selling stockholders; principal and
    selling shareholders; security ownership of certain beneficial owners and management; beneficial ownership of
    securities
selling-holders | | selling stockholders; selling shareholders; selling securityholders; selling security holders;
    selling stockholder
description-of-securities | | description of capital stock; description of share capital; description of securities;
    description of common stock; description of notes; description of the notes; description of debt securities;
    description of our capital stock
plan-of-distribution | | plan of distribution
underwriting | | underwriting; underwriting conflicts of interest; underwriters
legal-matters | | legal matters; validity of securities; validity of the securities; validity of the notes;
    validity of the shares; validity of common stock; validity of the common stock; legal opinions
experts | | experts; independent accountants; independent registered public accounting firm
forward-looking-statements | | special note regarding forward looking statements; cautionary note regarding forward
    looking statements; forward looking statements; cautionary statement regarding forward looking statements;
    disclosure regarding forward looking statements; special note about forward looking statements; cautionary
    statements regarding forward looking statements
where-to-find-more | | where you can find more information; where you can find additional information; available
    information
incorporation-by-reference | | incorporation by reference; incorporation of certain information by reference;
    incorporation of certain documents by reference; information incorporated by reference; incorporation of
    documents by reference; documents incorporated by reference
""")
PROXY = table("""
election-of-directors | | election of directors; proposal 1 election of directors; proposal one election of
    directors; proposal no 1 election of directors
corporate-governance | | corporate governance; governance; corporate governance matters; board of directors and
    corporate governance
director-compensation | | director compensation; compensation of directors; non employee director compensation
executive-officers | | executive officers; our executive officers; executive officers of the company
compensation-discussion | executive-compensation | compensation discussion and analysis
compensation-committee-report | | compensation committee report; report of the compensation committee; compensation
    committee report on executive compensation
executive-compensation | | executive compensation; executive compensation tables; compensation of executive officers
summary-compensation-table | | summary compensation table
pay-versus-performance | | pay versus performance
pay-ratio | | ceo pay ratio; pay ratio; pay ratio disclosure
audit-committee-report | | audit committee report; report of the audit committee; report of the audit committee of
    the board of directors
auditor | | ratification of appointment of independent registered public accounting firm; ratification of the
    appointment of independent registered public accounting firm; principal accountant fees and services;
    independent auditors; ratification of independent auditors
ownership | | security ownership of certain beneficial owners and management; security ownership of management;
    stock ownership; beneficial ownership; security ownership; principal shareholders; principal stockholders;
    beneficial ownership of common stock; security ownership of certain beneficial owners; voting securities and
    principal holders thereof
related-party-transactions | | certain relationships and related transactions; certain relationships and related
    person transactions; certain transactions; related party transactions; related person transactions; transactions
    with related persons
ownership-reports | | section 16 a beneficial ownership reporting compliance; delinquent section 16 a reports;
    compliance with section 16 a of the securities exchange act of 1934
shareholder-proposals | | shareholder proposals; stockholder proposals; proposals of shareholders; shareholder
    proposals for next annual meeting
other-matters | | other matters; other business
householding | | householding; householding of proxy materials
""")
CANADIAN = table("""
controls-and-procedures | | disclosure controls and procedures; controls and procedures
internal-control | | managements annual report on internal control over financial reporting; managements report on
    internal control over financial reporting; internal control over financial reporting
changes-in-internal-control | | changes in internal control over financial reporting; changes in internal controls
    over financial reporting
blackout-notices | | notices pursuant to regulation btr; notice of pension fund blackout period; notices of pension
    fund blackout periods
audit-committee-expert | | audit committee financial expert
code-of-ethics | | code of ethics; code of business conduct and ethics
auditor | | principal accountant fees and services
off-balance-sheet | | off balance sheet arrangements
contractual-obligations | | tabular disclosure of contractual obligations; contractual obligations
audit-committee | | identification of the audit committee; identification of audit committee
mine-safety | | mine safety disclosure; mine safety disclosures
corporate-governance | | corporate governance; corporate governance practices; comparison of nyse corporate
    governance rules
undertaking | | undertaking; undertakings
consent-to-service | | consent to service of process
""")
