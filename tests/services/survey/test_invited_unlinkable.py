"""No reader of the database can tell what an invited household, or anybody at a site, answered.

By worlds, as in ``test_unlinkable``: copies of one database in which the same tokens are used, with
answers that households of one stratum have exchanged, come out the same to the last column that the
database adds by itself.  So do copies of an open audience in which networks have exchanged theirs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.commons.aggregate import new_id
from services.survey.service import SurveyService

from ...harness import Harness
from .cycle import DRAFTED, hear_project
from .sampled import answer, drafted, drawn, links, opened
from .test_unlinkable import GRADES, Dump, Worlds, dump, keys, plain, ranked

#: Of each of two strata.
HOUSEHOLDS = 27
FORMS = list(itertools.product(GRADES, repeat=3))
#: A household's own form first, or another's of its stratum.
EXCHANGED = FORMS[11:] + FORMS[:11]


class Invited(Worlds):
    """Copies of a database in which households have just got their links."""

    def __init__(self, request: pytest.FixtureRequest, origin: Harness, folder: Path) -> None:
        self.request, self.origin, self.folder = request, origin, folder
        hear_project(origin)
        questionnaire, audience = drafted(origin, channel="invitation", sampling="sample")
        plan = {"allocation": "equal", "size": 2 * HOUSEHOLDS}
        drawing = drawn(origin, plan=plan)
        origin.call("use_sample", audience["id"], {"drawing_id": drawing["id"]})
        self.questionnaire = opened(origin, questionnaire, audience)
        tokens = links(origin, self.questionnaire)
        listed = origin.call("list_drawn_units", drawing["id"], {"limit": "100"})["items"]
        # Stratum by stratum; both give all forms.
        self.units = [one["unit"] for one in listed]
        self.tokens = [tokens[unit] for unit in self.units]
        self.keys = {unit: new_id() for unit in self.units}
        origin.close()

    def answered(self, forms: list[Any], order: list[int] | None = None) -> Dump:
        """All rows of a world in which the n-th household of each stratum gave the n-th form."""
        world = self.world()
        for n in order or range(2 * HOUSEHOLDS):
            form, unit = forms[n % HOUSEHOLDS], self.units[n]
            answer(world, self.questionnaire, *form, token=self.tokens[n], key=self.keys[unit])
        found = dump(world)
        world.close()
        return found


class Site(Invited):
    """Copies of a database in which an audience has just been opened to all, with two sites."""

    def __init__(self, request: pytest.FixtureRequest, origin: Harness, folder: Path) -> None:
        self.request, self.origin, self.folder = request, origin, folder
        hear_project(origin)
        given = {"channel": "open", "sampling": "open", "group": "residents"}
        questionnaire, audience = drafted(origin, **given)
        self.questionnaire = opened(origin, questionnaire, audience)
        self.codes = [
            origin.call(
                "open_link",
                audience["id"],
                {"label": "合成场所", "site": site, "happened_on": DRAFTED},
            )["code"]
            for site in ("park-1", "park-2")
        ]
        self.keys = {f"{n:016x}": new_id() for n in range(2 * HOUSEHOLDS)}
        origin.close()

    def answered(self, forms: list[Any], order: list[int] | None = None) -> Dump:
        """All rows of a world in which the n-th network of each site gave the n-th form."""
        world = self.world()
        for n in order or range(2 * HOUSEHOLDS):
            code, network = self.codes[n // HOUSEHOLDS], f"{n:016x}"
            how = {"link": code, "network": network, "key": self.keys[network]}
            answer(world, self.questionnaire, *forms[n % HOUSEHOLDS], **how)
        found = dump(world)
        world.close()
        return found


@pytest.fixture(params=[Invited, Site])
def worlds(
    request: pytest.FixtureRequest, serve: Callable[[Any], Harness], tmp_path: Path
) -> Invited:
    """Worlds of both kinds."""
    made: Invited = request.param(request, serve(SurveyService), tmp_path)
    return made


@pytest.fixture
def invited(
    request: pytest.FixtureRequest, serve: Callable[[Any], Harness], tmp_path: Path
) -> Invited:
    """Worlds of households only."""
    return Invited(request, serve(SurveyService), tmp_path)


def test_who_gave_which_answer_leaves_no_trace(worlds: Invited) -> None:
    """When those of one stratum exchange their answers, not one column comes out different."""
    first = worlds.answered(FORMS)
    exchanged = worlds.answered(EXCHANGED)
    assert ranked(first) == ranked(exchanged) == ranked(worlds.answered(FORMS[::-1]))


def test_the_order_of_answering_leaves_a_trace_only_in_the_keys(worlds: Invited) -> None:
    """Within a stratum backwards: the same but for the places of the hashed keys."""
    order = [*range(HOUSEHOLDS)[::-1], *range(HOUSEHOLDS, 2 * HOUSEHOLDS)[::-1]]
    first, backwards = worlds.answered(FORMS), worlds.answered(FORMS, order=order)
    assert keys(first) == keys(backwards)
    for world in (first, backwards):
        del world["idempotency"]
    assert ranked(first) == ranked(backwards)


def test_an_invited_answer_writes_a_flag_a_count_and_a_hashed_key(invited: Invited) -> None:
    """Nothing else changes: neither the invitation with its unit and token, nor any time."""
    untouched, all_ = dump(invited.world()), invited.answered(FORMS)
    changed = {table for table in all_ if plain(untouched, table) != plain(all_, table)}
    assert {table for table in changed if "toast" not in table} == {
        "invitation_pages",
        "cell_tallies",
        "idempotency",
    }
    assert len(all_["invitation_pages"]) == 1
    for table in ("invitation_pages", "cell_tallies"):
        assert not any(
            mark in name for row in all_[table] for name in row for mark in ("_at", "_on", "time")
        )
    # Units stand nowhere beside a count, and the flags are numbers in the order of the sample.
    assert not any(unit in str(all_["cell_tallies"]) for unit in invited.units)
    assert not any(unit in str(all_["invitation_pages"]) for unit in invited.units)


def test_the_comparison_sees_a_single_mark(worlds: Invited) -> None:
    """One household judges one line differently, and the worlds differ: in the counts alone."""
    other = [("dissatisfied", *FORMS[0][1:]), *FORMS[1:]]
    first, second = worlds.answered(FORMS), worlds.answered(other)
    differ = {table for table in first if plain(first, table) != plain(second, table)}
    assert {table for table in differ if "toast" not in table} == {"cell_tallies"}


def test_a_guess_over_all_households_is_no_better_than_the_counts(invited: Invited) -> None:
    """Who tries every token and unit against every row that answering wrote finds no mark of it."""
    all_ = invited.answered(FORMS)
    written = [
        str(row)
        for table in ("cell_tallies", "invitation_pages", "idempotency")
        for row in plain(all_, table)
    ]
    for secret in (*invited.tokens, *invited.units, *invited.keys.values()):
        assert not any(secret in row for row in written)
