"""Queries evaluated on numpy arrays, whatever the format of the index. No format and no file here.

In the order of use: `tree` (which documents match), `place_evaluation` (which have a word, phrase or proximity) with
`within` (in which sections), `same` (in which sentences), `place_spans` and `nearness` (where exactly),
`row_evaluation` (which rows of a form); `leaf_scores` (what they score) and `counting` (facets).
"""
