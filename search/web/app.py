"""The application: what is let in, and the routes of all modules that have some. Servers run it, tests ask it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike, stat_result

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from indexer.errors import IndexerError
from search.errors import SearchError
from search.web.efts import search_index
from search.web.gate import Gate, SecurityHeaders
from search.web.mirror import archives, company_lists, index_files, ticker_tables
from search.web.pages import (
    api_page,
    document_page,
    downloads,
    help_page,
    original_page,
    report_page,
    saved_page,
    search_page,
    suggestions_page,
)
from search.web.replies import STATIC, failed
from search.web.site import WebSite
from search.web.web_settings import LARGEST_BODY, WebSettings


class KeptFiles(StaticFiles):
    """Files that browsers keep without asking again: the address says which version is meant (`replies`)."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, or that it is the one the browser has."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        if scope["query_string"]:
            response.headers["cache-control"] = "private, max-age=31536000, immutable"
        return response


ROUTES: tuple[BaseRoute, ...] = (
    *search_page.ROUTES,
    *search_index.ROUTES,
    *archives.ROUTES,
    *company_lists.ROUTES,
    *ticker_tables.ROUTES,
    *index_files.ROUTES,
    *document_page.ROUTES,
    *original_page.ROUTES,
    *saved_page.ROUTES,
    *downloads.ROUTES,
    *report_page.ROUTES,
    *suggestions_page.ROUTES,
    *help_page.ROUTES,
    *api_page.ROUTES,
    Mount("/static", KeptFiles(directory=STATIC)),
)
"""Every address; the first that fits answers. A module gives its own as a list `ROUTES`, and has a line here."""


def create_app(settings: WebSettings) -> Starlette:
    """Make the application for an index, which need not be there yet."""
    site = WebSite(settings)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        site.close()

    app = Starlette(
        routes=list(ROUTES),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Gate, settings=settings, questions=(search_index.PATH,)),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY),
        ],
        exception_handlers=dict.fromkeys((HTTPException, SearchError, IndexerError, Exception), failed),
        lifespan=lifespan,
    )
    app.state.site = site
    return app
