"""Turn text into words, one way for the index, for queries, for matching and for snippets.

`tokenizer` says what a word is and is what others call; `folding` which characters are the same, `numerals` what a
number is, `stacked` what the marks beside a word say. `word_bytes` and `together` find the same in long texts and in
many. `stemming` is for queries: the index has words as they stand.
"""
