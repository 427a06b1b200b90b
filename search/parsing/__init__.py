"""Read the text of a query into its tree, and write a tree as text.

`parser` is what others call. `lexer` cuts the text into tokens (`quotes` finds the phrases), `grammar` makes a tree of
them (`operands` reads what is between operators, `chains` those of NEAR), `section_scope` and `row_scope` bind what is
asked of one section or row, `asides` notes what could be misread, `format` writes trees. What a word asks for is in
`terms`.
"""
