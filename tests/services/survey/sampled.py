"""A sample of synthetic households through the service's calls, as tests drive it."""

from __future__ import annotations

import base64
from typing import Any

from services.survey.model.sampling import commitment

from ...harness import Harness
from .cycle import DRAFTED, adopted_method, audience_body, form, questionnaire_body

SEED = "合成种子-20231128"
DISTRICTS = ("330102", "330105")


def households(count: int = 60) -> str:
    """A list of households in two districts by turns; all of it is synthetic."""
    rows = [
        f"合成-{n:04d},{DISTRICTS[n % 2]},合成户主{n},139{n:08d},合成路{n}号" for n in range(count)
    ]
    return "\n".join(["户号,城区,户主,电话,地址", *rows]) + "\n"


def file(text: str) -> dict[str, Any]:
    """A list as the gateway hands it on."""
    return {"file": base64.b64encode(text.encode()).decode(), "happened_on": DRAFTED}


def announced(survey: Harness, **changed: Any) -> dict[str, Any]:
    """A frame whose list is still to come."""
    body = {
        "title": "合成住户名单",
        "unit": "household",
        "strata": [{"code": "district", "title": "城区", "values": list(DISTRICTS)}],
        "source": "合成数据",
        "happened_on": DRAFTED,
    }
    frame: dict[str, Any] = survey.call("announce_frame", body | changed)
    return frame


def drawn(
    survey: Harness, count: int = 60, *, plan: dict[str, Any] | None = None, text: str | None = None
) -> dict[str, Any]:
    """A drawing from a frame: pledged, loaded, drawn."""
    frame = announced(survey)
    body = {
        "title": "合成抽样",
        "plan": plan or {"allocation": "equal", "size": 20, "reserve": 20},
        "commitment": commitment(SEED),
        "happened_on": DRAFTED,
    }
    drawing = survey.call("announce_drawing", frame["id"], body)
    survey.call("load_frame", frame["id"], file(text or households(count)))
    done: dict[str, Any] = survey.call(
        "draw_sample", drawing["id"], {"seed": SEED, "happened_on": DRAFTED}
    )
    return done


def drafted(survey: Harness, **audience: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A questionnaire in preparation with one audience."""
    questionnaire = survey.call("draft_questionnaire", questionnaire_body(adopted_method(survey)))
    given = {"group": "households", "title": "抽样住户(合成)", "kind": "anonymous"} | audience
    return questionnaire, survey.call("add_audience", questionnaire["id"], audience_body(**given))


def opened(
    survey: Harness, questionnaire: dict[str, Any], audience: dict[str, Any]
) -> dict[str, Any]:
    """The same, open; ``audience_id``: of the audience."""
    found = survey.call("open_questionnaire", questionnaire["id"], {"happened_on": DRAFTED})
    return found | {"audience_id": audience["id"]}


def invited(survey: Harness, **audience: Any) -> dict[str, Any]:
    """An open questionnaire to twenty of sixty households; ``drawing``, ``audience_id``."""
    questionnaire, added = drafted(survey, channel="invitation", sampling="sample", **audience)
    drawing = drawn(survey)
    survey.call("use_sample", added["id"], {"drawing_id": drawing["id"]})
    return opened(survey, questionnaire, added) | {"drawing": drawing}


def links(survey: Harness, questionnaire: dict[str, Any], **changed: Any) -> dict[str, str]:
    """Unit → token, from the sheet."""
    body = {"reason": "发放邀请(合成)"} | changed
    sheet = survey.call("make_link_sheet", questionnaire["audience_id"], body)
    return {row["unit"]: row["token"] for row in sheet["items"]}


def answer(
    survey: Harness, questionnaire: dict[str, Any], *grades: str | None, **given: Any
) -> Any:
    """Answer as somebody without a name, with ``token`` or ``link``."""
    how = {name: given.pop(name) for name in ("key",) if name in given}
    survey.network = given.pop("network", "")
    body = form(questionnaire, *grades) | given
    return survey.call(
        "answer_questionnaire",
        questionnaire["audience_id"],
        body,
        roles=("recorder",),
        subject="",
        **how,
    )
