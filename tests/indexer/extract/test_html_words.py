"""The words of HTML are neither split by inline markup nor glued across block markup: case by case."""

from typing import NamedTuple

import pytest

from indexer.extract.html import html_text


class Case(NamedTuple):
    """Markup, and what a reader of the page would copy, split at white space."""

    name: str
    source: str
    words: str


CASES = (
    Case("font inside a word", "<P>Sche<FONT COLOR=blue>dule</FONT> 14.2</P>", "Schedule 14.2"),
    Case("small caps", "<P>B<FONT SIZE=1>OARD</FONT> R<small>OOM</small></P>", "BOARD ROOM"),
    Case("bold initial", "<p><b>T</b>hey may</p>", "They may"),
    Case("word in two spans", '<p><span style="a">Under</span><span style="b">writer</span></p>', "Underwriter"),
    Case("cells", "<TABLE><TR><TD>Cash<TD>7</TD></TR><TR><TD>Debt</TD><TD>3</TD></TR></TABLE>", "Cash 7 Debt 3"),
    Case("cells without end tags", "<TABLE><TR><TD>Cash<TD>7<TR><TD>Debt<TD>3</TABLE>", "Cash 7 Debt 3"),
    Case("nested tables", "<table><tr><td>w<table><tr><td>x<td>y</table></td><td>z</td></tr></table>", "w x y z"),
    Case("line break", "<P>Springfield<BR>Ohio</P>", "Springfield Ohio"),
    Case("blocks", "<DIV>ab</DIV><DIV>cd</DIV><P>ef</P>gh<P>ij", "ab cd ef gh ij"),
    Case("no-break spaces", "<P>Part&nbsp;II.&#160;Item&#xA0;5</P>", "Part II. Item 5"),
    Case("named quotes", "<P>(the &ldquo;Trust&rdquo;)</P>", "(the “Trust”)"),
    Case("references 128 to 159", "<P>&#147;Trust&#148; isn&#146;t &#150; &#128;5</P>", "“Trust” isn’t – €5"),
    Case("ampersands", "<P>B&O and H&amp;R &bar; y</P>", "B&O and H&R &bar; y"),
    Case("list and heading", "<ul><li>un<li>deux</ul><h2>Trois</h2>q", "un deux Trois q"),
    Case("rule and page", "l<HR>m<PAGE>n", "l m n"),
    Case("nothing off the page", "<style>b{c}</style><script>let d=1</script><!-- e --><p>f", "f"),
    Case("visible fact", '<p>Loss of $<ix:nonFraction name="x:L">4,5</ix:nonFraction>67</p>', "Loss of $4,567"),
    Case("hidden facts", "<div><ix:header><ix:hidden>g</ix:hidden></ix:header></div><p>h</p>", "h"),
    Case("preformatted", "<PRE>Gross margin   41\nTaxes           9</PRE>", "Gross margin 41 Taxes 9"),
    Case("styled paragraphs", '<P STYLE="margin: 0pt">i</P><P STYLE="margin: 0pt">j</P>', "i j"),
    Case("> in an attribute", '<p title="k>l">m</p>n', "m n"),
    Case("raised mark in brackets", "<p>Margin<sup>(2)</sup></p>", "Margin(2)"),
    Case("less-than in text", "<p>o < p and 3<4</p>q", "o < p and 3<4 q"),
    Case("raised digit after a word", "<p>Margin<sup>2</sup> of 5<sup>th</sup></p>", "Margin² of 5th"),
    Case("raised trademark", "<p>Zentrol<sup>TM</sup> M<sup>c</sup>Nair</p>", "Zentrol™ McNair"),
    Case("invisible characters", "<p>re&shy;fund &#8203;zero&#8203;&#xFEFF;</p>", "refund zero"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_words_are_those_on_the_page(case: Case) -> None:
    read = html_text(case.source)
    assert read.text.split() == case.words.split()
    assert not read.damage
