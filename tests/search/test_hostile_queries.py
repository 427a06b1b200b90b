"""Whatever is asked, there is an answer or an error within bounds of time and memory; each query has its own process.

Time is the processor's and memory what the process took above what it had when the index was open, so that neither
depends on how busy the machine is.
"""

import os
import random
import string
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from search.ask import Index, search
from search.errors import SearchError, TooWideError
from search.segments import expansion

SECONDS = 20
"""Of processor time."""
MEMORY = 64 << 10
"""Kilobytes above what the caches hold."""
LETTERS = string.ascii_lowercase
NAMED = [
    "*e* NEAR(500) *a* NEAR(500) *i* NEAR(500) *o* NEAR(500) *t*",
    "*e* NEAR(500) *e*",
    " OR ".join(f"*{first}{second}*" for first in LETTERS for second in LETTERS),
    " OR ".join(f"{first}{second}*" for first in LETTERS for second in LETTERS),
    " OR ".join(f"{first}{second}{first}ense~2" for first in LETTERS for second in LETTERS[:20]),
    " OR ".join(f"word{number}" for number in range(5000)),
    '"*e* *a* *i* *o* *t*"',
    " ".join(f"-*{letter}*" for letter in LETTERS),
]
_MADE = ["*{a}*", "{a}*", "*{a}", "?{a}*", "{w}~2", "{w}", "*{a}?{b}*", '"{w} *{a}*"', "-{a}*"]
_JOINS = [" ", " OR ", " NEAR(500) ", " BEFORE(50) ", " AND "]


def made(draw: random.Random) -> str:
    """Draw a query of patterns, of one kind of join."""
    join = draw.choice(_JOINS)
    count = draw.randint(1, 5) if "NEAR" in join else draw.choice([2, 20, 200])
    letters = {"a": LETTERS + "e" * 30, "b": LETTERS}
    parts = [
        draw.choice(_MADE).format(
            **{name: draw.choice(of) for name, of in letters.items()}, w="".join(draw.choices(LETTERS, k=6))
        )
        for _ in range(count)
    ]
    return join.join(parts)


def cost(index: Index, query: str) -> tuple[float, int]:
    """Ask in a process of its own: seconds of processor time, and kilobytes above what there was and what is kept."""
    read, write = os.pipe()
    if not (child := os.fork()):
        code = 1
        try:  # whatever happens, nothing of the tests goes on in the child
            before, most, over = own_memory(), [0], Event()
            watching = Thread(target=watch, args=(most, over))
            watching.start()
            with suppress(SearchError):
                index.search(query)
            used = time.process_time()
            over.set()
            watching.join()
            os.write(write, f"{used} {most[0] - before - kept(index) // 1024}".encode())
            code = 0
        except BaseException as error:
            print(f"{query[:200]}: {error!r}", file=sys.stderr)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    os.close(write)
    said = os.read(read, 100)
    os.close(read)
    assert status == 0, query
    seconds, kilobytes = said.split()
    return float(seconds), int(kilobytes)


def watch(most: list[int], over: Event) -> None:
    while not over.wait(0.003):
        most[0] = max(most[0], own_memory())


def own_memory() -> int:
    """Kilobytes of this process's own, without what is mapped from files."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("RssAnon:")[2].split()[0])


def kept(index: Index) -> int:
    """Bytes of what was read and is kept for the next question."""
    return index.engine._collection.cache.size


def assert_bounded(folder: Path, query: str, *, most: int = SECONDS) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("how much memory a process has of its own is read as Linux tells it")
    with Index(folder) as index:
        seconds, kilobytes = cost(index, query)
    assert (seconds < most, kilobytes < MEMORY) == (True, True), (seconds, kilobytes, query[:200])


@pytest.mark.parametrize("query", NAMED, ids=range(len(NAMED)))
def test_queries_that_took_long_stay_in_bounds(sample_index: Path, query: str) -> None:
    assert_bounded(sample_index, query)


@pytest.mark.promise
@pytest.mark.timeout(900)
@pytest.mark.parametrize("query", NAMED[:3], ids=range(3))
def test_so_they_do_on_real_filings(filings_index: Path, query: str) -> None:
    assert_bounded(filings_index, query, most=3 * SECONDS)


@pytest.mark.promise
@pytest.mark.parametrize("seed", range(60))
def test_drawn_queries_stay_in_bounds(sample_index: Path, seed: int) -> None:
    assert_bounded(sample_index, made(random.Random(seed)))


def test_the_word_that_is_too_wide_is_named(sample_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MAX_EXPANSIONS", 100)
    with pytest.raises(
        TooWideError, match=r"^\*e\* stands for [\d,]+ words or more, .* 100 together: write more of it$"
    ):
        search("zymurgy~1 OR *e* OR licens*", sample_index)
    assert search("licens*", sample_index).filings
