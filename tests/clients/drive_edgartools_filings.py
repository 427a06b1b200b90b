"""Open filings by their accession numbers as edgartools does, from a mirror: `... ADDRESS PARAMETERS`; prints JSON."""

import json
import os
import sys

os.environ["EDGAR_BASE_URL"] = os.environ["EDGAR_DATA_URL"] = sys.argv[1]
os.environ["EDGAR_RATE_LIMIT_PER_SEC"] = "1000"

import edgar
from edgar.search import efts

efts.EFTS_BASE_URL = f"{sys.argv[1]}/LATEST/search-index"


def opened(accession):
    filing = edgar.find(accession)
    listed = edgar.Company(filing.cik).get_filings(form=filing.form)
    return {
        "form": filing.form,
        "header": [filing.header.accession_number, filing.header.form],
        "attachments": [each.document for each in filing.attachments],
        "text": len(filing.text() or ""),
        "object": data_object(filing),
        "listed": [each.accession_no for each in listed],
        "filed": str(filing.homepage.get_filing_dates()[0]),
        "filers": [each.cik for each in filing.homepage.get_filers()],
    }


def data_object(filing):
    try:
        return type(filing.obj()).__name__
    except (
        Exception
    ) as error:  # what edgartools makes of a form, it makes of made-up ones that have few of its fields, too
        return f"{type(error).__name__}: {error}"


print(json.dumps({accession: opened(accession) for accession in json.loads(sys.argv[2])["accessions"]}))
