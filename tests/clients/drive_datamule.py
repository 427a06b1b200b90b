"""Search as datamule does, at another address: `python drive_datamule.py ADDRESS PARAMETERS`; prints JSON."""

import asyncio
import json
import sys

from datamule.sec.submissions.textsearch import TextSearchEFTSQuery


async def main():
    asked = json.loads(sys.argv[2])
    query = TextSearchEFTSQuery(asked.pop("text"), requests_per_second=100.0, quiet=True)
    query.base_url = f"{sys.argv[1]}/LATEST/search-index"
    async with query:
        names = await query.search_name(asked.pop("name"))
    hits = await query.query(**asked)
    print(json.dumps({"names": names, "documents": [hit["_id"] for hit in hits], "total": query.true_total_docs}))


asyncio.run(main())
