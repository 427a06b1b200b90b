"""Whoosh's pickles, read without running what is in them: plain values and the classes of a table of contents only.

Whoosh keeps its table of contents, the directory of a segment, blocks of postings and stored fields as pickles, and a
pickle may name any function to call. Importing this module has Whoosh read its own with `load` and `loads`; whoever
uses Whoosh for other indexes in the same process reads those with `whoosh.index.open_dir` as before, unless their
segments hold other classes than these. `indexer.storage.trust` says when everything is read all the same.
"""

import io
import pickle
import re
from collections import defaultdict
from types import FunctionType
from typing import IO, Any, ClassVar

import whoosh.columns
import whoosh.fields
import whoosh.filedb.structfile
import whoosh.formats
from whoosh.analysis import analyzers, filters, tokenizers
from whoosh.codec import whoosh3

from indexer.errors import UnusableIndexError
from indexer.storage import trust
from indexer.whoosh_compat.codec import ColumnarSegment


def _no_bytes() -> bytes:
    """Make what protocol 2 calls for: it has no empty bytes. With a number `bytes` itself would fill the memory."""
    return b""


def _encoded(text: str, encoding: str) -> bytes:
    """Make the bytes that protocol 2 writes as text."""
    if encoding != "latin1":
        raise _refusal(f"the encoding {encoding}")
    return text.encode("latin-1")


def _pattern(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags & ~re.DEBUG)


_KNOWN: dict[tuple[str, str], Any] = {
    **{(module, "int"): int for module in ("builtins", "__builtin__")},
    **{(module, "set"): set for module in ("builtins", "__builtin__")},
    **{(module, "frozenset"): frozenset for module in ("builtins", "__builtin__")},
    ("__builtin__", "long"): int,
    ("__builtin__", "bytes"): _no_bytes,
    ("builtins", "bytes"): _no_bytes,
    ("_codecs", "encode"): _encoded,
    ("collections", "defaultdict"): defaultdict,
    ("re", "_compile"): _pattern,
    **{
        (known.__module__, known.__name__): known
        for known in (
            ColumnarSegment,
            whoosh3.W3Codec,
            whoosh3.W3Segment,
            analyzers.CompositeAnalyzer,
            filters.LowercaseFilter,
            tokenizers.IDTokenizer,
            tokenizers.RegexTokenizer,
            whoosh.columns.NumericColumn,
            whoosh.columns.RefBytesColumn,
            whoosh.fields.COLUMN,
            whoosh.fields.ID,
            whoosh.fields.NUMERIC,
            whoosh.fields.STORED,
            whoosh.fields.Schema,
            whoosh.fields.TEXT,
            whoosh.formats.Existence,
            whoosh.formats.Positions,
        )
    },
}
"""What is read for a name; none of it does more than hold what it is given."""

_NAMING = re.compile(rb"[ciPQ\x82-\x84\x93]")
"""The operations of a pickle that look something up, by a name or a number. Without one of these bytes it is plain."""


class ForeignClassError(UnusableIndexError):
    """A pickle names what no index of this program holds; nothing was run."""


class _Reader(pickle._Unpickler):  # the one in Python: that in C offers no hook for what is below
    """Reads known names, and sets attributes of what it has made only, never of a class."""

    dispatch: ClassVar[dict[int, Any]] = dict(pickle._Unpickler.dispatch)

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Return what a name stands for; ForeignClassError for what Whoosh's tables do not hold."""
        try:
            return _KNOWN[module_name, global_name]
        except KeyError:
            raise _refusal(f"{module_name}.{global_name}") from None

    def load_build(self) -> None:
        """Give an object its attributes."""
        if isinstance(self.stack[-2], (type, FunctionType)):  # type: ignore[attr-defined]
            raise _refusal("attributes of a class")
        super().load_build()  # type: ignore[misc]

    dispatch[pickle.BUILD[0]] = load_build


def _refusal(named: str) -> ForeignClassError:
    return ForeignClassError(
        f"the index names {named}, which none that this program made does, and was not opened: whoever wrote that "
        "can run code as you. --trust opens it all the same"
    )


def loads(data: bytes) -> Any:
    """Return what is pickled in bytes; ForeignClassError, and whatever damaged bytes may raise."""
    if trust.is_given() or not _NAMING.search(data):
        return pickle.loads(data)
    return _Reader(io.BytesIO(data)).load()


def load(file: IO[bytes]) -> Any:
    """Return what is pickled at a file's place, which is left behind it; see `loads`."""
    return pickle.load(file) if trust.is_given() else _Reader(file).load()


whoosh.filedb.structfile.load_pickle = load
for _module in (whoosh3, whoosh.formats, whoosh.columns):
    _module.loads = loads
