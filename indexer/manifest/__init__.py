"""Record what was read of a corpus, by generation, in SQLite.

`records` are the rows as values, `manifest` is asked, `recording` writes, `database` opens the file, `digests` tell
whether rows are as they were written, `copied` keeps the records of a cluster's index on this machine.
"""
