"""Evidence held against itself and its sources: what stands, stands; every attack is found, and named."""

import gzip
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.evidence.signatures import NAMESPACE
from tests.search.conftest import Ask, Builder, Said, document, submission
from tests.search.evidence.forging import forged, rows, with_rows

ONE = submission(1, document("A covenant waiver of old."), document("A waiver too.", "b.txt", type="EX-99", sequence=2))
TWO = submission(2, document("Another waiver."), filed="20240301")
THREE = submission(3, document("Nothing of the kind."), form="10-K", company="OTHERWORTH LTD", cik="0009070009")
PICTURE = submission(4, document("begin 644 a.jpg\n#86)C\n`\nend", "a.jpg", type="GRAPHIC"), form="10-Q")
FILES = {"1.txt": ONE, "2.txt": TWO, "3.txt": THREE, "4.txt": PICTURE}

Verify = Callable[..., Said]


@pytest.fixture
def index(build: Builder) -> Path:
    return build(FILES)


@pytest.fixture
def evidence(ask: Ask, index: Path, home: Path) -> Path:
    asked = ask(
        "waiver", "--evidence", "e.json", "--report", "r.html", "--by", "A. Clerk", "--snippets", "2", index=index
    )
    assert asked.code == 0
    return home / "e.json"


@pytest.fixture
def verify(ask: Ask, home: Path) -> Verify:
    """Checks the evidence, without any index."""

    def verified(*options: str, file: str = "e.json") -> Said:
        return ask("--verify-evidence", file, *options, index=home / "none")

    return verified


def found(said: Said) -> list[tuple[str, str]]:
    """What differs, as the words that begin its line."""
    kinds = ("digest", "list", "figure", "changed", "missing", "passage", "seal", "page", "unreadable")
    lines = [line.split(maxsplit=2) for line in said.out.splitlines() if not line.startswith(" ")]
    return [(words[0], words[1]) for words in lines if words[0] in kinds]


def test_what_was_not_touched_stands(evidence: Path, verify: Verify) -> None:
    said = verify()
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert (
        lines[0].startswith("evidence of 2 filings among 4 covered filings, made ") and " by A. Clerk with " in lines[0]
    )
    assert "  passages: 3 of 3 where they stood, in the text read anew" in lines
    assert "  sources: 4 of 4 as they were, by their SHA-256" in lines
    assert lines[-1] == "the evidence stands"


def test_every_covered_filing_is_listed(evidence: Path, home: Path) -> None:
    content = json.loads(evidence.read_text())
    covered = sorted(rows(content, "covered"))
    assert [[row[0][-1], *row[1:4]] for row in covered] == [
        ["1", "8-K", "2024-01-02", 2],
        ["2", "8-K", "2024-03-01", 1],
        ["3", "10-K", "2024-01-02", 1],
        ["4", "10-Q", "2024-01-02", 1],
    ]
    assert covered[2][4] == [["filer", "OTHERWORTH LTD", "0009070009"]]
    assert covered[2][5] == str(home / "files" / "3.txt")
    assert rows(content, "unread") == [
        ["0009070001-24-000004:a.jpg", "GRAPHIC", "image", "a picture, of which no text is read"]
    ]
    assert content["asked_by"] == "A. Clerk"


def test_each_company_asked_for_is_summed_up(ask: Ask, index: Path) -> None:
    ask("waiver", "--cik", "9070001,9070009,77", "--evidence", "c.json", index=index)
    assert json.loads(Path("c.json").read_text())["companies"] == [
        {
            "cik": "0009070001",
            "name": "MERRIWICK MILLS INC",
            "filings": 3,
            "first_filed": "2024-01-02",
            "last_filed": "2024-03-01",
            "forms": {"10-Q": 1, "8-K": 2},
            "listed": None,
        },
        {
            "cik": "0009070009",
            "name": "OTHERWORTH LTD",
            "filings": 1,
            "first_filed": "2024-01-02",
            "last_filed": "2024-01-02",
            "forms": {"10-K": 1},
            "listed": None,
        },
        {
            "cik": "0000000077",
            "name": "",
            "filings": 0,
            "first_filed": "",
            "last_filed": "",
            "forms": {},
            "listed": None,
        },
    ]


# The attacks


def test_a_covered_filing_that_was_removed_is_named(
    ask: Ask, evidence: Path, build: Builder, index: Path, verify: Verify
) -> None:
    """Nothing of the answer rests on it: that is why it has to be said."""
    build({name: content for name, content in FILES.items() if name != "3.txt"})
    said = ask("--repeat", "e.json", index=index)
    assert said.code == 1
    assert "the corpus covered has changed: 1 gone (was 4 filings)" in said.out
    assert "gone     0009070001-24-000003  10-K, filed 2024-01-02, OTHERWORTH LTD; was read from" in said.out
    assert "nothing has changed in the answer" in said.out
    assert (verify().code, found(verify())) == (1, [("missing", "0009070001-24-000003")])


def test_a_source_that_was_edited_is_named(ask: Ask, evidence: Path, home: Path, index: Path, verify: Verify) -> None:
    source = home / "files" / "1.txt"
    source.write_bytes(source.read_bytes().replace(b"covenant", b"covenent"))
    repeated = ask("--repeat", "e.json", index=index)
    assert (repeated.code, "not looked at: the 4 source files" in repeated.out) == (0, True)
    said = verify()
    assert said.code == 1
    assert found(said) == [("changed", "0009070001-24-000001"), ("passage", "0009070001-24-000001:main.txt")]
    assert "at 0..25 there is “A covenent waiver of old.”, not “A covenant waiver of old.”" in said.out


def test_a_source_that_nothing_was_found_in_and_was_edited_is_named(evidence: Path, home: Path, verify: Verify) -> None:
    (home / "files" / "3.txt").write_bytes(THREE.replace(b"Nothing", b"A waiver"))
    assert found(verify()) == [("changed", "0009070001-24-000003")]


def counts(content: dict[str, Any]) -> None:
    content["filings"], content["documents"] = 3, 9


def coverage(content: dict[str, Any]) -> None:
    content["coverage"].update(filings=3, unread=0, first_filed="2023-01-01", documents=4)
    content["index"]["corpus"]["submissions"] = 3


def company(content: dict[str, Any]) -> None:
    content["companies"][0].update(filings=7, last_filed="2025-01-01")


def shorter_list(content: dict[str, Any]) -> None:
    with_rows(content, "covered", [row for row in rows(content, "covered") if not row[0].endswith("3")])


def other_row(content: dict[str, Any]) -> None:
    changed = rows(content, "covered")
    changed[0][2], changed[0][6] = "2024-02-02", "0" * 64
    with_rows(content, "covered", changed)


def list_by_hand(content: dict[str, Any]) -> None:
    content["covered"]["rows"][0][1] = "8-K/A"


def unread_list(content: dict[str, Any]) -> None:
    with_rows(content, "unread", [])


def fewer_hits(content: dict[str, Any]) -> None:
    del content["hits"][0]


def foreign_hit(content: dict[str, Any]) -> None:
    content["hits"][0]["accession"] = "0009070001-24-000077"


def filters(content: dict[str, Any]) -> None:
    content["lookup"]["filters"] = [{"field": "form", "values": ["8-K"]}]


@pytest.mark.parametrize(
    ("forge", "named"),
    [
        (counts, {"filings", "documents"}),
        (coverage, {"coverage.filings", "coverage.unread", "coverage.first_filed", "index.corpus.submissions"}),
        (company, {"companies,"}),
        (shorter_list, {"coverage.filings", "index.corpus.submissions"}),
        (other_row, {"0009070001-24-000002"}),
        (list_by_hand, {"covered"}),
        (unread_list, {"coverage.unread", "coverage.unread_kinds"}),
        (fewer_hits, {"filings", "documents", "hits[0].rank"}),
        (foreign_hit, {"0009070001-24-000077"}),
        (filters, {"coverage.filters"}),
    ],
)
def test_what_was_edited_with_its_digest_recomputed_is_named(
    evidence: Path, verify: Verify, forge: Callable[[dict[str, Any]], None], named: set[str]
) -> None:
    forged(evidence, forge)
    said = verify()
    assert said.code == 1
    assert "digest: fits" in said.out
    assert {what for _, what in found(said)} >= named


def test_what_was_edited_without_its_digest_is_named(evidence: Path, verify: Verify) -> None:
    evidence.write_text(evidence.read_text().replace("A. Clerk", "B. Clerk"))
    assert found(verify()) == [("digest", "digest")]


def test_passages_that_were_swapped_are_named(evidence: Path, verify: Verify) -> None:
    def swap(content: dict[str, Any]) -> None:
        documents = [each for hit in content["hits"] for each in hit["documents"] if each["id"].endswith("1:main.txt")]
        other = next(each for hit in content["hits"] for each in hit["documents"] if each["id"].endswith("2:main.txt"))
        documents[0]["snippets"], other["snippets"] = other["snippets"], documents[0]["snippets"]

    forged(evidence, swap)
    assert sorted(found(verify())) == [
        ("passage", "0009070001-24-000001:main.txt"),
        ("passage", "0009070001-24-000002:main.txt"),
    ]


@pytest.mark.parametrize("left", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_one_line_with_the_place(evidence: Path, verify: Verify, left: float) -> None:
    content = evidence.read_text()
    evidence.write_text(content[: int(len(content) * left)])
    said = verify()
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "e.json is not evidence that this program wrote (line " in said.err


def test_a_value_of_another_type_is_one_line_with_the_place(evidence: Path, verify: Verify) -> None:
    forged(evidence, lambda content: content["hits"][1]["documents"][0].update(id=7))
    assert "(hits[1].documents[0].id is no text)" in verify().err
    forged(evidence, lambda content: content.pop("kind"))
    assert "(kind is missing)" in verify().err


# Where the sources are


def test_sources_that_went_elsewhere_are_found_there(evidence: Path, home: Path, verify: Verify) -> None:
    (home / "files").rename(home / "archive")
    assert [change for change, _ in found(verify())] == ["missing"] * 4
    assert "sources that have gone elsewhere are looked for with --corpus FOLDER\n" in verify().out
    assert verify("--corpus", "archive").code == 0
    (home / "deep").mkdir()
    (home / "archive").rename(home / "deep" / "files")
    assert verify("--corpus", "deep").code == 0
    assert verify("--corpus", "nowhere").err == "search: --corpus nowhere: no such folder\n"


def test_members_of_archives_are_read_in_them(ask: Ask, home: Path, verify: Verify) -> None:
    from contextlib import closing

    from indexer.pipeline.build import Build, Options
    from indexer.workers.worker import Settings

    corpus = home / "feeds"
    corpus.mkdir()
    with tarfile.open(corpus / "day.tar.gz", "w:gz") as archive:
        for name, content in (("a.nc", ONE), ("a.nc", TWO)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    (corpus / "3.txt.gz").write_bytes(gzip.compress(THREE))
    with closing(Build([corpus], Settings(home / "index"), Options())) as building:
        building.run()
    ask("waiver", "--evidence", "e.json", index=home / "index")
    assert (verify().code, "sources: 3 of 3" in verify().out, "passages: 3 of 3" in verify().out) == (0, True, True)
    (corpus / "3.txt.gz").write_bytes(gzip.compress(THREE + b"\n"))
    with tarfile.open(corpus / "day.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("a.nc")
        member.size = len(ONE)
        archive.addfile(member, io.BytesIO(ONE))
    assert sorted(found(verify())) == [("changed", "0009070001-24-000003"), ("missing", "0009070001-24-000002")]


# Signatures and timestamps


@pytest.fixture
def keys(home: Path) -> Path:
    """Two keys, and a list of signers with the first of them."""
    if not shutil.which("ssh-keygen"):
        pytest.skip("no ssh-keygen here")
    for name in ("mine", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(home / name)]
        subprocess.run(command, check=True)
        public = (home / f"{name}.pub").read_text().split()
        (home / f"{name}.signers").write_text(f'{name}@desk.example namespaces="{NAMESPACE}" {public[0]} {public[1]}\n')
    return home


@pytest.fixture
def signed(ask: Ask, index: Path, keys: Path) -> Path:
    said = ask("waiver", "--evidence", "s.json", "--sign", str(keys / "mine"), index=index)
    assert said.err.endswith("signed: s.json.sig\n")
    return keys / "s.json"


def test_a_signature_holds_for_the_key_that_made_it(signed: Path, verify: Verify) -> None:
    said = verify("--signers", "mine.signers", file="s.json")
    assert said.code == 0
    assert 'signature: Good "edgar-corpus-search" signature for mine@desk.example with ED25519 key' in said.out
    assert "whose key that is, --signers FILE says" in verify(file="s.json").out


def test_the_wrong_key_is_named(signed: Path, verify: Verify) -> None:
    said = verify("--signers", "other.signers", file="s.json")
    assert (said.code, found(said)) == (1, [("seal", "signature")])
    assert "its key is none of those in other.signers" in said.out


def test_evidence_that_was_forged_lacks_its_signature(signed: Path, verify: Verify) -> None:
    forged(signed, lambda content: content.update(asked_by="Someone else"))
    for options in ((), ("--signers", "mine.signers")):
        said = verify(*options, file="s.json")
        assert (said.code, found(said)) == (1, [("seal", "signature")])
        assert "incorrect signature" in said.out


def test_a_signature_that_is_asked_for_and_is_not_there(evidence: Path, keys: Path, verify: Verify) -> None:
    assert "there is none (e.json.sig); --signers asks for one" in verify("--signers", "mine.signers").out
    assert verify("--signers", "mine.signers").code == 1
    assert verify("--signers", "absent").err == "search: --signers absent: no such file\n"


def test_what_cannot_be_signed_is_one_line(ask: Ask, index: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ask("waiver", "--evidence", "s.json", "--sign", "absent", index=index)
    assert said.code == 2 and "absent" in said.err and said.err.endswith("the evidence is not signed\n")
    monkeypatch.setenv("PATH", str(keys))
    said = ask("waiver", "--evidence", "t.json", "--sign", "mine", index=index)
    assert said.err.endswith("made and checked by ssh-keygen of OpenSSH 8.1 or later: install it\n")


def test_a_timestamp_token_is_of_its_file(evidence: Path, home: Path, verify: Verify) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl here")
    token(evidence, home, openssl)
    said = verify()
    assert said.code == 0 and "timestamp: e.json.tsr is of this file; whose it is says `openssl ts -verify" in said.out
    checked = [openssl, "ts", "-verify", "-data", "e.json", "-in", "e.json.tsr", "-CAfile", "ca.pem"]
    assert subprocess.run(checked, cwd=home, capture_output=True, check=False).returncode == 0
    forged(evidence, lambda content: None)
    assert found(verify()) == [("seal", "signature")] and "e.json.tsr is not of this file" in verify().out


def token(evidence: Path, home: Path, openssl: str) -> None:
    """Have the evidence timestamped, by an authority made for the purpose."""
    (home / "ca.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=v3\nprompt=no\n[dn]\nCN=A made-up authority\n"
        "[v3]\nextendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:true\n"
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha256\n"
    )
    for line in (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -config ca.cnf",
        f"ts -query -data {evidence} -sha256 -cert -out q.tsq",
        f"ts -reply -queryfile q.tsq -signer ca.pem -inkey ca.key -config ca.cnf -section t -out {evidence}.tsr",
    ):
        subprocess.run([openssl, *line.split()], cwd=home, check=True, capture_output=True)


# What is there already


def test_evidence_is_not_written_over(ask: Ask, evidence: Path, index: Path) -> None:
    before = evidence.read_text()
    for option, name in (("--evidence", "e.json"), ("--report", "r.html")):
        said = ask("covenant", option, name, index=index)
        assert (said.code, said.out) == (2, "")
        assert (
            said.err == f"search: {option} {name}: it is there already; name another file, or --force writes over it\n"
        )
    assert evidence.read_text() == before
    Path("e.json.sig").write_text("of the old one")
    assert ask("covenant", "--evidence", "e.json", "--force", index=index).code == 0
    assert evidence.read_text() != before and not Path("e.json.sig").exists()


# The report


def test_a_report_is_checked_as_its_evidence_is(evidence: Path, home: Path, verify: Verify) -> None:
    assert verify(file="r.html").code == 0
    page = home / "r.html"
    page.write_text(
        page.read_text().replace("2 of the 4 covered filings match", "Not one of the 4 covered filings matches")
    )
    assert found(verify(file="r.html")) == [("page", "report")]
    page.write_text(page.read_text()[:-400])
    assert "the evidence in the page cannot be unpacked" in verify(file="r.html").err
    page.write_text("<!DOCTYPE html><p>Another page.")
    assert "a page without evidence in it" in verify(file="r.html").err


def test_as_json(evidence: Path, home: Path, verify: Verify) -> None:
    assert json.loads(verify("--json").out)["stands"] is True
    (home / "files" / "3.txt").unlink()
    said = json.loads(verify("--json").out)
    assert (said["stands"], said["intact"], said["sources"], said["passages"]) == (False, True, 4, 3)
    assert [each["what"] for each in said["differences"]] == ["0009070001-24-000003"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--sign", "key"], "--sign belongs with --evidence"),
        (["--force"], "--force belongs with --evidence or --report"),
        (["--corpus", "x"], "--corpus belongs with --serve or --verify-evidence"),
        (["--report", "r.html", "--explain"], "--report belongs with a search, not with --explain"),
        (["--repeat", "b", "--verify-evidence", "a"], "--repeat and --verify-evidence cannot be combined"),
    ],
)
def test_options_that_do_not_go_together(ask: Ask, options: list[str], said: str) -> None:
    assert ask("waiver", *options).err == f"search: {said}\n"


def test_how_it_was_understood_is_worked_out_anew(evidence: Path, verify: Verify) -> None:
    forged(evidence, lambda content: content.update(understood="pardon"))
    assert "figure   understood  says pardon, and is waiver by the lookup" in verify().out


@pytest.mark.parametrize("asked", [("ticker:abc",), ("waiver", "--filed", "2000.."), ("waiver", "--filed", "90d..")])
def test_what_rests_on_a_day_or_a_table_is_not(ask: Ask, index: Path, verify: Verify, asked: tuple[str, ...]) -> None:
    """A relative day is written out in the evidence, as it was on that day."""
    ask(*asked, "--evidence", "f.json", index=index)
    assert verify(file="f.json").out.endswith("the evidence stands\n")


def test_texts_that_were_not_compared_show(evidence: Path, verify: Verify) -> None:
    forged(evidence, lambda content: content["index"]["verified"].update(documents=1))
    assert "index.verified.documents  says 1, and is 3 by the hits" in verify().out
