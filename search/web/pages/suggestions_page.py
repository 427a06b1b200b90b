"""What is suggested while a company is typed."""

from starlette.requests import Request
from starlette.responses import Response

from search.ask import Index
from search.deadline import fail_after
from search.lookups.completions import Completion, names_beginning
from search.web import replies
from search.web.routing import page
from search.web.site import WebSite

_LONGEST = 100
_SECONDS = 1.0


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


ROUTES = [page("/suggest", suggest)]
