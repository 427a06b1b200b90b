"""An index that is always at its last commit, for a process that stays: the web page. Any thread may ask.

An answer is one commit's: it is asked of an `Index` that stays as it is until the answer is complete, while others
may already be given the next one.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from indexer.addresses import as_path
from indexer.engines.engine import last_commit
from indexer.errors import StaleIndexError
from search.ask import Index
from search.searchers.searcher import CACHE

Answer = TypeVar("Answer")

SECONDS = 0.5
"""Between two looks for a new commit, at least; a look costs about twenty microseconds."""


TIMEOUT = 10.0
"""Seconds that finding an answer may take."""


class _Opened:
    """An index and how many are asking it."""

    def __init__(self, folder: Path, cache: int) -> None:
        self.commit = last_commit(folder)
        self.index = Index(folder, timeout=TIMEOUT, cache=cache)
        self.users = 0
        self.is_current = True

    def close_if_unused(self) -> None:
        if not self.users and not self.is_current:
            self.index.close()


class CurrentIndex:
    """Follows an index's commits."""

    def __init__(self, folder: str | Path, *, seconds: float = SECONDS, cache: int = CACHE) -> None:
        """Open the index; raises as `Index` does."""
        self._folder, self._seconds, self._cache = as_path(folder), seconds, cache
        self._lock = threading.Lock()
        self._opened = _Opened(self._folder, self._cache)
        self._looked = time.monotonic()

    def ask(self, question: Callable[[Index], Answer]) -> Answer:
        """Return what the question makes of the index at its last commit. It must not keep the index.

        The question is asked a second time when the commit it began with was superseded twice while it was being
        answered, so that a text it needs is gone.
        """
        try:
            return self._asked(question)
        except StaleIndexError:
            self._reopen()
            return self._asked(question)

    def _asked(self, question: Callable[[Index], Answer]) -> Answer:
        opened = self._taken()
        try:
            return question(opened.index)
        finally:
            with self._lock:
                opened.users -= 1
                opened.close_if_unused()

    def _taken(self) -> _Opened:
        if time.monotonic() - self._looked >= self._seconds:
            self._looked = time.monotonic()
            if last_commit(self._folder) != self._opened.commit:
                self._reopen()
        with self._lock:
            self._opened.users += 1
            return self._opened

    def _reopen(self) -> None:
        fresh = _Opened(self._folder, self._cache)
        with self._lock:
            before, self._opened = self._opened, fresh
            before.is_current = False
            before.close_if_unused()

    @property
    def generation(self) -> int:
        """Tell the generation of the commit that was last opened."""
        return self._opened.index.generation

    def close(self) -> None:
        """Release files; what is being asked is answered first."""
        with self._lock:
            self._opened.is_current = False
            self._opened.close_if_unused()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
