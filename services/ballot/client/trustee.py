"""A scrutineer (监票人) after the close: she co-signs the end, and decrypts the one aggregate.

Both of her own copy only, which ``Follower.update`` has just followed and verified whole, and of an
election that her ceremony was for, by the method that it was then.  What she signs and what she
decrypts is in her state before it is posted: one of each per election, ever.
"""

from __future__ import annotations

from services.ballot.annex.case import Case
from services.ballot.annex.ceremony import scrutineers
from services.ballot.annex.chain import COSIGNED
from services.ballot.annex.cosigning import Cosignature, check_cosigned, cosign
from services.ballot.annex.decrypting import decrypt
from services.ballot.belenios.board import ENCRYPTED_TALLY, END_BALLOTS
from services.ballot.belenios.certificate import own_index
from services.ballot.belenios.dealing import Voutput
from services.ballot.belenios.encoding import dumps
from services.ballot.belenios.refused import Refused

from . import method as methods
from .ceremony import TRUSTEES, VOUTPUT, private_key
from .follower import Follower
from .gateway import Service
from .trouble import Trouble
from .trustee_state import State


def cosign_end(service: Service, follower: Follower, state: State) -> str:
    """Sign the end of the voting, of the copy as it was verified; the hash of what is signed."""
    case = follower.case
    _check_own(service, case, state)
    if not case.has(END_BALLOTS):
        raise Trouble("not-ended", "投票尚未截止", "the voting has not ended yet")
    uuid, end = case.election.uuid, case.end
    signed = state.cosigned.get(uuid)
    if signed is None:
        certs = scrutineers(case.trustees).certs
        made = cosign(case.election.group, state.seed, certs, uuid, end)
        signed = {"event": end, "signature": dumps(made.to_data())}
        state.cosigned[uuid] = signed
        state.save()
    _check_same_end(signed, end)
    service.post(f"elections/{uuid}/cosignatures", {"signature": signed["signature"]})
    return end


def decrypt_tally(service: Service, follower: Follower, state: State) -> str:
    """Decrypt the aggregate of the copy that she co-signed; its hash.

    Trouble with fewer ballots than the manifest asks for, before more than half have co-signed,
    and for any other aggregate than the first.
    """
    case = follower.case
    _check_own(service, case, state)
    _check_decryptable(case, state)
    uuid, tally = case.election.uuid, case.tally.hash
    made = state.decrypted.get(uuid)
    if made is None:
        group = case.election.group
        x = private_key(group, state)
        phi = case.election.fingerprint
        decryption, proofs = decrypt(group, phi, state.index, x, case.tally)
        made = {
            "tally": tally,
            "decryption": decryption.to_text(),
            "proofs": dumps(proofs.to_data()),
        }
        state.decrypted[uuid] = made
        state.save()
    if made["tally"] != tally:
        raise Trouble(
            "second-aggregate",
            "本次票决您已解密过另一汇总;每次票决只解密一次,请立即报告总监票人",
            "you have decrypted another aggregate of this election: one is decrypted, ever",
        )
    body = {"decryption": made["decryption"], "proofs": made["proofs"]}
    service.post(f"elections/{uuid}/decryptions", body)
    return tally


def check_election(service: Service, case: Case, state: State) -> None:
    """Trouble unless this is an election that her ceremony was for, by the method of then.

    Needs nothing secret of her state.  The manifest is the service's: all of it that follows from
    the method is compared with the method itself, whose digest she kept at the ceremony.
    """
    manifest, keys = case.manifest, case.trustees.verification_keys
    if manifest.ballot_id != state.ballot_id:
        raise Trouble("other-ballot", "这是另一次票决", "this election is another ballot's")
    made = state.made.get(VOUTPUT)
    own = made and Voutput.from_text(made, case.election.group.q).public_key.public_key
    same = case.trustees.hash == state.seen.get(TRUSTEES)
    if not same or not own or keys[state.index - 1].public_key != own:
        raise _other_trustees()
    uuids = {manifest.uuid, *(one.uuid for one in manifest.spares)}
    if case.election.uuid not in state.uuids or uuids != set(state.uuids):
        raise Trouble(
            "unknown-election",
            "密钥生成时没有这一编号的票决,请停止并立即报告总监票人",
            "your keys were not made for this election: stop, and tell the chief scrutineer",
        )
    if manifest.method.hash != state.method:
        raise Trouble(
            "other-method",
            "清单所写票决办法不是密钥生成时的办法,请停止并立即报告总监票人",
            "this is another ballot method than at the ceremony: stop, and tell the chief",
        )
    methods.fetch(service, manifest.method.id).check_manifest(manifest, case.election)


def _check_own(service: Service, case: Case, state: State) -> None:
    """:func:`check_election`, and that her seed is that of her place."""
    check_election(service, case, state)
    certs = scrutineers(case.trustees).certs
    if own_index(case.election.group, certs, state.seed) != state.index:
        raise _other_trustees()


def _other_trustees() -> Trouble:
    return Trouble(
        "other-trustees",
        "该票决所用公钥不是您参与生成的公钥,请停止并立即报告总监票人",
        "this election has other keys than those that you took part in making: stop",
    )


def _check_decryptable(case: Case, state: State) -> None:
    if not case.has(ENCRYPTED_TALLY):
        raise Trouble("not-ended", "投票尚未截止", "the voting has not ended yet")
    uuid, group = case.election.uuid, case.election.group
    signed = state.cosigned.get(uuid)
    if signed is None:
        raise Trouble(
            "not-cosigned", "请先会签投票截止", "first co-sign the end of the voting yourself"
        )
    _check_same_end(signed, case.end)
    least, counted = case.manifest.least_ballots, len(case.counted)
    if counted < least:
        raise Trouble(
            "too-few-ballots",
            f"仅有 {counted} 票,少于 {least} 票不予解密",
            f"{counted} ballots were cast; fewer than {least} are never decrypted",
        )
    try:
        signatures = [Cosignature.from_data(one, group.q) for one in case.chain.of(COSIGNED)]
        certs = scrutineers(case.trustees).certs
        check_cosigned(group, certs, uuid, case.end, signatures)
    except Refused as exc:
        raise Trouble.of(exc) from exc


def _check_same_end(signed: dict[str, str], end: str) -> None:
    if signed["event"] != end:
        raise Trouble(
            "other-end",
            "您会签过的截止记录与公告板不符,请立即报告总监票人",
            "you co-signed another end of this election than the board has",
        )
