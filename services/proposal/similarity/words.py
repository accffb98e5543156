"""The words that two texts share, to be read by people: their longest common runs."""

from __future__ import annotations

from .text import BREAK

#: So much of either text is looked at.
LONGEST = 1000
SHOWN = 5
#: Characters that carry no matter: cut off at both ends of a run.
EMPTY = (
    "的了和与及在是有对把将为被让给就也都还很更以其这那个上下里中到从向等着过能会要可以并且或而但"
)


def shared_words(one: str, other: str, most: int = SHOWN) -> list[str]:
    """At most ``most`` runs of two and more characters in both texts, the longest first."""
    found: dict[str, None] = {}
    start = 0
    while start < len(one) - 1:
        end = start + 1
        while end < len(one) and one[end] != BREAK and one[start : end + 1] in other:
            end += 1
        word = one[start:end].strip(EMPTY + BREAK)
        if len(word) > 1:
            found[word] = None
        start = max(start + 1, end if end - start > 1 else start + 1)
    words = sorted(found, key=lambda word: -len(word))
    kept: list[str] = []
    for word in words:
        if len(kept) < most and not any(word in longer for longer in kept):
            kept.append(word)
    return kept
