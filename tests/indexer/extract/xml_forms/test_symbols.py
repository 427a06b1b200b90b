"""Trading symbols: what filers write for one, and what is none."""

import pytest

from indexer.extract.xml_forms.symbols import cover_symbols, symbols_of


@pytest.mark.parametrize(
    ("written", "symbols"),
    [
        ("FRN", ("FRN",)),
        ("frn", ("FRN",)),
        ("NYSE: FRN", ("FRN",)),
        ("(FRN)", ("FRN",)),
        ("BRK.A", ("BRK.A",)),
        ("FRN, FRNW", ("FRN", "FRNW")),
        ("FRN and FRNW", ("FRN", "FRNW")),
        ("FRN/FRNW", ("FRN", "FRNW")),
        ("N/A", ()),
        ("NONE", ()),
        ("None.", ()),
        ("not applicable", ()),
        ("—", ()),
        ("", ()),
        ("A", ("A",)),
    ],
)
def test_symbols_are_told_from_what_is_none(written: str, symbols: tuple[str, ...]) -> None:
    assert symbols_of([written]) == symbols


@pytest.mark.parametrize(
    "source",
    [
        b'<ix:nonNumeric name="dei:TradingSymbol" contextRef="c">FRN</ix:nonNumeric>',
        b"<ix:nonNumeric contextRef='c' name='dei:TradingSymbol' id='f'><span style='x'>FRN</span></ix:nonNumeric>",
        b'<dei:TradingSymbol contextRef="c">frn</dei:TradingSymbol>',
        b'<ix:nonNumeric name="dei:TradingSymbol" contextRef="c">\nFRN&#160;</ix:nonNumeric>',
    ],
)
def test_a_cover_page_gives_its_symbol(source: bytes) -> None:
    assert cover_symbols(b"<html><body>" + source + b"</body></html>") == ("FRN",)


@pytest.mark.parametrize(
    "source",
    [
        b'<ix:nonNumeric name="dei:TradingSymbol" contextRef="c">&#8212;</ix:nonNumeric>',
        b'<ix:nonNumeric name="dei:SecurityExchangeName" contextRef="c">FRN</ix:nonNumeric>',
        b"<p>The TradingSymbol is FRN.</p>",
        b'<ix:nonNumeric name="dei:TradingSymbol" contextRef="c">FRN',
    ],
)
def test_what_is_no_fact_of_it_gives_none(source: bytes) -> None:
    assert cover_symbols(source) == ()
