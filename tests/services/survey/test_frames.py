"""Frames and drawings on both databases: pledged, loaded whole, drawn, replaced, purged."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.chassis.store import BoundStore
from services.commons.errors import Conflict, Invalid, NotFound
from services.survey import nightly
from services.survey.cli import survey as command_line
from services.survey.service import SurveyService

from ...harness import Harness
from . import sampled
from .cycle import CLOSES, DRAFTED, close, hear_project
from .sampled import SEED, announced, drafted, drawn, file, households, invited

REASON = {"reason": "核对地址(合成)"}


@pytest.fixture
def survey(serve: Callable[[Any], Harness]) -> Harness:
    """The service, which has heard of a project with two sub-items."""
    harness = serve(SurveyService)
    hear_project(harness)
    return harness


def everything(harness: Harness) -> str:
    """All rows of all tables, as text."""
    with harness.engine.connect() as connection:
        return "\n".join(
            str(tuple(row))
            for table in harness.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
        )


def test_a_drawing_is_redone_by_who_has_the_list_and_the_seed(survey: Harness) -> None:
    """From what the API shows, with nothing but a hash: sample, reserve and the frame's digest."""
    drawing = drawn(survey)
    frame_units = survey.call("list_frame_units", drawing["frame_id"], {"limit": "100"})["items"]
    shown = survey.call("get_drawing", drawing["id"], roles=())
    assert hashlib.sha256(shown["seed"].encode()).hexdigest() == shown["commitment"]

    lines = sorted(f"{one['unit']}\t{one['cell']}\n" for one in frame_units)
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == shown["frame_digest"]
    listed = survey.call("list_drawn_units", drawing["id"], {"limit": "100"})["items"]
    for stratum in shown["strata"]:
        ids = [one["unit"] for one in frame_units if one["cell"] == stratum["cell"]]
        ids.sort(key=lambda one: hashlib.sha256((shown["seed"] + one).encode()).hexdigest())
        mine = [one["unit"] for one in listed if one["cell"] == stratum["cell"]]
        assert mine == ids[: stratum["drawn"] + stratum["reserve"]]
    assert shown["strata"] == [
        {"cell": "district=330102", "population": 30, "drawn": 10, "reserve": 2},
        {"cell": "district=330105", "population": 30, "drawn": 10, "reserve": 2},
    ]


def test_no_contact_lies_in_the_open(survey: Harness) -> None:
    """Not in any row of any table, nor in what the calls show; the ids do."""
    drawing = drawn(survey)
    frame = survey.call("get_frame", drawing["frame_id"])
    assert (frame["size"], frame["has_contacts"]) == (60, True)
    assert frame["cells"] == {"district=330102": 30, "district=330105": 30}
    rows = everything(survey)
    assert "合成-0007" in rows
    for secret in ("合成户主", "13900000007", "合成路"):
        assert secret not in rows and secret not in str(frame) + str(drawing)


def test_a_list_with_a_double_is_refused_whole(survey: Harness) -> None:
    """Checked or loaded: both places are told, and nothing is written."""
    frame = announced(survey)
    text = households(4) + "合成-0002,330199,合成户主,13900000001,合成路9号\n"
    for method in ("check_frame", "load_frame"):
        with pytest.raises(Invalid, match="frame-faulty") as refused:
            survey.call(method, frame["id"], file(text))
        assert [one["pointer"] for one in refused.value.errors] == [
            "/6/A 户号",
            "/6/B 城区",
            "/6/D 电话",
        ]
    assert survey.call("get_frame", frame["id"])["size"] is None
    assert "合成-0001" not in everything(survey)
    assert survey.call("check_frame", frame["id"], file(households(4))) == {
        "rows": 4,
        "cells": {"district=330102": 2, "district=330105": 2},
    }


def test_a_stratum_may_have_whatever_values_stand_there(survey: Harness) -> None:
    """Then the cells are those of the list."""
    frame = announced(survey, strata=[{"code": "district", "title": "城区"}])
    assert frame["strata"] == [{"code": "district", "title": "城区", "values": None}]
    loaded = survey.call("load_frame", frame["id"], file("户号,城区\n合成-1,甲区\n合成-2,乙区\n"))
    assert loaded["cells"] == {"district=乙区": 1, "district=甲区": 1}
    assert not loaded["has_contacts"]


def test_what_is_no_sheet_is_refused(survey: Harness) -> None:
    """Neither rubbish nor nothing, nor a list without a stratum's column."""
    frame = announced(survey)
    for body, code in (
        ({"happened_on": DRAFTED}, "file-missing"),
        (file("户号,户主\n合成-1,甲\n"), "sheet-columns"),
        (file(""), "sheet-empty"),
    ):
        with pytest.raises(Invalid, match=code):
            survey.call("load_frame", frame["id"], body)


def test_a_repeated_loading_is_one(survey: Harness) -> None:
    """The same key gives the same answer; another list finds the frame full."""
    frame = announced(survey)
    first = survey.call("load_frame", frame["id"], file(households(4)), key="load-frame-1")
    again = survey.call("load_frame", frame["id"], file(households(4)), key="load-frame-1")
    assert first == again
    with pytest.raises(Conflict, match="frame-loaded"):
        survey.call("load_frame", frame["id"], file(households(5)))


def test_a_list_that_was_changed_by_hand_cannot_be_drawn_from(survey: Harness) -> None:
    """The digest of the loading does not fit any more."""
    frame = announced(survey)
    body = {
        "title": "合成",
        "plan": {"allocation": "all"},
        "public_source": "合成来源",
        "public_on": "2023-11-29",
        "happened_on": DRAFTED,
    }
    drawing = survey.call("announce_drawing", frame["id"], body)
    survey.call("load_frame", frame["id"], file(households(4)))
    with survey.engine.begin() as connection:
        table = survey.metadata.tables["frame_units"]
        connection.execute(sa.delete(table).where(table.c.unit == "合成-0001"))
    with pytest.raises(Conflict, match="frame-altered"):
        survey.call("draw_sample", drawing["id"], {"seed": "0", "happened_on": "2023-11-29"})


def test_contacts_are_read_with_a_reason_that_stays(survey: Harness) -> None:
    """One unit's; the log says who, when and why, and holds no contact."""
    frame_id = drawn(survey)["frame_id"]
    contact = survey.call(
        "read_frame_contact", frame_id, {"unit": "合成-0007"} | REASON, subject="clerk-1"
    )
    assert (contact["phone"], contact["address"]) == ("13900000007", "合成路7号")
    with pytest.raises(NotFound, match="contact-missing"):
        survey.call("read_frame_contact", frame_id, {"unit": "没有"} | REASON)
    (reading,) = survey.call("list_frame_contact_readings", frame_id, {})["items"]
    assert (reading["read_by"], reading["unit"], reading["purpose"], reading["reason"]) == (
        "clerk-1",
        "合成-0007",
        "unit",
        REASON["reason"],
    )
    assert "13900000007" not in everything(survey)


def test_a_sample_on_paper_gets_its_addresses(survey: Harness) -> None:
    """An offline audience has a frame, a sample, and no tokens."""
    _, audience = drafted(survey, channel="offline", sampling="sample")
    drawing = drawn(survey)
    used = survey.call("use_sample", audience["id"], {"drawing_id": drawing["id"]})
    assert (used["eligible"], used["issued"]) == (60, 20)
    sheet = survey.call("make_contact_sheet", drawing["id"], REASON)
    assert len(sheet["items"]) == 20 and all(row["address"] for row in sheet["items"])
    with pytest.raises(NotFound, match="part-unknown"):
        survey.call("make_contact_sheet", drawing["id"], REASON | {"part": 2})


def test_a_sample_serves_the_audience_that_it_fits(survey: Harness) -> None:
    """Not deputies on a roll, not a census, not a second audience, not strata of a few."""
    drawing = drawn(survey)
    body = {"drawing_id": drawing["id"]}
    _, deputies = drafted(survey, group="all-deputies", channel="roll", kind="secret")
    with pytest.raises(Conflict, match="channel-unsampled"):
        survey.call("use_sample", deputies["id"], body)
    _, census = drafted(survey, channel="invitation", sampling="census")
    with pytest.raises(Conflict, match="sampling-differs"):
        survey.call("use_sample", census["id"], body)
    _, first = drafted(survey, channel="invitation", sampling="sample")
    assert survey.call("use_sample", first["id"], body) | {"version": 0} == (
        survey.call("use_sample", first["id"], body) | {"version": 0}
    )
    _, second = drafted(survey, channel="invitation", sampling="sample")
    with pytest.raises(Conflict, match="drawing-taken"):
        survey.call("use_sample", second["id"], body)
    few = drawn(survey, plan={"allocation": "equal", "size": 18})
    with pytest.raises(Conflict, match="strata-small"):
        survey.call("use_sample", second["id"], {"drawing_id": few["id"]})
    with pytest.raises(Conflict, match="audience-sampled"):
        survey.call("use_sample", first["id"], {"drawing_id": few["id"]})


def test_the_reserve_takes_the_place_of_who_cannot_be_asked(survey: Harness) -> None:
    """The next of the same stratum, with a link of its own; the old link is worth nothing."""
    questionnaire = invited(survey)
    drawing = questionnaire["drawing"]
    tokens = sampled.links(survey, questionnaire)
    units = survey.call("list_drawn_units", drawing["id"], {"limit": "100"})["items"]
    dropped = units[0]["unit"]
    spare = next(one["unit"] for one in units if one["state"] == "reserve")
    body = {"unit": dropped, "reason": "moved", "happened_on": DRAFTED}
    assert survey.call("replace_unit", drawing["id"], body)["replaced"] == {"moved": 1}
    with pytest.raises(Conflict, match="not-in-sample"):
        survey.call("replace_unit", drawing["id"], body)
    with pytest.raises(Exception, match="invitation-unknown"):
        sampled.answer(survey, questionnaire, "satisfied", token=tokens[dropped])
    fresh = sampled.links(survey, questionnaire)
    assert list(fresh) == [spare]
    assert sampled.answer(survey, questionnaire, "satisfied", token=fresh[spare])["accepted"]
    with pytest.raises(Conflict, match="already-answered"):
        survey.call("replace_unit", drawing["id"], body | {"unit": spare})


def purge(survey: Harness, today: dt.date) -> None:
    """The night of a day."""
    store = BoundStore(survey.engine, survey.metadata, survey.settings)
    store.apply(lambda uow: _purged(uow, today))


def _purged(uow: Any, today: dt.date) -> int:
    from services.survey.commands import frames
    from services.survey.queries.frames import purgeable

    return sum(frames.purge(uow, one) for one in purgeable(uow.session, today))


def counts(survey: Harness) -> dict[str, int]:
    """How many contacts, invitations and pages of flags there are."""
    with survey.engine.connect() as connection:
        return {
            name: connection.execute(
                sa.select(sa.func.count()).select_from(survey.metadata.tables[name])
            ).scalar_one()
            for name in ("frame_contacts", "invitations", "invitation_pages", "frame_units")
        }


def test_contacts_go_after_the_last_closing(survey: Harness) -> None:
    """Thirty days later, by night; ids, cells and the log of readings stay."""
    questionnaire = invited(survey)
    sampled.links(survey, questionnaire)
    ended = dt.date.fromisoformat(CLOSES)
    purge(survey, ended + dt.timedelta(days=300))
    assert counts(survey)["frame_contacts"] == 60
    close(survey, questionnaire)
    purge(survey, ended + dt.timedelta(days=30))
    assert counts(survey)["frame_contacts"] == 60
    purge(survey, ended + dt.timedelta(days=31))
    assert counts(survey) == {
        "frame_contacts": 0,
        "invitations": 0,
        "invitation_pages": 0,
        "frame_units": 60,
    }
    frame_id = questionnaire["drawing"]["frame_id"]
    assert survey.call("list_frame_contact_readings", frame_id, {})["items"]
    assert survey.call("get_frame", frame_id)["purged_on"]


def test_contacts_do_not_wait_for_an_audience_that_never_opens(survey: Harness) -> None:
    """They lie for a year after the list was loaded, as if nobody had thought of an audience."""
    _, audience = sampled.drafted(survey, channel="invitation", sampling="sample")
    drawing = sampled.drawn(survey)
    survey.call("use_sample", audience["id"], {"drawing_id": drawing["id"]})
    loaded = dt.date.fromisoformat(DRAFTED)
    purge(survey, loaded + dt.timedelta(days=365))
    assert counts(survey)["frame_contacts"] == 60
    purge(survey, loaded + dt.timedelta(days=366))
    assert counts(survey)["frame_contacts"] == 0


def test_the_night_does_its_parts(survey: Harness) -> None:
    """Twice in a row without harm: what closed in 2023 is purged, the rest sealed anew."""
    questionnaire = invited(survey)
    close(survey, questionnaire)
    store = BoundStore(survey.engine, survey.metadata, survey.settings)
    for _ in range(2):
        for part in (nightly.seal_contacts_anew, nightly.purge_contacts, nightly.forget_networks):
            part(store)
        assert counts(survey)["frame_contacts"] == 0


def test_the_command_line_loads_checks_purges_and_seals(
    survey: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large list comes from a file; faults are told by place with exit code 1."""
    monkeypatch.setenv(
        "MINSHENG_DATABASE_URL", survey.engine.url.render_as_string(hide_password=False)
    )
    monkeypatch.setenv("MINSHENG_DATA_DIR", str(survey.settings.data_dir))
    frame = announced(survey)["id"]
    path = tmp_path / "合成.csv"

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command_line, arguments)
        return result.exit_code, result.output

    path.write_text(households(3) + "合成-0001,330102,,,合成路8号\n", "utf-8")
    status, output = run("frame", str(path), "--frame", frame)
    assert status == 1 and "/5/A 户号" in output and "frame" not in counts(survey)
    path.write_text(households(600), "utf-8")
    assert run("frame", str(path), "--frame", frame, "--check")[0] == 0
    assert counts(survey)["frame_units"] == 0
    status, output = run("frame", str(path), "--frame", frame, "--on", DRAFTED)
    assert (status, "300  district=330102" in output) == (0, True)
    assert run("rotate-keys") == (
        0,
        "contacts sealed anew: 600\naudiences whose counts were sealed anew: 0\n",
    )
    assert run("purge-contacts") == (0, "contacts deleted: 600\n")
    assert run("purge-contacts", "--frame", frame) == (0, "contacts deleted: 0\n")


def test_a_seed_is_pledged_before_the_list_is_seen(survey: Harness) -> None:
    """On a loaded frame only a source that is still to speak will do."""
    frame = announced(survey)
    survey.call("load_frame", frame["id"], file(households(4)))
    body = {"title": "合成", "plan": {"allocation": "all"}, "happened_on": DRAFTED}
    with pytest.raises(Conflict, match="seed-too-late"):
        survey.call(
            "announce_drawing",
            frame["id"],
            body | {"commitment": hashlib.sha256(SEED.encode()).hexdigest()},
        )
    public = {"public_source": "合成彩票", "public_on": "2023-12-01"}
    drawing = survey.call("announce_drawing", frame["id"], body | public)
    with pytest.raises(Conflict, match="seed-unknown"):
        survey.call("draw_sample", drawing["id"], {"seed": "010203", "happened_on": DRAFTED})
