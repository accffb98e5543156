"""The tolerant readers, against the producers' own examples."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from services.chassis.contracts import Contracts
from services.chassis.messaging import Subscription
from services.chassis.readers import Reader
from services.survey import readers
from services.survey.service import SurveyService

HEARD: list[tuple[str, str, type[Reader]]] = [
    ("ballot", "deputy.enrolled.v1", readers.DeputyEnrolled),
    ("supervision", "look-back.recorded.v1", readers.LookBackRecorded),
    ("supervision", "project.adopted.v1", readers.ProjectAdopted),
    ("supervision", "rectification.confirmed.v1", readers.RectificationTold),
    ("supervision", "rectification.reported.v1", readers.RectificationTold),
    ("survey", "score.published.v1", readers.ScorePublished),
]


@pytest.mark.parametrize(("producer", "name", "reader"), HEARD, ids=[name for _, name, _ in HEARD])
def test_a_reader_takes_the_producers_examples_and_no_less(
    producer: str, name: str, reader: type[Reader]
) -> None:
    """Every example of the producer is read, with fields that came later, not with fewer."""
    for data in Contracts.of_service(producer).schemas[name]["examples"]:
        plain = reader().load(data)
        assert plain["id"] == data["id"]
        assert reader().load(data | {"something": {"new": 1}}) == plain
        for needed in (name for name, field in reader().fields.items() if field.required):
            with pytest.raises(ValidationError):
                reader().load({key: value for key, value in data.items() if key != needed})


def test_every_event_that_is_heard_has_its_reader_tested() -> None:
    """The table above is the service's own list of subscriptions."""
    methods = [getattr(SurveyService, name) for name in dir(SurveyService)]
    heard = {
        (entrypoint.source, entrypoint.type)
        for method in methods
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if isinstance(entrypoint, Subscription)
    }
    assert heard == {(producer, name) for producer, name, _ in HEARD}
