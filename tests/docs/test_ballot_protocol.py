"""What docs/ballot-protocol.md says of codes, endpoints, strings and messages is so."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway import problems
from services.ballot.annex import chain, copying, manifest, opening, receipt
from services.ballot.belenios.ballot import most_bytes
from services.ballot.schemas import elections as schemas
from tests.services.ballot.annex import examples
from tests.services.ballot.annex.example_board import EXAMPLE

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "ballot-protocol.md").read_text("utf-8")
BALLOT = ROOT / "services" / "ballot"
#: Where the protocol's refusals are raised.
SOURCES = [
    *(path for room in ("belenios", "annex", "ballotbox") for path in (BALLOT / room).glob("*.py")),
    *(BALLOT / "model" / name for name in ("election.py", "ceremony.py")),
]
#: What a code is handed to, and which argument it is.
RAISING = dict.fromkeys(("Refused", "Invalid", "Conflict", "Forbidden", "NotFound"), 0)
RAISING |= {"Unavailable": 0, "Stale": 0, "_matched": 2}
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```json\n(.*?)```", re.S)
EXAMPLES = dict(_EXAMPLE.findall(TEXT))


def section(title: str) -> str:
    """The text under a heading, up to the next one."""
    _, _, rest = TEXT.partition(f"# {title}\n")
    assert rest, title
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.M)[0]


def first_cells(text: str) -> set[str]:
    """What stands in code in the first column of a table."""
    rows = re.findall(r"^\|([^|]*)\|", text, re.M)
    return {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row)}


def raised() -> Iterator[str]:
    """Every code in the sources; what is handed on from another refusal is no new one."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func).rpartition(".")[2]
            place = 0 if ast.unparse(node.func) == "super().__init__" else RAISING.get(name)
            if place is None or len(node.args) <= place:
                continue
            match node.args[place]:
                case ast.Constant(value=str(code)):
                    yield code
                case ast.Attribute(attr="code") | ast.Name(id="code"):
                    pass
                case other:
                    pytest.fail(f"{path}: a code that cannot be read: {ast.unparse(other)}")


REFUSALS = (
    "When a ballot is cast or spoiled",
    "When a client makes or opens a ballot",
    "When election, annex or archive are checked",
    "For trustees and the office",
)


def test_the_tables_have_every_code_and_no_other() -> None:
    """Whoever adds a refusal to the protocol says in the document what it means."""
    documented = set[str]().union(*(first_cells(section(title)) for title in REFUSALS))
    assert documented == set(raised())


def test_codes_are_read_from_the_sources() -> None:
    """The reader finds those with a class of their own, and those of patterns."""
    assert {"bad-share", "bad-uuid", "tracker-mismatch", "election-state"} <= set(raised())


def test_the_gateways_codes_are_there() -> None:
    """Each stands as a string in the gateway or in what it calls through."""
    rooms = ("gateway", "services/chassis", "services/commons")
    sources = "".join(p.read_text("utf-8") for room in rooms for p in (ROOT / room).rglob("*.py"))
    codes = first_cells(section("Of the gateway, for any call"))
    assert codes and [code for code in codes if f'"{code}"' not in sources] == []


def test_casting_names_what_casting_raises() -> None:
    """Each refusal of the ballot box's own is told to who writes a booth."""
    source = (BALLOT / "ballotbox" / "casting.py").read_text("utf-8")
    own = set(re.findall(r'(?:Conflict|Forbidden|Invalid)\(\s*"([a-z-]+)"', source))
    assert own and own <= first_cells(section("When a ballot is cast or spoiled"))


def test_the_endpoints_are_in_the_apis_document() -> None:
    """Method, path and parameters."""
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))["paths"]
    named = re.findall(r"`(GET|POST) (/v1/[^`]+)`(?: with `\?(\w+)=)?", TEXT)
    assert len(named) >= 9
    for method, path, parameter in named:
        operation = paths[path][method.lower()]
        assert not parameter or parameter in {one.get("name") for one in operation["parameters"]}
        assert bool(operation["security"]) == (method == "POST"), path


def test_every_string_that_is_ours_stands_there() -> None:
    """Whatever is hashed or signed with a mark of ours, and nothing else."""
    mark = re.compile(r"minsheng-[a-z]+(?:-1)?[|:]")
    code = "".join(path.read_text("utf-8") for path in (BALLOT / "annex").glob("*.py"))
    assert set(mark.findall(TEXT.replace("\\|", "|"))) == set(mark.findall(code))


def test_the_table_of_the_annex_is_complete() -> None:
    """Every type of line."""
    assert first_cells(section("Annex (附件)")) == set(chain.TYPES)


def test_the_table_of_the_manifest_is_complete() -> None:
    """Every field has its word, and the example is the vectors'."""
    given = json.loads(EXAMPLES["manifest"])
    named = set(re.findall(r"`(\w+)`", section("Manifest (清单)")))
    assert given.keys() <= named
    made = manifest.Manifest.from_data(given)
    assert made == EXAMPLE.manifest
    made.check_description(EXAMPLE.election.description)


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - {"manifest", "problem"}))
def test_a_message_fits_its_schema(name: str) -> None:
    """Requests and answers, without a field too few or too many."""
    given = json.loads(EXAMPLES[name])
    loaded = getattr(schemas, name)().load(given)
    assert loaded.keys() == given.keys()


def test_the_messages_are_the_vectors() -> None:
    """Receipt, spoiled ballot, events and hashes belong to the example of a board."""
    board = json.loads((examples.FOLDER / "board.json").read_text("utf-8"))
    given = receipt.Receipt.from_text(board["receipt"])
    assert json.loads(EXAMPLES["Receipt"]) == given.to_data()
    given.check(board["board_key"])
    election = EXAMPLE.election
    opened = opening.opening_from_text(board["opened"], election)
    assert json.loads(EXAMPLES["SpoilBallot"]) == {"hash": opened.ballot.unsigned_hash}
    (member,) = json.loads(EXAMPLES["BoardPart"])["members"]
    assert (member["hash"], member["text"]) == (board["setup_event_hash"], board["setup_event"])
    shown = json.loads(EXAMPLES["Election"])
    assert (shown["hash"], shown["head"]) == (election.hash, given.event)
    start = f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}",'
    assert json.loads(EXAMPLES["CastBallot"])["ballot"].startswith(start)


def test_a_refusal_looks_so() -> None:
    """The gateway's problem of the same code has these fields and values."""
    given = json.loads(EXAMPLES["problem"])
    code = given["type"].rpartition("/")[2]
    made = problems.problem(given["status"], code, given["detail"], "", problems.ENGLISH)
    assert json.loads(made.get_data()) == given
    assert given["detail"] in (BALLOT / "ballotbox" / "casting.py").read_text("utf-8")


def test_the_questions_of_the_kinds_are_worded_so() -> None:
    """A client compares questions byte for byte."""
    both: tuple[Any, ...] = copying.questions(copying.BOTH, ["甲"], most=1)
    assert both[0].answers == ("赞成", "反对") and both[0].question == "甲"
    assert f"question `{both[1].question}`" in TEXT and '`["赞成","反对"]`' in TEXT


@pytest.mark.parametrize("example", examples.EXAMPLES, ids=lambda one: one.name)
def test_the_longest_ballot_is_as_long_as_it_says(example: examples.Example) -> None:
    """The formula of the table, in numbers."""
    fixed, each, proof = map(int, re.findall(r"(\d+)(?: \+|·[NP])", section(REFUSALS[0]))[:3])
    asked = example.election.questions
    n = sum(one.ciphertexts for one in asked)
    proofs = 2 * n + sum(one.max - one.min + 3 + one.blank for one in asked)
    assert most_bytes(example.election) == fixed + each * n + proof * proofs
