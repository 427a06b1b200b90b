"""How a file goes out: whole, a range of it, compressed, or not again where the other side has it already."""

import gzip
import re
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
_WORTH_IT = 1_000
"""Bytes from which on compressing saves anything."""
_LEVEL = 5


def file_reply(request: Request, content: bytes, media: str, *, digest: str = "") -> Response:
    """Answer with a file; `digest` is a name for these very bytes, made of them where there is none.

    A range is served where it is one that the file has (206), and refused where it has none such (416); several at once
    are answered by the whole, as HTTP allows.
    """
    etag = f'"{(digest or sha256(content).hexdigest())[:32]}"'
    headers = {"etag": etag, "accept-ranges": "bytes", "vary": "accept-encoding", "content-type": media}
    if _has_it(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked and any(asked.groups()) and request.headers.get("if-range", etag) == etag:
        return _part(content, asked, headers)
    if len(content) >= _WORTH_IT and "gzip" in request.headers.get("accept-encoding", "") and _is_text(media):
        zipped = gzip.compress(content, _LEVEL, mtime=0)
        return Response(zipped, headers={**headers, "content-encoding": "gzip", "etag": f"W/{etag}"})
    return Response(content, headers=headers)


def _has_it(known: str, etag: str) -> bool:
    """Compare weakly: what was sent compressed is the same file."""
    return known.strip() == "*" or etag in {each.strip().removeprefix("W/") for each in known.split(",")}


def _part(content: bytes, asked: re.Match[str], headers: dict[str, str]) -> Response:
    size, (first, last) = len(content), asked.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1 if first and last else size, size)
    if start >= end:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
    return Response(content[start:end], 206, {**headers, "content-range": f"bytes {start}-{end - 1}/{size}"})


def _is_text(media: str) -> bool:
    return media.startswith(("text/", "application/json"))
