"""The report of a search as one HTML page, with the evidence in it, as `search --report` writes it."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from indexer.literals.dates import now
from search.ask import Index
from search.deadline import fail_after
from search.errors import SearchError, SearchTimeoutError
from search.evidence.basis import basis_of, state_of
from search.evidence.evidence_file import evidence_of
from search.evidence.evidence_values import Terms
from search.evidence.evidence_writing import Inquiry, evidence_lines
from search.passages.cutting import Cut
from search.report.html_report import report_lines
from search.web import replies
from search.web.answers.answering import asked
from search.web.routing import page
from search.web.search_state import SearchState
from search.web.site import WebSite

MOST = 500
"""Filings of a report made here; `search --report` has no bound."""
_BY = "the page (search --serve)"


def report(site: WebSite, request: Request) -> Response:
    """Give the report of a search; SearchError when it finds more than a report is made of here."""
    state = SearchState.of(request.query_params.multi_items())
    made = site.ask(lambda index: _made(index, state, site))
    return replies.lines(made, media="text/html", filename="report.html")


def _made(index: Index, state: SearchState, site: WebSite) -> list[str]:
    """Write the report within the time that every answer has; SearchTimeoutError when that does not do."""
    try:
        with fail_after(index.timeout):
            return list(_lines(index, state, site))
    except SearchTimeoutError as error:
        what = "the report, for which the whole index is compared with its checksums,"
        advice = "`search --report FILE` makes it on the command line, in any time"
        raise SearchTimeoutError(error.seconds, what, advice) from error


def _lines(index: Index, state: SearchState, site: WebSite) -> Iterable[str]:
    lookup, wanted = asked(state, index, site.saved)
    results = index.totals(lookup)
    if results.filings > MOST:
        raise SearchError(
            f"a report of {results.filings:,} filings is made by `search --report`; here, of up to {MOST}"
        )
    terms = Terms(lookup, wanted.sort, Cut())
    hits = tuple(index.hits(lookup, terms.wanted()))
    inquiry = Inquiry(terms, _BY, now(), state_of(index, index.verify(hits)))
    content = "".join(f"{line}\n" for line in evidence_lines(results, hits, inquiry, basis_of(lookup, index)))
    return report_lines(evidence_of(content), content)


ROUTES = [page("/report.html", report)]
