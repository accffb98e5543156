"""The form of the rule that says which look-backs follow a project's completion."""

from __future__ import annotations

from marshmallow import Schema

from services.chassis.fields import Code, Text
from services.chassis.rule_schemas import list_of


class LookBackRound(Schema):
    """One look-back; by when is the term ``look-back`` for this class in the rule ``deadlines``."""

    code = Code(required=True)
    name = Text(40, required=True)


LOOK_BACKS = list_of(LookBackRound, most=20)
