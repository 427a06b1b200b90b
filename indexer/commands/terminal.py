"""What both commands share at a terminal: errors as messages, exit codes, how numbers are said. No command here."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from indexer.harmless import harmless
from indexer.storage.trust import distrust

DONE, COULD_NOT, INTERRUPTED = 0, 2, 130

_FOLDER = "indexer.storage"


def _warned(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """The index's folder, with a warning where it cannot be trusted."""
    context.meta[_FOLDER] = folder
    if why := distrust(folder):
        click.echo(f"warning: {why}", err=True)
    return folder


INDEX_OPTION = click.option(
    "--index",
    "folder",
    callback=_warned,
    type=click.Path(path_type=Path),
    envvar="EDGAR_INDEX",
    default=Path("index"),
    help="The index's folder; $EDGAR_INDEX, else ./index.",
)


def run(
    command: click.Command, program: str, errors: tuple[type[Exception], ...], arguments: Sequence[str] | None = None
) -> int:
    """Run a command line; its exit code.

    What stops it (one of `errors`, bad usage, the operating system, a damaged segment) becomes a message on standard
    error that begins with the program's name, and exit code 2; an interrupt is 130; a reader that closed the pipe is
    success.
    """
    _open_streams()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads for algebra; there is none here
    if f"_{program.upper()}_COMPLETE" in os.environ:
        command.main(arguments, program)  # prints what the shell asked for, and exits
    try:
        with command.make_context(program, list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = _invoked(command, context, errors)
        sys.stdout.flush()
    except click.exceptions.Exit as end:  # --help, --version
        return end.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        return _fail(program, error.format_message())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes
        return DONE
    except errors as error:
        return _fail(program, str(error))
    except OSError as error:
        return _fail(program, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return code if isinstance(code, int) else DONE


def _open_streams() -> None:
    """Open the standard streams that whoever called has closed: nobody hears messages, but an answer is an error."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def let_go() -> None:
    """Write what still waits to be written, and drop what cannot be: Python would complain of it on its way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # of which `run` has told
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _invoked(command: click.Command, context: click.Context, expected: tuple[type[Exception], ...]) -> object:
    """What the command returns. Where it fails over a damaged segment of its index, the error says so."""
    try:
        return command.invoke(context)
    except Exception as error:
        of_its_own = (*expected, click.ClickException, click.exceptions.Exit, click.exceptions.Abort, OSError)
        if not isinstance(error, of_its_own) and _FOLDER in context.meta:
            from indexer.writers.checksums import refuse_damage  # noqa: PLC0415  (loads Whoosh)

            refuse_damage(context.meta[_FOLDER])
        raise


def _fail(program: str, message: str) -> int:
    with suppress(OSError):  # there may be no room for the message either
        click.echo(f"{program}: {harmless(message)}", err=True)
    return COULD_NOT


def echo(text: str) -> None:
    """Print to standard output: as it is to a pipe or a file, and to a terminal without what would drive it."""
    click.echo(harmless(text) if sys.stdout.isatty() else text)
