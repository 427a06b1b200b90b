"""All that imports Whoosh: its table of contents, schema, codec seam and stock segments. No EDGAR facts here."""
