"""Make the client of a cluster's nodes: the library, TLS, and who asks. Nothing is asked here."""

import os
import ssl
from typing import Any

from indexer.cluster import address as addresses
from indexer.cluster.address import ClusterAddress
from indexer.errors import UnusableIndexError, importing


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
