"""Read amounts, decimal numbers, days, and lists as people write them: text in, numbers or terms of an index out.

Which fields have such values is said in `indexer.fields`; what a query asks of them, in `search`.
"""
