"""Where the items and captions of a document begin and end, and how sure that is; works on the final text.

`numbers` reads an item's number, `candidates` finds lines that may be headings, `contents_table` tells those of the
table of contents, `choice` takes the likeliest sequence of the rest, `captions` finds headings that have no number,
`ends` where the last one ends, `html_evidence` what the HTML says of them, `missing` where items without a number are,
`locate` calls them in turn. What forms are divided into is in `indexer.edgar.headings`.
"""
