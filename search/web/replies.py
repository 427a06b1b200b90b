"""How answers look: HTML of a template, JSON, CSV, and errors as any of them. No question is asked here."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from indexer.edgar.states import STATES
from indexer.errors import IndexerError, NoIndexError
from search.errors import FilterError, SearchError, SearchTimeoutError
from search.output.json import dumped
from search.output.summary import label
from search.web.gate import add_security
from search.web.views.marks import runs

FIRST_CHUNK, CHUNK = 24_000, 128_000
"""Characters of a long page that are sent at once: at first what fills a screen, then what costs little to send."""
_CALLED = {
    "cik": "CIK",
    "company": "Company",
    "filed": "Date filed",
    "form": "Form type",
    "state": "Located in",
    "incorporated": "Incorporated in",
    "item": "Item",
    "exhibit": "Exhibit",
    "sic": "Industry",
    "section": "Section",
    "accession": "Accession number",
}
"""What the form calls the filters; others go by the names that the query language has."""
STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("search.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals["static"] = _static
    made.globals["places"] = places
    made.globals["options"] = options
    made.globals["label"] = label
    made.filters["number"] = "{:,}".format
    made.filters["runs"] = runs
    return made


@lru_cache
def _static(name: str) -> str:
    """Return the address of a file that goes with the pages; another one when the file is another."""
    return f"/static/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=64)
def places(chosen: str) -> Markup:
    """Write the options for states and countries, one of them chosen; there are 309, on every page."""
    named = {"": "Anywhere", **{code.upper(): name for code, name in STATES.items()}}
    more = {} if chosen in named else {chosen: chosen}
    options = (
        Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected" * (value == chosen)), name)
        for value, name in {**named, **more}.items()
    )
    return Markup("").join(options)


@lru_cache(maxsize=64)
def options(values: tuple[str, ...]) -> Markup:
    """Write what a field suggests; every page of results has the same."""
    return Markup("").join(Markup('<option value="{}">').format(value) for value in values)


def html(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a template."""
    return html_of(rendered(template, **values), status=status)


def html_of(page: bytes, *, status: int = 200) -> HTMLResponse:
    """Answer with a page that was rendered before."""
    return HTMLResponse(page, status)


def rendered(template: str, **values: Any) -> bytes:
    """Render a template; every value is escaped."""
    return _templates().get_template(template).render(values).encode("utf-8", "replace")


def streamed(template: str, **values: Any) -> StreamingResponse:
    """Render a template while it is sent, so that the beginning of a long page is there at once."""
    pieces = _templates().get_template(template).generate(values)
    written = (chunk.encode("utf-8", "replace") for chunk in chunks(pieces))
    return StreamingResponse(written, media_type="text/html")


def chunks(pieces: Iterable[str]) -> Iterator[str]:
    """Join the pieces of a page to chunks, a small one first.

    >>> [len(chunk) for chunk in chunks(["x" * 1_000] * 200)]
    [24000, 128000, 48000]
    """
    gathered, size, wanted = list[str](), 0, FIRST_CHUNK
    for piece in pieces:
        gathered.append(piece)
        size += len(piece)
        if size >= wanted:
            yield "".join(gathered)
            gathered, size, wanted = [], 0, CHUNK
    yield "".join(gathered)


def json(value: object, *, status: int = 200) -> Response:
    """Write plain values as JSON, escaped as on a terminal."""
    return Response(f"{dumped(value, indent=2)}\n".encode("utf-8", "replace"), status, media_type="application/json")


def lines(lines: Iterable[str], *, media: str, filename: str = "") -> Response:
    """Write lines of text; with a file name, to be kept under it."""
    written = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    headers = {"content-disposition": f'attachment; filename="{filename}"'} if filename else {}
    return Response(written, media_type=media, headers=headers)


# Errors


def wants_json(request: Request) -> bool:
    """Tell whether a program asks."""
    path, accepted = request.url.path, request.headers.get("accept", "")
    return path.startswith("/api/") or path.endswith(".json") or accepted.startswith("application/json")


async def failed(request: Request, error: Exception) -> Response:
    """Say what went wrong: one line, and nothing of the program's insides."""
    status, said = status_and_message(error)
    if wants_json(request):
        response: Response = json({"error": said}, status=status)
    elif isinstance(error, NoIndexError):
        response = html("first_visit.html", status=status, said=said)
    else:
        response = html("error.html", status=status, said=said, code=status)
    add_security(response.headers)  # what a fault ends goes round the middleware
    return response


def status_and_message(error: Exception) -> tuple[int, str]:
    """Say with which status an error is answered, and in which words: filters are called as the form calls them."""
    match error:
        case FilterError(field=field, value=value, reason=reason):
            return 400, f"{_CALLED.get(field, field)}{value and f' “{value}”'}: {reason}"
        case HTTPException():
            return error.status_code, error.detail
        case SearchTimeoutError() | NoIndexError():
            return 503, str(error)
        case SearchError():
            return 400, str(error)
        case IndexerError():
            return 503, str(error)
        case _:
            return 500, "this went wrong here and was noted where the server runs; the index is as it was"
