"""Questions: how many of some answers may be chosen (``question_h`` of the specification)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .encoding import array, fields, integer, string
from .refused import Refused

#: More answers than any ballot paper has; bounds what is read before it is judged.
MOST_ANSWERS = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """From ``min`` to ``max`` of the ``answers`` may be chosen.

    ``blank``: the ballot may be blank instead; then a leading ciphertext says whether it is.
    """

    answers: tuple[str, ...]
    min: int
    max: int
    question: str
    blank: bool = False

    def __post_init__(self) -> None:
        fits = 1 <= len(self.answers) <= MOST_ANSWERS
        if not fits or not 0 <= self.min <= self.max <= len(self.answers):
            raise Refused(
                "bad-question",
                "a question has answers, and 0 <= min <= max <= their number",
                "题目须有选项,且 0 ≤ 最少 ≤ 最多 ≤ 选项数",
            )

    @property
    def ciphertexts(self) -> int:
        """How many ciphertexts answer it."""
        return len(self.answers) + self.blank

    @property
    def overall(self) -> int:
        """How many branches its overall proof has."""
        return self.max - self.min + 1 + self.blank

    @classmethod
    def from_data(cls, data: Any) -> Question:
        """Read the message; Refused for other kinds than homomorphic questions."""
        if isinstance(data, dict) and "type" in data:
            raise Refused(
                "unsupported-question",
                "only homomorphic questions are supported",
                "仅支持同态计票的题目",
            )
        read = fields(data, "answers", "min", "max", "question", optional=("blank",))
        answers = tuple(string(one) for one in array(read["answers"], most=MOST_ANSWERS))
        blank = read.get("blank", False)
        if not isinstance(blank, bool):
            raise Refused("wrong-type", "expected true or false", "应为 true 或 false")
        least, most = integer(read["min"]), integer(read["max"])
        return cls(answers, least, most, string(read["question"]), blank)

    def to_data(self) -> dict[str, Any]:
        """The message."""
        return {
            "answers": list(self.answers),
            **({"blank": True} if self.blank else {}),
            "min": self.min,
            "max": self.max,
            "question": self.question,
        }
