"""Bring an index up to date: find what has to be read (listing, plan), read it (build), make it the index (update)."""
