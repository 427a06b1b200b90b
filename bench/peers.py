"""The engines this program is measured against, each used as its documentation says; see `engines`."""

import sqlite3
from pathlib import Path
from typing import Any

from asked import Ask, Question, read


class StockWhoosh:
    """Whoosh 2.7.4 as it comes."""

    name = "stock Whoosh"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        from whoosh import fields, index
        from whoosh.analysis import LowercaseFilter, RegexTokenizer

        schema = fields.Schema(
            id=fields.ID(stored=True),
            form=fields.ID(sortable=True),
            filed=fields.NUMERIC(sortable=True),
            text=fields.TEXT(analyzer=RegexTokenizer(r"[^\W_]+") | LowercaseFilter()),
        )
        folder.mkdir()
        options = {"procs": processes, "multisegment": True} if processes > 1 else {}
        writer = index.create_in(str(folder), schema).writer(limitmb=256, **options)
        for entry in read(texts):
            writer.add_document(id=entry.id, form=entry.form, filed=entry.filed, text=entry.words)
        writer.commit()

    def opened(self, folder: Path) -> Ask:
        from whoosh import index, query, sorting

        searcher = index.open_dir(str(folder)).searcher()

        def tree(asked: Question) -> Any:
            terms = [query.Term("text", word) for word in asked.words]
            match asked.kind:
                case "and":
                    return query.And(terms)
                case "or":
                    return query.Or(terms)
                case "phrase":
                    return query.Phrase("text", asked.words)
                case "near":
                    return query.spans.SpanNear2(terms, slop=6, ordered=False)
                case "prefix":
                    return query.Prefix("text", asked.words[0])
                case "filter":
                    dates = query.NumericRange("filed", asked.low, asked.high)
                    return query.And([*terms, query.Term("form", asked.form), dates])
                case _:
                    return terms[0]

        def ask(asked: Question) -> int:
            if asked.kind == "facet":
                facet = sorting.FieldFacet("form")
                groups = searcher.search(tree(asked), limit=1, groupedby={"form": facet}).groups("form")
                return len(groups)
            by = {"sortedby": "filed", "reverse": True} if asked.kind == "sort" else {}
            found = searcher.search(tree(asked), limit=10, **by)
            return len(found) + 0 * len([hit["id"] for hit in found])

        return ask


class Tantivy:
    """Tantivy, with one indexing thread for each process."""

    name = "tantivy"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("form", tokenizer_name="raw", fast=True)
        builder.add_integer_field("filed", indexed=True, fast=True)
        builder.add_text_field("text")
        folder.mkdir()
        writer = tantivy.Index(builder.build(), str(folder)).writer(256_000_000, processes)
        for entry in read(texts):
            writer.add_document(tantivy.Document(id=entry.id, form=entry.form, filed=entry.filed, text=entry.words))
        writer.commit()
        writer.wait_merging_threads()

    def opened(self, folder: Path) -> Ask:
        import tantivy
        from tantivy import FieldType, Occur, Query

        index = tantivy.Index.open(str(folder))
        schema, searcher = index.schema, index.searcher()

        def term(word: str, field: str = "text") -> Any:
            return Query.term_query(schema, field, word)

        def tree(asked: Question) -> Any:
            match asked.kind:
                case "and":
                    return Query.boolean_query([(Occur.Must, term(word)) for word in asked.words])
                case "or":
                    return Query.boolean_query([(Occur.Should, term(word)) for word in asked.words])
                case "phrase":
                    return Query.phrase_query(schema, "text", asked.words)
                case "near":
                    return Query.phrase_query(schema, "text", asked.words, slop=5)
                case "prefix":
                    return Query.regex_query(schema, "text", f"{asked.words[0]}.*")
                case "filter":
                    dates = Query.range_query(schema, "filed", FieldType.Integer, asked.low, asked.high)
                    parts = [term(asked.words[0]), term(asked.form, "form"), dates]
                    return Query.boolean_query([(Occur.Must, part) for part in parts])
                case _:
                    return term(asked.words[0])

        def ask(asked: Question) -> int:
            if asked.kind == "facet":
                counted = searcher.aggregate(tree(asked), {"form": {"terms": {"field": "form", "size": 100}}})
                return len(counted["form"]["buckets"])
            by = {"order_by_field": "filed"} if asked.kind == "sort" else {}
            found = searcher.search(tree(asked), limit=10, count=True, **by)
            return found.count + 0 * len([searcher.doc(address)["id"] for _, address in found.hits])

        return ask


class Fts5:
    """SQLite's full-text search, without a copy of the texts."""

    name = "SQLite FTS5"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        folder.mkdir()
        database = sqlite3.connect(folder / "fts.sqlite")
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='unicode61')")
        database.execute("CREATE TABLE documents(rowid INTEGER PRIMARY KEY, id, form, filed)")
        for row, entry in enumerate(read(texts), 1):
            database.execute("INSERT INTO texts(rowid, text) VALUES (?, ?)", (row, entry.words))
            database.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", (row, entry.id, entry.form, entry.filed))
        database.execute("CREATE INDEX by_form ON documents(form)")
        database.execute("CREATE INDEX by_date ON documents(filed)")
        database.commit()
        database.close()

    def opened(self, folder: Path) -> Ask:
        database = sqlite3.connect(folder / "fts.sqlite")
        matching = "FROM texts JOIN documents ON documents.rowid = texts.rowid WHERE texts MATCH ?"

        def tree(asked: Question) -> str:
            quoted = [f'"{word}"' for word in asked.words]
            match asked.kind:
                case "and":
                    return " AND ".join(quoted)
                case "or":
                    return " OR ".join(quoted)
                case "phrase":
                    return f'"{" ".join(asked.words)}"'
                case "near":
                    return f"NEAR({' '.join(quoted)}, 5)"
                case "prefix":
                    return f'"{asked.words[0]}"*'
                case _:
                    return quoted[0]

        def ask(asked: Question) -> int:
            values: tuple[Any, ...] = (tree(asked),)
            if asked.kind == "facet":
                return len(database.execute(f"SELECT form, count(*) {matching} GROUP BY form", values).fetchall())
            where, order = "", "texts.rank"
            if asked.kind == "filter":
                where, values = " AND form = ? AND filed BETWEEN ? AND ?", (*values, asked.form, asked.low, asked.high)
            elif asked.kind == "sort":
                order = "filed DESC"
            source = matching if where or asked.kind == "sort" else "FROM texts WHERE texts MATCH ?"
            [count] = database.execute(f"SELECT count(*) {source}{where}", values).fetchone()
            database.execute(f"SELECT id {matching}{where} ORDER BY {order} LIMIT 10", values).fetchall()
            return int(count)

        return ask


class Xapian:
    """Xapian, where Debian's python3-xapian is installed; it has no facets that count every document exactly."""

    name = "xapian"

    def build(self, texts: Path, folder: Path, processes: int) -> None:
        import xapian

        database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for entry in read(texts):
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(entry.words)
            document.add_boolean_term(f"F{entry.form}")
            document.add_value(0, xapian.sortable_serialise(entry.filed))
            document.set_data(entry.id)
            database.add_document(document)
        database.commit()

    def opened(self, folder: Path) -> Ask:
        import xapian

        database = xapian.Database(str(folder))
        operators = {"or": xapian.Query.OP_OR, "phrase": xapian.Query.OP_PHRASE, "near": xapian.Query.OP_NEAR}

        def tree(asked: Question) -> Any:
            if asked.kind == "prefix":
                return xapian.Query(xapian.Query.OP_WILDCARD, asked.words[0])
            window = {"near": 7, "phrase": len(asked.words)}.get(asked.kind, 0)
            operator = operators.get(asked.kind, xapian.Query.OP_AND)
            words = xapian.Query(operator, [xapian.Query(word) for word in asked.words], window)
            if asked.kind != "filter":
                return words
            ends = [xapian.sortable_serialise(day) for day in (asked.low, asked.high)]
            dates = xapian.Query(xapian.Query.OP_VALUE_RANGE, 0, *ends)
            filters = xapian.Query(xapian.Query.OP_AND, xapian.Query(f"F{asked.form}"), dates)
            return xapian.Query(xapian.Query.OP_FILTER, words, filters)

        def ask(asked: Question) -> int:
            enquire = xapian.Enquire(database)
            enquire.set_query(tree(asked))
            if asked.kind == "sort":
                enquire.set_sort_by_value(0, True)
            found = enquire.get_mset(0, 10, database.get_doccount())
            return found.get_matches_estimated() + 0 * len([match.document.get_data() for match in found])

        return ask
