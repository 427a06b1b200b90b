"""Which reader a document is for, by its first bytes and its name.

A kind is told by the bytes first and the name second; the TYPE alone decides nothing, because types changed over the
years (MetaLinks.json has been XML and JSON) and filers give their own files any name.
"""

import re
from enum import Enum
from itertools import islice

from indexer.envelope.uuencode import decode as decode_uuencoded
from indexer.envelope.uuencode import is_uuencoded
from indexer.filings import Document

_SNIFFED = 1 << 16
"""Bytes that decide; a document that has no markup in them is plain text."""
_FIRST_LINES = 512
_PDF = b"%PDF-"
_DECLARATION = re.compile(rb"\s*+(?:\xef\xbb\xbf)?\s*+<\?xml\b")
_ROOT = re.compile(
    rb"(?>\s|\xef\xbb\xbf|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<([A-Za-z_][\w:.-]*)", re.S | re.I
)
_HTML_TAG = re.compile(rb"<(?:html|!doctype\s+html|body|head)\b", re.I)
_HTML_MARKUP = re.compile(
    rb"</(?:p|td|tr|div|font|span|b|i|u|center|a|h[1-6])>|<br\s*/?>|<(?:p|td|div|font|hr)\s[^<>]*>", re.I
)
_XBRL_ROOTS = frozenset({b"xbrl", b"linkbase", b"schema", b"filingsummary", b"instancereport"})
_RENDERED_DESCRIPTION = "IDEA: XBRL DOCUMENT"
_RENDERED_NAME = re.compile(
    r"filingsummary\.xml|financial_report\.xlsx?|show\.js|report\.css|metalinks\.json|[\d-]{18,20}-xbrl\.zip", re.I
)
_RENDERED_PAGE = re.compile(r"r\d{1,4}\.(?:htm|xml)", re.I)
_RENDERED_MARKUP = (b"Show.js", b"report.css", b"InstanceReport")
_MAGIC = (
    b"GIF8", b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"PK\x03\x04", b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!",
)  # fmt: skip


class DocumentKind(Enum):
    """Which reader a document is for."""

    HTML = "HTML"
    XML = "XML"
    PLAIN = "plain text"
    PDF = "PDF"
    BINARY = "binary"
    RENDERED = "rendered data"
    BLANK = "blank"


def kind(document: Document) -> DocumentKind:
    """Tell the kind of a document, by its first bytes; of uuencoded content by those of the file it holds."""
    head = document.content[:_SNIFFED]
    if not head.strip() and not document.content.strip():
        return DocumentKind.BLANK
    if _is_rendered(document, head):
        return DocumentKind.RENDERED
    if document.wrapper == "PDF" or _is_pdf(document, head):
        return DocumentKind.PDF
    if is_uuencoded(head) or head.lstrip().startswith(_MAGIC):
        return DocumentKind.BINARY
    return _markup(document, head)


def _root_name(head: bytes) -> bytes:
    """The name of the first element, lower case, without its prefix; empty where there is none."""
    match = _ROOT.match(head)
    return match.group(1).rpartition(b":")[2].lower() if match else b""


def _is_rendered(document: Document, head: bytes) -> bool:
    if document.description.upper().startswith(_RENDERED_DESCRIPTION) or _RENDERED_NAME.fullmatch(document.filename):
        return True
    if _RENDERED_PAGE.fullmatch(document.filename) and any(mark in head for mark in _RENDERED_MARKUP):
        return True
    return _root_name(head) in _XBRL_ROOTS and b"<html" not in head[:4096].lower()


def _is_pdf(document: Document, head: bytes) -> bool:
    if not is_uuencoded(head):
        return head.lstrip().startswith(_PDF)
    first = decode_uuencoded(head[:_FIRST_LINES])
    return first.data.lstrip().startswith(_PDF) or first.name.lower().endswith(".pdf")


def _markup(document: Document, head: bytes) -> DocumentKind:
    name, root = document.filename.lower(), _root_name(head)
    if root == b"html" or _HTML_TAG.search(head):
        return DocumentKind.HTML
    if root and (_DECLARATION.match(head) or document.wrapper == "XML" or name.endswith(".xml")):
        return DocumentKind.XML
    enough = 1 if name.endswith((".htm", ".html")) else 3
    marked = list(islice(_HTML_MARKUP.finditer(head), enough))
    return DocumentKind.HTML if len(marked) == enough else DocumentKind.PLAIN
