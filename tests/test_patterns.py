"""Every regular expression of the code takes time in proportion to the text, whatever the text.

The patterns are found by walking the modules, so that a new one is among them. Texts are made for each from its own
parts: what it looks for begun again and again and never ended, each of its repetitions drawn out, pairs of its
characters. What is measured is the time of the processor, best of several: four times the text may take six times as
long.
"""

import ast
import importlib
import pkgutil
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, permutations
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from indexer.first_use import LatePattern
from search.query.limits import MAX_LENGTH

ROOT = Path(__file__).resolve().parents[1]
GROWTH = 6.0
TIMES = 4
LEAST_SECONDS = 0.03
"""Below, what is measured is noise."""
FEWEST_TURNS, MOST_TURNS = 3, 30
ENDS = ("", "\x00!", "<", "\n")
WHITE = (" ", "\n", "\t", "\xa0", "\u2003")
CLASSES = {
    sre.CATEGORY_SPACE: WHITE,
    sre.CATEGORY_NOT_SPACE: ("a", "1", "<"),
    sre.CATEGORY_DIGIT: ("1", "0"),
    sre.CATEGORY_NOT_DIGIT: ("a", " ", "-"),
    sre.CATEGORY_WORD: ("a", "A", "1", "_"),
    sre.CATEGORY_NOT_WORD: (" ", "-", "."),
}
USES = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split", "scanner")

Pattern = re.Pattern[Any]


# Finding the patterns


def modules() -> Iterator[Any]:
    for package in ("indexer", "search"):
        root = importlib.import_module(package)
        yield root
        for info in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not info.name.endswith("__main__"):
                yield importlib.import_module(info.name)


def held(value: object, name: str, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    """The patterns in a value: in containers, and in the attributes of classes."""
    if isinstance(value, LatePattern):
        value = value.compiled()
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth < 4:
        if isinstance(value, dict):
            inside: Iterable[object] = chain(value.keys(), value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            inside = value
        elif isinstance(value, type):
            inside = list(vars(value).values())
        else:
            inside = ()
        for number, each in enumerate(inside):
            yield from held(each, f"{name}[{number}]" if depth == 0 else name, depth + 1)


@cache
def patterns() -> dict[str, Pattern]:
    found: dict[str, Pattern] = {}
    seen: set[Pattern] = set()
    for module in modules():
        for name, value in vars(module).items():
            for where, pattern in held(value, f"{module.__name__}.{name}"):
                elsewhere = isinstance(value, type) and value.__module__ != module.__name__
                if pattern not in seen and not elsewhere:
                    seen.add(pattern)
                    found[where] = pattern
    return found


@cache
def uses(module: str) -> dict[str, set[str]]:
    """By the name of a module's pattern: the methods that are called on it; not where it is handed on or exported."""
    methods: dict[str, set[str]] = {}
    named, called = Counter[str](), Counter[str]()
    path = ROOT / f"{module.replace('.', '/')}.py"
    for node in ast.walk(
        ast.parse((path if path.exists() else path.with_suffix("") / "__init__.py").read_text("utf-8"))
    ):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            named[node.id] += 1
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in USES:
            methods.setdefault(node.value.id, set()).add(node.attr)
            called[node.value.id] += 1
    return {name: found for name, found in methods.items() if called[name] == named[name] and name.startswith("_")}


MATCHED_IN_A_LOOP = ("search.parsing.lexer._OPERATORS",)
"""Containers whose patterns are matched at one place, one after the other."""


BOUNDED = {
    "indexer.envelope.documents._END_OF_SUBMISSION": 256,
    "search.parsing.": MAX_LENGTH,
    "search.terms.": MAX_LENGTH,
}
"""What is only ever asked of so many characters: the end of a submission, a query."""


ENDED = {"indexer.extract.markup.tag_splitting._TAG": ">"}
"""What texts that are looked at always end with: others are not read by these patterns."""


def ways(name: str, pattern: Pattern) -> list[Callable[[Any], object]]:
    """How the pattern is used: all over a text unless it is only ever matched at a place."""
    module, _, local = name.rpartition(".")
    methods = {"match"} if name.startswith(MATCHED_IN_A_LOOP) else uses(module).get(local, set()) if module else set()
    anchored = [pattern.match] * ("match" in methods) + [pattern.fullmatch] * ("fullmatch" in methods)
    if methods and methods <= {"match", "fullmatch"}:
        return anchored
    return [lambda text: sum(1 for _ in pattern.finditer(text)), *anchored]


# Making texts


def choices(item: tuple[Any, Any]) -> tuple[str, ...]:
    """Characters that a part of a pattern stands for, a few of them."""
    kind, value = item
    match kind:
        case sre.LITERAL:
            return (chr(value),)
        case sre.NOT_LITERAL:
            return tuple(each for each in ("a", " ", "1", "<") if each != chr(value))
        case sre.ANY:
            return ("a", " ", "<")
        case sre.RANGE:
            return (chr(value[0]), chr(value[1]))
        case sre.CATEGORY:
            return CLASSES[value]
        case sre.IN:
            return _of_a_class(value)
    return ()


def _of_a_class(items: list[tuple[Any, Any]]) -> tuple[str, ...]:
    if items[0][0] is not sre.NEGATE:
        return tuple(dict.fromkeys(each for item in items for each in choices(item)))
    excluded = {each for item in items[1:] for each in choices(item)}
    return tuple(each for each in ("a", " ", "1", "-", "\n", "x", "é", "<") if each not in excluded) or ("\u2603",)


class Maker:
    """Makes texts that a pattern matches, in parts."""

    def __init__(self, pattern: Pattern, draw: random.Random) -> None:
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
        self.tree = parser.parse(source, flags & ~re.DEBUG)
        self.draw = draw
        self.alphabet: dict[str, None] = {}
        self.repeats: dict[tuple[str, str], None] = {}
        """What stands before a repetition, and what is repeated."""

    def one(self, tree: Any, before: str = "") -> str:
        """A text that matches, the shortest or nearly."""
        made = ""
        for kind, value in tree:
            made += self._item(kind, value, before + made)
        return made

    def _item(self, kind: Any, value: Any, before: str) -> str:
        match kind:
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                low, high, inner = value
                repeated = self.one(inner, before)
                if high is sre.MAXREPEAT or high > 20:
                    self.repeats[before, repeated] = None
                return repeated * min(high, max(low, self.draw.choice((0, 1, 2))))
            case sre.SUBPATTERN:
                return self.one(value[3], before)
            case sre.ATOMIC_GROUP:
                return self.one(value, before)
            case sre.BRANCH:
                return self.one(self.draw.choice(value[1]), before)
            case sre.ASSERT:
                self.one(value[1], before)
                return ""
            case sre.AT | sre.ASSERT_NOT | sre.GROUPREF | sre.GROUPREF_EXISTS | sre.FAILURE:
                return ""
        found = choices((kind, value))
        self.alphabet.update(dict.fromkeys(found))
        return self.draw.choice(found) if found else ""


def hostile(pattern: Pattern, *, most: int) -> list[tuple[str, str, str]]:
    """Texts as what begins them, what is repeated in them, and what ends them."""
    draw = random.Random(7)
    maker = Maker(pattern, draw)
    whole = [maker.one(maker.tree) for _ in range(12)]
    starts = {text[: draw.randrange(1, len(text) + 1)] for text in whole if text}
    pumps = [(before, repeated) for before, repeated in maker.repeats if repeated]
    found = [(before, repeated, end) for before, repeated in pumps for end in ENDS[:2]]
    found += [("", before + repeated * 3, end) for before, repeated in pumps for end in ENDS[:2]]
    found += [("", start, end) for start in sorted(starts) for end in ENDS[:2]]
    found += [("", each, end) for each in maker.alphabet for end in ENDS]
    found += [("", one + other, "\x00!") for one, other in permutations(maker.alphabet, 2)]
    found = list(dict.fromkeys(found))
    draw.shuffle(found)
    return found[:most]


def made(parts: tuple[str, str, str], size: int, pattern: Pattern) -> Any:
    begin, repeated, end = parts
    text = begin + repeated * (size // len(repeated) + 1) + end
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


# Measuring


def seconds(way: Callable[[Any], object], text: Any) -> float:
    began = time.process_time()
    way(text)
    return time.process_time() - began


def growth(way: Callable[[Any], object], parts: tuple[str, str, str], pattern: Pattern, largest: int) -> float:
    """The most that four times the text took as long, from four thousand characters up; infinite where 32 take long."""
    if any(seconds(way, made(parts, size, pattern)) > LEAST_SECONDS for size in range(8, 33, 2)):
        return float("inf")
    worst, before, size = 0.0, 0.0, 4_000
    while size <= largest and worst <= GROWTH:
        text = made(parts, size, pattern)
        now = seconds(way, text)
        if now > LEAST_SECONDS and now > GROWTH * before > 0:
            worst = max(worst, times_as_long(way, made(parts, size // TIMES, pattern), text))
        before, size = now, size * TIMES
    return worst


def times_as_long(way: Callable[[Any], object], fewer: Any, more: Any) -> float:
    """Measure both in turns, the best of each, until they are as they should be, clearly not, or not after many.

    What else the machine does adds to one of them now and then, and for seconds at a time, but not every time.
    """
    least, most, times = float("inf"), float("inf"), 0.0
    for turn in range(MOST_TURNS):
        least, most = min(least, seconds(way, fewer)), min(most, seconds(way, more))
        times = most / max(least, 1e-6) if most > LEAST_SECONDS else 0.0
        if times <= GROWTH or (turn >= FEWEST_TURNS - 1 and times > 2 * GROWTH):
            break
    return times


@pytest.mark.parametrize("name", sorted(patterns()))
def test_time_grows_as_the_text_does(name: str) -> None:
    assert_linear(name, most=40, largest=64_000)


@pytest.mark.promise
@pytest.mark.parametrize("name", sorted(patterns()))
def test_time_grows_as_the_text_does_up_to_a_megabyte(name: str) -> None:
    assert_linear(name, most=24, largest=1_024_000)


def assert_linear(name: str, *, most: int, largest: int) -> None:
    pattern = patterns()[name]
    largest = min([largest, *(bound for start, bound in BOUNDED.items() if name.startswith(start))])
    for begin, repeated, end in hostile(pattern, most=most):
        parts = (begin, repeated, end + ENDED.get(name, ""))
        for way in ways(name, pattern):
            found = growth(way, parts, pattern, largest)
            assert found <= GROWTH, f"{pattern.pattern!r} takes {found:.0f} times as long on {parts!r:.200}"


# The test itself


def test_patterns_are_found_wherever_they_are() -> None:
    found = patterns()
    assert len(found) > 100
    assert "indexer.harmless._DRIVING" in found
    assert any("[" in name for name in found)  # within containers
    sources = chain(*((ROOT / package).rglob("*.py") for package in ("indexer", "search")))
    compiled = sum(len(re.findall(r" = re(?:\.compile|gex)\(", path.read_text("utf-8"))) for path in sources)
    assert len(found) >= 0.9 * compiled  # some are the same


@pytest.mark.parametrize(
    "slow",
    [r"\s+$", r"(?:a|b)*c", r"<b>.*?</b>", r"(\w+\s?)+:", r"[ \t]*\n[ \t\n]*x", r"\d+(?:,\d+)*%", rb"\s*\n\s*\Z"],
)
def test_slow_ones_are_caught(slow: Any) -> None:
    pattern = re.compile(slow, re.S if isinstance(slow, str) else 0)
    way = ways("", pattern)[0]
    texts = hostile(pattern, most=200)
    assert any(growth(way, parts, pattern, 16_000) > GROWTH for parts in texts)
