"""From the documents that match to filings in order. No query tree is evaluated here, and no format read.

In the order of use: `filings` (all that match, by filing) or, for a word alone, `term_filings`; `essential` (which
documents are worth scoring), `closeness` (what words add by where they stand), `ordering` (which come first).
"""
