"""This checkout against another one, in one run: building, asking by class, and the whole `search` command.

    python bench/versus.py OLD [--documents 10000] [--rounds 5] [--corpus ../shared/filings] [--out FILE.md]
    python bench/versus.py OLD --extract [--before CHECKOUT] [--rounds 5] [--out FILE.md]

OLD is a checkout with a `.venv` of its own (`git worktree add OLD REVISION`, then `make .venv/run` in it). Each
measurement is made in turn, old and new, in processes of their own, so that a machine that becomes slower slows both;
what is printed are ratios new to old of the pairs: their median, and from the least to the greatest.

`--extract` measures extraction alone, texts with their sections, in a table of its own: megabytes a second of processor
time by kind of document. Each checkout reads the documents of a kind in turn; of each document its quickest reading
counts, the first left out. `--before` is a third checkout, such as the one that a change began with.
"""

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from measuring import environment, machine, old_and_new
from queries import questions, write_texts

NEW = Path(__file__).resolve().parents[1]


def pairs(old: Callable[[], float], new: Callable[[], float], rounds: int) -> list[tuple[float, float]]:
    """Measure both in turn, so many times; who goes first changes with each round."""
    found = []
    for number in range(rounds):
        if number % 2:
            second = new()
            found.append((old(), second))
        else:
            first = old()
            found.append((first, new()))
    return found


def row(name: str, found: Sequence[tuple[float, float]], unit: str) -> str:
    """Return a line of the table: medians of both, and the ratios."""
    ratios = sorted(new / old for old, new in found)
    old, new = (statistics.median(side) for side in zip(*found, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return f"| {name} | {old:.2f} {unit} | {new:.2f} {unit} | {statistics.median(ratios):.2f} | {spread} |"


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """Return how long a command takes, as a whole process."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment())
    return time.perf_counter() - began


def engine(checkout: Path, *arguments: str | Path) -> dict[str, object]:
    """Return what `bench/engines.py` of a checkout prints."""
    command = [checkout / ".venv" / "bin" / "python", checkout / "bench" / "engines.py", *arguments]
    done = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True, env=environment())
    return dict(json.loads(done.stdout.splitlines()[-1]))


def texts(old: Path, folder: Path, documents: int, rounds: int) -> Iterator[str]:
    """Yield the rows of made-up texts: building, and each class of query the first time and again."""
    lines, asked = folder / "texts.jsonl", folder / "questions.json"
    write_texts(lines, documents, median=1000)
    asked.write_text(json.dumps(questions()))

    def build(checkout: Path, name: str) -> float:
        shutil.rmtree(folder / name, ignore_errors=True)
        return float(engine(checkout, "build", "this program", lines, folder / name)["seconds"])  # type: ignore[arg-type]

    built = pairs(lambda: build(old, "old"), lambda: build(NEW, "new"), max(2, rounds // 2))
    yield row(f"building {documents:,} texts", built, "s")
    answers = [
        [engine(checkout, "ask", "this program", folder / name, asked)["answers"] for checkout, name in order]
        for order in [((old, "old"), (NEW, "new"))] * rounds
    ]
    for kind in answers[0][0]:  # type: ignore[attr-defined]
        for when in ("first", "again"):
            found = [tuple(statistics.median(side[kind][when]) for side in pair) for pair in answers]  # type: ignore[index]
            yield row(f"{kind}, {when}", found, "ms")  # type: ignore[arg-type]


def commands(old: Path, folder: Path, corpus: Path, rounds: int) -> Iterator[str]:
    """Yield the rows of real commands: building an index of a corpus, and a search of it from nothing."""

    def build(checkout: Path, name: str) -> float:
        index = folder / name
        shutil.rmtree(index, ignore_errors=True)
        command = [checkout / ".venv" / "bin" / "indexer", "build", corpus, "--index", index, "--processes", "1"]
        return seconds(command, checkout)

    def ask(checkout: Path, name: str) -> float:
        return seconds([checkout / ".venv" / "bin" / "search", "license", "--index", folder / name], checkout)

    built = pairs(lambda: build(old, "old-c"), lambda: build(NEW, "new-c"), max(2, rounds // 2))
    yield row(f"building {corpus.name}, one process", built, "s")
    asked = pairs(lambda: ask(old, "old-c"), lambda: ask(NEW, "new-c"), rounds * 4)
    yield row("`search license`, the whole command", asked, "s")


class Reader:
    """A process of a checkout that reads documents as often as it is asked to."""

    def __init__(self, checkout: Path, shared: Path) -> None:
        command = [checkout / ".venv" / "bin" / "python", NEW / "bench" / "extraction_times.py", shared]
        self._process = subprocess.Popen(
            command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
        )
        self.sizes: dict[str, float] = json.loads(self._answer())

    def seconds(self, kind: str) -> list[float]:
        """Read the documents of a kind; return the seconds of each."""
        assert self._process.stdin
        self._process.stdin.write(f"{kind}\n")
        self._process.stdin.flush()
        return list(json.loads(self._answer()))

    def _answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def stop(self) -> None:
        """End the process, by the end of its input."""
        self._process.communicate()


def extraction(checkouts: Sequence[Path], shared: Path, rounds: int) -> Iterator[str]:
    """Yield the table of how quickly the checkouts, of which the first is the old one, read each kind of document."""
    readers = [Reader(checkout, shared) for checkout in checkouts]
    sizes = readers[0].sizes
    took = {kind: quickest(readers, kind, rounds) for kind in sizes}
    for reader in readers:
        reader.stop()
    took["all of them"] = [sum(side) for side in zip(*took.values(), strict=True)]
    named = ("old", "before", "new") if len(readers) > 2 else ("old", "new")
    yield f"| MB/s | MB | {' | '.join(named)} | of old |"
    yield "|---|---|" + "---|" * (len(readers) + 1)
    for kind, seconds in took.items():
        size = sizes.get(kind, sum(sizes.values()))
        speeds = " | ".join(f"{size / each:.1f}" for each in seconds)
        shares = ", ".join(f"{seconds[0] / each:.2f}" for each in seconds[1:])
        yield f"| {kind} | {size:.1f} | {speeds} | {shares} |"


def quickest(readers: Sequence[Reader], kind: str, rounds: int) -> list[float]:
    """Return the seconds in which each reader reads the documents of a kind, each document at its quickest."""
    found: list[list[list[float]]] = [[] for _ in readers]
    for number in range(rounds + 1):
        for reader, times in list(zip(readers, found, strict=True))[:: -1 if number % 2 else 1]:
            times.append(reader.seconds(kind))
    return [sum(map(min, zip(*times[1:], strict=True))) for times in found]


def main() -> None:
    """Measure, and print the table."""
    arguments = old_and_new(str(__doc__), rounds=5)
    arguments.add_argument("--extract", action="store_true")
    arguments.add_argument("--before", type=Path)
    options = arguments.parse_args()
    old = options.old.resolve()
    if options.extract:
        checkouts = [old, *([options.before.resolve()] if options.before else []), NEW]
        written("\n".join(extraction(checkouts, options.corpus.resolve().parent, options.rounds)), options.out)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rows = [*texts(old, folder, options.documents, options.rounds)]
        rows += commands(old, folder, options.corpus.resolve(), options.rounds) if options.corpus.is_dir() else []
    lines = ["| | old | new | new / old | from, to |", "|---|---|---|---|---|", *rows]
    written("\n".join(["```json", json.dumps(machine(), indent=1), "```", "", *lines]), options.out)


def written(page: str, out: Path | None) -> None:
    """Print a page, and write it where it is wanted."""
    print(page)
    if out:
        out.write_text(page + "\n")


if __name__ == "__main__":
    main()
