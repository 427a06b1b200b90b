"""Say what an index holds of a document: its fields and their values, what is stored for showing it, marks of its text.

`schema` is the table of fields. Their values come from `header_values` and `row_values`; an `entries` document is what
they are taken from. `text_marks` puts together the places of `section_words` and `unit_places`. How an engine writes
any of it is not said here.
"""
