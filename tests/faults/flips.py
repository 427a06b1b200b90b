"""Bits flipped in the files of an index that is asked without `verify`: is any answer another than it was? Prints JSON.

    python flips.py FOLDER --builder columnar --flips 1000 --seed 7

An answer is `same`; or there is an error of the program's own (`refused`); anything else is `wrong`: another answer, or
an exception that is no message. Every file of the index has its turn, and every way of asking is tried: searches with
passages, texts, headers, what answers rest on, and all that the manifest says.
"""

import json
import random
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import scenario
from damage import kind
from scenario import answers

from indexer.errors import IndexerError
from indexer.storage.lock import FILE as LOCK
from search.ask import Index, Wanted
from search.lookups.lookup import Lookup


def main() -> None:
    options = scenario.options(flips=1000, seed=7)
    index = options.folder / "index"
    scenario.write_first(options.folder / "corpus")
    scenario.build(options.folder / "corpus", index, builder=options.builder)
    before = said(index)
    draw = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    files = sorted(each for each in index.rglob("*") if each.is_file() and each.name != LOCK and each.stat().st_size)
    for number in range(options.flips):
        path = files[number % len(files)]
        sound = path.read_bytes()
        at, bit = draw.randrange(len(sound)), draw.randrange(8)
        damaged = bytearray(sound)
        damaged[at] ^= 1 << bit
        path.write_bytes(damaged)
        outcome = judge(index, before)
        outcomes[f"{kind(path)} {outcome.partition(':')[0]}"] += 1
        if outcome not in ("same", "refused"):
            wrong.append(f"{path.relative_to(index)} bit {bit} of {at}: {outcome}")
        path.write_bytes(sound)
    print(json.dumps({"flips": options.flips, "outcomes": outcomes, "wrong": wrong}))


def judge(index: Path, before: list[Any]) -> str:
    """What became of the flip."""
    try:
        return "same" if said(index) == before else "another answer"
    except IndexerError:
        return "refused"
    except Exception as error:  # whatever it is
        return f"{type(error).__name__}: {error}"


def said(index: Path) -> list[Any]:
    """What an index says: answers with scores and passages, texts, headers, what they rest on, and its records."""
    with closing(Index(index)) as opened:
        covered = opened.coverage(Lookup("*:*"))
        hits = opened.search("", wanted=Wanted(limit=None, documents=None), filed="2017").hits
        headers = [opened.header(hit.accession) for hit in hits]
        texts = [(document.id, opened.text(document.id)) for hit in hits for document in hit.documents]
        parts = [opened.engine.parts(document.handle) for hit in hits for document in hit.documents]
        manifest = opened.manifest
        records = [manifest.files(), [*manifest.submissions()], [*manifest.problems()], [*manifest.commits()]]
        counts = [manifest.status(), manifest.forms(), manifest.problem_kinds(), manifest.begun()]
    return [answers(index), hits, covered, headers, texts, parts, records, counts]


if __name__ == "__main__":
    main()
