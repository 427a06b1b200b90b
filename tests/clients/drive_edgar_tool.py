"""Search as edgar-tool does, at another address: `... ADDRESS PARAMETERS`; prints rows as JSON, on its last line."""

import json
import sys

from edgar_tool import constants
from edgar_tool.search_params import SearchParams
from edgar_tool.text_search import search

constants.TEXT_SEARCH_BASE_URL = f"{sys.argv[1]}/LATEST/search-index?"
print(json.dumps(search(SearchParams(**json.loads(sys.argv[2])), max_results=1_000)))
