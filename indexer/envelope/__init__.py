"""Read a submission's bytes: its header in any of EDGAR's dialects, and where its documents lie. Reads no text.

`submission` is what others call. `recoding` makes UTF-16 plain, `documents` finds the documents, `tags` is the table of
the header's tags, `tree` its containers, `header` and `values` make nouns of them; `uuencode` decodes files,
and `wrapping` undoes the breaks that www.sec.gov put into long lines.
"""
