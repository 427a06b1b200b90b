"""The folder of a filing: `/Archives/edgar/data/CIK/ACCESSION/`, its submission, its documents, and lists of them."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer.edgar.accession import accession_number, accession_number_in
from indexer.envelope.uuencode import decode, is_uuencoded
from indexer.filings import Document
from search.output.json import dumped
from search.results import Hit
from search.web import replies
from search.web.answers.filing import filing_of
from search.web.answers.submissions import documents_of, submission_of
from search.web.mirror.file_reply import file_reply
from search.web.routing import page
from search.web.site import WebSite

_MEDIA: Mapping[str, str] = {
    ".htm": "text/html", ".html": "text/html", ".txt": "text/plain", ".xml": "text/xml", ".xsd": "text/xml",
    ".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".pdf": "application/pdf",
    ".json": "application/json", ".css": "text/css", ".zip": "application/zip",
}  # fmt: skip
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'"
"""A document is shown as it was filed, and does nothing."""


class _File(NamedTuple):
    """A file of a filing's folder."""

    name: str
    sequence: int | None
    type: str
    description: str
    size: int


def submission(site: WebSite, request: Request) -> Response:
    """Serve a submission, byte for byte, at the path that EDGAR's indexes name: `.../data/CIK/ACCESSION.txt`."""
    return _submission(request, _filing(site, request, request.path_params["accession"]), site)


def in_folder(site: WebSite, request: Request) -> Response:
    """Serve a file of a filing's folder, or a list of them."""
    digits, name = request.path_params["folder"], request.path_params["name"]
    number = accession_number_in(digits) if digits.isdecimal() else None
    if number is None:
        raise HTTPException(404, f"{digits[:40]}: an accession number of 18 digits is needed")
    filing = _filing(site, request, number)
    if name == f"{number}.txt":
        return _submission(request, filing, site)
    if name in {"", "index.json"}:
        listed = _listing(filing, list(_files(filing, site)))
        return file_reply(request, dumped(listed, indent=1).encode(), "application/json")
    if name in {f"{number}-index.html", f"{number}-index.htm"}:
        return _index_page(filing, site, request.url.path.rpartition("/")[0])
    return _document(request, filing, site, name)


def _index_page(filing: Hit, site: WebSite, folder: str) -> Response:
    """List the files as EDGAR's own page does, from which programs take apart dates, files and parties."""
    header = site.ask(lambda index: index.header(filing.accession))
    files = list(_files(filing, site))
    return replies.html("mirror_index.html", filing=filing, header=header, files=files, folder=folder)


def _submission(request: Request, filing: Hit, site: WebSite) -> Response:
    content = submission_of(filing, site.settings.corpus)
    return file_reply(request, content, "text/plain", digest=filing.sha256)


def _document(request: Request, filing: Hit, site: WebSite, name: str) -> Response:
    found = _named(documents_of(filing, site.settings.corpus), name)
    if found is None:
        raise HTTPException(404, f"{filing.accession} has no file {name[:80]}")
    media = _MEDIA.get(PurePosixPath(found.filename).suffix.lower(), "application/octet-stream")
    reply = file_reply(request, _content(found), media if found.filename else "text/plain")
    reply.headers.update({"content-security-policy": _SANDBOX, "cross-origin-resource-policy": ""})
    return reply


def _named(documents: Mapping[str, Document], name: str) -> Document | None:
    return documents.get(name) or next((each for each in documents.values() if each.filename == name), None)


def _content(document: Document) -> bytes:
    """Return a document as EDGAR serves it: what was uuencoded is not any more."""
    return decode(document.content).data if is_uuencoded(document.content) else document.content


def _filing(site: WebSite, request: Request, number: str) -> Hit:
    """Find the filing, under the CIK of one of its parties; HTTPException 404."""
    cik = request.path_params["cik"]
    if not cik.isdecimal() or accession_number(number) != number:
        raise HTTPException(404, f"{cik[:20]}/{number[:40]}: a CIK and an accession number are needed")
    filing = site.ask(lambda index: filing_of(index, number))
    ciks = {int(party.cik) for party in filing.parties if party.cik}
    if ciks and int(cik) not in ciks:
        raise HTTPException(404, f"{number} is no filing of CIK {cik}")
    return filing


def _files(filing: Hit, site: WebSite) -> Iterator[_File]:
    content = submission_of(filing, site.settings.corpus)
    for name, each in documents_of(filing, site.settings.corpus).items():
        yield _File(each.filename or name, each.sequence, each.type, each.description, len(_content(each)))
    yield _File(f"{filing.accession}.txt", None, "", "Complete submission text file", len(content))


def _listing(filing: Hit, files: list[_File]) -> Mapping[str, Any]:
    cik = next((int(party.cik) for party in filing.parties if party.cik), 0)
    filed = f"{filing.filed} 00:00:00" if filing.filed else ""
    folder = f"/Archives/edgar/data/{cik}"
    items = [
        {"last-modified": filed, "name": quote(file.name), "type": "text.gif", "size": str(file.size)} for file in files
    ]
    name = f"{folder}/{filing.accession.replace('-', '')}"
    return {"directory": {"item": items, "name": name, "parent-dir": folder}}


ROUTES = [
    page("/Archives/edgar/data/{cik}/{accession}.txt", submission, name="mirror_submission"),
    page("/Archives/edgar/data/{cik}/{folder}/{name:path}", in_folder, name="mirror_folder"),
]
