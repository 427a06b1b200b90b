"""From raw submissions to an index, against the pipelines a person would write by hand.

python bench/end_to_end.py CORPUS FOLDER
python bench/end_to_end.py CORPUS FOLDER PIPELINE [PROCESSES]      one of them, in this process
"""

import json
import os
import re
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from measuring import HERE, in_process, said

DOCUMENT = re.compile(rb"<DOCUMENT>(.*?)</DOCUMENT>", re.DOTALL)
TAG = re.compile(rb"<(TYPE|FILENAME)>([^\r\n]*)")
HEADER = re.compile(rb"(ACCESSION NUMBER|CONFORMED SUBMISSION TYPE|FILED AS OF DATE):\s*(\S[^\r\n]*)")


def documents(corpus: Path, html_text: Callable[[bytes], str]) -> Iterator[dict[str, Any]]:
    """The documents of complete submissions, as a script of twenty lines would find them."""
    for path in sorted(corpus.rglob("*.txt")):
        content = path.read_bytes()
        header = {name.decode(): value.decode("latin-1").strip() for name, value in HEADER.findall(content[:20_000])}
        for number, match in enumerate(DOCUMENT.findall(content), 1):
            tags = {name.decode(): value.decode("latin-1").strip() for name, value in TAG.findall(match[:1000])}
            body = match.partition(b"<TEXT>")[2]
            if body.lstrip()[:6] == b"begin ":
                continue
            is_html = tags.get("FILENAME", "").lower().endswith((".htm", ".html", ".xml"))
            yield {
                "id": f"{header.get('ACCESSION NUMBER', path.stem)}:{tags.get('FILENAME') or number}",
                "form": header.get("CONFORMED SUBMISSION TYPE", ""),
                "filed": int(header.get("FILED AS OF DATE", "0")[:8] or 0),
                "text": html_text(body) if is_html else body.decode("latin-1"),
            }


def by_soup(content: bytes) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(content, "lxml").get_text(" ")


def by_lxml(content: bytes) -> str:
    from lxml import html

    return str(html.fromstring(content or b"<p/>").text_content())


def this_program(corpus: Path, folder: Path, processes: int) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does, before anything is imported
    from indexer.pipeline.build import Build, Options
    from indexer.workers.worker import Settings

    with closing(Build((corpus,), Settings(folder), Options(processes=processes, forks=True))) as building:
        building.run(lambda submissions, size: None)


def soup_and_whoosh(corpus: Path, folder: Path, processes: int) -> None:
    from whoosh import fields, index
    from whoosh.analysis import LowercaseFilter, RegexTokenizer

    schema = fields.Schema(
        id=fields.ID(stored=True),
        form=fields.ID(stored=True),
        filed=fields.NUMERIC(stored=True, sortable=True),
        text=fields.TEXT(analyzer=RegexTokenizer(r"[^\W_]+") | LowercaseFilter(), stored=True),
    )
    folder.mkdir()
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for document in documents(corpus, by_soup):
        writer.add_document(**document)
    writer.commit()


def read_here(corpus: Path) -> Iterator[dict[str, Any]]:
    """The documents as this program reads them: PDF, XML forms and sections too."""
    from indexer.corpus.walking import walk
    from indexer.envelope.submission import parse_submission
    from indexer.errors import Problem
    from indexer.extract.document import extract_text

    for found in walk((corpus,)):
        if isinstance(found, Problem):
            continue
        read = parse_submission(found.content)
        filed = int(f"{read.header.filed:%Y%m%d}") if read.header.filed else 0
        for number, document in enumerate(read.documents, 1):
            text = extract_text(document, form=read.header.form, filed=read.header.filed).text
            name = f"{read.header.accession_number}:{document.filename or number}"
            yield {"id": name, "form": read.header.form, "filed": filed, "text": text}


def _into_tantivy(documents: Iterable[dict[str, Any]], folder: Path, threads: int) -> None:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("form", stored=True, tokenizer_name="raw")
    builder.add_integer_field("filed", stored=True, indexed=True, fast=True)
    builder.add_text_field("text", stored=True)
    folder.mkdir()
    writer = tantivy.Index(builder.build(), str(folder)).writer(256_000_000, threads)
    for document in documents:
        writer.add_document(tantivy.Document(**document))
    writer.commit()
    writer.wait_merging_threads()


def soup_and_tantivy(corpus: Path, folder: Path, processes: int) -> None:
    _into_tantivy(documents(corpus, by_soup), folder, processes)


def lxml_and_tantivy(corpus: Path, folder: Path, processes: int) -> None:
    _into_tantivy(documents(corpus, by_lxml), folder, processes)


def reading_and_tantivy(corpus: Path, folder: Path, processes: int) -> None:
    _into_tantivy(read_here(corpus), folder, processes)


PIPELINES: dict[str, Callable[[Path, Path, int], None]] = {
    "this program": this_program,
    "lxml + tantivy": lxml_and_tantivy,
    "this program's reading + tantivy": reading_and_tantivy,
    "BeautifulSoup + tantivy": soup_and_tantivy,
    "BeautifulSoup + stock Whoosh": soup_and_whoosh,
}


def one(corpus: Path, folder: Path, pipeline: str, processes: int) -> dict[str, float]:
    """What one pipeline cost: seconds, bytes of index, megabytes of memory."""
    began = time.perf_counter()
    PIPELINES[pipeline](corpus, folder, processes)
    seconds = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cost = {"seconds": seconds, "bytes": size, "memory": max(peaks) / 1024}
    return cost | (_of_text(folder) if pipeline == "this program" else {})


def _of_text(index: Path) -> dict[str, float]:
    """How much text there is in this program's index, in characters, and how many bytes of the index keep it."""
    from indexer.manifest.manifest import Manifest
    from indexer.texts.text_layout import FOLDER
    from indexer.whoosh_compat.commits import generation

    with Manifest.open(index, at=generation(index)) as manifest:
        characters = manifest.status().characters
    return {"text": characters, "text store": sum(path.stat().st_size for path in (index / FOLDER).iterdir())}


def measured(corpus: Path, folder: Path, *, runs: int = 3) -> dict[str, Any]:
    """Every pipeline, several times but for the slowest; this program with two processes as well."""
    size = sum(path.stat().st_size for path in corpus.rglob("*.txt"))
    found: dict[str, list[dict[str, float]]] = {}
    for pipeline, processes in [*((name, 1) for name in PIPELINES), ("this program", 2)]:
        name = pipeline if processes == 1 else f"{pipeline}, {processes} processes"
        for _ in range(1 if "Beautiful" in pipeline else runs):
            said(f"{name}, {size / 1e6:.0f} MB")
            shutil.rmtree(folder, ignore_errors=True)
            found.setdefault(name, []).append(
                in_process(HERE / "end_to_end.py", corpus, folder, pipeline, str(processes))
            )
    shutil.rmtree(folder, ignore_errors=True)
    return {"corpus": size, "pipelines": found}


def main() -> None:
    """Measure and print."""
    corpus, folder, *rest = sys.argv[1:]
    if rest:
        print(json.dumps(one(Path(corpus), Path(folder), rest[0], int([*rest, 1][1]))))
    else:
        print(json.dumps(measured(Path(corpus), Path(folder))))


if __name__ == "__main__":
    main()
