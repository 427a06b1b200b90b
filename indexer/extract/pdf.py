"""PDF to text, page by page, by PDFium, in a process of its own that a bad file may hang or crash.

The parent half starts `python -m indexer.extract.pdf`, hands it file after file, and takes what pages it got of each
within the time and memory allowed. The child half (`main`) is all that touches PDFium; it forks for every file, so that
none can harm the next, and writes one line of JSON per page, so that a file which stops the library half-way still
gives the pages before. Decoding uuencode is not done here.
"""

import atexit
import json
import os
import re
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from threading import Timer
from typing import IO, Any, NamedTuple, cast

from indexer.extract.text import paged

_CHILD = ("-m", "indexer.extract.pdf")
_REQUEST = struct.Struct("<QQQ")
"""Before each file: bytes of memory and seconds of processor time it may take, and its length."""
_PASSING = 20 if hasattr(os, "fork") else 1
"""How many times as many seconds may pass as the processor may take; the latter can only be bounded in a fork."""
_OVER_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
"""How a process ends that took more of the processor's time than it may."""
_END = b"end "
"""Begins the line after a file's pages: how the process that read it ended, 0 or an exit code."""
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
    damage: str = ""
    """Why some or all of it could not be read; empty when it was."""


class _Page(NamedTuple):
    text: str
    images: bool


def pdf_text(content: bytes, *, seconds: float = 60.0, memory: int = 1 << 30) -> PdfText:
    """Read the text of a PDF file within so much processor time and, where it can be bounded, so much address space."""
    if find_spec("pypdfium2") is None:
        return PdfText("", (), "reading PDF needs pypdfium2: pip install pypdfium2")
    start = content.find(_START, 0, 4096)
    if start < 0:
        return PdfText("", (), "not a PDF: the file does not begin as one")
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
    return PdfText(text, offsets, damage)


def _of(some: list[_Page], count: int) -> str:
    return f"{len(some):,} of {count:,} pages" if len(some) < count else f"all {count:,} pages"


def _is_noise(text: str) -> bool:
    return len(_UNMAPPED.findall(text)) > _UNMAPPED_SHARE * len(text)


class _Child:
    """A process that reads PDFs, one after the other."""

    def __init__(self, command: list[str]) -> None:
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self.command = command
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
            process_group=0,  # so that one signal ends its forks too, and an interrupt at the terminal none
        )
        self._over = False

    def read(self, content: bytes, seconds: float, memory: int) -> tuple[bytes, str]:
        """Return the lines it writes of a file, and why not all; of use afterwards only if `is_ready`."""
        timer = Timer(_PASSING * seconds, self._stop)
        timer.start()
        try:
            output, status = self._answer(_REQUEST.pack(memory, ceil(seconds), len(content)) + content)
        finally:
            timer.cancel()
            timer.join()
        if self._over or status == _OVER_TIME:
            return output, f"not read to its end within {seconds:g} seconds"
        return output, "the PDF library failed on it" if status else ""

    def _answer(self, request: bytes) -> tuple[bytes, int]:
        with suppress(BrokenPipeError):  # it did not wait for all of the file; its exit code tells why
            cast(IO[bytes], self._process.stdin).write(request)
            cast(IO[bytes], self._process.stdin).flush()
        lines: list[bytes] = []
        for line in cast(IO[bytes], self._process.stdout):
            if line.startswith(_END):
                return b"".join(lines), int(line.removeprefix(_END))
            lines.append(line)
        return b"".join(lines), self._process.wait()

    def _stop(self) -> None:
        self._over = True
        self._kill()

    def _kill(self) -> None:
        if not hasattr(os, "killpg"):
            self._process.kill()
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    @property
    def is_ready(self) -> bool:
        """Tell whether it reads another file."""
        return not self._over and self._process.poll() is None

    def end(self) -> None:
        """End it, and whatever it is reading."""
        if self._process.poll() is None:
            self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                cast(IO[bytes], pipe).close()
        self._process.wait()


_idle: list[_Child] = []
"""The process that read the last PDF, where it can read the next: starting one takes longer than most files."""


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().end()


def _in_a_process(content: bytes, seconds: float, memory: int) -> tuple[int, list[_Page], str]:
    """How many pages there are, those that were read, and why not all, where not."""
    command = [sys.executable, "-P", *_CHILD]
    if _idle and not (_idle[0].command == command and _idle[0].is_ready):
        _end_idle()
    child = _idle.pop() if _idle else _Child(command)
    try:
        output, failure = child.read(content, seconds, memory)
        if child.is_ready:
            _idle.append(child)
    finally:
        if child not in _idle:
            child.end()
    return _understood(output, failure)


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
    """Run the child: requests and PDFs on standard input, JSON lines on standard output, and how each reading ended."""
    import pypdfium2  # noqa: F401, PLC0415  (here, so that no fork has to)

    while len(request := sys.stdin.buffer.read(_REQUEST.size)) == _REQUEST.size:
        memory, seconds, size = _REQUEST.unpack(request)
        content = sys.stdin.buffer.read(size)
        if not hasattr(os, "fork"):
            _write(content)
            return
        print(_END.decode(), _in_a_fork(content, memory, seconds), sep="", flush=True)


def _in_a_fork(content: bytes, memory: int, seconds: int) -> int:
    """Write what is in a PDF; the exit code of the process that did."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        _limit(memory, seconds)
        _write(content)
        code = 0
    finally:
        os._exit(code)


def _write(content: bytes) -> None:
    try:
        for line in _lines(content):
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    except MemoryError:
        sys.stdout.write('{"failure": "needs more memory than a document is allowed"}\n')
        sys.stdout.flush()


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  (not on every system)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


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
