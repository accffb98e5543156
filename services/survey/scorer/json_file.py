"""Counts from JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from services.chassis.fields import Day, Text
from services.chassis.validation import places
from services.commons.errors import Invalid

from ..model.method import Formula, Group
from ..model.method.weighing import FINDINGS
from ..model.scoring import GRADE
from .count_table import BASES, CountTable, GroupCounts, group_of
from .method_file import read_json

_COUNT = validate.Range(0, 999_999_999)


class ItemCounts(Schema):
    """A line; ``counts`` by option, ``dimensions`` the same by dimension."""

    item = Text(200, required=True)
    project = Text(200, load_default="")
    counts = fields.Dict(fields.String(), fields.Integer(strict=True, validate=_COUNT))
    dimensions = fields.Dict(
        fields.String(), fields.Dict(fields.String(), fields.Integer(strict=True, validate=_COUNT))
    )


class GroupTally(Schema):
    """A group with its bases."""

    group = fields.String(load_default="")
    sampling = fields.String(
        load_default="census", validate=validate.OneOf(["census", "sample", "open"])
    )
    eligible = fields.Integer(strict=True, validate=_COUNT)
    present = fields.Integer(strict=True, validate=_COUNT)
    issued = fields.Integer(strict=True, validate=_COUNT)
    returned = fields.Integer(strict=True, validate=_COUNT)
    items = fields.List(fields.Nested(ItemCounts), required=True, validate=validate.Length(1, 5000))


class ItemFinding(Schema):
    """What a look-back found at a line."""

    item = Text(200, required=True)
    project = Text(200, load_default="")
    finding = fields.String(required=True, validate=validate.OneOf(FINDINGS))


class Tally(Schema):
    """The file; ``failures``: how often in a row something fell below a line before."""

    title = Text(200, load_default="")
    source = Text(1000, load_default="")
    as_of = Day(load_default=None)
    groups = fields.List(fields.Nested(GroupTally), required=True, validate=validate.Length(1, 100))
    look_backs = fields.List(fields.Nested(ItemFinding), load_default=list)
    failures = fields.Dict(
        fields.String(), fields.Integer(strict=True, validate=_COUNT), load_default=dict
    )


def read_counts(path: Path, formula: Formula) -> CountTable:
    """The counts; raises Invalid with the places."""
    try:
        data = Tally().load(read_json(path))
    except ValidationError as exc:
        raise _malformed(path, list(places(exc.messages, ""))) from None
    table = CountTable(
        called=path.name,
        title=data["title"],
        source=data["source"],
        as_of=data["as_of"],
        failures=data["failures"],
    )
    mistakes: list[dict[str, str]] = []
    for n, one in enumerate(data["groups"]):
        mistakes += _group(table, formula, one, f"/groups/{n}")
    for one in data["look_backs"]:
        item = table.line(one["item"], one["project"])
        table.findings.append((item.item_id, one["finding"]))
    if mistakes:
        raise _malformed(path, mistakes)
    return table


def _group(
    table: CountTable, formula: Formula, data: dict[str, Any], at: str
) -> list[dict[str, str]]:
    found = group_of(formula, data["group"])
    code = found.group if isinstance(found, Group) else found
    if code in table.groups:
        return [{"pointer": f"{at}/group", "detail": "该测评主体重复 (stands there twice)"}]
    bases = {name: data[name] for name in BASES if name in data}
    group = table.groups[code] = GroupCounts(data["sampling"], bases)
    mistakes = []
    for n, one in enumerate(data["items"]):
        item = table.line(one["item"], one["project"])
        if item.item_id in group.counts:
            mistakes.append((f"{at}/items/{n}/item", "该项目重复 (stands there twice)"))
        if ("counts" in one) == bool(one.get("dimensions")):
            why = "须填写 counts 或 dimensions 之一 (either counts or dimensions)"
            mistakes.append((f"{at}/items/{n}", why))
        given = {GRADE: one["counts"]} if "counts" in one else one.get("dimensions", {})
        unknown = {o for marks in given.values() for o in marks} - set(formula.codes)
        for option in sorted(unknown):
            known = "、".join(formula.codes)
            mistakes.append(
                (f"{at}/items/{n}/counts/{option}", f"不是办法的选项:{known} (no option of it)")
            )
        group.counts[item.item_id] = given
    return [{"pointer": pointer, "detail": why} for pointer, why in mistakes]


def _malformed(path: Path, errors: list[dict[str, str]]) -> Invalid:
    return Invalid(
        "counts-malformed",
        f"{path.name} is not written as a table of counts",
        f"{path.name} 不符合计票表的写法",
        errors,
    )
