"""What forms call their items and tables: captions by number, in the order of the form. No text is read here."""

from collections.abc import Mapping

SCHEDULE_13D: Mapping[str, str] = {
    "1": "Security and issuer",
    "2": "Identity and background",
    "3": "Source and amount of funds or other consideration",
    "4": "Purpose of transaction",
    "5": "Interest in securities of the issuer",
    "6": "Contracts, arrangements, understandings or relationships with respect to the securities",
    "7": "Material to be filed as exhibits",
}
"""Items of Schedule 13D (17 CFR 240.13d-101)."""

SCHEDULE_13G: Mapping[str, str] = {
    "1": "Name and address of issuer",
    "2": "Name, address and citizenship of person filing; class of securities",
    "3": "Type of person filing",
    "4": "Ownership",
    "5": "Ownership of 5 percent or less of a class",
    "6": "Ownership of more than 5 percent on behalf of another person",
    "7": "Identification and classification of the subsidiary which acquired the security",
    "8": "Identification and classification of members of the group",
    "9": "Notice of dissolution of group",
    "10": "Certifications",
}
"""Items of Schedule 13G (17 CFR 240.13d-102)."""
