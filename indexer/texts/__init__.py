"""The text store: what the index was made from, compressed, beside the index.

A store is a folder of append-only files; each writer (one per worker process) makes its own. A text is kept in
blocks, so that a passage of a long document can be read without the rest; a block ends after white space, never
inside a word, and is a zstd frame. The directory of a text has the checksums of its frames, and one of its own that
includes the address: what lies there is that text or damage, even where it is another text, and whole. Sections and
pages of a document are kept with its text.
"""
