"""Entering paper forms in pairs, and deciding what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from services.chassis.work import UnitOfWork
from services.commons.errors import Conflict, Invalid

from ..model.audience import Audience, Channel
from ..model.form import Form, Reading
from ..model.offline_count import OfflineCount
from ..model.paper import SET_ASIDE, Entry, PaperForm, form_number
from ..model.transcript import invalid_reading, on_paper, reading_of, void_of
from ..queries import answer_imports
from ..queries import paper_forms as queries
from . import counting
from .forms import form_of


def taking(uow: UnitOfWork, audience_id: str, *, locked: bool = True) -> tuple[Audience, Form]:
    """An audience that takes forms on paper now, and what it is asked; Conflict otherwise.

    Forms come in from its first day until it is closed, since counting takes longer than asking.
    """
    audience = uow.get(Audience, audience_id, locked=locked)
    if audience.channel != Channel.OFFLINE:
        raise Conflict(
            "audience-not-offline",
            "forms are entered for an audience of the channel offline only",
            "只有线下(纸质)测评主体才录入测评表",
        )
    if audience.state != "open" or uow.today < audience.opens_on:
        raise Conflict(
            "audience-takes-no-forms",
            f"forms are entered from {audience.opens_on} until the closing",
            f"测评表自 {audience.opens_on} 起至测评结束前录入",
        )
    return audience, form_of(uow, audience)


def count_by_hand(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Note how many forms were issued and how many came back, as the tellers counted them."""
    audience, _ = taking(uow, command["id"])
    count = _count_of(uow, audience)
    count.issued = audience.issued = command["issued"]
    count.handed_in = command["handed_in"]
    uow.session.flush()
    return queries.progress(uow.session, audience, count)


def enter(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Enter a form for the first or the second time; the second time it is compared."""
    audience, form = taking(uow, command["id"])
    number = _number(command["number"])
    entry = _entry(command, form)
    reading_of(on_paper(form), entry)
    by, sealed = uow.principal.subject, uow.keys.seal(entry.to_data())
    found = queries.paper_form(uow.session, audience.id, number)
    if found is None:
        _refuse_imported(uow, audience, number)
        begun = PaperForm.begin(audience.id, number, by=by, sealed=sealed, recorded_at=uow.now)
        return queries.seen(uow.add(begun), audience)
    if found.waits_for == "first":
        found.enter_first(by, sealed)
    else:
        found.check_second(by)
        _compare(uow, audience, form, found, entry, sealed)
    return queries.seen(found, audience)


def resolve(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Let a third person say what stands on the lines that differ."""
    found, audience, form = _held(uow, command["id"])
    given = _entry(command, form)
    first = Entry.from_data(uow.keys.open(found.first)) if found.first else Entry()
    decided = found.resolve(uow.principal.subject, command["reason"], first, given)
    _take(uow, audience, form, decided)
    return queries.seen(found, audience)


def enter_anew(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Strike out both entries of a form that differ."""
    found, audience, _ = _held(uow, command["id"])
    found.enter_anew(uow.principal.subject, command["reason"])
    return queries.seen(found, audience)


def set_aside(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Leave a form out of the count: returned, and not valid."""
    found, audience, form = _held(uow, command["id"])
    found.set_aside(uow.principal.subject, command["reason"])
    count_forms(uow, audience, form, {SET_ASIDE: 1}, {}, [])
    return queries.seen(found, audience)


def withdraw(command: dict[str, Any], uow: UnitOfWork) -> dict[str, Any]:
    """Withdraw a number for which there is no paper."""
    found, audience, _ = _held(uow, command["id"])
    found.withdraw(uow.principal.subject, command["reason"])
    return queries.seen(found, audience)


def count_forms(
    uow: UnitOfWork,
    audience: Audience,
    form: Form,
    outcomes: Mapping[str, int],
    void_lines: Mapping[str, int],
    readings: Iterable[Reading],
) -> None:
    """Count decided forms: what they were found to be, and what the valid ones say.

    The audience is locked.  An invalid form is one returned with blank lines.
    """
    _count_of(uow, audience).decided(outcomes, void_lines)
    counted = list(readings)
    invalid = invalid_reading(form)
    if invalid is not None:
        counted += [invalid] * (sum(outcomes.values()) - len(counted))
    counting.count_many(uow, audience, counted)


def _compare(
    uow: UnitOfWork,
    audience: Audience,
    form: Form,
    found: PaperForm,
    second: Entry,
    sealed: bytes,
) -> None:
    first = Entry.from_data(uow.keys.open(found.first)) if found.first else Entry()
    decided = found.enter_second(uow.principal.subject, sealed, first, second)
    _count_of(uow, audience).paired(first.compared(second), len(first.differing(second)))
    if decided is not None:
        _take(uow, audience, form, decided)


def _take(uow: UnitOfWork, audience: Audience, form: Form, entry: Entry) -> None:
    reading = reading_of(on_paper(form), entry)
    void = Counter(void_of(entry, reading))
    count_forms(uow, audience, form, {entry.condition: 1}, void, [reading] if reading else [])


def _held(uow: UnitOfWork, id_: str) -> tuple[PaperForm, Audience, Form]:
    """A form, and its audience locked, so that nothing comes between looking and deciding."""
    audience, form = taking(uow, uow.get(PaperForm, id_).audience_id)
    found = uow.get(PaperForm, id_, locked=True)
    uow.session.refresh(found)
    return found, audience, form


def _count_of(uow: UnitOfWork, audience: Audience) -> OfflineCount:
    found = uow.session.get(OfflineCount, audience.id)
    if found is None:
        found = OfflineCount(audience_id=audience.id)
        uow.session.add(found)
    return found


def _entry(command: dict[str, Any], form: Form) -> Entry:
    """The lines of a body by their keys; Invalid for a line that the form has not, or twice."""
    keys = {line.key for line in form.lines}
    lines: dict[str, Any] = {}
    mistakes = []
    for n, answer in enumerate(command["answers"]):
        item_id = answer.get("item_id")
        key = f"{answer['question']}:{item_id}" if item_id else answer["question"]
        if key not in keys or key in lines:
            detail = "须为本测评表的项目,且不重复 (a line of this form, once)"
            mistakes.append({"pointer": f"/answers/{n}", "detail": detail})
        lines[key] = {"void": True} if answer.get("void") else answer.get("value")
    if mistakes:
        raise Invalid(
            "answers-malformed",
            "the answers do not fit the form",
            "录入内容与测评表不符",
            mistakes,
        )
    return Entry(command["condition"], lines)


def _number(text: str) -> str:
    try:
        return form_number(text)
    except ValueError as exc:
        zh, en = str(exc).rstrip(")").split(" (", 1)
        raise Invalid("form-number", en, zh, [{"pointer": "/number", "detail": str(exc)}]) from None


def _refuse_imported(uow: UnitOfWork, audience: Audience, number: str) -> None:
    if number in answer_imports.known_numbers(uow.session, audience.id, [number]):
        raise Conflict(
            "form-imported",
            f"form {number} was imported from a file",
            f"第 {number} 号测评表已由文件导入",
        )
