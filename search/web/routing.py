"""From an address to a function: pages that are read and forms that are sent, each answered in a thread.

A handler takes the site and the request and returns a response; what it raises becomes an error page (`replies`).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias
from urllib.parse import parse_qs

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from search.web.site import WebSite

Page: TypeAlias = Callable[[WebSite, Request], Response]
Form: TypeAlias = Mapping[str, str]
Asked: TypeAlias = Callable[[WebSite, Request, bytes], Response]
Action: TypeAlias = Callable[[WebSite, Request, Form], Response]


def page(path: str, handler: Page, *, name: str | None = None) -> Route:
    """Have a function answer GET and HEAD at a path; `name` is what templates call the address by."""

    async def endpoint(request: Request) -> Response:
        return await _in_thread(request, partial(handler, site_of(request), request))

    return Route(path, endpoint, methods=["GET"], name=name or handler.__name__)


def question(path: str, handler: Asked, *, name: str | None = None) -> Route:
    """Have a function answer GET, HEAD and POST at a path, with the body that was sent; it changes nothing.

    The gate lets a POST from elsewhere through only at the paths that it is told.
    """

    async def endpoint(request: Request) -> Response:
        return await _in_thread(request, partial(handler, site_of(request), request, await request.body()))

    return Route(path, endpoint, methods=["GET", "POST"], name=name or handler.__name__)


def action(path: str, handler: Action) -> Route:
    """Have a function answer POST at a path, with the last value of each field of the form that was sent."""

    async def endpoint(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", "replace")
        form = {field: values[-1] for field, values in parse_qs(body, max_num_fields=200).items()}
        return await _in_thread(request, partial(handler, site_of(request), request, form))

    return Route(path, endpoint, methods=["POST"], name=handler.__name__)


def site_of(request: Request) -> WebSite:
    """Return the site of the application that a request came to."""
    site: WebSite = request.app.state.site
    return site


async def _in_thread(request: Request, answer: Callable[[], Response]) -> Response:
    """Answer in a thread; a server that stops does not wait for it."""
    return await run_sync(answer, abandon_on_cancel=True, limiter=site_of(request).limiter)
