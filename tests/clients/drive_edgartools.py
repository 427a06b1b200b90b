"""Search as edgartools does, at another address: `python drive_edgartools.py ADDRESS PARAMETERS`; prints JSON."""

import json
import sys

from edgar.search import efts

efts.EFTS_BASE_URL = f"{sys.argv[1]}/LATEST/search-index"

asked = json.loads(sys.argv[2])
found = efts.search_filings(**asked).fetch_more(1_000)
print(
    json.dumps(
        {
            "total": found.total,
            "documents": [f"{each.accession_number}:{each.document_id}" for each in found],
            "companies": [each.company for each in found],
            "filed": [each.filed for each in found],
            "forms": {each.key: each.count for each in found.aggregations.forms},
            "resolved": efts.resolve_accession(found[0].accession_number) if len(found) else None,
        },
        default=str,
    )
)
