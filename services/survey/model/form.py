"""The form (测评表): one line for every project and sub-item, and how a filled-in one is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from services.commons.errors import Conflict, Invalid

from .heard import HeardLookBack, HeardProject

PROJECT, SUB_ITEM = "project", "sub-item"
FORMER_PROJECT, FORMER_SUB_ITEM = "former-project", "former-sub-item"


@dataclass(frozen=True)
class Item:
    """What one line asks about; ``kind``: ``project`` or ``sub-item`` (子项), or a former one.

    ``item_id`` is the project's or the sub-item's id, ``project_id`` the project it belongs to.
    ``former_year``: the year of a project that a look-back brings before the deputies again.
    """

    item_id: str
    project_id: str
    kind: str
    name: str
    former_year: int | None = None

    def to_data(self) -> dict[str, Any]:
        """As data; without a former year, where there is none."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def items_of(projects: Iterable[HeardProject]) -> list[Item]:
    """The lines of the form: the projects by name, each followed by its sub-items."""
    items = []
    for project in sorted(projects, key=lambda project: (project.name, project.id)):
        items.append(Item(project.id, project.id, PROJECT, project.name))
        items += [
            Item(sub_item["id"], project.id, SUB_ITEM, sub_item["name"])
            for sub_item in project.sub_items
        ]
    return items


def former_items(look_back: HeardLookBack, project: HeardProject | None) -> list[Item]:
    """The lines for a former project that is assessed again: itself, and what does not fully work.

    A project that is known by its name only has one line, with the look-back's id.
    """
    year = look_back.project_year
    if project is None:
        id_ = look_back.project_id or look_back.id
        return [Item(id_, id_, FORMER_PROJECT, look_back.project_name, year)]
    seen = {one["sub_item_id"]: one["working"] for one in look_back.sub_items or []}
    return [
        Item(project.id, project.id, FORMER_PROJECT, project.name, year),
        *(
            Item(sub_item["id"], project.id, FORMER_SUB_ITEM, sub_item["name"], year)
            for sub_item in project.sub_items
            if seen.get(sub_item["id"]) != "fully"
        ),
    ]


def default_questions() -> list[dict[str, Any]]:
    """What is asked where nothing else is said: one grade for every line."""
    return [
        {
            "code": "grade",
            "kind": "grade",
            "per": "item",
            "text": {"zh-CN": "您对该项目是否满意?", "en": "How satisfied are you with it?"},
            "required": False,
        }
    ]


@dataclass(frozen=True)
class Question:
    """A grade that is asked for every line."""

    code: str
    data: dict[str, Any]
    kind: str = "grade"
    per: str = "item"
    stratum: bool = False

    def to_data(self) -> dict[str, Any]:
        """The written form."""
        return self.data


@dataclass(frozen=True)
class Reading:
    """A filled-in form as it was read; ``marks``: key → code, or None for a blank.

    ``cell``: the stratum that its answers put it into; ``straight``: the code that all of five and
    more graded lines have in common; ``comments``: (key, text).
    """

    marks: dict[str, Any]
    cell: str = ""
    straight: str | None = None
    comments: list[tuple[str, str]] = field(default_factory=list)

    def to_data(self) -> dict[str, Any]:
        """As data, for a named answer."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Reading:
        """Read what :meth:`to_data` wrote."""
        comments = [(key, text) for key, text in data["comments"]]
        return cls(data["marks"], data["cell"], data["straight"], comments)


@dataclass(frozen=True)
class Form:
    """Questions and lines; ``grades``: the options of the method."""

    version: int
    questions: tuple[Question, ...]
    items: tuple[Item, ...]
    grades: tuple[Any, ...]
    languages: tuple[str, ...] = ("zh-CN", "en")

    @classmethod
    def from_data(
        cls, data: list[dict[str, Any]], items: Iterable[Item], options: Iterable[Any], version: int
    ) -> Form:
        """Read the questions; raises Invalid with pointers ``/questions/…``."""
        for n, question in enumerate(data):
            if question.get("kind") != "grade" or question.get("per") != "item":
                raise Invalid(
                    "questions-malformed",
                    "only grades per item can be asked",
                    "只能逐项询问满意程度",
                    errors=[{"pointer": f"/questions/{n}/kind", "detail": "grade"}],
                )
        questions = tuple(Question(question["code"], question) for question in data)
        return cls(version, questions, tuple(items), tuple(options))

    def only(self, item_ids: Iterable[str]) -> Form:
        """The same about some of the lines."""
        wanted = set(item_ids)
        return replace(self, items=tuple(one for one in self.items if one.item_id in wanted))

    def keys(self) -> list[str]:
        """What is counted: ``code:item_id``."""
        return [f"{one.code}:{item.item_id}" for one in self.questions for item in self.items]

    def blank_counts(self) -> dict[str, dict[str, Any]]:
        """The counts before the first answer."""
        codes = [option.code for option in self.grades]
        return {key: dict.fromkeys(codes, 0) for key in self.keys()}

    def strata(self) -> list[Question]:
        """The questions whose answers make the cells."""
        return []

    def cells(self) -> list[str]:
        """All cells that an answer can fall into."""
        return [""]

    def text_keys(self) -> list[str]:
        """What is answered in words."""
        return []

    def adds(self, key: str, mark: Any) -> dict[str, Any]:
        """What a mark of a reading adds to the counts of its key; decimals as text."""
        return {} if mark is None else {mark: 1}

    def read(
        self, answers: list[dict[str, Any]], *, form_version: int, language: str = "zh-CN"
    ) -> Reading:
        """Read a filled-in form; Conflict for another version, Invalid with the places.

        No message repeats a mark, for messages are logged.
        """
        if form_version != self.version:
            raise Conflict(
                "form-changed",
                "the questions have changed; load the form again",
                "问卷内容已更新,请重新打开后作答",
            )
        codes = {option.code for option in self.grades} | {None}
        expected = set(self.keys())
        marks: dict[str, Any] = {}
        mistakes = []
        for n, answer in enumerate(answers):
            key = f"{answer['question']}:{answer.get('item_id')}"
            if key not in expected - marks.keys():
                mistakes.append((f"/answers/{n}", "须为所问内容,且不重复 (what is asked, once)"))
            elif not isinstance(answer["value"], str | None) or answer["value"] not in codes:
                mistakes.append((f"/answers/{n}/value", "须为测评办法的选项 (an option's code)"))
            else:
                marks[key] = answer["value"]
        if not mistakes and marks.keys() != expected:
            why = "须逐项作答,不评请留空 (every item; null leaves it blank)"
            mistakes.append(("/answers", why))
        if mistakes:
            raise Invalid(
                "answers-malformed",
                "the answers do not fit the questionnaire",
                "答卷与测评内容不符",
                errors=[{"pointer": at, "detail": why} for at, why in mistakes],
            )
        given = set(marks.values())
        straight = given.pop() if len(marks) >= 5 and len(given) == 1 else None
        return Reading({key: marks[key] for key in self.keys()}, straight=straight)
