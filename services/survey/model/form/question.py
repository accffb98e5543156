"""One question of a form, as the record of the questionnaire or of a template holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .condition import Condition, condition_of
from .item import Item
from .localised import Localised
from .scale import Number, Rating

#: Of a text, unless the question says less.
LONGEST_TEXT = 2000


class Kind(StrEnum):
    """What is answered: a mark of the method, one or several options, a level, a number, a text."""

    GRADE = "grade"
    CHOICE = "choice"
    CHOICES = "choices"
    RATING = "rating"
    NUMBER = "number"
    TEXT = "text"


class Per(StrEnum):
    """Asked once, or for every line of the form."""

    ONCE = "once"
    ITEM = "item"


#: What says of which kind of question more than its text, and what a kind cannot do without.
_DETAILS = ("options", "at_least", "at_most", "rating", "number", "max_length")
_FITTING = {
    Kind.GRADE: set[str](),
    Kind.CHOICE: {"options"},
    Kind.CHOICES: {"options", "at_least", "at_most"},
    Kind.RATING: {"rating"},
    Kind.NUMBER: {"number"},
    Kind.TEXT: {"max_length"},
}
_NEEDED = {"options", "rating", "number"}


@dataclass(frozen=True)
class Answerable:
    """An option of a choice."""

    code: str
    text: Localised


@dataclass(frozen=True)
class Question:
    """A question; ``per`` item it is asked of the lines whose kind is in ``item_kinds``, or of all.

    The options of a grade are the method's.  ``at_least``, ``at_most``: how many options of several
    may be chosen.  ``max_length``: of a text, in characters.  ``stratum``: its options, with those
    of the other such questions, are the cells that answers are counted in.
    """

    code: str
    kind: Kind
    text: Localised
    per: Per = Per.ONCE
    item_kinds: tuple[str, ...] = ()
    hint: Localised | None = None
    options: tuple[Answerable, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    rating: Rating | None = None
    number: Number | None = None
    max_length: int | None = None
    required: bool = False
    stratum: bool = False
    condition: Condition | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Question:
        """Read the written form, of which :meth:`mistakes` says what is wrong."""
        hint, rating, number = (data.get(name) for name in ("hint", "rating", "number"))
        options = data.get("options", [])
        return cls(
            code=data["code"],
            kind=Kind(data["kind"]),
            text=Localised.from_data(data["text"]),
            per=Per(data.get("per", Per.ONCE)),
            item_kinds=tuple(data.get("item_kinds", ())),
            hint=Localised.from_data(hint) if hint else None,
            options=tuple(Answerable(o["code"], Localised.from_data(o["text"])) for o in options),
            at_least=data.get("at_least"),
            at_most=data.get("at_most"),
            rating=Rating.from_data(rating) if rating else None,
            number=Number.from_data(number) if number else None,
            max_length=data.get("max_length"),
            required=data.get("required", False),
            stratum=data.get("stratum", False),
            condition=condition_of(data["if"]) if data.get("if") else None,
        )

    def to_data(self) -> dict[str, Any]:
        """The written form; what is not said is left out."""
        options = [{"code": one.code, "text": one.text.to_data()} for one in self.options]
        data: dict[str, Any] = {
            "code": self.code,
            "kind": self.kind.value,
            "per": self.per.value,
            "item_kinds": list(self.item_kinds) or None,
            "text": self.text.to_data(),
            "hint": self.hint and self.hint.to_data(),
            "options": options or None,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "rating": self.rating and self.rating.to_data(),
            "number": self.number and self.number.to_data(),
            "max_length": self.max_length,
            "required": self.required,
            "stratum": self.stratum,
            "if": self.condition and self.condition.to_data(),
        }
        return {name: value for name, value in data.items() if value is not None}

    @property
    def countable(self) -> bool:
        """Whether its answers are counted; a text is kept as it is."""
        return self.kind is not Kind.TEXT

    @property
    def codes(self) -> list[str]:
        """What its answers are counted by; of a grade the method says it."""
        if self.rating:
            return self.rating.levels
        return self.number.classes if self.number else [option.code for option in self.options]

    @property
    def conditional(self) -> bool:
        """Whether it is not asked of everybody."""
        return self.condition is not None

    def asks(self, item: Item) -> bool:
        """Whether it is asked of this line."""
        return not self.item_kinds or item.kind in self.item_kinds

    def texts(self) -> Iterable[tuple[str, Localised]]:
        """All texts, each with its place."""
        yield "/text", self.text
        if self.hint:
            yield "/hint", self.hint
        for number, option in enumerate(self.options):
            yield f"/options/{number}/text", option.text
        if self.rating:
            for level, label in self.rating.labels.items():
                yield f"/rating/labels/{level}", label
        if self.number and self.number.unit:
            yield "/number/unit", self.number.unit

    def mistakes(
        self, earlier: Mapping[str, Question], grades: Collection[str]
    ) -> Iterable[tuple[str, str]]:
        """What contradicts itself or the ``earlier`` questions, each with its place.

        ``grades``: the method's, empty where that is not known yet.
        """
        yield from self._unfitting()
        if self.rating:
            yield from ((f"/rating{at}", why) for at, why in self.rating.mistakes())
        if self.number:
            yield from ((f"/number{at}", why) for at, why in self.number.mistakes())
        for leaf in self.condition.leaves() if self.condition else ():
            asked = earlier.get(leaf.question)
            yield from self._unreachable(asked, leaf.codes, grades)

    def _unfitting(self) -> Iterable[tuple[str, str]]:
        fitting = _FITTING[self.kind]
        for name in _DETAILS:
            said = getattr(self, name) not in (None, ())
            if said and name not in fitting:
                yield f"/{name}", "与该题型不符 (does not go with this kind of question)"
            if not said and name in fitting & _NEEDED:
                yield f"/{name}", "该题型必填 (this kind of question needs it)"
        codes = [option.code for option in self.options]
        if len(set(codes)) < len(codes):
            yield "/options", "选项代码重复 (a code stands twice)"
        least, most = self.at_least or 0, len(codes) if self.at_most is None else self.at_most
        if self.kind is Kind.CHOICES and not least <= most <= len(codes):
            yield "/at_most", "须满足:至少 ≤ 至多 ≤ 选项数 (at_least ≤ at_most ≤ options)"
        if self.item_kinds and self.per is Per.ONCE:
            yield "/item_kinds", "只用于逐项提问 (only where it is asked per item)"
        if self.stratum and (
            self.kind is not Kind.CHOICE or self.per is Per.ITEM or self.condition
        ):
            yield (
                "/stratum",
                "须为只问一次、无条件的单选题 (a choice asked once, of everybody)",
            )
        if self.stratum and not self.required:
            yield "/required", "分层题须为必答 (a stratum's question must be answered)"

    def _unreachable(
        self, asked: Question | None, codes: tuple[str, ...], grades: Collection[str]
    ) -> Iterable[tuple[str, str]]:
        if asked is None:
            yield "/if", "条件只能引用之前的题目 (refers to a question that does not come before)"
        elif asked.kind in (Kind.TEXT, Kind.NUMBER):
            yield "/if", "条件不能引用文字或数值题 (can not refer to a text or a number)"
        elif asked.per is Per.ITEM and self.per is Per.ONCE:
            yield "/if", "只问一次的题不能引用逐项题 (one asked once can not refer to one per item)"
        elif not set(codes) <= set((grades or codes) if asked.kind is Kind.GRADE else asked.codes):
            yield "/if", "须为所引用题目的选项 (codes of the question that it refers to)"
