"""PDF to text, page by page, by PDFium, in a process of its own that a bad file may hang or crash.

The parent half starts `python -m indexer.extract.pdf`, hands it the file, and takes what pages it got within the time
and memory allowed. The child half (`main`) is all that touches PDFium; it writes one line of JSON per page, so that a
file which stops the library half-way still gives the pages before. Decoding uuencode is not done here.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from indexer.extract.text import paged

_CHILD = ("-m", "indexer.extract.pdf")
_START = b"%PDF-"
_LINE_END_HYPHEN = "\ufffe"
"""What PDFium makes of a hyphen at the end of a line, and the line end with it."""
_UNMAPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff]")
_UNMAPPED_SHARE = 0.02
"""Characters without a Unicode value, beyond which a page's text is noise (0000950123-23-009133: 0.2)."""


class PdfText(NamedTuple):
    """The text of a PDF, and what stands between the reader and the rest of it."""

    text: str
    pages: tuple[int, ...]
    """Offset of each page's first character, for the pages that have text."""
    page_count: int
    damage: str = ""
    """Why some or all of it could not be read; empty when it was."""


class _Page(NamedTuple):
    text: str
    images: bool


def pdf_text(content: bytes, *, seconds: float = 60.0, memory: int = 1 << 30) -> PdfText:
    """The text of a PDF file within the given time and, where the system can bound it, address space in bytes."""
    if find_spec("pypdfium2") is None:
        return PdfText("", (), 0, "reading PDF needs pypdfium2: pip install pypdfium2")
    start = content.find(_START, 0, 4096)
    if start < 0:
        return PdfText("", (), 0, "not a PDF: the file does not begin as one")
    count, pages, failure = _in_a_process(content[start:], seconds, memory)
    return _assembled(count, pages, failure)


def _assembled(count: int, pages: list[_Page], failure: str) -> PdfText:
    """The pages as one text, and in one sentence what is missing from it."""
    noise = [page for page in pages if _is_noise(page.text)]
    scanned = [page for page in pages if page.images and not page.text.strip()]
    text, offsets = paged("" if page in noise else page.text.replace(_LINE_END_HYPHEN, "-\n") for page in pages)
    damage = "; ".join(
        said
        for said, true in (
            (failure, failure),
            (f"{len(pages):,} of {count:,} pages read", failure and pages),
            (f"{_of(scanned, count)} scanned, without text", scanned),
            (f"{_of(noise, count)} in fonts that do not say which characters they show", noise),
        )
        if true
    )
    return PdfText(text, offsets, count, damage)


def _of(some: list[_Page], count: int) -> str:
    return f"{len(some):,} of {count:,} pages" if len(some) < count else f"all {count:,} pages"


def _is_noise(text: str) -> bool:
    return len(_UNMAPPED.findall(text)) > _UNMAPPED_SHARE * len(text)


def _in_a_process(content: bytes, seconds: float, memory: int) -> tuple[int, list[_Page], str]:
    """How many pages there are, those that were read, and why not all, where not."""
    root = str(Path(__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
    command = [sys.executable, "-P", *_CHILD, str(memory), str(int(seconds) + 1)]
    failure = ""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as child:
        try:
            output, _ = child.communicate(content, timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
            failure = f"not read to its end within {seconds:g} seconds"
    return _understood(output, failure or ("" if child.returncode == 0 else "the PDF library failed on it"))


def _understood(output: bytes, failure: str) -> tuple[int, list[_Page], str]:
    count, pages = 0, []
    for line in output.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            break  # cut short by the time limit
        match json.loads(line):
            case {"pages": int(count)}:
                pass
            case {"text": str(text), "images": bool(images)}:
                pages.append(_Page(text, images))
            case {"failure": str(failure)}:
                pass
    return count, pages, failure


def main() -> None:
    """The child: a PDF on standard input, a line of JSON for the page count and for each page on standard output."""
    memory, seconds = map(int, sys.argv[1:3])
    _limit(memory, seconds)
    content = sys.stdin.buffer.read()
    try:
        for line in _lines(content):
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    except MemoryError:
        sys.stdout.write('{"failure": "needs more memory than a document is allowed"}\n')


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    import pypdfium2  # noqa: PLC0415  (the child only)

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        yield {"failure": _reason(str(error))}
        return
    has_form = document.get_formtype() != pypdfium2.raw.FORMTYPE_NONE
    if has_form:
        document.init_forms()
    yield {"pages": len(document)}
    for number in range(len(document)):
        try:
            yield _page(document, number, has_form)
        except pypdfium2.PdfiumError as error:
            yield {"failure": f"page {number + 1} cannot be read: {error}"}


def _page(document: Any, number: int, has_form: bool) -> dict[str, Any]:
    """The text of a page, what is filled into its form fields included."""
    import pypdfium2  # noqa: PLC0415

    page = document[number]
    if has_form:
        page.flatten()
        page = document[number]
    text = page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n")
    images = not text.strip() and any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return {"text": text, "images": bool(images)}


def _reason(error: str) -> str:
    if "password" in error.lower():
        return "encrypted: a password is needed to read it"
    return f"the PDF is damaged: {error}"


if __name__ == "__main__":
    main()
