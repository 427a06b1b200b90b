"""Speak to Whoosh for all of the program: table of contents, schema, codec, stock segments. No EDGAR facts here."""
