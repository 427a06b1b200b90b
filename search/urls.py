"""Where a filing stands on sec.gov. The rules are those of EDGAR's own search page."""

from urllib.parse import quote

from indexer.edgar.accession import accession_number

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"


def filing_url(cik: str, accession: str) -> str:
    """Return the address of the filing's index page; empty without a CIK or a real accession number.

    >>> filing_url("0009000001", "0009000001-17-000012")
    'https://www.sec.gov/Archives/edgar/data/9000001/000900000117000012/0009000001-17-000012-index.html'
    """
    return f"{_folder(cik, accession)}/{accession}-index.html" if _is_there(cik, accession) else ""


def document_url(cik: str, accession: str, filename: str) -> str:
    """Return the address of the document; of the complete submission where it has no filename of its own.

    >>> document_url("0009000001", "0009000001-17-000012", "ex991.htm")
    'https://www.sec.gov/Archives/edgar/data/9000001/000900000117000012/ex991.htm'
    """
    name = quote(filename or f"{accession}.txt", safe="")
    return f"{_folder(cik, accession)}/{name}" if _is_there(cik, accession) else ""


def _folder(cik: str, accession: str) -> str:
    return f"{ARCHIVES}/{int(cik)}/{accession.replace('-', '')}"


def _is_there(cik: str, accession: str) -> bool:
    return cik.isdecimal() and accession_number(accession) == accession
