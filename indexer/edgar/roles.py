"""What parties are to a submission. No header is read here."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """A party's role; the values are the header's own tags, in lower case."""

    FILER = "filer"
    SUBJECT_COMPANY = "subject-company"
    FILED_BY = "filed-by"
    FILED_FOR = "filed-for"
    REPORTING_OWNER = "reporting-owner"
    ISSUER = "issuer"
    SERIAL_COMPANY = "serial-company"
    DEPOSITOR = "depositor"
    SECURITIZER = "securitizer"
    UNDERWRITER = "underwriter"
    ISSUING_ENTITY = "issuing-entity"


ABOUT: tuple[str, ...] = (Role.SUBJECT_COMPANY, Role.ISSUER, Role.FILER, Role.FILED_FOR, Role.ISSUING_ENTITY)
"""The roles whose party a filing is about, the most telling first."""

BYLINES: Mapping[str, str] = {
    Role.FILED_BY: "filed by",
    Role.REPORTING_OWNER: "owner",
    Role.DEPOSITOR: "depositor",
    Role.SECURITIZER: "securitizer",
}
"""How a party is introduced that is named after the one the filing is about."""
