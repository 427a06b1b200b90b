"""Made-up texts as complete submission files, as EDGAR's filers and their software make them.

python bench/submissions.py FOLDER --documents 1000
"""

import argparse
import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import COMMON, Text, texts


def submissions(documents: int, *, seed: int = 9, median: int = 2_000) -> Iterator[tuple[str, bytes]]:
    """Complete submission text files, by name, that hold so many documents in all."""
    group: list[Text] = []
    for text in texts(documents, seed=seed, median=median):
        if group and group[0].submission != text.submission:
            yield _submission(group)
            group = []
        group.append(text)
    if group:
        yield _submission(group)


def accession(submission: int) -> str:
    """The accession number of a made-up submission."""
    return f"{9_000_000 + submission % 1000:010}-{10 + submission % 15:02}-{submission:06}"


def company(submission: int) -> str:
    """Its filer."""
    return f"{COMMON[submission % 90].title()} {COMMON[submission % 70 + 20].title()} {submission % 1000} Inc"


def _submission(group: Sequence[Text]) -> tuple[str, bytes]:
    number, first = accession(group[0].submission), group[0]
    header = (
        f"<SEC-DOCUMENT>{number}.txt : {first.filed}\n<SEC-HEADER>{number}.hdr.sgml : {first.filed}\n"
        f"ACCESSION NUMBER:\t\t{number}\nCONFORMED SUBMISSION TYPE:\t{first.form}\n"
        f"PUBLIC DOCUMENT COUNT:\t\t{len(group)}\nFILED AS OF DATE:\t\t{first.filed}\n\nFILER:\n\n"
        f"\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t{company(first.submission)}\n"
        f"\t\tCENTRAL INDEX KEY:\t\t\t{9_000_000 + first.submission % 1000:010}\n"
        "\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tPHARMACEUTICAL PREPARATIONS [2834]\n"
        f"\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t{first.form}\n\t\tSEC ACT:\t\t1934 Act\n"
        f"\t\tSEC FILE NUMBER:\t000-{first.submission % 90000:05}\n</SEC-HEADER>\n"
    )
    content = header + "".join(map(_document, group)) + "</SEC-DOCUMENT>\n"
    return f"{number}.txt", content.encode()


def _document(text: Text) -> str:
    kind = text.form if text.ordinal == 1 else f"EX-{(99, 10, 31)[text.ordinal % 3]}.{text.ordinal}"
    as_html = text.filed > 20010000
    body = _html(text.words) if as_html else _plain(text.words)
    name = f"d{text.submission}_{text.ordinal}.{'htm' if as_html else 'txt'}"
    return (
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{text.ordinal}\n<FILENAME>{name}\n<DESCRIPTION>DOCUMENT {text.ordinal}\n"
        f"<TEXT>\n{body}\n</TEXT>\n</DOCUMENT>\n"
    )


_FONT = "font-family:Times New Roman"
_STYLE = "margin-top:12pt; margin-bottom:0pt; font-size:10pt; font-family:Times New Roman"


def _html(words: str) -> str:
    """Paragraphs in the fonts and styles of filing software, every eighth one a table: text is a fifth or so of it."""
    parts = ['<HTML><HEAD><TITLE>Document</TITLE></HEAD>\n<BODY BGCOLOR="WHITE">\n']
    for number, paragraph in enumerate(words.split("\n\n")):
        said = html.escape(paragraph.strip(), quote=False)
        if number % 4 == 3:
            cells = said.split(" ")
            rows = [cells[start : start + 5] for start in range(0, len(cells), 5)]
            parts += [_row(row) for row in ([], *rows, ["", ""])]
        else:
            parts.append(f'<P STYLE="{_STYLE}"><FONT STYLE="font-family:Times New Roman" SIZE="2">{said}</FONT></P>\n')
    return "".join([*parts, "</BODY></HTML>"])


def _row(cells: Sequence[str]) -> str:
    if not cells:
        return '<TABLE CELLSPACING="0" CELLPADDING="0" WIDTH="100%" BORDER="0" STYLE="font-size:10pt" ALIGN="center">\n'
    if cells[0] == "" and len(cells) == 2:
        return "</TABLE>\n"
    cell = f'<TD VALIGN="bottom" NOWRAP ALIGN="right"><FONT STYLE="{_FONT}" SIZE="2">{{}}&nbsp;</FONT></TD>'
    return "<TR>" + "".join(map(cell.format, cells)) + "</TR>\n"


def _plain(words: str) -> str:
    """Lines of about 80 characters, a page mark now and then."""
    lines: list[str] = []
    for paragraph in words.split("\n\n"):
        said = paragraph.strip()
        lines += [said[start : start + 78] for start in range(0, len(said), 78)] + [""]
        if len(lines) % 60 < 3:
            lines.append("<PAGE>")
    return "\n".join(lines)


def main() -> None:
    """Write submissions into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name, content in submissions(asked.documents):
        (asked.folder / name).write_bytes(content)
    print(asked.documents)


if __name__ == "__main__":
    main()
