"""Questions answered on numpy arrays, whatever the format of the index.

In the order of use: `segment` (the seam: what a format gives), `collection` (segments as one run of documents; `kept`
is its memory), `postings` (the set algebra), `expansion` (leaf to terms), `evaluation` (which documents match), `worth`
(what they score), `ranking` (filings in order) and `counting` (facets). The formats are in `search.searchers`.
"""
