"""Results for people: filings in order, their best documents, passages with what matched marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.results import DocumentHit, Hit, PartyName, Results, Snippet

_ABOUT = ("subject-company", "issuer", "filer", "filed-for", "issuing-entity")
"""The roles whose party a filing is about, the most telling first."""

_BY = {"filed-by": "filed by", "reporting-owner": "owner", "depositor": "depositor", "securitizer": "securitizer"}


@dataclass(frozen=True, slots=True)
class Style:
    """How to mark things: each takes a text and gives it marked."""

    match: Callable[[str], str]
    title: Callable[[str], str]
    name: Callable[[str], str]
    quiet: Callable[[str], str]
    link: Callable[[str, str], str]
    """Of a text and an address."""


def _sgr(code: str) -> Callable[[str], str]:
    return lambda text: f"\x1b[{code}m{text}\x1b[0m" if text else ""


def _as_is(text: str) -> str:
    return text


PLAIN = Style(lambda text: f"*{text}*", _as_is, _as_is, _as_is, lambda text, _: text)
TERMINAL = Style(
    match=_sgr("1;33"),
    title=_sgr("1"),
    name=_sgr("36"),
    quiet=_sgr("2"),
    link=lambda text, url: f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if url else text,
)


def as_text(results: Results, style: Style = PLAIN) -> Iterator[str]:
    """The results, line by line."""
    for hit in results.hits:
        yield from _hit_lines(hit, style)
        yield ""
    yield from results.notes
    yield style.quiet(_totals(results))


def _hit_lines(hit: Hit, style: Style) -> Iterator[str]:
    yield f"{hit.rank:>3}. {_who(hit.parties, style)}"
    facts = [style.name(hit.form or "form unknown")]
    facts += [f"filed {hit.filed}"] if hit.filed else []
    facts += [f"items {', '.join(hit.items)}"] if hit.items else []
    facts += [style.link(hit.accession, hit.url)]
    yield "     " + style.quiet(" · ").join(facts)
    for document in hit.documents:
        yield from _document_lines(document, style)
    more = hit.matching - len(hit.documents)
    if more > 0:
        yield style.quiet(f"     and {more:,} more {'document' if more == 1 else 'documents'} of this filing")


def _who(parties: tuple[PartyName, ...], style: Style) -> str:
    """The company the filing is about, and who filed about it."""
    if not parties:
        return style.quiet("no company named in the header")
    ordered = sorted(parties, key=lambda party: _ABOUT.index(party.role) if party.role in _ABOUT else len(_ABOUT))
    first, others = ordered[0], ordered[1:]
    said = [
        f"{style.title(first.name)} {style.quiet(f'(CIK {int(first.cik)})') if first.cik.isdecimal() else ''}".rstrip()
    ]
    said += [f"{_BY.get(other.role, 'and')} {other.name}" for other in others[:2]]
    said += [f"and {len(others) - 2:,} more"] if len(others) > 2 else []
    return style.quiet(", ").join(said)


def _document_lines(document: DocumentHit, style: Style) -> Iterator[str]:
    name = style.link(document.filename or document.id.rpartition(":")[2], document.url)
    description = "" if document.description in ("", document.type) else f"  {document.description}"
    yield f"     {style.name(document.type)}  {name}{description}"
    for snippet in document.snippets:
        yield f"       {_passage(snippet, style)}"


def _passage(snippet: Snippet, style: Style) -> str:
    """The passage on one line, matches marked; marks that touch are joined."""
    pieces, at = [], snippet.start
    for start, end in _joined(snippet):
        pieces += [_line(snippet.text[at - snippet.start : start - snippet.start])]
        pieces += [style.match(_line(snippet.text[start - snippet.start : end - snippet.start]))]
        at = end
    pieces.append(_line(snippet.text[at - snippet.start :]))
    where = f"{snippet.section}: " if snippet.section else ""
    return f"{style.quiet(where + '…')} {''.join(pieces).strip()} {style.quiet('…')}"


def _joined(snippet: Snippet) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in snippet.matches:
        if spans and snippet.text[spans[-1][1] - snippet.start : start - snippet.start].strip() == "":
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _line(text: str) -> str:
    """White space as single spaces, at both ends too; control characters out, lest a filing drive the terminal."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return f"{before}{' '.join(kept.split())}{after}"


def _totals(results: Results) -> str:
    filings = f"{results.filings:,} {'filing' if results.filings == 1 else 'filings'}"
    documents = f"{results.documents:,} {'document' if results.documents == 1 else 'documents'}"
    shown = f"{len(results.hits):,} of " if len(results.hits) < results.filings else ""
    return f"{shown}{filings} ({documents}) in {results.seconds:.2f} s"
