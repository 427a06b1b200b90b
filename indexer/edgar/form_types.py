"""EDGAR's form types as people ask for them: families, successors, and the categories of EDGAR full-text search.

A table and the look-ups on it. The category names and members are those of the form filter of EDGAR full-text search;
forms that have since been renamed or added stand beside their predecessors.
"""

from collections.abc import Iterable

FAMILIES: dict[str, tuple[str, ...]] = {
    "10-K": ("10-K405", "10-KT", "10-KT405", "10KT405"),
    "10-Q": ("10-QT",),
    "10-KSB": ("10KSB", "10KSB40", "10-KSB40"),
    "10KSB": ("10-KSB", "10KSB40", "10-KSB40"),
    "10-QSB": ("10QSB",),
    "10QSB": ("10-QSB",),
    "11-K": ("11-KT",),
    "8-K": ("8-K12B", "8-K12G3", "8-K15D5"),
    "S-1": ("S-1MEF",),
    "S-3": ("S-3ASR", "S-3D", "S-3DPOS", "S-3MEF"),
    "S-4": ("S-4EF", "S-4MEF", "S-4 POS"),
    "S-8": ("S-8 POS",),
    "S-11": ("S-11MEF",),
    "SB-1": ("SB-1MEF",),
    "SB-2": ("SB-2MEF",),
    "F-1": ("F-1MEF",),
    "F-3": ("F-3ASR", "F-3D", "F-3DPOS", "F-3MEF"),
    "F-4": ("F-4EF", "F-4MEF", "F-4 POS"),
    "F-6": ("F-6EF", "F-6 POS"),
    "F-10": ("F-10EF", "F-10POS", "F-10MEF"),
    "13F": ("13F-HR", "13F-NT", "13F-E", "13FCONP"),
    "424B": ("424B1", "424B2", "424B3", "424B4", "424B5", "424B7", "424B8"),
    "253G": ("253G1", "253G2", "253G3", "253G4"),
    "N-CSR": ("N-CSRS",),
    "N-MFP": ("N-MFP1", "N-MFP2", "N-MFP3"),
    "NSAR": ("NSAR-A", "NSAR-AT", "NSAR-B", "NSAR-BT", "NSAR-U"),
    "NPORT": ("NPORT-P", "NPORT-NP", "NPORT-EX"),
    "SC TO": ("SC TO-C", "SC TO-I", "SC TO-T"),
    "SC 13D": ("SCHEDULE 13D",),
    "SC 13G": ("SCHEDULE 13G",),
    "SCHEDULE 13D": ("SC 13D",),
    "SCHEDULE 13G": ("SC 13G",),
    "1-A": ("1-A POS",),
    "D": ("REGDEX",),
}
"""What asking for a form includes beside the form itself and the amendments (`/A`) of all of them.

Forms of their own stay out: 10-KSB is not 10-K, and DEFA14A is not DEF 14A.
"""

OTHER_NAMES: dict[str, str] = {
    "SCHEDULE 13E3": "SC 13E3",
    "SCHEDULE 14D9": "SC 14D9",
    "SCHEDULE 14F1": "SC 14F1",
    "SCHEDULE 14N": "SC 14N",
    "SCHEDULE TO": "SC TO",
    "13D": "SC 13D",
    "13G": "SC 13G",
}
"""Other names of form types, and the one the header uses; blanks and hyphens may stand anywhere."""

_PERIODIC = """
1-K|1-SA|1-U|1-Z|1-Z-W|10-D|10-K|10-KT|10-Q|10-QT|11-K|11-KT|13F-HR|13F-NT|15-12B|15-12G|15-15D|15F-12B|15F-12G|
15F-15D|18-K|20-F|24F-2NT|25|25-NSE|40-17F2|40-17G|40-F|6-K|8-K|8-K12G3|8-K15D5|ABS-15G|ABS-EE|ANNLRPT|DSTRBRPT|
IRANNOTICE|N-30B-2|N-30D|N-CEN|N-CSR|N-CSRS|N-MFP|N-MFP1|N-MFP2|N-MFP3|N-PX|N-Q|NPORT-EX|NPORT-P|NSAR-A|NSAR-B|
NSAR-U|NT 10-D|NT 10-K|NT 10-Q|NT 11-K|NT 20-F|QRTLYRPT|SD|SP 15D2
"""
_REGISTRATION = """
10-12B|10-12G|18-12B|20FR12B|20FR12G|40-24B2|40FR12B|40FR12G|424A|424B1|424B2|424B3|424B4|424B5|424B7|424B8|
424H|425|485APOS|485BPOS|485BXT|487|497|497J|497K|8-A12B|8-A12G|AW|AW WD|DEL AM|DRS|F-1|F-1MEF|F-10|F-10EF|
F-10POS|F-3|F-3ASR|F-3D|F-3DPOS|F-3MEF|F-4|F-4 POS|F-4MEF|F-6|F-6 POS|F-6EF|F-7|F-7 POS|F-8|F-8 POS|F-80|
F-80POS|F-9|F-9 POS|F-N|F-X|FWP|N-2|POS AM|POS EX|POS462B|POS462C|POSASR|RW|RW WD|S-1|S-11|S-11MEF|S-1MEF|S-20|
S-3|S-3ASR|S-3D|S-3DPOS|S-3MEF|S-4|S-4 POS|S-4EF|S-4MEF|S-6|S-8|S-8 POS|S-B|S-BMEF|SF-1|SF-3|SUPPL|UNDER
"""
_PROXY = """
ARS|DEF 14A|DEF 14C|DEFA14A|DEFA14C|DEFC14A|DEFC14C|DEFM14A|DEFM14C|DEFN14A|DEFR14A|DEFR14C|DFAN14A|DFRN14A|
PRE 14A|PRE 14C|PREC14A|PREC14C|PREM14A|PREM14C|PREN14A|PRER14A|PRER14C|PRRN14A|PX14A6G|PX14A6N|SC 14N
"""
_TENDER = (
    """CB|SC 13E1|SC 13E3|SC 13E4|SC 14D1|SC 14D9|SC 14F1|SC TO-C|SC TO-I|SC TO-T|SC13E4F|SC14D1F|SC14D9C|SC14D9F"""
)


def _forms(table: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in table.replace("\n", "").split("|"))


CATEGORIES: dict[str, tuple[str, ...]] = {
    "annual, quarterly and current reports": _forms(_PERIODIC),
    "section 16": ("3", "4", "5"),
    "beneficial ownership": ("SC 13D", "SC 13G", "SC14D1F"),
    "exempt offerings": _forms("1-A|1-A POS|1-A-W|253G1|253G2|253G3|253G4|C|D|DOS|REGDEX"),
    "registration statements": _forms(_REGISTRATION),
    "correspondence": ("CORRESP", "DOSLTR", "DRSLTR", "UPLOAD"),
    "orders and notices": ("40-APP", "CT ORDER", "EFFECT", "QUALIF", "REVOKED"),
    "proxy materials": _forms(_PROXY),
    "tender offers": _forms(_TENDER),
    "trust indentures": ("305B2", "T-3"),
}
"""The categories of EDGAR full-text search, `form-cat1` to `form-cat10` in this order, by a short name."""

EXCEPT_SECTION_16 = "except section 16"
"""The name of `form-cat0`: every form but 3, 4 and 5."""

CATEGORY_NAMES: dict[str, str] = {
    "all except section 16": EXCEPT_SECTION_16,
    "form-cat0": EXCEPT_SECTION_16,
    **{f"form-cat{number}": name for number, name in enumerate(CATEGORIES, 1)},
    "periodic": "annual, quarterly and current reports",
    "reports": "annual, quarterly and current reports",
    "annual, periodic, current": "annual, quarterly and current reports",
    "insider": "section 16",
    "ownership": "section 16",
    "beneficial ownership reports": "beneficial ownership",
    "exempt": "exempt offerings",
    "registration": "registration statements",
    "registration statements and prospectuses": "registration statements",
    "filing review correspondence": "correspondence",
    "orders": "orders and notices",
    "sec orders and notices": "orders and notices",
    "proxy": "proxy materials",
    "tender": "tender offers",
    "tender offers and going private transactions": "tender offers",
    "trust indenture": "trust indentures",
    "trust indenture filings": "trust indentures",
}
"""Other names of the categories, lower case."""

KNOWN: tuple[str, ...] = tuple(
    dict.fromkeys(
        form
        for forms in (
            *CATEGORIES.values(),
            *((form, *others) for form, others in FAMILIES.items()),
            _forms(
                "144|10-C|8-B12B|8-B12G|8A12BEF|ADV|ATS-N|ATS-N-C|ATS-N-W|CERT|F-2|MA|N-1A|N-14|N-3|N-4|N-6|N-8A|N-8F"
            ),
            _forms(
                "NO ACT|S-2|SB-1|SB-2|STOP ORDER|T-3|TA-1|TA-2|X-17A-5|40-33|N-CR|N-PX-CR|SBSE|CFPORTAL|C-AR|C-TR|C-U"
            ),
        )
        for form in forms
    )
)
"""Form types to suggest from when a name is not in an index; EDGAR has some 400 more, and they can be asked for too."""


def family(form: str) -> tuple[str, ...]:
    """List the form types, as indexed (lower case), that asking for a form includes; the form itself first.

    A form that already ends in `/A` is only itself under its names.

    >>> family("8-K")
    ('8-k', '8-k/a', '8-k12b', '8-k12b/a', '8-k12g3', '8-k12g3/a', '8-k15d5', '8-k15d5/a')
    >>> family("SC 13D/A")
    ('sc 13d/a', 'schedule 13d/a')
    """
    root, slash, amendment = canonical(form).partition("/")
    if not slash:
        return _lower(name + suffix for name in (root, *FAMILIES.get(root, ())) for suffix in ("", "/A"))
    renamed = FAMILIES.get(root, ()) if root.startswith(("SC 13", "SCHEDULE 13")) else ()
    return _lower(f"{name}/{amendment}" for name in (root, *renamed))


def category(name: str) -> tuple[str, ...] | None:
    """List the form types of a category, families included, lower case; None when it is no category's name."""
    wanted = name.lower()
    forms = CATEGORIES.get(CATEGORY_NAMES.get(wanted, wanted))
    return forms and tuple(dict.fromkeys(member for form in forms for member in family(form)))


def is_except_section_16(name: str) -> bool:
    """Tell whether this names the category of all forms but 3, 4 and 5."""
    return CATEGORY_NAMES.get(name.lower(), name.lower()) == EXCEPT_SECTION_16


def canonical(form: str) -> str:
    """Spell a form type as the header does, in capitals, wherever blanks and hyphens stand: `10-K` of `Form 10k`.

    >>> canonical("Form 10k"), canonical("SC13D/A"), canonical("nt10-k"), canonical("13D")
    ('10-K', 'SC 13D/A', 'NT 10-K', 'SC 13D')
    """
    upper = " ".join(form.upper().split())
    root, slash, amendment = upper.partition("/")
    root = root.removeprefix("FORM ").strip()
    spelled = root if root in _NAMES else _SQUEEZED.get(_squeezed(root).removeprefix("FORM"), root)
    return spelled + slash + amendment.strip()


def _squeezed(form: str) -> str:
    return form.replace(" ", "").replace("-", "")


_NAMES = frozenset(KNOWN)
_SQUEEZED = {**{_squeezed(form): form for form in reversed(KNOWN)}, **{_squeezed(a): b for a, b in OTHER_NAMES.items()}}
"""How forms are spelled, by what is left without blanks and hyphens; the first of several that look alike so."""


def _lower(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.lower() for form in forms))
