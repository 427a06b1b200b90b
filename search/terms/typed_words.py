"""From a typed word or phrase to the tree: splitting, patterns, fuzziness, synonyms. Words of texts only.

A typed word that the tokenizer splits (`10b-5`, `AT&T`, `5.2.1`) is a phrase of exact words. What texts write in
several ways is asked in all of them, unless it stands between quotes or after `=`: a word with hyphens between letters
(`non-recourse`) as one word, too; abbreviations with points and without (`U.S.`, `US`). Identifiers are asked in parts
and as one (`search.terms.identifiers`), also between quotes. Signs (`$5`, `5%`) count between quotes and after `=`.

Chinese, Japanese and Korean are indexed by pairs of characters: a longer run is a phrase of its pairs, a single
character any pair that has it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis.folding import is_unspaced
from indexer.analysis.stacked import US, is_stacked, signed
from indexer.analysis.tokenizer import MAX_WORD, stacked, tokenize
from indexer.errors import clipped
from indexer.first_use import dataclass, regex
from search.query import nodes as q
from search.query.limits import MAX_EDITS
from search.terms.identifiers import spellings
from search.terms.synonyms import NO_SYNONYMS, Synonyms, WordList, words_of

_HYPHENATED = regex(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)+")
_POINTED = regex(r"(?:[A-Za-z]\.){1,4}[A-Za-z]\.?")
_PLUSSES = regex(r"\w\+\+(?!\w)")
ABBREVIATIONS = frozenset(["us", "usa", "uk", "eu", "un", "sec", "irs", "llc", "llp", "lp", "plc", "ceo", "cfo"])
"""Those that are written with points and without, and are asked in both ways."""
_FUZZY = regex(r"(.*[^~])~(\d*)", re.DOTALL)
_PUNCTUATION = " .,;:!?'\"()[]{}"
_STARS = regex(r"\*+")
_PATTERN_CHARACTER = regex(r"[*?]")


@dataclass(frozen=True, slots=True)
class Taken:
    """How a typed word is taken."""

    exact: bool = False
    """Without inflections."""
    as_written: bool = False
    """In no other way of writing it, and with its signs."""
    capitals: bool = False
    """Whether capitals say something: not where all of the query is in capitals."""
    synonyms: Synonyms = NO_SYNONYMS


_PLAINLY = Taken()


def word(text: str, taken: Taken = _PLAINLY) -> q.Query | None:
    """Read a typed word; None when there is no letter or digit in it.

    ValueError says what is wrong with a pattern.

    >>> word("license"), word("licens*")
    (Term(word='license', exact=False), Prefix(prefix='licens'))
    >>> word("10b-5")
    Phrase(parts=(Term(word='10b', exact=True), Term(word='5', exact=True)))
    """
    if text.lower() == US:
        return q.Term(US, exact=True)
    leaves = list(_leaves(text, signs=taken.as_written or _PLUSSES.search(text) is not None))
    if "*" in text and (not leaves or len(leaves) < sum(1 for _ in _runs(text))):
        raise ValueError("* needs letters or digits beside it, as in licens*")
    is_exact = taken.exact or bool(spellings(text))
    if len(leaves) == 1 and isinstance(leaves[0], q.Term) and not (is_exact or is_stacked(leaves[0].word)):
        leaves = [q.Term(leaves[0].word)]
    typed = _sequence(leaves, taken.synonyms)
    return typed if typed is None or taken.as_written else _either(typed, _other_spellings(text, taken))


def phrase(text: str, *, as_written: bool = False, synonyms: Synonyms = NO_SYNONYMS) -> q.Query | None:
    """Read what stands between quotes, as exact words and patterns; None when there is no word.

    `as_written`: an identifier in no other way of writing it.

    >>> phrase("orphan drugs")
    Phrase(parts=(Term(word='orphan', exact=True), Term(word='drugs', exact=True)))
    >>> phrase("$5 million")
    Phrase(parts=(Term(word='$5', exact=True), Term(word='million', exact=True)))
    """
    typed = _sequence(list(_leaves(text, signs=True)), synonyms)
    return typed if typed is None or as_written else _either(typed, map(in_a_row, spellings(text)))


def _either(typed: q.Query, others: Iterable[q.Query]) -> q.Query:
    parts = typed.parts if isinstance(typed, q.Or) else (typed,)
    all_parts = tuple(dict.fromkeys((*parts, *others)))
    return typed if len(all_parts) == len(parts) else q.Or(all_parts)


def _other_spellings(text: str, taken: Taken) -> Iterator[q.Query]:
    """The other ways in which texts write a word."""
    bare = text.strip(_PUNCTUATION)
    words = words_of(bare)
    joined = "".join(words)
    if _HYPHENATED.fullmatch(bare) and len(words) > 1 and words_of(joined) == (joined,):
        yield q.Term(joined, exact=taken.exact)
    elif joined in ABBREVIATIONS and not taken.exact and _POINTED.fullmatch(text.strip(_PUNCTUATION.replace(".", ""))):
        yield q.Term(US if joined == US[1:] else joined, exact=True)
    elif joined in ABBREVIATIONS and not taken.exact and taken.capitals and bare.isupper() and len(words) == 1:
        yield in_a_row(tuple(joined))
    yield from map(in_a_row, spellings(text))


def in_a_row(words: WordList) -> q.Query:
    """Ask for words as they are, one right behind the other."""
    terms = tuple(q.Term(each, exact=True) for each in words)
    return terms[0] if len(terms) == 1 else q.Phrase(terms)


def is_pattern(text: str) -> bool:
    """Tell whether a typed word has `*` or `?` in it, or asks to be fuzzy."""
    return "*" in text or "?" in text or ("~" in text and _FUZZY.fullmatch(text) is not None)


def fuzzy(text: str) -> q.Fuzzy | None:
    """Read `word~` or `word~2`; None when it is spelled otherwise.

    ValueError when it cannot be asked for: too many edits, or a word too short for them.
    """
    found = _FUZZY.fullmatch(text) if "~" in text else None
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


def _leaves(text: str, *, signs: bool = False) -> Iterator[q.Leaf]:
    """The words and patterns of a text; `*` and `?` that touch no word are punctuation.

    With `signs` a word that a sign stands on is asked with it.
    """
    if "*" not in text and "?" not in text:
        on_top = {place: sign.decode() for place, sign in reversed(stacked(text))} if signs else {}
        for place, token in enumerate(tokenize(text)):
            with_sign = f"{on_top.get(place, '')}{token.word}"
            yield q.Term(with_sign if signed(with_sign) else token.word, exact=True)
        return
    for run in _runs(text):
        if leaf := pattern(run):
            yield leaf


def _runs(text: str) -> Iterator[str]:
    """Words with the pattern characters that touch them; words that touch each other (`0有`) stay two."""
    pieces = [(token.start, token.end, token.word, True) for token in tokenize(text)]
    pieces += [(found.start(), found.end(), found.group(), False) for found in _PATTERN_CHARACTER.finditer(text)]
    run, end, after_word = "", 0, False
    for start, past, piece, is_word in sorted(pieces):
        if run and (start != end or (after_word and is_word)):
            yield run
            run = ""
        run, end, after_word = run + piece, past, is_word
    yield run


def pattern(run: str) -> q.Leaf | None:
    """Read a word with `*` and `?` as the simplest leaf that means it; None when it has nothing else."""
    shorter = _STARS.sub("*", run)
    if len(shorter) > MAX_WORD:
        shorter = f"{shorter[: MAX_WORD - 1].rstrip('*')}*"
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
    return in_a_row(words)
