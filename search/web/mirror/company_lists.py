"""A company's own list of filings, as data.sec.gov has it: `/submissions/CIK##########.json` and its older pages."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer.edgar.roles import Role
from indexer.edgar.states import STATES
from indexer.filings import Address, Header, Party
from search.ask import Index
from search.lookups.paging import every
from search.output.json import dumped
from search.query import nodes as q
from search.results import Hit, Question, Sort
from search.web.efts.entities import entities_of
from search.web.mirror.file_reply import file_reply
from search.web.routing import page
from search.web.site import WebSite

RECENT = 1_000
"""Filings that stand in the list itself; the others in pages, as many in each."""
_EVERY_DOCUMENT = 1_000_000
_NAME = re.compile(r"CIK(\d{10})(?:-submissions-(\d{3,6}))?\.json", re.ASCII)
_EASTERN = ZoneInfo("America/New_York")


def company_list(site: WebSite, request: Request) -> Response:
    """Serve a company's list, or a page of it."""
    name = request.path_params["name"]
    found = _NAME.fullmatch(name)
    if not found:
        raise HTTPException(404, f"{name[:60]}: CIK##########.json is needed, with ten digits")
    cik, number = found[1], int(found[2] or 0)
    body = site.ask(lambda index: _page(index, cik, number) if found[2] else _list(index, cik))
    return file_reply(request, dumped(body).encode(), "application/json")


def _list(index: Index, cik: str) -> Mapping[str, Any]:
    filings = _filings(index, cik)
    header = index.header(filings[0].accession)
    party = next(party for party in header.parties if party.cik == cik)
    pages = [filings[at : at + RECENT] for at in range(RECENT, len(filings), RECENT)]
    return {
        **_company(party, entities_of(index).tickers(cik)),
        "insiderTransactionForOwnerExists": int(_is_party(filings, cik, Role.REPORTING_OWNER)),
        "insiderTransactionForIssuerExists": int(_is_party(filings, cik, Role.ISSUER)),
        "filings": {
            "recent": _columns(filings[:RECENT], cik, index),
            "files": [_described(cik, number, page) for number, page in enumerate(pages, 1)],
        },
    }


def _is_party(filings: Iterable[Hit], cik: str, role: Role) -> bool:
    """Tell whether a company stands in a role in any filing; issuers and owners do in Forms 3, 4 and 5 only."""
    return any(party.cik == cik and party.role == role for filing in filings for party in filing.parties)


def _page(index: Index, cik: str, number: int) -> Mapping[str, Any]:
    filings = _filings(index, cik)[number * RECENT : (number + 1) * RECENT] if number else []
    if not filings:
        raise HTTPException(404, f"the list of CIK {cik} has no page {number}")
    return _columns(filings, cik, index)


def _filings(index: Index, cik: str) -> list[Hit]:
    """Find the filings of a company, the newest first; HTTPException 404 where there is none."""
    asked = q.Field("cik", q.Term(cik, exact=True))
    found = list(every(index.engine, Question(asked, None, sort=Sort("filed"), documents=_EVERY_DOCUMENT)))
    if not found:
        raise HTTPException(404, f"the index has no filing of CIK {cik}")
    return found


def _described(cik: str, number: int, filings: Sequence[Hit]) -> Mapping[str, Any]:
    days = sorted(str(filing.filed) for filing in filings if filing.filed)
    return {
        "name": f"CIK{cik}-submissions-{number:03}.json",
        "filingCount": len(filings),
        "filingFrom": days[0] if days else "",
        "filingTo": days[-1] if days else "",
    }


def _company(party: Party, tickers: Sequence[str]) -> Mapping[str, Any]:
    """Say what the newest filing says of the company; what no filing says is empty."""
    state = party.state_of_incorporation
    return {
        "cik": party.cik,
        "entityType": "operating" if party.sic else "other",
        "sic": party.sic,
        "sicDescription": party.sic_title,
        "ownerOrg": party.organization_name,
        "insiderTransactionForOwnerExists": 0,
        "insiderTransactionForIssuerExists": 0,
        "name": party.name,
        "tickers": list(tickers),
        "exchanges": ["" for _ in tickers],
        "ein": party.irs_number,
        "description": "",
        "website": "",
        "investorWebsite": "",
        "category": "",
        "fiscalYearEnd": party.fiscal_year_end,
        "stateOfIncorporation": state,
        "stateOfIncorporationDescription": STATES.get(state.lower(), ""),
        "addresses": {"mailing": _address(party.mail_address), "business": _address(party.business_address)},
        "phone": party.business_address.phone if party.business_address else "",
        "flags": "",
        "formerNames": [
            {"name": each.name, "from": "", "to": f"{each.changed}T00:00:00.000Z" if each.changed else ""}
            for each in party.former_names
        ],
    }


def _address(address: Address | None) -> Mapping[str, Any]:
    found = address or Address()
    return {
        "street1": found.street1,
        "street2": found.street2 or None,
        "city": found.city,
        "stateOrCountry": found.state,
        "zipCode": found.zip,
        "stateOrCountryDescription": STATES.get(found.state.lower(), found.state),
    }


class _Row(NamedTuple):
    """A filing in a company's list."""

    hit: Hit
    header: Header
    cik: str
    size: int
    """Of the submission, in bytes."""


_COLUMNS: Mapping[str, Callable[[_Row], Any]] = {
    "accessionNumber": lambda row: row.hit.accession,
    "filingDate": lambda row: str(row.hit.filed or ""),
    "reportDate": lambda row: str(row.hit.period or ""),
    "acceptanceDateTime": lambda row: _accepted(row.header),
    "act": lambda row: _value(row, "act"),
    "form": lambda row: row.hit.form,
    "fileNumber": lambda row: _value(row, "file_number"),
    "filmNumber": lambda row: _value(row, "film_number"),
    "items": lambda row: ",".join(row.hit.items),
    "core_type": lambda row: row.hit.form,
    "size": lambda row: row.size,
    "isXBRL": lambda row: int(_has_type(row.hit, "EX-101")),
    "isInlineXBRL": lambda row: int(_has_type(row.hit, "EX-101.SCH") and not _has_type(row.hit, "EX-101.INS")),
    "primaryDocument": lambda row: _main(row.hit).filename,
    "primaryDocDescription": lambda row: _main(row.hit).description,
}
"""A list of EDGAR's, column by column."""


def _columns(filings: Iterable[Hit], cik: str, index: Index) -> Mapping[str, list[Any]]:
    rows = [_Row(hit, index.header(hit.accession), cik, _size(hit, index)) for hit in filings]
    return {name: [value(row) for row in rows] for name, value in _COLUMNS.items()}


def _size(filing: Hit, index: Index) -> int:
    """Return how many bytes the submission has, decompressed."""
    return next((copy.bytes for copy in index.manifest.copies(filing.accession) if copy.kept), 0)


def _accepted(header: Header) -> str:
    """Write when the submission was accepted, in UTC; the start of the day filed where the header does not say."""
    if header.accepted:
        return f"{header.accepted.replace(tzinfo=_EASTERN).astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
    return f"{datetime.combine(header.filed, datetime.min.time()):%Y-%m-%dT%H:%M:%S}.000Z" if header.filed else ""


def _value(row: _Row, name: str) -> str:
    parties = (party for party in row.header.parties if party.cik == row.cik)
    values = (getattr(each, name) for party in parties for each in party.filing_values)
    return next(filter(None, values), "")


def _has_type(hit: Hit, kind: str) -> bool:
    return any(document.type.upper().startswith(kind) for document in hit.documents)


def _main(hit: Hit) -> Any:
    return min(hit.documents, key=lambda document: (document.sequence or _EVERY_DOCUMENT, document.id))


ROUTES = [page("/submissions/{name}", company_list)]
