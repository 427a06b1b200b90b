"""The report of evidence: one page of HTML that stands by itself, to be read, printed and filed. A pure function of it.

What it says first is what was found, of what; how it looks is in `report_style`; what its sections hold, in
`report_sections`.
"""

from collections.abc import Iterator

from search.evidence.evidence_values import Evidence
from search.evidence.packed_text import PAGE, embedded
from search.report import report_sections as sections
from search.report.markup import element, text
from search.report.report_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for the page: nothing."""


def report_lines(evidence: Evidence, content: str) -> Iterator[str]:
    """Write the report of evidence whose text is `content`, which it carries in it."""
    yield PAGE
    yield '<html lang="en">'
    yield from _head(evidence)
    yield "<body>"
    yield element("header", *sections.heading(evidence))
    yield "<main>"
    yield from sections.request(evidence)
    yield from sections.scope(evidence)
    yield from sections.findings(evidence)
    yield from sections.gaps(evidence)
    yield from sections.annex(evidence)
    yield "</main>"
    yield element("footer", *sections.attestation(evidence))
    yield embedded(content)
    yield "</body>"
    yield "</html>"


def _head(evidence: Evidence) -> Iterator[str]:
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield element("title", text(f"Search report: {sections.title(evidence)}"))
    yield f"<style>{STYLE}</style>"
    yield "</head>"
