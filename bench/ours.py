"""This program as one of the engines that are measured; see `engines`."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from asked import Ask, Question, read


class Ours:
    """This program's columnar index."""

    name = "this program"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        from indexer.writers.segment_list import SegmentList

        folder.mkdir()
        writer = SegmentList(folder)
        if processes == 1:
            writer.add(_our_segments(texts, folder, 0, 1))
        else:
            with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
                parts = [pool.submit(_our_segments, texts, folder, part, processes) for part in range(processes)]
                for part in parts:
                    writer.add(part.result())
        writer.commit()
        writer.close()

    def opened(self, folder: Path) -> Ask:
        from search import results as seam
        from search.query.nodes import And, Field, Near, Or, Phrase, Prefix, Range, Term
        from search.searchers.local import LocalSearcher

        searcher = LocalSearcher.open(folder)
        by_date = seam.Sort("filed")

        def tree(asked: Question) -> Any:
            terms = tuple(Term(word, exact=True) for word in asked.words)
            match asked.kind:
                case "and":
                    return And(terms)
                case "or":
                    return Or(terms)
                case "phrase":
                    return Phrase(terms)
                case "near":
                    return Near(terms, 5)
                case "prefix":
                    return Prefix(asked.words[0])
                case "filter":
                    form = Field("form", Term(asked.form.lower(), exact=True))
                    return And((*terms, form, Field("filed", Range(asked.low, asked.high))))
                case _:
                    return terms[0]

        def ask(asked: Question) -> int:
            if asked.kind == "facet":
                return len(searcher.facets(tree(asked), ["form"])[0].counts)
            sort = by_date if asked.kind == "sort" else seam.Sort()
            alone = {"proximity": False} if "proximity" in seam.Question._fields else {}  # its cost: `rescoring.py`
            return searcher.search(seam.Question(tree(asked), 10, 0, sort, 1, **alone)).documents

        return ask


def _our_segments(texts: Path, folder: Path, part: int, of: int) -> list[Any]:
    """The segments of every so many submissions, with the fields the peers have."""
    from indexer.columnar.builder import Builder, SegmentRow
    from indexer.fields.entries import StoredDocument
    from indexer.writers.rows import LAYOUT, new_segment

    nothing = {"filed": None, "period": None, "sequence": None, "items": (), "roles": (), "names": (), "ciks": ()}
    empty = {name: nothing.get(name, "") for name in StoredDocument._fields}
    segments: list[Any] = []
    builder: Any = None
    for entry in read(texts):
        if entry.submission % of != part:
            continue
        if builder is None or (builder.size > 4_000_000 and entry.ordinal == 1):
            _finish(segments[-1:], builder)
            segments.append(new_segment([]))
            builder = Builder(segments[-1].path(folder), LAYOUT)
        builder.add(
            SegmentRow(
                words={"text": (entry.words,)},
                values={"form": (entry.form.lower(),)},
                numbers={"filed": entry.filed, "filing": entry.submission + 1},
                stored=list((empty | {"id": entry.id, "accession": f"{entry.submission:018}"}).values()),
            )
        )
    _finish(segments[-1:], builder)
    return segments


def _finish(last: list[Any], builder: Any) -> None:
    for segment in last:
        builder.finish()
        segment.set_doc_count(builder.documents)
