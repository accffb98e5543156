"""A text in several languages, as people who fill in a form read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The language that every text is written in.
CHINESE = "zh-CN"


@dataclass(frozen=True)
class Localised:
    """One text by language tag (BCP 47); Chinese must be there, the others may."""

    texts: Mapping[str, str]

    @classmethod
    def from_data(cls, data: Mapping[str, str]) -> Localised:
        """Read ``{"zh-CN": …, "en": …}``, of which :meth:`mistakes` says what is wrong."""
        return cls(dict(data))

    def to_data(self) -> dict[str, str]:
        """The written form."""
        return dict(self.texts)

    @property
    def languages(self) -> set[str]:
        """The languages that it is written in."""
        return set(self.texts)

    def mistakes(self, languages: set[str]) -> Iterable[tuple[str, str]]:
        """What is missing of ``languages``, those that the form is written in."""
        if CHINESE not in self.texts:
            yield "", "须有中文 (needs a text in zh-CN)"
        missing = sorted(languages - self.languages - {CHINESE})
        if missing:
            yield "", f"缺少语言版本 (other texts of the form are in {', '.join(missing)} as well)"
