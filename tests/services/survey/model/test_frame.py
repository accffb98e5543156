"""Frames: their lists, read whole or not at all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from services.commons.errors import Conflict, Invalid
from services.commons.sheets import open_sheet
from services.survey.model.frame import SamplingFrame
from services.survey.model.frame_row import Check, Stratification, Unit, alike

DAY = dt.date(2026, 11, 2)
NOW = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)
STRATA: list[dict[str, Any]] = [
    {"code": "district", "title": "城区", "values": ["330102", "330105"]},
    {"code": "type", "title": "类别"},
]


def frame(strata: list[dict[str, Any]] = STRATA) -> SamplingFrame:
    """An announced frame."""
    return SamplingFrame.announce(
        title="合成住户名单",
        unit="household",
        strata=strata,
        source="合成数据",
        keep_days=30,
        happened_on=DAY,
        recorded_at=NOW,
    )


def check(tmp_path: Path, text: str) -> tuple[list[Unit], Check]:
    """What comes of a list."""
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    chosen = Stratification.from_data(STRATA)
    checking = Check(chosen, lambda *parts: "|".join(parts))
    with open_sheet(file, chosen.columns) as sheet:
        return [checking.take(row) for row in sheet], checking


def test_a_list_becomes_units_in_cells(tmp_path: Path) -> None:
    """Chinese titles, English keys and any order of the columns."""
    units, checking = check(
        tmp_path,
        "城区,户号,type,电话,地址\n330102,合成-1,城镇,138 0000 0001,合成路1号\n"
        "330105,合成-2,乡村,,合成路2号\n",
    )
    checking.finish()
    assert units == [
        Unit(
            "合成-1",
            "district=330102|type=城镇",
            {"phone": "138 0000 0001", "address": "合成路1号"},
        ),
        Unit("合成-2", "district=330105|type=乡村", {"address": "合成路2号"}),
    ]
    assert checking.cells == {"district=330102|type=城镇": 1, "district=330105|type=乡村": 1}


def test_every_double_gap_and_unknown_stratum_is_named_with_its_line(tmp_path: Path) -> None:
    """A list with faults is refused whole; the places stand there, the values do not."""
    _, checking = check(
        tmp_path,
        "id,城区,类别,name,phone,address\n"
        "A,330102,x,合成甲,13800000001,合成路1号\n"
        "A,330102,x,合成甲,13800000002,合成路2号\n"
        "B,330199,x,合成乙,+86 138-0000-0001,合成路3号\n"
        ",330105,,合成丙,13800000004,合成路 2 号\n"
        "C,330105,a|b,合成丁,电话没有,合成路5号\n",
    )
    with pytest.raises(Invalid) as refused:
        checking.finish()
    assert [(one["pointer"], one["detail"].split(" ")[-1]) for one in refused.value.errors] == [
        ("/3/A id", "行重复"),
        ("/4/B 城区", "不是该分层变量的取值"),
        ("/4/E phone", "行重复"),
        ("/5/A id", "为空"),
        ("/5/C 类别", "为空"),
        ("/5/F address", "行重复"),
        ("/6/C 类别", "="),
        ("/6/E phone", "不是电话号码"),
    ]
    told = str(refused.value.errors) + refused.value.en + refused.value.zh
    assert not any(secret in told for secret in ("1380000", "合成甲", "合成路"))


def test_a_list_of_nothing_or_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    """An empty list, and 501 values of a free stratum."""
    with pytest.raises(Invalid, match="frame-blank"):
        check(tmp_path, "id,城区,类别\n")[1].finish()
    rows = "".join(f"{n},330102,v{n}\n" for n in range(501))
    with pytest.raises(Invalid, match="frame-cells"):
        check(tmp_path, f"id,城区,类别\n{rows}")[1].finish()


@pytest.mark.parametrize(
    "number",
    ["13900000001", "+8613900000001", "139-0000 0001", "33010219800101001x", "330102198001010010"],
)
def test_a_persons_number_is_no_id_of_the_list(tmp_path: Path, number: str) -> None:
    """Ids stay when contacts are deleted; the message does not repeat it."""
    _, checking = check(tmp_path, f"户号,城区,类别\n{number},330102,城镇\n3301020001,330102,城镇\n")
    with pytest.raises(Invalid) as refused:
        checking.finish()
    (fault,) = refused.value.errors
    assert "个人号码" in fault["detail"] and number not in str(fault)


def test_contacts_are_compared_as_people_write_them() -> None:
    """Blanks, dashes, widths and the country's prefix are no difference; names are."""
    assert alike("phone", "+86 138-0000-0001") == alike("phone", "13800000001")
    assert alike("address", "合成路 1 号,A座") == alike("address", "合成路1号a座")
    assert alike("address", "合成路1号") != alike("address", "合成路11号")


def test_a_frame_is_loaded_once_and_not_before_it_is_announced() -> None:
    """Size, cells and digest are those of the list."""
    one = frame()
    with pytest.raises(Conflict, match="frame-empty"):
        one.check_loaded()
    with pytest.raises(Invalid, match="loaded-before-announcement"):
        one.load({"A": "x=1"}, has_contacts=True, happened_on=DAY - dt.timedelta(1))
    one.load({"A": "x=1", "B": "x=2", "C": "x=1"}, has_contacts=True, happened_on=DAY)
    assert (one.size, one.cells) == (3, {"x=1": 2, "x=2": 1})
    with pytest.raises(Conflict, match="frame-loaded"):
        one.load({"A": "x=1"}, has_contacts=True, happened_on=DAY)


def test_strata_are_not_called_like_other_columns() -> None:
    """``电话`` is a contact, and two strata need two names."""
    for strata in (
        [{"code": "phone", "title": "城区"}],
        [{"code": "a", "title": "电话"}],
        [{"code": "a", "title": "城区"}, {"code": "b", "title": "城区"}],
    ):
        with pytest.raises(Invalid, match="strata-doubled"):
            frame(strata)
