"""Queries by class over texts of a size, every engine in turn: building, then the first time and warm.

python bench/queries.py --documents 10000 --folder DIR [--engines "this program,tantivy"]
"""

import argparse
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from asked import Question
from measuring import HERE, in_process, said, spread
from numpy.random import PCG64, Generator

from corpus import FORMS, Vocabulary, texts

EVERY = ("this program", "tantivy", "SQLite FTS5", "xapian", "stock Whoosh")
KINDS = ("common", "rare", "and", "or", "phrase", "prefix", "near", "filter", "sort", "facet")


def write_texts(file: Path, documents: int, *, median: int) -> int:
    """Write made-up texts, one to a line; characters of text."""
    size = 0
    with file.open("w") as lines:
        for text in texts(documents, median=median):
            lines.write(json.dumps(text) + "\n")
            size += len(text.words)
    return size


def questions(each: int = 25) -> list[Question]:
    """So many of every class, always the same."""
    draw, vocabulary = random.Random(11), Vocabulary(Generator(PCG64(1)))
    return [_question(kind, draw, vocabulary) for kind in KINDS for _ in range(each)]


def _question(kind: str, draw: random.Random, vocabulary: Vocabulary) -> Question:
    frequent, usual = vocabulary.words[10:110], vocabulary.words[110:1500]
    match kind:
        case "rare":
            return Question(kind, [draw.choice(vocabulary.words[20_000:60_000])])
        case "and" | "or":
            return Question(kind, [draw.choice(frequent), *draw.sample(usual, 2)])
        case "near":
            return Question(kind, draw.sample(frequent, 2))
        case "phrase":
            phrases = [phrase.split() for phrase in vocabulary.phrases[:800]]
            return Question(kind, draw.choice([phrase for phrase in phrases if len(phrase) > 1]))
        case "prefix":
            return Question(kind, [draw.choice([word for word in usual if word.isalpha() and len(word) > 4])[:4]])
        case "filter":
            year = draw.randint(1995, 2015)
            return Question(kind, [draw.choice(frequent)], draw.choice(FORMS[:3]), year * 10000, (year + 5) * 10000)
        case _:
            return Question(kind, [draw.choice(frequent)])


def measured(documents: int, folder: Path, *, engines: tuple[str, ...] = EVERY, median: int = 1000) -> dict[str, Any]:
    """Build with every engine and ask each the same; what it cost."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, asked = folder / "texts.jsonl", folder / "questions.json"
    said(f"writing {documents:,} texts")
    size = write_texts(lines, documents, median=median)
    asked.write_text(json.dumps(questions()))
    found = {name: _measured(name, folder) for name in engines if _is_there(name)}
    return {"documents": documents, "text": size, "engines": found}


def _is_there(name: str) -> bool:
    modules = {"xapian": "xapian", "tantivy": "tantivy"}
    try:
        __import__(modules.get(name, "json"))
    except ImportError:
        said(f"{name} is not installed")
        return False
    return True


def _measured(name: str, folder: Path) -> dict[str, Any]:
    index = folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    said(f"{name}: building")
    built = in_process(HERE / "engines.py", "build", name, folder / "texts.jsonl", index)
    said(f"{name}: asking")
    found = in_process(HERE / "engines.py", "ask", name, index, folder / "questions.json")
    shutil.rmtree(index)
    asked = {kind: dict(_summary(kept)) for kind, kept in found["answers"].items()}
    return {"built": built, "asked": asked, "memory": found["memory"]}


def _summary(kept: dict[str, list[float]]) -> Iterator[tuple[str, Any]]:
    yield "first", spread(kept["first"])
    yield "warm", spread(kept["again"])
    yield "found", float(np.median(kept["found"]))
    yield "all found", kept["found"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--median", type=int, default=1000, help="words of the median document")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--engines", default=",".join(EVERY))
    asked = parser.parse_args()
    engines = tuple(asked.engines.split(","))
    print(json.dumps(measured(asked.documents, asked.folder, engines=engines, median=asked.median)))


if __name__ == "__main__":
    main()
