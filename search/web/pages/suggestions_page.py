"""What is suggested while a company or an industry is typed."""

from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from indexer.edgar.industries import INDUSTRIES
from search.ask import Index
from search.deadline import fail_after
from search.lookups.completions import Completion, names_beginning
from search.output.summary import label
from search.web import replies
from search.web.routing import page
from search.web.site import WebSite

_LONGEST = 100
_SECONDS = 1.0
_MOST = 20


def suggest(site: WebSite, request: Request) -> Response:
    """Give the parties whose name, CIK or ticker begins as it was typed."""
    typed = request.query_params.get("text", "")[:_LONGEST]

    def asking(index: Index) -> tuple[Completion, ...]:
        with fail_after(_SECONDS):
            return names_beginning(typed, index.engine)

    return replies.json([{"value": each.cik or each.name, "label": _label(each)} for each in site.ask(asking)])


def _label(each: Completion) -> str:
    known = [*each.tickers, f"CIK {int(each.cik)}"] if each.cik.isdecimal() else []
    return f"{each.name} ({', '.join(known)})" if known else each.name


def suggest_industries(site: WebSite, request: Request) -> Response:
    """Give the industries whose SIC code begins as it was typed, or in whose name a word does."""
    typed = " ".join(request.query_params.get("text", "")[:_LONGEST].lower().split())
    found = (code for code, name in INDUSTRIES.items() if typed and _fits(f"{code} {name}".lower(), typed))
    return replies.json([{"value": code, "label": label("sic", code)} for code in islice(found, _MOST)])


def _fits(written: str, typed: str) -> bool:
    return any(f" {typed}" in f" {each}" for each in (written, written.replace("-", " ")))


ROUTES = [page("/suggest", suggest), page("/suggest/industries", suggest_industries)]
