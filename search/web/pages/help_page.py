"""The query language on a page: what can be typed, each example a link."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from indexer.fields.schema import ASKED
from search.output.csv import as_csv
from search.output.table import Table
from search.web import replies
from search.web.routing import page
from search.web.site import WebSite


class Example(NamedTuple):
    """Something to type."""

    typed: str
    meaning: str


SYNTAX: tuple[tuple[str, tuple[Example, ...]], ...] = (
    (
        "Words",
        (
            Example("orphan drug license", "all words, each in any inflection: licenses, licensing"),
            Example("=license", "this word alone, as typed"),
            Example('"orphan drug"', "a phrase: these words in a row"),
            Example("licens*", "words that begin so; ? is one character"),
            Example("calvenostat~", "words that are spelled nearly so"),
            Example("licence OR license", "either; brackets group: (a OR b) c"),
            Example("license -patent", "the first without the second; NOT patent is the same"),
        ),
    ),
    (
        "Where words stand",
        (
            Example("orphan NEAR(5) license", "at most five words apart, in any order"),
            Example("orphan /s license", "in one sentence; /p in one paragraph"),
            Example("section:risk-factors litigation", "within a section, by its item or what it is about"),
        ),
    ),
    (
        "Filings",
        (
            Example("form:8-K", "a form with its amendments; form:=8-K that alone"),
            Example("company:Tessalune", "a party's name, present or former; owner:, subject:, filer: by its role"),
            Example("cik:9012704", "a CIK; ticker:TSLN a ticker"),
            Example("filed:2017..2018", "a stretch of days; filed:2017Q1, filed:>=2020"),
            Example("item:7.01", "an item of the filing; exhibit:EX-10 a kind of document"),
            Example("state:MN sic:2834", "where a party is, and its industry"),
            Example("transaction:P price:>10", "values of one row of a form: Forms 3, 4, 5, 13F, Schedules 13D"),
            Example("amount:>1m", "a dollar amount in the text"),
        ),
    ),
)  # fmt: skip


def help_page(site: WebSite, request: Request) -> Response:
    """Show the syntax, and every field."""
    fields = [(", ".join(dict.fromkeys((each.name, *each.aliases))), each.about) for each in ASKED]
    return replies.html("help.html", syntax=SYNTAX, fields=fields)


def help_json(site: WebSite, request: Request) -> Response:
    """Give the same for programs."""
    syntax = [{"typed": each.typed, "meaning": each.meaning} for _, examples in SYNTAX for each in examples]
    fields = [{"name": each.name, "aliases": list(each.aliases), "about": each.about} for each in ASKED]
    return replies.json({"syntax": syntax, "fields": fields})


def help_csv(site: WebSite, request: Request) -> Response:
    """Give every field as a table."""
    rows = ((each.name, " ".join(each.aliases), each.about) for each in ASKED)
    table = Table(("name", "aliases", "about"), rows)
    return replies.lines(as_csv(table), media="text/csv", filename="fields.csv")


ROUTES = [page("/help", help_page, name="help"), page("/help.json", help_json), page("/help.csv", help_csv)]
