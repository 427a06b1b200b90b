"""Read the address of an index on a cluster, and how to be let in. Nothing is asked here."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from indexer.addresses import scheme
from indexer.errors import UnusableIndexError

SCHEMES = ("http", "https")
USER, PASSWORD = "EDGAR_CLUSTER_USER", "EDGAR_CLUSTER_PASSWORD"
"""The environment variables of who asks; a name in an address would stand in every message."""
AUTHORITY = "EDGAR_CLUSTER_CA"
"""The environment variable of the file of certificates that the cluster's is signed with."""

_ADDRESS = re.compile(
    r"(?P<scheme>https?):/+(?P<hosts>[^/#]+)/(?P<name>[a-z0-9][a-z0-9_.-]*)/?(?:#(?P<epoch>\d+)\.(?P<builder>\w+))?"
)
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d+)?")


class ClusterAddress(NamedTuple):
    """Say where an index is: nodes that can be asked, any of them, and the index's name there."""

    scheme: str
    hosts: tuple[str, ...]
    """`host:port`; asked in turn, another where one does not answer."""
    name: str
    epoch: int = 0
    """For those who build: which of the indices of that name they build, and for which builder."""
    builder: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{','.join(self.hosts)}/{self.name}"

    def given(self, epoch: int, builder: str) -> Path:
        """Return the address as the workers of a builder are given it."""
        return Path(f"{self}#{epoch}.{builder}")


def parse(address: Path | str) -> ClusterAddress:
    """Read an address; UnusableIndexError when it is none of an index on a cluster.

    >>> parse("https://a:9200,b:9200/edgar")
    ClusterAddress(scheme='https', hosts=('a:9200', 'b:9200'), name='edgar', epoch=0, builder='')
    """
    if "@" in str(address):
        raise UnusableIndexError(f"an address names nobody: give user and password in ${USER} and ${PASSWORD}")
    if scheme(address) not in SCHEMES:
        raise UnusableIndexError(
            f"{address}: there is no engine for {scheme(address)}; give the folder of an index, or https://HOST:9200/NAME"
        )
    match = _ADDRESS.fullmatch(str(address))
    hosts = tuple(match["hosts"].split(",")) if match else ()
    if match is None or not all(map(_HOST.fullmatch, hosts)):
        raise UnusableIndexError(f"{address} is no address of an index: https://HOST:9200/NAME, NAME in small letters")
    return ClusterAddress(match["scheme"], hosts, match["name"], int(match["epoch"] or 0), match["builder"] or "")


def credentials() -> tuple[str, str] | None:
    """Return user and password, as the environment has them; None where it names nobody."""
    user = os.environ.get(USER)
    return (user, os.environ.get(PASSWORD, "")) if user else None
