"""A terminal of so many columns and lines, on which a command is run; what it showed."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

_SECONDS = 120
"""For which nothing may come before the command counts as stuck."""


def shown(
    command: Sequence[str],
    *,
    columns: int = 80,
    lines: int = 24,
    told: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    keys: Sequence[tuple[str, bytes]] = (),
) -> str:
    """Run a command on a terminal of its own; all that it wrote there, on both streams.

    `keys` are what is typed: each once the text before it was shown since the last.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in _UNSET}
    env |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(told or {})}
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True, close_fds=True
    )
    os.close(slave)
    try:
        return _read(master, list(keys)).decode("utf-8", "replace").replace("\r\n", "\n")
    finally:
        os.close(master)
        if process.poll() is None:
            process.terminate()
        process.wait()


_UNSET = ("COLUMNS", "LINES", "PAGER", "LESS", "NO_COLOR", "EDGAR_CONFIG", "MANPAGER", "LESSOPEN")


def _read(master: int, keys: list[tuple[str, bytes]]) -> bytes:
    said, since = b"", 0
    while True:
        ready, _, _ = select.select([master], [], [], _SECONDS)
        if not ready:
            raise AssertionError(f"nothing more was shown; before that: {said[since:]!r}")
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux says so when the other side is closed
            part = b""
        if not part:
            return said
        said += part
        while keys and keys[0][0].encode() in said[since:]:
            since = len(said)
            os.write(master, keys.pop(0)[1])
