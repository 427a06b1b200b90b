"""Results as JSON: the shape of docs/output.md, with a version."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from search.results import Results

VERSION = 1
"""Raised when a name is taken away or changes its meaning; a new name does not raise it."""


def as_json(results: Results) -> str:
    """One JSON object."""
    return json.dumps({"version": VERSION, **plain(results)}, ensure_ascii=False, indent=2)


def plain(value: Any) -> Any:
    """Dataclasses as dicts, dates as YYYY-MM-DD."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
