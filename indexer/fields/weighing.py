"""The two numbers of BM25, as Whoosh 2.7.4 has them: what an index keeps for blocks must fit what asking computes."""

K1 = 1.2
"""How soon a further occurrence adds little."""
B = 0.75
"""How much the length of a document counts."""
