"""A scrutineer's side of the key ceremony (密钥生成), step by step until her key is made.

She checks everything that the others posted before she goes on, remembers it, and has her next
message on disk before she posts it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from services.ballot.annex.ceremony import (
    Commitment,
    Complaint,
    check_commitments,
    check_revealed,
    commit,
)
from services.ballot.annex.keyfile import MODERATE
from services.ballot.annex.rehearsal import Dummy, rehearse
from services.ballot.belenios.certificate import Certificate, make_certificate, own_index
from services.ballot.belenios.dealing import Polynomial, Voutput
from services.ballot.belenios.encoding import canonical, dumps, encoded, sha256_hex
from services.ballot.belenios.encoding import uuid as uuid_of
from services.ballot.belenios.group import Group, group_named
from services.ballot.belenios.pedersen import (
    BadShare,
    make_polynomial,
    make_vinputs,
    make_voutput,
    read_private_key,
)
from services.ballot.belenios.pki import MOST_BYTES
from services.ballot.belenios.refused import Refused
from services.ballot.belenios.threshold import check_voutput, make_parameters
from services.ballot.belenios.trustee import Trustees

from . import method as methods
from .gateway import Service
from .trouble import Trouble
from .trustee_state import Passphrase, State, check_id, make_state, open_state

CERTIFICATE, COMMITMENT, POLYNOMIAL = "certificate", "commitment", "polynomial"
VOUTPUT, REHEARSAL, DONE, FAILED = "voutput", "rehearsal", "done", "failed"
STEPS = (CERTIFICATE, COMMITMENT, POLYNOMIAL, VOUTPUT, REHEARSAL)
#: Of her own record: the trustees' message that she checked and rehearsed with.
TRUSTEES = "trustees"

#: Told of the ceremony as it is shown, while others are waited for; it waits.
Pause = Callable[[dict[str, Any]], None]


def hold(
    service: Service,
    folder: Path,
    ballot_id: str,
    passphrase: Passphrase,
    pause: Pause,
    *,
    cost: tuple[int, int] = MODERATE,
) -> State:
    """Take part until the keys are made and rehearsed; Trouble if they cannot be.

    A command that broke off is run again and goes on.  A new attempt gets a new seed.
    """
    state: State | None = None
    while True:
        shown = service.get(f"ballots/{check_id(ballot_id)}/ceremony")
        _check_asked(shown, ballot_id)
        if state is None or state.ceremony != shown["id"]:
            state = _opened(service, folder, shown, passphrase, cost)
        if shown["step"] == FAILED:
            raise Trouble(
                "ceremony-failed",
                f"第 {shown['attempt']} 次密钥生成失败:{shown['failed_because']}。重新开始后再运行",
                "this attempt failed; run this again once a new one has begun",
            )
        with _Told():
            part = Part(service, state, shown)
            part.check_elections()
            part.check_own()
            if shown["step"] == DONE:
                part.check_trustees()
                return state
            if part.take_step():
                continue
        pause(shown)


class Part:
    """One look at the ceremony, by one of its trustees."""

    def __init__(self, service: Service, state: State, shown: dict[str, Any]) -> None:
        self._service, self._state, self._shown = service, state, shown
        self._group: Group = group_named(shown["group"])
        self._seats: list[dict[str, Any]] = shown["seats"]
        self._own = self._seats[state.index - 1]

    def check_elections(self) -> None:
        """Trouble if the elections that the keys are for have changed."""
        if self._shown["uuids"] != self._state.uuids:
            raise Trouble(
                "ceremony-changed",
                "本次票决的编号被更改,请停止并报告总监票人",
                "the elections that the keys are for were changed: stop, and tell the chief",
            )

    def check_own(self) -> None:
        """Trouble if what stands there under her name is not what she has made."""
        for step in STEPS:
            posted = self._own.get(step)
            if posted is not None and posted != self._message(step):
                raise Trouble(
                    "posted-by-another",
                    f"有人以您的名义提交了 {step},与本机记录不符,请立即报告总监票人",
                    f"a {step} was posted under your name that this folder did not make",
                )

    def take_step(self) -> bool:
        """Make and post what is to be posted now; False if others are waited for."""
        step = self._shown["step"]
        if self._own.get(step) is not None:
            return False
        _MAKE[step](self)
        body = {"step": step, "message": self._message(step)}
        self._service.post(f"ballots/{self._shown['ballot_id']}/ceremony/messages", body)
        return True

    def check_trustees(self) -> Trustees:
        """The finished keys: just those that follow from what all have posted, with her own."""
        trustees = Trustees.from_text(self._shown["trustees"] or "", self._group)
        voutputs = self._voutputs()
        for index, one in enumerate(voutputs, 1):
            check_voutput(self._group, self._certs, self._dealt, index, one)
        made = make_parameters(self._group, self._certs, self._dealt, voutputs)
        own = Voutput.from_text(self._state.made[VOUTPUT], self._group.q).public_key
        if (
            trustees.to_text() != Trustees.made(self._group, [made]).to_text()
            or trustees.verification_keys[self._state.index - 1] != own
        ):
            raise Refused(
                "other-trustees",
                "the keys that are shown do not follow from what the trustees posted",
                "所示公钥与各监票人提交的内容不符",
            )
        self._state.must_stay(TRUSTEES, trustees.hash)
        return trustees

    def _message(self, step: str) -> str | None:
        """What she has made for a step."""
        made = self._state.made
        return self._state.secret(step) if step == POLYNOMIAL and step in made else made.get(step)

    @property
    def _certs(self) -> list[Certificate]:
        """Everybody's certificates, which never change once she has committed under them."""
        texts = self._all(CERTIFICATE)
        self._state.must_stay(CERTIFICATE, sha256_hex(encoded("\n".join(texts))))
        certs = [Certificate.from_text(one, self._group.q) for one in texts]
        if own_index(self._group, certs, self._state.seed) != self._state.index:
            raise Refused("not-mine", "your certificate stands at another place", "证书位置不符")
        return certs

    @property
    def _commitments(self) -> list[Commitment]:
        texts = self._all(COMMITMENT)
        self._state.must_stay(COMMITMENT, sha256_hex(encoded("\n".join(texts))))
        q = self._group.q
        found = [Commitment.from_data(canonical(one, most=MOST_BYTES), q) for one in texts]
        check_commitments(self._group, self._certs, found)
        return found

    @property
    def _dealt(self) -> list[Polynomial]:
        """Everybody's polynomials, which are what they had committed to before she revealed."""
        texts = self._all(POLYNOMIAL)
        self._state.must_stay(POLYNOMIAL, sha256_hex(encoded("\n".join(texts))))
        dealt = [Polynomial.from_text(one, self._group.q) for one in texts]
        check_revealed(self._certs, self._commitments, [one.coefexps for one in dealt])
        return dealt

    def _voutputs(self) -> list[Voutput]:
        texts = self._all(VOUTPUT)
        self._state.must_stay(VOUTPUT, sha256_hex(encoded("\n".join(texts))))
        return [Voutput.from_text(one, self._group.q) for one in texts]

    def _all(self, step: str) -> list[str]:
        texts = [seat.get(step) for seat in self._seats]
        if None in texts:
            raise Refused("step-missing", f"not everybody has posted a {step}", f"尚缺 {step}")
        return [text for text in texts if text is not None]

    def make_certificate(self) -> None:
        """It was made together with the state."""

    def make_commitment(self) -> None:
        """Choose her polynomial, once and for all, and commit to it."""
        group, certs, state = self._group, self._certs, self._state
        if POLYNOMIAL not in state.made:
            made = make_polynomial(group, state.seed, certs)
            state.keep(POLYNOMIAL, dumps(made.to_data()), secret=True)
        if COMMITMENT not in state.made:
            made = Polynomial.from_text(state.secret(POLYNOMIAL), group.q)
            committed = commit(group, state.seed, certs, made.coefexps.message)
            state.keep(COMMITMENT, dumps(committed.to_data()))

    def make_polynomial(self) -> None:
        """It is there; she reveals it when all commitments are, and remembers these."""
        if POLYNOMIAL not in self._state.made or not self._commitments:
            raise Trouble("state-damaged", "本机记录不全", "the record lacks the polynomial")

    def make_voutput(self) -> None:
        """Check what everybody dealt, and add it up to her key; complain about a false share."""
        group, state = self._group, self._state
        if VOUTPUT in state.made:
            return
        vinput = make_vinputs(group, self._certs, self._dealt)[state.index - 1]
        try:
            made = make_voutput(group, state.seed, self._certs, vinput)
        except BadShare as bad:
            self._complain(bad)
        state.keep(VOUTPUT, dumps(made.to_data()))

    def make_rehearsal(self) -> None:
        """Decrypt the dummy, which she checks to be one."""
        group, state = self._group, self._state
        trustees = self.check_trustees()
        if REHEARSAL not in state.made:
            dummy = Dummy.from_data(self._shown["rehearsed"], group.q)
            made = rehearse(group, trustees, private_key(group, state), dummy)
            state.keep(REHEARSAL, made.to_text())

    def _complain(self, bad: BadShare) -> NoReturn:
        body = {"message": dumps(Complaint.about(bad).to_data())}
        self._service.post(f"ballots/{self._shown['ballot_id']}/ceremony/complaints", body)
        raise Trouble(
            "bad-share",
            f"{bad.zh};已提交异议,本次密钥生成作废",
            f"{bad.en}; you have complained, and this attempt is over",
        ) from bad


def private_key(group: Group, state: State) -> int:
    """Her private key, which she alone can read."""
    if VOUTPUT not in state.made:
        raise Trouble("no-key", "密钥尚未生成", "the key is not made yet")
    sealed = Voutput.from_text(state.made[VOUTPUT], group.q).private_key
    return read_private_key(group, state.seed, sealed)


def _check_asked(shown: dict[str, Any], ballot_id: str) -> None:
    """Trouble unless it is the ceremony that she asked for."""
    if shown["ballot_id"] != ballot_id:
        raise Trouble(
            "other-ballot", "所示为另一次票决的密钥生成", "this is another ballot's ceremony"
        )


def _opened(
    service: Service,
    folder: Path,
    shown: dict[str, Any],
    passphrase: Passphrase,
    cost: tuple[int, int],
) -> State:
    """Her state in this attempt, with her certificate made."""
    ballot_id, attempt, index = shown["ballot_id"], shown["attempt"], _place(shown, service.subject)
    state = open_state(folder, ballot_id, attempt, passphrase)
    if state is not None:
        if (state.ceremony, state.index) != (shown["id"], index):
            raise Trouble(
                "other-ceremony", "本机记录属于另一次密钥生成", "this record is of another ceremony"
            )
        return state
    if shown["seats"][index - 1].get(CERTIFICATE) is not None:
        raise Trouble(
            "no-state",
            f"您已提交证书,但 {folder} 中没有相应记录;请用原来的文件夹,否则须重新开始密钥生成",
            "your certificate is posted, but this folder did not make it: take the right folder,"
            " or have the ceremony begun anew",
        )
    if 2 * shown["threshold"] <= len(shown["seats"]):
        raise Trouble(
            "low-threshold",
            "解密门限应超过监票人的半数",
            "no more than half of the scrutineers could decrypt: take no part in this",
        )
    method = methods.of_ballot(service, ballot_id)
    method.check_ceremony(shown)
    state = make_state(
        folder,
        ballot_id=ballot_id,
        uuids=[_uuid(one) for one in shown["uuids"]],
        method=method.digest,
        ceremony=shown["id"],
        attempt=attempt,
        index=index,
        passphrase=passphrase,
        cost=cost,
    )
    made = make_certificate(
        group_named(shown["group"]),
        state.seed,
        size=len(shown["seats"]),
        threshold=shown["threshold"],
        index=index,
    )
    state.keep(CERTIFICATE, dumps(made.to_data()))
    return state


def _uuid(text: Any) -> str:
    with _Told():
        return uuid_of(text)


def _place(shown: dict[str, Any], subject: str) -> int:
    for seat in shown["seats"]:
        if seat["subject"] == subject:
            return int(seat["index"])
    raise Trouble(
        "no-trustee",
        f"{subject} 不是本次票决的密钥保管人",
        f"{subject} is no trustee of this ballot",
    )


class _Told:
    """What the protocol refuses, told as Trouble."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, exc: BaseException | None, trace: Any) -> None:
        if isinstance(exc, Refused):
            raise Trouble.of(
                exc, about_zh="密钥生成检查不通过:", about_en="the ceremony fails a check: "
            ) from exc


_MAKE: dict[str, Callable[[Part], None]] = {
    CERTIFICATE: Part.make_certificate,
    COMMITMENT: Part.make_commitment,
    POLYNOMIAL: Part.make_polynomial,
    VOUTPUT: Part.make_voutput,
    REHEARSAL: Part.make_rehearsal,
}
