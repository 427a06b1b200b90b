"""Lines of preformatted text: trailing space off, blank lines one at a time, dot leaders and broken words mended.

For plain-text documents, `<PRE>` blocks and PDF pages, whose lines mean something. No markup here.
"""

import re

_BLANK_LINES = re.compile(r"\n{3,}")
_LEADER = re.compile(r"(?:\.[ ]?){5,}")


def tidy_lines(text: str) -> str:
    """Trailing space off, tabs to columns of eight, at most one blank line in a row, none at either end.

    >>> tidy_lines("  Sales ......... 12  \\n\\n\\n\\n  Costs\\t3\\n")
    '  Sales           12\\n\\n  Costs 3'
    """
    if "\t" in text:
        text = text.expandtabs(8)
    text = text.replace("\xa0", " ").replace("\f", "\n")
    if "....." in text or ". . . ." in text:
        text = _LEADER.sub(lambda dots: " " * len(dots.group()), text)
    text = "\n".join(map(str.rstrip, text.split("\n")))
    return _BLANK_LINES.sub("\n\n", text).strip("\n")
