"""What is here are the targets and a program, which `tests/test_fuzz.py` and `make fuzz` use; none is a test."""

collect_ignore_glob = ["*.py"]
