"""Asking EDGAR, or a mirror of it, by the SEC's rules: the pace, one request, the copies kept of what rarely changes.

What there is to be asked for, and what it means, is the business of `indexer.download`.
"""
