"""The route of EDGAR full-text search: `GET /LATEST/search-index`."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from search.deadline import fail_after
from search.errors import SearchError, SearchTimeoutError
from search.web import replies
from search.web.efts.answered import answer_body, entity_body, error_body
from search.web.efts.asked import BLANK, full_text_request
from search.web.routing import page
from search.web.site import WebSite

_SECONDS = 10.0
"""That finding an answer may take."""


def search_index(site: WebSite, request: Request) -> Response:
    """Answer a search, or list the entities that begin as typed; errors have a body that clients know."""
    given = request.query_params
    try:
        with fail_after(_SECONDS):
            if "keysTyped" in given:
                return replies.json(site.ask(lambda index: entity_body(given["keysTyped"], index)))
            asked = full_text_request(given, date.today())
            return replies.json(site.ask(lambda index: answer_body(asked, index)))
    except SearchError as error:
        said = str(error).partition("\n")[0]
        status = 200 if said == BLANK else 503 if isinstance(error, SearchTimeoutError) else 400
        return replies.json(error_body(said), status=status)


ROUTES = [page("/LATEST/search-index", search_index)]
