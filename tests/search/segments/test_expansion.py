"""Where the words a leaf stands for are looked for, they all are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.stemming import stem
from indexer.analysis.tokenizer import words
from search.query.nodes import Fuzzy, Leaf, Prefix, Term, Wildcard
from search.query.words import fits
from search.segments.expansion import beginnings
from search.segments.matching import TermList, matching

ROOTS = [
    "abil",
    "abandon",
    "able",
    "accompany",
    "agree",
    "amend",
    "apply",
    "argue",
    "assess",
    "base",
    "bias",
    "big",
    "bury",
    "buy",
    "carry",
    "cease",
    "certify",
    "charge",
    "city",
    "close",
    "comply",
    "control",
    "copy",
    "country",
    "covenant",
    "cry",
    "deny",
    "develop",
    "die",
    "differ",
    "disable",
    "drop",
    "dry",
    "dye",
    "early",
    "economy",
    "employ",
    "enable",
    "engage",
    "equal",
    "exempt",
    "fee",
    "fly",
    "gas",
    "general",
    "gentle",
    "go",
    "happy",
    "hop",
    "hope",
    "idle",
    "imply",
    "inc",
    "issue",
    "lay",
    "lease",
    "liable",
    "license",
    "lie",
    "marry",
    "modify",
    "news",
    "occupy",
    "off",
    "oblige",
    "only",
    "pay",
    "philosophy",
    "plan",
    "play",
    "ply",
    "probable",
    "prove",
    "provide",
    "rely",
    "run",
    "say",
    "secure",
    "sky",
    "ski",
    "sole",
    "spy",
    "stable",
    "stay",
    "study",
    "sue",
    "supply",
    "tax",
    "tie",
    "travel",
    "try",
    "ugly",
    "use",
    "vary",
    "view",
    "waive",
    "weigh",
    "worry",
    "year",
]
SUFFIXES = [
    "",
    "s",
    "es",
    "ies",
    "'s",
    "ed",
    "ied",
    "d",
    "ing",
    "ying",
    "ings",
    "ingly",
    "edly",
    "ly",
    "ily",
    "y",
    "er",
    "ers",
    "or",
    "ors",
    "est",
    "able",
    "ible",
    "ability",
    "ibility",
    "abilities",
    "ment",
    "ments",
    "ness",
    "ful",
    "fully",
    "fulness",
    "ous",
    "ously",
    "ousness",
    "al",
    "ally",
    "ation",
    "ations",
    "ational",
    "ationally",
    "ize",
    "izes",
    "ized",
    "izing",
    "ization",
    "ive",
    "ively",
    "ivity",
    "ism",
    "ist",
    "ists",
    "ion",
    "ions",
    "ance",
    "ances",
    "ence",
    "ant",
    "ent",
    "ency",
    "ancy",
    "ee",
    "ees",
]
FORMS = sorted(
    {base + suffix for root in ROOTS for base in (root, root[:-1], root + root[-1]) for suffix in SUFFIXES} - {""}
)


def test_every_form_of_a_word_is_looked_for_where_it_is() -> None:
    missed = [form for form in FORMS if not form.startswith(beginnings(Term(form)))]
    assert missed == []
    assert len({stem(form) for form in FORMS}) > 1000


def test_the_real_filings_have_no_word_that_is_missed(shared: Path) -> None:
    found = {
        word.decode()
        for path in sorted((shared / "filings").rglob("*.txt"))[:60]
        for word in words(path.read_text("latin-1")[:400_000])
    }
    assert [word for word in found if not word.startswith(beginnings(Term(word)))] == []


@pytest.mark.parametrize(
    "word", ["dying", "die", "lying", "skies", "supplies", "closing", "disability", "the", "a", "9", "ö"]
)
def test_beginnings_do_not_overlap(word: str) -> None:
    found = beginnings(Term(word))
    assert [(a, b) for a in found for b in found if a != b and a.startswith(b)] == []


leaves = st.one_of(
    st.builds(Term, st.sampled_from(FORMS)),
    st.builds(Term, st.sampled_from(FORMS), st.just(True)),
    st.builds(Prefix, st.sampled_from(["", "ap", "suppl"])),
    st.builds(Wildcard, st.sampled_from(["*ing", "ap*s", "?s*", "supply"])),
    st.builds(Fuzzy, st.sampled_from(FORMS), st.integers(0, 2)),
)


@given(leaves, st.lists(st.sampled_from(FORMS), unique=True).map(sorted))
def test_what_a_leaf_stands_for_is_what_fits(leaf: Leaf, lexicon: list[str]) -> None:
    terms = TermList(word.encode() for word in lexicon)
    [numbers] = matching(terms, [leaf], lambda leaf, count: None)
    assert [lexicon[number] for number in numbers.tolist()] == list(filter(fits(leaf), lexicon))


def test_a_short_stem_takes_no_block_of_the_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only patterns and fuzzy words are looked for in blocks; of a stem, no term is left out by one."""
    monkeypatch.delattr("search.segments.matching.Lexicon")
    terms = TermList([*(f"go{number:04}".encode() for number in range(3000)), b"go", b"going", b"goings", b"gone"])
    [numbers] = matching(terms, [Term("going")], lambda leaf, count: None)
    assert [term for at in numbers.tolist() for term in terms.terms(at, at + 1)] == [b"go", b"going", b"goings"]
    with pytest.raises(NameError):
        matching(terms, [Wildcard("g*e")], lambda leaf, count: None)
