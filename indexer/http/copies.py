"""Copies kept of what is asked for again and again: EDGAR's lists and tables of companies. Asked anew only if changed.

A copy is a file in the cache folder, at the path that it has at EDGAR. Beside it stand its validators (ETag) and the
time of the last look: a copy that is given offline may be old, and it can be said how old.
"""

import json
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Self

from indexer.errors import AbsentError, DownloadError
from indexer.http.answers import Pieces
from indexer.http.client import Client
from indexer.http.site import Site, cache_folder

_BESIDE = ".looked"


class _Look(NamedTuple):
    """What is known of a copy."""

    at: float = 0.0
    """When the server last said that it is so; seconds since 1970."""
    validators: Mapping[str, str] = MappingProxyType({})


class Copies:
    """The copies of one site's files."""

    def __init__(self, folder: Path, client: Client | None) -> None:
        """Without a client only what is there already is given."""
        self._folder, self._client = folder, client
        self.looked: dict[str, float] = {}
        """When each copy that was given was last known to be so, seconds since 1970, by path."""

    @classmethod
    def of(cls, client: Client, cache: Path) -> Self:
        """Keep the copies of a client's site."""
        return cls(cache / client.site.name, client)

    @classmethod
    def offline(cls, site: Site, cache: Path) -> Self:
        """Give what was kept of a site, and ask nothing."""
        return cls(cache / site.name, None)

    @classmethod
    def kept(cls) -> Self:
        """Give what was kept of EDGAR, or of the mirror that `$EDGAR_BASE_URL` names in its place."""
        mirror = os.environ.get("EDGAR_BASE_URL", "")
        return cls.offline(Site.at(mirror) if mirror else Site(), cache_folder())

    @property
    def is_offline(self) -> bool:
        """Tell whether nothing is asked, so that what is not here may be there all the same."""
        return self._client is None

    def file(self, path: str, *, hours: float = 0.0) -> Path:
        """Have a copy of what is at a path, asked about again when the last look was more than so many hours ago.

        Raises AbsentError when there is none, DownloadError when it cannot be written; and as `Client.get`.
        """
        copy = self._folder / path.lstrip("/")
        look = _look(copy)
        age = time.time() - look.at
        if self._client is not None and not (copy.exists() and 0 <= age < hours * 3600):
            look = self._asked(self._client, path, copy=copy, look=look)
        elif not copy.exists():
            raise AbsentError(f"no copy of {path} was kept")
        self.looked[path] = look.at
        return copy

    def fresh(self, path: str) -> bytes:
        """Have what is at a path now, and keep nothing of it; AbsentError offline."""
        if self._client is None:
            raise AbsentError(f"no copy of {path} was kept")
        return self._client.content(path)

    def drop(self, path: str) -> None:
        """Forget a copy that turned out to be damaged."""
        (self._folder / path.lstrip("/")).unlink(missing_ok=True)

    def _asked(self, client: Client, path: str, *, copy: Path, look: _Look) -> _Look:
        beside = copy.with_name(f"{copy.name}.{os.getpid()}.{threading.get_ident()}.part")

        def take(pieces: Pieces) -> int:
            with beside.open("wb") as file:
                return sum(map(file.write, pieces))

        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            written, validators = client.conditional(path, take, look.validators if copy.exists() else {})
            if written is not None:
                beside.replace(copy)
            now = _Look(time.time(), validators or look.validators)
            copy.with_name(copy.name + _BESIDE).write_text(
                json.dumps({"at": now.at, "validators": dict(now.validators)})
            )
            return now
        except OSError as error:
            raise DownloadError(f"{copy} cannot be written: {error.strerror}") from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _look(copy: Path) -> _Look:
    try:
        found = json.loads(copy.with_name(copy.name + _BESIDE).read_bytes())
        return _Look(float(found["at"]), {str(name): str(value) for name, value in found["validators"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return _Look()
