"""From a typed word or phrase to the tree: splitting, patterns, fuzziness, synonyms. Words of texts only.

A typed word that the tokenizer splits (`10b-5`, `AT&T`, `U.S.`, `$1,234.56`) is a phrase of exact words. One split at
hyphens between letters (`straight-line`) may also stand in a text as one word (`straightline`): where a line of old
text ends in a hyphen, nobody can tell which it was. Chinese, Japanese and Korean are indexed by pairs of characters: a
longer run is a phrase of its pairs, a single character any pair that has it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.analysis import MAX_WORD, is_unspaced, tokenize
from indexer.errors import clipped
from search.query import nodes as q
from search.query.limits import MAX_EDITS
from search.terms.synonyms import NO_SYNONYMS, Synonyms, WordList, words_of

_HYPHENATED = re.compile(r"(?<!\w)[^\W\d_]{2,}(?:[-\u2010\u2011][^\W\d_]{2,})+(?!\w)")
_FUZZY = re.compile(r"(.*[^~])~(\d*)", re.DOTALL)
_STARS = re.compile(r"\*+")
_PATTERN_CHARACTER = re.compile(r"[*?]")


def word(text: str, *, exact: bool, synonyms: Synonyms = NO_SYNONYMS) -> q.Query | None:
    """A typed word as a tree; None when there is no letter or digit in it.

    `exact`: without inflections. ValueError says what is wrong with a pattern.

    >>> word("license", exact=False), word("licens*", exact=False)
    (Term(word='license', exact=False), Prefix(prefix='licens'))
    >>> word("10b-5", exact=False)
    Phrase(parts=(Term(word='10b', exact=True), Term(word='5', exact=True)))
    """
    leaves = list(_leaves(text))
    if "*" in text and (not leaves or len(leaves) < sum(1 for _ in _runs(text))):
        raise ValueError("* needs letters or digits beside it, as in licens*")
    if len(leaves) == 1 and isinstance(leaves[0], q.Term) and not exact:
        leaves = [q.Term(leaves[0].word)]
    return _sequence(leaves, _closed_up(text, synonyms))


def phrase(text: str, *, synonyms: Synonyms = NO_SYNONYMS) -> q.Query | None:
    """What stands between quotes as a tree of exact words and patterns; None when there is no word.

    >>> phrase("orphan drugs")
    Phrase(parts=(Term(word='orphan', exact=True), Term(word='drugs', exact=True)))
    """
    return _sequence(list(_leaves(text)), _closed_up(text, synonyms))


def _closed_up(text: str, synonyms: Synonyms) -> Synonyms:
    """The synonyms, and for each hyphenated word its spelling as one."""
    hyphenated = {words_of(found) for found in _HYPHENATED.findall(text)}
    if not hyphenated:
        return synonyms
    own = {words: (*(synonyms.group(words) or (words,)), ("".join(words),)) for words in hyphenated}
    return replace(synonyms, own=own, longest=max(synonyms.longest, *map(len, own)))


def is_pattern(text: str) -> bool:
    """Tell whether a typed word has `*` or `?` in it, or asks to be fuzzy."""
    return _PATTERN_CHARACTER.search(text) is not None or _FUZZY.fullmatch(text) is not None


def fuzzy(text: str) -> q.Fuzzy | None:
    """The leaf for `word~` or `word~2`; None when it is spelled otherwise.

    ValueError when it cannot be asked for: too many edits, or a word too short for them.
    """
    found = _FUZZY.fullmatch(text)
    if not found:
        return None
    words, edits = words_of(found[1]), int(found[2][:3] or 1)
    if len(words) != 1 or _PATTERN_CHARACTER.search(found[1]):
        raise ValueError("~ belongs after a single word without * or ?")
    if not 1 <= edits <= MAX_EDITS:
        raise ValueError(f"a word can be off by 1 or {MAX_EDITS} edits, as in {clipped(words[0])}~{MAX_EDITS}")
    if len(words[0]) < edits + 2:
        raise ValueError(f"{words[0]} is too short to be off by {edits}")
    return q.Fuzzy(words[0], edits)


def _leaves(text: str) -> Iterator[q.Leaf]:
    """The words and patterns of a text; `*` and `?` that touch no word are punctuation."""
    if not _PATTERN_CHARACTER.search(text):
        yield from (q.Term(token.word, exact=True) for token in tokenize(text))
        return
    for run in _runs(text):
        if leaf := pattern(run):
            yield leaf


def _runs(text: str) -> Iterator[str]:
    """Words with the pattern characters that touch them."""
    pieces = [(token.start, token.end, token.word) for token in tokenize(text)]
    pieces += [(found.start(), found.end(), found.group()) for found in _PATTERN_CHARACTER.finditer(text)]
    run, end = "", 0
    for start, past, piece in sorted(pieces):
        if run and start != end:
            yield run
            run = ""
        run, end = run + piece, past
    yield run


def pattern(run: str) -> q.Leaf | None:
    """A word with `*` and `?` as the simplest leaf that means it; None when it has nothing else."""
    shorter = _STARS.sub("*", run)[:MAX_WORD]
    plain = shorter.rstrip("*")
    if not plain.replace("?", "").replace("*", ""):
        return None
    if _PATTERN_CHARACTER.search(plain):
        return q.Wildcard(shorter)
    return q.Term(plain, exact=True) if plain == shorter else q.Prefix(plain)


def _sequence(leaves: Sequence[q.Leaf], synonyms: Synonyms) -> q.Query | None:
    if not leaves:
        return None
    if len(leaves) == 1 and (anywhere := _in_pairs(leaves[0])):
        return anywhere
    parts = list(_widened(leaves, synonyms))
    if len(parts) == 1:
        return parts[0]
    if len(parts) == len(leaves) and not any(isinstance(part, q.Or) for part in parts):
        return q.Phrase(tuple(parts))
    return q.Near(tuple(parts), distance=0, ordered=True)


def _in_pairs(leaf: q.Leaf) -> q.Query | None:
    """A single character of a run that is indexed in pairs, wherever it stands in one; None for any other leaf."""
    if not isinstance(leaf, q.Term) or len(leaf.word) != 1 or not is_unspaced(leaf.word):
        return None
    return q.Or((q.Prefix(leaf.word), q.Wildcard(f"?{leaf.word}")))


def _widened(leaves: Sequence[q.Leaf], synonyms: Synonyms) -> Iterator[q.Query]:
    """The leaves, the longest runs that have synonyms replaced by all of their group."""
    place = 0
    while place < len(leaves):
        length, group = _longest_member(leaves[place : place + synonyms.longest], synonyms)
        yield leaves[place] if length == 0 else q.Or(tuple(_member(words, leaves[place]) for words in group))
        place += max(1, length)


def _longest_member(leaves: Sequence[q.Leaf], synonyms: Synonyms) -> tuple[int, tuple[WordList, ...]]:
    words = tuple(leaf.word if isinstance(leaf, q.Term) else "" for leaf in leaves)
    lengths = (n for n in range(len(words), 0, -1) if len(synonyms.group(words[:n])) > 1)
    length = next(lengths, 0)
    return length, synonyms.group(words[:length]) if length else ()


def _member(words: WordList, typed: q.Leaf) -> q.Query:
    if len(words) == 1:
        return q.Term(words[0], exact=isinstance(typed, q.Term) and typed.exact)
    return q.Phrase(tuple(q.Term(each, exact=True) for each in words))
