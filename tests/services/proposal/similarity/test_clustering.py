"""Clusters of texts: the same from the same, in bounded blocks."""

from __future__ import annotations

import random

from services.proposal.similarity.clustering import Cluster, Item, Parameters, cluster

PLAIN = Parameters()


def items(*texts: str, aspect: str = "a") -> list[Item]:
    """Items with ids in their order."""
    return [Item(f"{aspect}{n:03}", aspect, text) for n, text in enumerate(texts)]


def test_alike_texts_are_one_cluster() -> None:
    """The most typical first; what is like nothing else stands alone."""
    given = items("增设老年食堂", "老年食堂太少", "开一家老年食堂", "路灯坏了")
    (found,) = cluster(given, PLAIN)
    assert set(found.members) == {"a000", "a001", "a002"} and found.aspect == "a"


def test_aspects_are_apart() -> None:
    """The same words under another aspect are another matter."""
    given = [*items("增设老年食堂", "路灯坏了"), *items("增设老年食堂", "井盖响", aspect="b")]
    assert cluster(given, PLAIN) == []


def test_the_order_of_the_input_makes_no_difference() -> None:
    """And a second time gives the same."""
    given = items(*(f"{a}{b}{c}" for a in "甲乙丙" for b in "丁戊己" for c in "庚辛壬"))
    mixed = random.Random(1).sample(given, len(given))
    assert cluster(given, PLAIN) == cluster(mixed, PLAIN) == cluster(given, PLAIN)


def test_a_large_aspect_is_cut_into_blocks() -> None:
    """No block is larger than allowed, and alike texts stay together."""
    given = items(
        *(f"{matter}{n}" for n in range(10) for matter in ("老年食堂", "路灯坏了", "公交站"))
    )
    found = cluster(given, Parameters(largest_block=12))
    assert max(len(one.members) for one in found) <= 12
    for one in found:
        assert len({int(member[1:]) % 3 for member in one.members}) == 1


def test_copies_beyond_a_block_end() -> None:
    """Texts that nothing tells apart are cut by number."""
    found = cluster(items(*["一样"] * 25), Parameters(largest_block=10))
    assert sorted(len(one.members) for one in found) == [5, 10, 10]


def test_progress_and_empty_texts() -> None:
    """Every suggestion is counted, also one that says nothing."""
    told: list[tuple[int, int]] = []
    given = [*items("", "", "甲"), *items("乙", aspect="b")]
    found: list[Cluster] = cluster(given, PLAIN, lambda done, total: told.append((done, total)))
    assert found == [] and told[-1] == (4, 4)
