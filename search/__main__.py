"""The console script, and `python -m search`."""

import gc
import sys


def main() -> None:
    """Run the command line; the process ends with it."""
    gc.set_threshold(100_000)  # looking for garbage among what is imported takes a twentieth of a short command
    try:
        from search.cli import main as run  # noqa: PLC0415  (after that)

        run()
    except KeyboardInterrupt:  # before anything was asked
        sys.exit(130)


if __name__ == "__main__":
    main()
