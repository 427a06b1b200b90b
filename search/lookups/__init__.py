"""Make one tree of a query and its filters (`lookup`), and answer what is asked beside it.

That is counts by field and over time (`facets`), counts of words by filing (`term_counts`), documents like another
(`more_like_this`), every hit in turn (`paging`), why something was found (`explain`), names as they are typed
(`completions`). What an answer rests on is in `coverage`.
"""
