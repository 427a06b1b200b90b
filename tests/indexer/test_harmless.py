import sys

from indexer.harmless import _DRIVING, harmless


def test_what_can_be_printed_drives_nothing() -> None:
    """A text that Python calls printable is passed on as it is."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert not [each for each in _DRIVING.findall(everything) if each.isprintable()]


def test_lines_keep_their_ends() -> None:
    assert harmless("§ 1\na \u202eb\n") == "§ 1\na  b\n"
    assert harmless("§ 1\ntab\t·\n") == "§ 1\ntab\t·\n"
