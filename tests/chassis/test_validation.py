"""What schemas refuse, and where."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.chassis import fields as ours
from services.chassis.validation import invalid, places


class Item(Schema):
    """A part."""

    name = fields.String(required=True)


class Form(Schema):
    """A body."""

    title = fields.String(required=True, validate=validate.Length(max=3))
    items = fields.List(fields.Nested(Item))
    least = fields.Integer()
    most = fields.Integer()

    @validates_schema
    def ordered(self, data: dict[str, Any], **_: Any) -> None:
        """The whole may be wrong too."""
        if data.get("least", 0) > data.get("most", 9):
            raise ValidationError("least is more than most")


def refused(body: Any) -> Any:
    """The error for a body."""
    with pytest.raises(ValidationError) as caught:
        Form().load(body)
    return invalid(caught.value)


def test_each_mistake_has_its_pointer() -> None:
    """JSON pointers (RFC 6901) into the body, through lists."""
    exc = refused({"title": "长长长长", "items": [{"name": "x"}, {}, {"name": 5}], "extra/ a~b": 1})
    found = {e["pointer"] for e in exc.errors}
    assert found == {"/title", "/items/1/name", "/items/2/name", "/extra~1 a~0b"}
    assert exc.code == "body-invalid" and "/title" in exc.en and "/title" in exc.zh


def test_a_mistake_of_the_whole_points_at_the_whole() -> None:
    """The empty pointer."""
    assert [e["pointer"] for e in refused({"title": "x", "least": 3, "most": 1}).errors] == [""]
    assert [e["pointer"] for e in refused("no object").errors] == [""]


def test_places_of_a_plain_message() -> None:
    """Marshmallow's messages may be a text alone."""
    assert list(places("bad", "/a")) == [{"pointer": "/a", "detail": "bad"}]


class Strict(Schema):
    """Our own fields."""

    id = ours.Identifier()
    day = ours.Day()
    text = ours.Text(5)
    code = ours.Code()
    division = ours.Division()
    year = ours.Year()


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("id", "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111111"),
        ("text", "  e\u0301 \n", "é"),
        ("text", "一二三四五", "一二三四五"),
        ("code", "elderly-care", "elderly-care"),
        ("division", "330106", "330106"),
        ("year", 2023, 2023),
    ],
)
def test_our_fields_read(name: str, value: Any, read: Any) -> None:
    """Texts are NFC and without blanks at the ends."""
    assert Strict().load({name: value}) == {name: read}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "11111111111141118111111111111111"),
        ("id", "{1111111-1111-4111-8111-111111111111}"),
        ("id", 5),
        ("day", "2023-2-2"),
        ("day", "20230202"),
        ("day", "2023-W05-4"),
        ("day", "2023-02-30"),
        ("day", "1948-12-31"),
        ("day", "2023-02-02T00:00:00"),
        ("day", "２０２３-02-02"),
        ("text", ""),
        ("text", "   "),
        ("text", "一二三四五六"),
        ("text", "a\x00b"),
        ("text", "\ud800"),
        ("code", "Elderly"),
        ("code", "elderly-care\n"),
        ("division", "33010"),
        ("division", "３３０１０６"),
        ("year", 1900),
    ],
)
def test_our_fields_refuse(name: str, value: Any) -> None:
    """Other spellings of the same are refused too, so that the same is always written the same."""
    with pytest.raises(ValidationError):
        Strict().load({name: value})
