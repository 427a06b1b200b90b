"""Blocks of a text, and where words stand in them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import spans, tokenize
from search.searchers.kept_texts import TextBlock


@given(st.text(alphabet=st.sampled_from("aB1 .-ïﬁ“\u00ad\u0301İ中\ud800"), max_size=30))
def test_words_stand_where_the_tokenizer_says(text: str) -> None:
    every = [(token.start, token.end) for token in tokenize(text)]
    assert list(spans(text)) == every
    assert TextBlock(text).spans(np.arange(len(every))) == every
    assert TextBlock(text).spans(np.arange(len(every))[1::2]) == every[1::2]
    for word in range(0, len(every), 7):
        assert TextBlock(text).spans(np.array([word])) == [every[word]]
