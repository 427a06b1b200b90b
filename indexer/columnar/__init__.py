"""Keep postings as plain arrays in a file a segment, and turn text into postings. numpy only; knows nothing of EDGAR.

From the file upwards: `file` (sections, checksums, version), `packing` (numbers in as few bytes as they need), `stored`
(values by document), `postings` (a field's terms and where they stand), `word_ids`, `stacked_ids`, `waiting` and
`inversion` (text to postings), `builder` (documents to a segment), `merging` (segments to one). `access` leads into the
middle of them.
"""
