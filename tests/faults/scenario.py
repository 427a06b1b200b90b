"""A small fictional corpus in two states, and what an index of it says: to be compared before and after faults."""

import argparse
import gzip
import os
import shutil
import tarfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from indexer.manifest.manifest import Manifest
from indexer.pipeline.build import Build, Options, Summary
from indexer.pipeline.rebuild import Rebuild
from indexer.verify.findings import Fault
from indexer.verify.inspection import verify
from indexer.whoosh_compat.commits import generation
from indexer.whoosh_compat.stock import StockBuilder
from indexer.workers.worker import Settings
from indexer.writers.local import LocalBuilder
from search.ask import Index, Wanted

BUILDERS: dict[str, Any] = {"columnar": LocalBuilder, "stock": partial(LocalBuilder, codec=StockBuilder)}

QUERIES = (
    "orphan drug license",
    '"orphan drug"',
    "form:10-K mill",
    "licens* OR lease",
    "exhibit:EX-99.1",
    "company:fennimore",
)

_WORDS = "license licensing orphan drug lease mill goodwill impairment waiver of a to".split()  # noqa: SIM905


def options(**numbers: int) -> argparse.Namespace:
    """The folder and the builder asked for, and these whole numbers, each an option with its default."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--builder", default="columnar")
    for name, default in numbers.items():
        arguments.add_argument(f"--{name}", type=int, default=default)
    return arguments.parse_args()


def text(seed: int, words: int) -> str:
    """Words in an order that the seed decides."""
    return " ".join(_WORDS[(seed * 7 + at * at + at * seed) % len(_WORDS)] for at in range(words))


_DOCUMENT = """<DOCUMENT>
<TYPE>{type}
<SEQUENCE>{sequence}
<FILENAME>d{sequence}.txt
<TEXT>
{text}
</TEXT>
</DOCUMENT>
"""
_SUBMISSION = """<SEC-DOCUMENT>{accession}.txt : 20170308
<SEC-HEADER>{accession}.hdr.sgml : 20170308
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
FILED AS OF DATE:\t\t2017030{day}

FILER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tFennimore {company} Co
\t\tCENTRAL INDEX KEY:\t\t\t000900007{company}
</SEC-HEADER>
{documents}</SEC-DOCUMENT>
"""


def documents(texts: Iterable[str], form: str) -> str:
    """The documents of a submission, one for each text: the first of the form's type, the others exhibits."""
    return "".join(
        _DOCUMENT.format(type=form if at == 1 else f"EX-99.{at - 1}", sequence=at, text=each)
        for at, each in enumerate(texts, 1)
    )


def submission(number: int, *texts: str, form: str = "8-K") -> bytes:
    """A submission with one document for each text."""
    named = {"accession": f"0009000077-17-{number:06}", "day": number % 9 + 1, "company": number % 4}
    return _SUBMISSION.format(form=form, documents=documents(texts, form), **named).encode()


def write_first(corpus: Path) -> None:
    """The corpus as it is first: new files, an archive, copies of one submission, and files that hold none."""
    corpus.mkdir(parents=True)
    for number in range(1, 7):
        texts = [text(number, 30 + 20 * number), text(number + 50, 25)]
        (corpus / f"{number}.txt").write_bytes(submission(number, *texts, form="10-K" if number % 3 == 0 else "8-K"))
    (corpus / "copy-of-1.txt").write_bytes(submission(1, text(1, 50)))
    (corpus / "fuller-2.txt").write_bytes(submission(2, text(2, 70), text(52, 25), text(90, 40)))
    (corpus / "notes.md").write_text("no submission\n")
    (corpus / "cut.txt.gz").write_bytes(gzip.compress(submission(9, text(9, 40)), mtime=0)[:-20])
    _write_archive(corpus / "feed.tar.gz", {20: 30, 21: 45, 22: 20})


def write_second(corpus: Path) -> None:
    """The corpus as it is then: changed, new and gone files; of one submission the fuller copy is gone."""
    (corpus / "3.txt").write_bytes(submission(3, text(33, 80), form="10-K"))
    (corpus / "7.txt").write_bytes(submission(7, text(7, 60)))
    (corpus / "8.txt").write_bytes(submission(5, text(5, 200), text(55, 30), text(56, 30)))
    (corpus / "fuller-2.txt").unlink()
    (corpus / "4.txt").unlink()
    (corpus / "cut.txt.gz").write_bytes(gzip.compress(submission(9, text(9, 40)), mtime=0))
    _write_archive(corpus / "feed.tar.gz", {20: 30, 21: 46, 23: 25})


def _write_archive(path: Path, members: dict[int, int]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for number, words in members.items():
            content = submission(number, text(number, words))
            member = tarfile.TarInfo(f"{number}.nc")
            member.size = len(content)
            archive.addfile(member, BytesIO(content))


def build(corpus: Path, index: Path, *, builder: str = "columnar", rebuild: bool = False, **options: Any) -> Summary:
    """Build with a commit for every few files, so that there are many places to fail at."""
    chosen = replace(Options(prune=True, commit_seconds=0, batch_bytes=2000), **options)
    kind: Callable[..., Any] = Rebuild if rebuild else Build
    with closing(kind([corpus], Settings(index, builder=BUILDERS[builder], words=200), chosen)) as building:
        done: Summary = building.run()
        return done


class State(NamedTuple):
    """All that can be asked of an index, but for when and how it came to be."""

    files: list[Any]
    submissions: list[Any]
    problems: list[Any]
    answers: list[Any]


def state(index: Path, *, sound: bool = True) -> State:
    """What the index says at its last commit; where it is to be `sound`, after checking that it is."""
    if sound:
        faults = [str(finding) for finding in verify(index).faults]
        assert not faults, faults
    with closing(Manifest.open(index, at=generation(index))) as manifest:
        files = sorted((each.path, each.size, each.sha256, each.outcome) for each in manifest.files().values())
        submissions = sorted(manifest.submissions(), key=lambda each: (each.accession, each.source))
        problems = sorted(map(str, manifest.problems()))
    return State(files, submissions, problems, answers(index))


def answers(index: Path) -> list[Any]:
    """Every answer, with scores and passages."""
    with closing(Index(index)) as opened:
        return [
            [
                (
                    hit.accession,
                    hit.score,
                    [(document.id, document.score, document.snippets) for document in hit.documents],
                )
                for hit in opened.search(query, wanted=Wanted(limit=None)).hits
            ]
            for query in QUERIES
        ]


def leftovers(index: Path) -> list[str]:
    """Files of the index that nothing needs."""
    return [finding.where for finding in verify(index).findings if finding.fault is Fault.LEFT_OVER]


def copied(source: Path, target: Path) -> Path:
    """A copy of a folder with its times, in place of what was there."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, copy_function=shutil.copy2)
    return target


def make_old(folder: Path) -> None:
    """Let files have been changed an hour ago, so that their times can be trusted."""
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
