"""What is kept beside evidence: a detached signature by an SSH key, which `ssh-keygen` makes, and a timestamp token.

The signature is `FILE.sig`, the token of an RFC 3161 authority `FILE.tsr`. Whom to trust is not decided here.
"""

import hashlib
import subprocess
from pathlib import Path
from typing import NamedTuple

from indexer.printing import one_line
from search.errors import SearchError

NAMESPACE = "edgar-corpus-search"
"""For what the signature is: one made for anything else does not hold."""
_HASHES = ("sha256", "sha384", "sha512")


class Seal(NamedTuple):
    """What a file beside evidence is worth."""

    said: str
    """One line for people; empty where nothing is to be said."""
    wrong: bool = False


def signature_file(evidence: Path) -> Path:
    """Name the file of the signature of evidence."""
    return evidence.with_name(f"{evidence.name}.sig")


def token_file(evidence: Path) -> Path:
    """Name the file of the timestamp token of evidence."""
    return evidence.with_name(f"{evidence.name}.tsr")


def sign(evidence: Path, key: Path) -> Path:
    """Sign evidence with an SSH key; return the file of the signature. SearchError where it cannot be done."""
    signature_file(evidence).unlink(missing_ok=True)
    done = _ssh_keygen("-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(evidence.resolve()))
    if done.returncode or not signature_file(evidence).is_file():
        raise SearchError(
            f"--sign {key}: {_message(done) or 'ssh-keygen made no signature'}; the evidence is not signed"
        )
    return signature_file(evidence)


def signature(evidence: Path, signers: Path | None) -> Seal:
    """Check the signature of evidence against the keys of `signers` (the format of ssh-keygen's ALLOWED SIGNERS).

    Without them only that it is a signature of this file is checked, and the key that made it is named.
    """
    file = signature_file(evidence)
    if signers and not signers.is_file():
        raise SearchError(f"--signers {signers}: no such file")
    if not file.is_file():
        wanted = "; --signers asks for one" if signers else ""
        return Seal(f"signature: there is none ({file}){wanted}", wrong=signers is not None)
    if signers is None:
        done = _checked(evidence, "check-novalidate", "-s", str(file))
        said = f"signature: {_message(done)}"
        return Seal(said, wrong=True) if done.returncode else Seal(f"{said}; whose key that is, --signers FILE says")
    found = _ssh_keygen("-Y", "find-principals", "-s", str(file), "-f", str(signers))
    principal = found.stdout.partition("\n")[0].strip()
    if found.returncode or not principal:
        return Seal(f"signature: its key is none of those in {signers}", wrong=True)
    done = _checked(evidence, "verify", "-s", str(file), "-f", str(signers), "-I", principal)
    return Seal(f"signature: {_message(done)}", wrong=done.returncode != 0)


def timestamp(evidence: Path) -> Seal:
    """Say whether a timestamp token beside evidence is of this file; whose it is, OpenSSL says."""
    file = token_file(evidence)
    if not file.is_file():
        return Seal(f"timestamp: there is none ({file})")
    token, content = file.read_bytes(), evidence.read_bytes()
    if any(hashlib.new(name, content).digest() in token for name in _HASHES):
        check = f"openssl ts -verify -data {evidence} -in {file} -CAfile CERTIFICATES"
        return Seal(f"timestamp: {file} is of this file; whose it is says `{check}`")
    return Seal(f"timestamp: {file} is not of this file", wrong=True)


def _checked(evidence: Path, what: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return _ssh_keygen("-Y", what, "-n", NAMESPACE, *arguments, content=evidence.read_bytes())


def _ssh_keygen(*arguments: str, content: bytes = b"") -> "subprocess.CompletedProcess[str]":
    try:
        done = subprocess.run(["ssh-keygen", *arguments], input=content, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise SearchError(
            "signatures are made and checked by ssh-keygen of OpenSSH 8.1 or later: install it"
        ) from error
    out, err = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def _message(done: "subprocess.CompletedProcess[str]") -> str:
    return one_line((done.stdout if not done.returncode else "") or done.stderr or done.stdout)
