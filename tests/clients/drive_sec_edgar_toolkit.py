"""Search as sec-edgar-toolkit does, at another address: `... ADDRESS PARAMETERS`; prints its answer as JSON."""

import json
import sys

from sec_edgar_toolkit.endpoints.fulltext import FullTextSearchEndpoints
from sec_edgar_toolkit.utils import HttpClient

FullTextSearchEndpoints.SEARCH_URL = f"{sys.argv[1]}/LATEST/search-index"
client = HttpClient(user_agent="Example Example example@example.org")
print(json.dumps(FullTextSearchEndpoints(client).search(**json.loads(sys.argv[2]))))
