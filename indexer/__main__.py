"""The console script, and `python -m indexer`."""

import atexit
import gc


def main() -> None:
    """Run the command line; the process ends with it."""
    gc.set_threshold(100_000)  # looking for garbage among what is imported takes a twentieth of a short command
    atexit.register(gc.freeze)  # so that Python does not look through everything once more as it ends
    from indexer.cli import main as run  # noqa: PLC0415  (after that)

    run()


if __name__ == "__main__":
    main()
