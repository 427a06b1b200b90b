"""Evidence changed by someone who knows its format: what can be recomputed is."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from search.evidence.evidence_file import DIGEST
from search.evidence.packed_text import packed, unpacked
from search.records.parsed import JsonObject

Forge = Callable[[dict[str, Any]], None]


def forged(path: Path, change: Forge) -> Path:
    """Change evidence and give it the digest of what it has become."""
    found = json.loads(path.read_text(encoding="utf-8"))
    found.pop("digest")
    change(found)
    before = json.dumps(found, indent=2).removesuffix("\n}") + ",\n"
    path.write_text(f'{before}{DIGEST}{hashlib.sha256(before.encode()).hexdigest()}"\n}}\n', encoding="utf-8")
    return path


def rows(found: dict[str, Any], name: str) -> list[list[Any]]:
    """The rows of a list."""
    columns = found[name]["columns"]
    return [[row.members[each] for each in columns] for row in unpacked(JsonObject(found[name]), columns).rows]


def with_rows(found: dict[str, Any], name: str, changed: list[list[Any]]) -> None:
    """Put other rows into a list, with their number and their digest."""
    found[name] = packed(found[name]["columns"], changed)
