"""Words that names of parties write in several ways, and what stands in them without being part of them.

EDGAR conforms names (EDGAR Filer Manual, volume I: the conformed name): capitals, few punctuation marks, common words
abbreviated or not as the filer chose, the state after a slash where two names were alike. Titles of officers come as
the filers of Forms 3, 4 and 5 write them.
"""

SPELLINGS = (
    ("co", "company"),
    ("cos", "companies"),
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("ltd", "limited"),
    ("intl", "international"),
    ("natl", "national"),
    ("bros", "brothers"),
    ("mfg", "manufacturing"),
    ("hldg", "hldgs", "holding", "holdings"),
    ("grp", "group"),
    ("svcs", "services"),
    ("assn", "association"),
    ("assoc", "assocs", "associates"),
    ("fin", "finl", "financial"),
    ("mgmt", "management"),
    ("ins", "insurance"),
    ("labs", "laboratories"),
    ("pharm", "pharma", "pharmaceutical", "pharmaceuticals"),
    ("tr", "trust"),
    ("univ", "university"),
    ("st", "saint"),
    ("jr", "junior"),
    ("sr", "senior"),
)
"""Words of which any stands for all in a name."""

UNSPOKEN = frozenset({"and", "the", "&", "+"})
"""What a name may have or not have."""

LEGAL_FORMS = frozenset(
    {"ab", "ag", "bv", "llc", "lllp", "llp", "lp", "na", "nv", "pc", "plc", "pllc", "sa", "spa", "usa"}
)
"""Legal forms, and the like, whose letters stand apart where points are written: `L.P.`"""

NO_GIVEN_NAME = LEGAL_FORMS | {word for words in SPELLINGS for word in words} | {"of", "for", "in", "de", "van", "von"}
"""Words that are not shortened to an initial."""

SUFFIXES = frozenset({"adv", "can", "fi", "new", "old", "bd", "ta", "gp"})
"""What stands after a slash at the end of a conformed name besides the code of a state."""

OFFICERS = (
    ("cfo", "chief financial officer", "chief fin officer", "chief financial off"),
    ("ceo", "chief executive officer", "chief exec officer"),
    ("coo", "chief operating officer", "chief operations officer"),
    ("cto", "chief technology officer", "chief technical officer"),
    ("cio", "chief information officer"),
    ("cmo", "chief marketing officer", "chief medical officer"),
    ("cao", "chief accounting officer"),
    ("pao", "principal accounting officer"),
    ("clo", "chief legal officer"),
    ("cco", "chief compliance officer", "chief commercial officer"),
    ("evp", "executive vice president", "exec vp", "exec vice president"),
    ("svp", "senior vice president", "sr vp", "sr vice president", "senior vp"),
    ("vp", "vice president", "vice pres"),
    ("chairman", "chmn", "chair", "chairwoman", "chairperson"),
    ("gc", "general counsel", "gen counsel"),
)
"""Titles of officers, of which any stands for all of its group."""
