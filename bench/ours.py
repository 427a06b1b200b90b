"""This program as one of the engines that are measured; see `engines`."""

# Each engine is loaded in the process that measures it.
# ruff: noqa: PLC0415

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from asked import Ask, Question, read


class Ours:
    """This program's columnar index."""

    name = "this program"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        from indexer.writers.whoosh import WhooshWriter

        folder.mkdir()
        writer = WhooshWriter(folder)
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
        from search.query import And, Field, Near, Or, Phrase, Prefix, Range, Term
        from search.searchers import searcher as seam
        from search.searchers.whoosh import open_searcher

        searcher = open_searcher(folder)
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
            return searcher.search(seam.Question(tree(asked), 10, 0, sort, 1)).documents

        return ask


def _our_segments(texts: Path, folder: Path, part: int, of: int) -> list[Any]:
    """The segments of every so many submissions."""
    from indexer.filings import Document, ExtractedText, Header, Party, Reading, Role
    from indexer.schema import IndexedDocument, stored
    from indexer.writers.columnar import ColumnarBuilder

    builder, segments = ColumnarBuilder(folder), []
    for entry in read(texts):
        if entry.submission % of != part:
            continue
        if builder.size > 4_000_000 and entry.ordinal == 1:
            segments.append(builder.finish())
        party = Party(Role.FILER, f"Company {entry.submission % 900}", f"{entry.submission % 900:010}", "2834")
        header = Header(f"0009000001-17-{entry.submission:06}", entry.form, _day(entry.filed), parties=(party,))
        document = Document(entry.form, entry.ordinal, f"d{entry.ordinal}.htm", "", b"", ordinal=entry.ordinal)
        indexed = IndexedDocument(header, document, ExtractedText(entry.words, Reading.TEXT), "a.txt")
        builder.add(indexed, stored(indexed, text="", header=""))
    return [*segments, builder.finish()]


def _day(filed: int) -> Any:
    from datetime import date

    return date(filed // 10000, filed // 100 % 100, filed % 100)
