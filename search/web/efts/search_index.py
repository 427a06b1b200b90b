"""The route of EDGAR full-text search: `GET /LATEST/search-index`, and POST with the same parameters as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from indexer.errors import IndexerError
from search.ask import Index
from search.deadline import fail_after
from search.errors import SearchError, SearchTimeoutError
from search.output.json import dumped
from search.web.answers.remembered import remembered
from search.web.efts.answered import answer_body, entity_body, error_body
from search.web.efts.asked import BLANK, Parameters, full_text_request
from search.web.routing import question
from search.web.site import WebSite

PATH = "/LATEST/search-index"
_JSON = "application/json"
_SECONDS = 10.0
"""That finding an answer may take."""


def search_index(site: WebSite, request: Request, sent: bytes) -> Response:
    """Answer a search, or list the entities that begin as typed; errors have a body that clients know."""
    try:
        given = {**request.query_params, **_fields(sent)}
        with fail_after(_SECONDS):
            written = site.ask(lambda index: _remembered(given, index))
        return Response(written, media_type=_JSON)
    except SearchTimeoutError as error:
        return _refusal(error, 503)
    except SearchError as error:
        return _refusal(error, 200 if str(error) == BLANK else 400)
    except IndexerError as error:
        return _refusal(error, 503)


def _remembered(given: Parameters, index: Index) -> bytes:
    """Write the answer, or take it as it was written before, with the time that it took then."""
    key = (PATH, date.today(), *sorted(given.items()))
    return remembered(index, key, lambda: _written(_answer(given, index)))


def _answer(given: Parameters, index: Index) -> Mapping[str, Any]:
    if "keysTyped" in given:
        return entity_body(given["keysTyped"], index)
    return answer_body(full_text_request(given, date.today()), index)


def _fields(sent: bytes) -> Parameters:
    """Read the parameters that are sent as JSON; a list is what commas separate in an address."""
    try:
        found = json.loads(sent or b"{}")
    except (ValueError, RecursionError) as error:
        raise SearchError("what was sent is no JSON") from error
    if not isinstance(found, dict):
        raise SearchError("what was sent is no JSON object of parameters")
    return {name: _text(name, value) for name, value in found.items() if value is not None}


def _text(name: str, value: object) -> str:
    match value:
        case str() | int() | float():
            return str(value)
        case list():
            return ",".join(_text(name, each) for each in value)
        case _:
            raise SearchError(f"{name[:20]}: a text, a number or a list of them is needed")


def _refusal(error: Exception, status: int) -> Response:
    return Response(_written(error_body(str(error).partition("\n")[0])), status, media_type=_JSON)


def _written(body: Mapping[str, Any]) -> bytes:
    return dumped(body).encode("utf-8", "replace")


ROUTES = [question(PATH, search_index)]
