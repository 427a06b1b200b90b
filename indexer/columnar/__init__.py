"""Keep postings as plain arrays in a file a segment, and turn text into postings. numpy only; knows nothing of EDGAR.

From the file upwards: `file` (sections, checksums, version), `narrow` (numbers in as few bytes as they need), `fields`
(a field's terms and postings), `rows` (columns and stored values), `inversion` and `builder` (documents to a segment),
`merging` (segments to one), `codec` (what Whoosh sees). Only `codec` imports Whoosh.
"""
