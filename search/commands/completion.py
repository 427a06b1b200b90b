"""What a shell offers at Tab: form types, fields, columns and saved searches. Imports what it needs when asked."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from search.commands.request import Request

# ruff: noqa: PLC0415


def script(request: "Request") -> int:
    """Print the script that has a shell complete `search`."""
    from indexer.commands import shells

    click.echo(shells.script(click.get_current_context().command, "search", request.typed.completion or ""))
    return 0


def forms(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer form types: those of the index, where there is one, then the others."""
    from indexer.edgar.form_types import KNOWN

    return _beginning(incomplete, (*_forms_of_index(ctx), *KNOWN))


def _forms_of_index(ctx: click.Context) -> list[str]:
    from indexer.addresses import as_path
    from indexer.engines.engine import open_manifest

    folder = as_path(ctx.params.get("folder") or "index")
    with suppress(Exception), open_manifest(folder) as manifest:  # nothing that goes wrong may disturb the prompt
        return [form for form, _ in manifest.forms()]
    return []


def _sections(ctx: click.Context) -> list[str]:
    """Name the sections that documents of the index have."""
    from indexer.edgar.headings import SUBJECT_NAMES
    from search.searchers.searcher import open_searcher

    with suppress(Exception):
        searcher = open_searcher(ctx.params.get("folder") or "index")
        return [name if name in SUBJECT_NAMES else name.upper() for name in searcher.words("section", "")]
    return []


def sorts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer orders, with and without a direction."""
    from search.results import SORTS

    return _beginning(incomplete, (name + way for name in SORTS for way in ("", ":asc", ":desc")))


def facets(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer fields to count by; several are separated by commas."""
    from search.lookups.facets import facetable

    return _last_of_several(incomplete, facetable())


def columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer columns and sets of them; several are separated by commas."""
    from search.output.table import BY_NAME, SETS

    return _last_of_several(incomplete, (*SETS, *BY_NAME))


def saved(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the names of the index's saved searches."""
    from search.records.saved import SavedSearches

    with suppress(Exception):
        return _beginning(incomplete, SavedSearches(Path(ctx.params.get("folder") or "index")).names())
    return []


def query(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer fields, form types after `form:` and items after `section:`; after --alerts, the saved searches."""
    if ctx.params.get("alerts"):
        return saved(ctx, param, incomplete)
    sign = "-" if incomplete.startswith("-") else ""
    field, colon, value = incomplete[len(sign) :].partition(":")
    if colon:
        values = {"form": lambda: forms(ctx, param, value), "section": lambda: _beginning(value, _sections(ctx))}
        return [f"{sign}{field}:{each}" for each in values.get(field, list)() if " " not in each]
    from search.terms.values import FIELD_NAMES

    return [f"{sign}{name}:" for name in _beginning(field, FIELD_NAMES)] if field else []


def _last_of_several(incomplete: str, names: Iterable[str]) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in _beginning(last, names)]


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.lower().startswith(incomplete.lower())]
