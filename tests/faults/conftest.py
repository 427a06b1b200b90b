"""What is here are programs, which `tests/test_interruption.py` runs; none is a test."""

collect_ignore_glob = ["*.py"]
