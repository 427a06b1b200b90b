"""Log what happens during a build, as lines of JSON for machines. What people read is the commands' business."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

Log = Callable[..., None]
"""Called with an event's name and its values: `log("commit", generation=7)`."""

VERSION = 1
"""Of the lines' shape; see docs/reliability.md."""


def silent(event: str, **values: Any) -> None:
    """Keep nothing."""


class LogFile:
    """Append a line for each event to a file: when, what, and the event's values."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def __call__(self, event: str, **values: Any) -> None:
        """Write one event."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"version": VERSION, "time": now, "event": event, **values}, default=str)
        with self._lock:
            self._file.write(line + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Say what ended it, and close."""
        if error is not None:
            self("error", kind=type(error).__name__, message=str(error))
        self._file.close()
