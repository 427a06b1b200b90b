"""Items of current reports by what they are called. The titles are the indexer's; no codes are invented here."""

from functools import lru_cache

from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import tokenize
from indexer.edgar.items import NEW, OLD


def codes(title: str) -> tuple[str, ...]:
    """List the item codes that have a title with all these words, inflected or not; of both numberings.

    >>> codes("regulation FD disclosures"), codes("earthquakes")
    (('7.01', '5', '9'), ())
    """
    wanted = {stem(token.word) for token in tokenize(title)}
    return tuple(code for code, titles in _titles().items() if wanted and any(wanted <= words for words in titles))


@lru_cache(maxsize=1)
def _titles() -> dict[str, list[frozenset[str]]]:
    return {code: [_stems(title) for title in titles] for code, titles in (*NEW.items(), *OLD.items())}


def _stems(title: str) -> frozenset[str]:
    return frozenset(stem(token.word) for token in tokenize(title))
