"""The original of a document, as it was filed: in a sandbox, without scripts, and without anything from elsewhere."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer.envelope.uuencode import decode, is_uuencoded
from indexer.filings import Document
from search.web.answers.filing import filing_of
from search.web.answers.submissions import documents_of
from search.web.gate import FRAMED
from search.web.routing import page
from search.web.site import WebSite

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": SANDBOX,
    "referrer-policy": "no-referrer",
    "x-frame-options": "",  # frame-ancestors says it, and this would forbid our own page
    "cross-origin-resource-policy": "",  # the frame has no origin, and its pictures would be another's
}
_PICTURES = {b"GIF8": "image/gif", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
"""By how they begin."""
_MARKUP = (b"<html", b"<!doctype html", b"<body", b"<p", b"<table", b"<div", b"<font", b"<center")
_LOOKED_AT = 4096


def original(site: WebSite, request: Request) -> Response:
    """Serve a document's bytes as they were filed, or what was uuencoded in them."""
    accession, name = request.path_params["accession"], request.path_params["name"]
    filing = site.ask(lambda index: filing_of(index, accession))
    documents = documents_of(filing, site.settings.corpus)
    found = documents.get(name) or next((each for each in documents.values() if each.filename == name), None)
    if found is None:
        raise HTTPException(404, f"the filing {accession} has no document {name}")
    content = decode(found.content).data if is_uuencoded(found.content) else found.content
    return Response(content, headers={**_HEADERS, **_kind(found, content)})


def _kind(document: Document, content: bytes) -> dict[str, str]:
    """Say what a browser is to take it for: HTML, a picture, plain text; anything else is kept as a file."""
    for beginning, kind in _PICTURES.items():
        if content.startswith(beginning):
            return {"content-type": kind}
    if content.startswith(b"%PDF"):
        return _attached("application/pdf", document)
    if is_uuencoded(document.content):
        return _attached("application/octet-stream", document)
    looked_at = content[:_LOOKED_AT].lower()
    if document.wrapper != "XML" and any(tag in looked_at for tag in _MARKUP):
        return {"content-type": "text/html"}  # what charset it is in, it says itself, or the browser finds out
    return {"content-type": "text/plain"}


def _attached(kind: str, document: Document) -> dict[str, str]:
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in document.filename)
    return {"content-type": kind, "content-disposition": f'attachment; filename="{plain or "document"}"'}


ROUTES = [
    page("/original/{accession}/{name:path}", original),
    page(f"/{FRAMED}/{{shown}}/{{accession}}/{{name:path}}", original, name="framed"),
]
