"""What the document says is hashed and signed, recomputed on the test vectors of a board.

Of the service only the groups are used, so that the text alone is judged.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from nacl.signing import SigningKey, VerifyKey

from services.ballot.belenios.group import ED25519, Element

from .test_examples import base64_of, compact, read

G = ED25519


@cache
def annex() -> list[dict[str, Any]]:
    """All lines of the annex."""
    return [json.loads(line) for line in read("board.json")["annex"] + read("count.json")["annex"]]


def of(type_: str) -> list[dict[str, Any]]:
    """The payloads of a type."""
    return [line["payload"] for line in annex() if line["type"] == type_]


def sha256(text: str) -> str:
    """In hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def scalar(text: str) -> int:
    """H."""
    return int(sha256(text), 16) % G.q


def raised(base: Element, response: str, other: Element, challenge: str) -> str:
    """The text of ``base^response other^challenge``."""
    return G.text(G.mul(G.exp(base, int(response)), G.exp(other, int(challenge))))


def signs(key: str, message: str, proof: dict[str, str]) -> bool:
    """Whether a certificate's key signed a message."""
    a = raised(G.g, proof["response"], G.parse(key), proof["challenge"])
    return int(proof["challenge"]) == scalar(f"sigmsg|{message}|{a}")


def equal(x: str, alpha: str, d: str, proof: dict[str, str], start: str) -> bool:
    """Whether a factor follows from a key, by a proof whose hash begins so."""
    c, response = proof["challenge"], proof["response"]
    a = raised(G.g, response, G.parse(x), c)
    b = raised(G.parse(alpha, identity=True), response, G.parse(d, identity=True), c)
    return int(c) == scalar(f"{start}|{a},{b}")


def trustees() -> dict[str, Any]:
    """The threshold group that the trustees datum holds."""
    ((_, parameters),) = json.loads(read("ed25519-trustees.json")["trustees"])
    found: dict[str, Any] = parameters
    return found


def keys() -> list[str]:
    """The verification keys of the certificates."""
    return [json.loads(one["message"])["verification"] for one in trustees()["certs"]]


def test_lines_are_chained_and_signed() -> None:
    """Parent, height, and the board's signature of the canonical line without it."""
    board = read("board.json")
    assert (
        bytes(SigningKey(bytes.fromhex(board["board_key_seed"])).verify_key).hex()
        == (board["board_key"])
    )
    key, parent = VerifyKey(bytes.fromhex(board["board_key"])), None
    for height, text in enumerate(board["annex"] + read("count.json")["annex"]):
        line = json.loads(text)
        assert (line["height"], line.get("parent")) == (height, parent)
        signed = {name: line[name] for name in sorted(line) if name != "signature"}
        # Within the members' names, which are ASCII, sorting is RFC 8785's.
        key.verify(compact(signed).encode(), bytes.fromhex(line["signature"]))
        parent = sha256(text)


def test_the_manifest_is_bound() -> None:
    """By its hash in the description."""
    description = json.loads(read("ed25519-kind-2.json")["election"])["description"]
    (manifest,) = of("manifest")
    assert description.split("\n")[-1] == f"minsheng-manifest-1:{sha256(compact(manifest))}"


def test_a_receipt_is_signed() -> None:
    """Over uuid, tracker, height and parent of the event, whose hash it names."""
    board = read("board.json")
    receipt = json.loads(board["receipt"])
    names = ("uuid", "tracker", "height", "parent")
    signed = "|".join(["minsheng-receipt-1", *(str(receipt[name]) for name in names)])
    key = VerifyKey(bytes.fromhex(board["board_key"]))
    key.verify(signed.encode(), bytes.fromhex(receipt["signature"]))
    payload = sha256(read(board["ballot_in"])["ballot"])
    event = {"parent": receipt["parent"], "height": 1, "type": "Ballot", "payload": payload}
    assert receipt["event"] == sha256(compact(event))
    assert receipt["tracker"] == base64_of(read(board["ballot_in"])["ballot"])


def test_commitments_are_hashes_of_what_was_revealed() -> None:
    """And each is signed with the key of its certificate."""
    published = trustees()
    certs = sha256(compact(published["certs"]))
    assert len(of("commitment")) == len(published["certs"])
    for one, key, revealed in zip(of("commitment"), keys(), published["coefexps"], strict=True):
        text = f"minsheng-commit-1|{certs}|{one['index']}|{revealed['message']}"
        assert one["commitment"] == sha256(text)
        assert signs(key, f"minsheng-commitment|{one['commitment']}", one["signature"])


def test_the_end_is_cosigned() -> None:
    """Over uuid and the hash of the event."""
    end = sha256(_member('"type":"EndBallots"'))
    for one in of("cosigned"):
        assert one["event"] == end
        uuid = json.loads(read("board.json")["receipt"])["uuid"]
        assert signs(keys()[one["index"] - 1], f"minsheng-end-1|{uuid}|{end}", one["signature"])
    assert len(of("cosigned")) == 2


def test_a_rehearsal_decrypts_its_dummy() -> None:
    """The parts follow from the keys, by Belenios' proof with another φ."""
    (one,) = of("rehearsal")
    y = G.parse(read("ed25519-trustees.json")["election_key"])
    r, number = int(one["dummy"]["randomness"]), one["dummy"]["number"]
    beta = G.text(G.mul(G.exp(y, r), G.exp_g(number)))
    assert one["dummy"]["ciphertext"] == {"alpha": G.text(G.exp_g(r)), "beta": beta}
    phi = f"minsheng-rehearsal-1|{sha256(read('ed25519-trustees.json')['trustees'])}"
    for part in one["decryptions"]:
        x = trustees()["verification_keys"][part["owner"] - 1]["public_key"]
        ((factor,),) = part["decryption"]["decryption_factors"]
        ((proof,),) = part["decryption"]["decryption_proofs"]
        assert factor == G.text(G.exp(G.parse(x), r))
        alpha = one["dummy"]["ciphertext"]["alpha"]
        assert equal(x, alpha, factor, proof, f"decrypt|{phi}|{x}")


def test_every_factor_has_its_second_proof() -> None:
    """It binds election, tally, trustee, place, key, ciphertext and factor."""
    tally = _member('[[{"alpha"')
    phi = read("ed25519-kind-2.json")["election_hash"]
    messages = {sha256(one["text"]): one["text"] for one in read("count.json")["members"]}
    assert [one["owner"] for one in of("decryption-proofs")] == [1, 3]
    for one in of("decryption-proofs"):
        x = trustees()["verification_keys"][one["owner"] - 1]["public_key"]
        factors = json.loads(messages[one["decryption"]])["decryption_factors"]
        for q, row in enumerate(json.loads(tally)):
            for i, ciphertext in enumerate(row):
                alpha, d = ciphertext["alpha"], factors[q][i]
                start = f"minsheng-decrypt-1|{phi}|{sha256(tally)}|{one['owner']}|{q},{i}"
                proof = one["proofs"][q][i]
                assert equal(x, alpha, d, proof, f"{start}|{x}|{alpha}|{d}")


def _member(part: str) -> str:
    """The member of the count that has this in it."""
    (text,) = (one["text"] for one in read("count.json")["members"] if part in one["text"])
    found: str = text
    return found
