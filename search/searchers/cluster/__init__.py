"""The query tree as what a cluster is asked, and what it answers as what engines give."""
