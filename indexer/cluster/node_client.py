"""The client of a cluster's nodes: the library, TLS, who asks, and what its failures mean. Nothing is asked here."""

import os
import ssl
from collections.abc import Iterator, Mapping
from typing import Any

from indexer.cluster import address as addresses
from indexer.cluster.address import ClusterAddress
from indexer.errors import UnusableIndexError, importing

BUSY = frozenset({429, 502, 503, 504})
"""What is said of load, and goes by; everything else is final."""
_GONE = frozenset({
    "connect_transport_exception",
    "no_shard_available_action_exception",
    "node_closed_exception",
    "node_disconnected_exception",
    "node_not_connected_exception",
    "send_request_transport_exception",
})  # fmt: skip
"""What is said, as an error of the server, of a node that dies while it is asked."""
BLOCK = "cluster_block_exception"
"""What is said of an index that a node has made read-only, also as if it were load."""


def open_client(address: ClusterAddress, *, timeout: float) -> Any:
    """Make a client that asks any node of an address, another where one does not answer within `timeout` seconds.

    MissingExtraError where the library is not installed, UnusableIndexError for a file of authorities that is none.
    """
    import logging  # noqa: PLC0415

    with importing("opensearch", purpose="an index on a cluster needs"):
        from opensearchpy import OpenSearch  # noqa: PLC0415  (half a second, and only a cluster needs it)
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what fails is raised; it is not told twice
    hosts = [f"{address.scheme}://{host}" for host in address.hosts]
    return OpenSearch(
        hosts,
        http_auth=addresses.credentials(),
        http_compress=True,
        timeout=timeout,
        max_retries=2 * len(hosts),
        **(_secure() if address.scheme == "https" else {}),
    )


def _secure() -> dict[str, Any]:
    """Say how TLS is checked: by the system's authorities, or by those of the file that the environment names."""
    secure: dict[str, Any] = {"use_ssl": True, "ssl_show_warn": False}
    if not (authority := os.environ.get(addresses.AUTHORITY)):
        return secure
    try:
        ssl.create_default_context(cafile=authority)
    except OSError as error:
        why = error.strerror or "it holds no certificates"
        raise UnusableIndexError(f"${addresses.AUTHORITY}: {authority} cannot be read ({why})") from error
    return {**secure, "ca_certs": authority}


# Failures


def failures() -> tuple[type[Exception], ...]:
    """Return what the client raises when it has no answer, or one that is an error."""
    from opensearchpy.exceptions import TransportError  # noqa: PLC0415

    return (TransportError,)


def is_no_connection(error: Exception) -> bool:
    """Tell whether no node answered at all."""
    from opensearchpy.exceptions import ConnectionError as NoConnectionError  # noqa: PLC0415

    return isinstance(error, NoConnectionError)


def passes(error: Exception) -> bool:
    """Tell whether a failure may go by of itself: load, or nodes that are not there for the moment."""
    from opensearchpy.exceptions import SSLError  # noqa: PLC0415

    if is_no_connection(error):
        return not isinstance(error, SSLError)
    status, info = getattr(error, "status_code", 0), getattr(error, "info", None)
    return (status in BUSY and reason_of(info)[0] != BLOCK) or (status == 500 and not _GONE.isdisjoint(kinds(info)))


def cause(error: Exception) -> str:
    """Say the innermost reason of a failure, on one line."""
    said = str(getattr(error, "info", None) or error)
    return " ".join(said.rsplit("Caused by", 1)[-1].split())[:200]


def kinds(info: Any) -> Iterator[str]:
    """Yield the types of all errors within what a cluster says of one."""
    if isinstance(info, Mapping):
        yield str(info.get("type", ""))
        info = list(info.values())
    if isinstance(info, list):
        for each in info:
            yield from kinds(each)


def reason_of(info: Any) -> tuple[str, str]:
    """Take kind and reason out of what a cluster says of an error."""
    if isinstance(info, Mapping):
        error = info.get("error", info)
        if isinstance(error, Mapping):
            causes = error.get("root_cause") or [error]
            deepest = error.get("caused_by") or causes[0]
            return str(error.get("type", "")), " ".join(str(deepest.get("reason", error.get("reason", ""))).split())
        return "", str(error)
    return "", " ".join(str(info or "").split())[:200]
