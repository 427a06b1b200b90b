"""What every page needs: the index at its last commit, and what the server was told. Nothing of HTTP."""

import threading
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter

from search.ask import Index
from search.live import CurrentIndex
from search.records.saved import SavedSearches
from search.web.web_settings import AT_ONCE, WebSettings

T = TypeVar("T")


class WebSite:
    """An index that is opened when it is first asked, so that a server may start before there is one."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self.limiter = CapacityLimiter(AT_ONCE)
        """Of the threads that answer."""
        self._lock = threading.Lock()
        self._opened: CurrentIndex | None = None

    def ask(self, question: Callable[[Index], T]) -> T:
        """Return what a question makes of the index at its last commit; raises as `Index` does where there is none."""
        return self._current().ask(question)

    def _current(self) -> CurrentIndex:
        with self._lock:
            if self._opened is None:
                self._opened = CurrentIndex(self.settings.index, cache=self.settings.cache)
            return self._opened

    @property
    def saved(self) -> SavedSearches:
        """Return the searches that the user of this server has saved for its index."""
        return SavedSearches(self.settings.index, self.settings.searches)

    def close(self) -> None:
        """Release files; what is being asked is answered first."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None
