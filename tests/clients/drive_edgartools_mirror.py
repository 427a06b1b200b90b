"""Open filings as edgartools does, from a mirror: `... ADDRESS PARAMETERS`; prints JSON."""

import json
import os
import sys

os.environ["EDGAR_BASE_URL"] = os.environ["EDGAR_DATA_URL"] = sys.argv[1]

import edgar
from edgar.search import efts

efts.EFTS_BASE_URL = f"{sys.argv[1]}/LATEST/search-index"
asked = json.loads(sys.argv[2])
company = edgar.Company(asked["cik"])
filings = company.get_filings(form=asked["form"])
filing = edgar.find(asked["accession"])
found = filing.obj()
print(
    json.dumps(
        {
            "name": company.name,
            "tickers": list(company.tickers),
            "filings": [each.accession_no for each in filings],
            "header": [filing.header.accession_number, filing.header.form],
            "form": filing.form,
            "text": filing.text()[:200_000],
            "attachments": [each.document for each in filing.attachments],
            "object": type(found).__name__,
            "object_text": str(found)[:2_000],
            "quarter": [each.accession_no for each in edgar.get_filings(asked["year"], asked["quarter"])],
        }
    )
)
