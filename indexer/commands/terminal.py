"""What both commands share at a terminal: errors as messages, exit codes, how numbers are said. No command here."""

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from indexer.addresses import as_path
from indexer.commands import defaults
from indexer.harmless import harmless, harmless_json
from indexer.printing import broken
from indexer.storage import trust

DONE, COULD_NOT, INTERRUPTED = 0, 2, 130

_FOLDER = "indexer.storage"


def _trusted(context: click.Context, parameter: click.Parameter, given: bool) -> None:
    trust.give(given)


def _warned(context: click.Context, parameter: click.Parameter, folder: Path) -> Path:
    """The index's folder, with a warning where it is trusted and should not be."""
    folder = context.meta[_FOLDER] = as_path(folder)
    if trust.is_given() and (why := trust.distrust(folder)):
        echo(f"warning: {why}", err=True)
    return folder


_TRUST_OPTION = click.option(
    "--trust",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_trusted,
    help="Open the index though it names what none of this program's does: it can run code as you.",
)

_INDEX_OPTION = click.option(
    "--index",
    "folder",
    callback=_warned,
    type=click.Path(path_type=Path),
    envvar="EDGAR_INDEX",
    default=Path("index"),
    help="The index's folder; else $EDGAR_INDEX, the defaults file's (--help-config), or ./index.",
)

_PAGER_OPTION = click.option(
    "--pager",
    metavar="COMMAND",
    help="Show on a terminal what is longer than the screen with this program.  [default: $PAGER, else less]",
)
_NO_PAGER_OPTION = click.option("--no-pager", "pager", flag_value="", help="Show it without a pager.")

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="As one JSON object.")


def INDEX_OPTION(command: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802  (it stands among click's options)
    """Add the options that say which index, and whether it is trusted."""
    return _INDEX_OPTION(_TRUST_OPTION(command))


def PAGER_OPTION(command: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802  (it stands among click's options)
    """Add the options that say how what is longer than the screen is shown: `pager`, for `print_lines`."""
    return _PAGER_OPTION(_NO_PAGER_OPTION(command))


def run(
    command: click.Command, program: str, errors: tuple[type[Exception], ...], arguments: Sequence[str] | None = None
) -> int:
    """Run a command line; its exit code.

    What stops it (one of `errors`, bad usage, the operating system, a damaged segment) becomes a message on standard
    error that begins with the program's name, and exit code 2, or that of the error (3 for an index that is locked, 4
    for one of another version); an interrupt is 130; a reader that closed the pipe is success.
    """
    _open_streams()
    _quieten()
    _spare_numpy()
    usual, wrong = _defaults(command)
    if f"_{program.upper()}_COMPLETE" in os.environ:
        command.main(arguments, program, default_map=usual)  # prints what the shell asked for, and exits
    try:
        typed = list(sys.argv[1:] if arguments is None else arguments)
        with command.make_context(program, typed, default_map=usual) as context:
            if wrong:  # but for --help and --version, which have ended before
                return _fail(program, wrong)
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
        return _fail(program, str(error), getattr(error, "exit_code", COULD_NOT))
    except OSError as error:
        return _fail(program, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    return code if isinstance(code, int) else DONE


def _defaults(command: click.Command) -> tuple[dict[str, Any], str]:
    """Read the defaults file: what click takes in place of options, and what is wrong with the file."""
    try:
        usual = defaults.of_options(defaults.read())
    except defaults.DefaultsError as error:
        return {}, str(error)
    if isinstance(command, click.Group):
        return dict.fromkeys(command.commands, usual), ""
    return {name: usual[name] for name in ("folder", "pager", "color") if name in usual}, ""  # a corpus is for building


def _quieten() -> None:
    """Keep the warnings of libraries from standard error: what they say of a document is not for who asked."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _spare_numpy() -> None:
    """Have numpy do without what no command needs: threads for algebra, and its docstrings, a seventh of its import."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars"):
        sys.modules.setdefault(name, ModuleType(name))


def _open_streams() -> None:
    """Make the standard streams take every character, and open those that whoever called has closed.

    Then nobody hears messages, but an answer is an error.
    """
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


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
            from indexer.engines.engine import refuse_damage  # noqa: PLC0415  (loads Whoosh)

            refuse_damage(context.meta[_FOLDER])
        raise


def _fail(program: str, message: str, code: int = COULD_NOT) -> int:
    with suppress(OSError):  # there may be no room for the message either
        echo(f"{program}: {message}", err=True)
    return code


def echo(text: str, *, err: bool = False) -> None:
    """Print for people: without what would drive a terminal, which may stand behind a pipe too.

    On a terminal messages are broken to its width, between words; what filings say stands as it is.
    """
    width = None
    if err and sys.stderr.isatty():
        from shutil import get_terminal_size  # noqa: PLC0415  (loads what unpacks archives)

        width = get_terminal_size().columns
    for line in harmless(text).split("\n"):
        for part in broken(line, width):
            click.echo(part, err=err)


def print_lines(lines: Iterable[str], pager: str | None) -> None:
    """Print an answer for people, which may be long: through a pager where it is longer than the screen.

    What would drive a terminal is taken out, for what stands in a file goes out as it is. `pager`: the program named;
    None for the user's own, empty for none. BrokenPipeError when the reader leaves before all was written.
    """
    clean = (each for line in lines for each in harmless(line).split("\n"))
    if sys.stdout.isatty():
        from indexer.commands import pager as pagers  # noqa: PLC0415  (only a terminal needs it)

        pagers.show(clean, pagers.pager(pager))
    else:
        sys.stdout.writelines(f"{line}\n" for line in clean)


def json_lines(value: object, *, indent: int | None = None) -> list[str]:
    """Write a value as the lines of its JSON: exact, and without what would drive a terminal."""
    return harmless_json(json.dumps(value, ensure_ascii=False, indent=indent)).split("\n")


def echo_json(value: object, *, indent: int | None = None) -> None:
    """Print a value as JSON: exact, and without what would drive a terminal."""
    click.echo("\n".join(json_lines(value, indent=indent)))
