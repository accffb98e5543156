"""The page on which people answer, in a real browser of a telephone's size.

Gateway, service and database are the real ones; only the broker between the first two is left out.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from werkzeug.serving import make_server

from gateway.app import create_app
from services.chassis import development_key, settings
from services.commons import clock
from services.commons.errors import DeadlineExceeded
from services.survey import templates
from services.survey.service import SurveyService

from ..browser import Browser
from ..harness import Harness
from ..services.survey import cycle, sampled
from ..services.survey.model.form.forms import forms, values
from ..services.survey.samples import THREE, parameters

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"])

ANY = "11111111-1111-4111-8111-111111111111"
SATISFIED, NOT = "satisfied", "dissatisfied"
GRADE: dict[str, Any] = {
    "code": "grade",
    "kind": "grade",
    "per": "item",
    "text": {"zh-CN": "您是否满意?", "en": "Are you satisfied?"},
    "required": True,
}
WHY: dict[str, Any] = {
    "code": "why",
    "kind": "text",
    "per": "item",
    "text": {"zh-CN": "不满意的原因?", "en": "Why not?"},
    "if": {"question": "grade", "in": [NOT]},
}
OVERALL: dict[str, Any] = {
    "code": "overall",
    "kind": "rating",
    "text": {"zh-CN": "总体评分", "en": "All in all"},
    "rating": {"from": 1, "to": 5},
}


class Rig:
    """The gateway on a port, its calls answered by the survey service at once."""

    def __init__(self, survey: Harness, folder: Path) -> None:
        self.survey = survey
        self.settings = settings.load("gateway", {"MINSHENG_DATA_DIR": str(folder)})
        #: After so many answers that take effect and whose reply is lost on the way.
        self.losing = 0
        self.server = make_server("127.0.0.1", 0, create_app(self.settings, self._call))
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def stop(self) -> None:
        """End it."""
        self.server.shutdown()
        self.thread.join()

    def _call(self, _: str, method: str, *args: Any, context: Any, deadline: float) -> Any:
        found = getattr(self.survey._service(method, context), method)(*args)
        if method == "answer_questionnaire" and self.losing:
            self.losing -= 1
            raise DeadlineExceeded("deadline", "no answer in time")
        return found

    def address(self, audience: str, fragment: str = "") -> str:
        """Where the audience answers."""
        return f"http://127.0.0.1:{self.server.port}/a/{audience}{fragment}"

    def bearer(self, deputy: str) -> str:
        """The fragment with which the deputies' platform opens the page."""
        hour = dt.timedelta(hours=1)
        return "#bearer=" + development_key.token(self.settings, deputy, ["deputy"], hour)


@pytest.fixture
def rig(serve: Callable[[Any], Harness], tmp_path: Path) -> Iterator[Rig]:
    """The gateway and the service."""
    made = Rig(serve(SurveyService), tmp_path / "gateway")
    yield made
    made.stop()


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Iterator[Browser]:
    """A browser; whatever it complains of fails the test."""
    with Browser(chromium, tmp_path / "browser") as page:
        yield page
        assert page.complaints() == []


@pytest.fixture
def asked(rig: Rig) -> dict[str, Any]:
    """A secret questionnaire to one deputy, from today on; ``deputy``: her id."""
    deputy = cycle.hear_deputy(rig.survey)
    cycle.hear_project(rig.survey)
    day = clock.civil_day(clock.now(), rig.survey.settings.zone)
    days = {"opens_on": str(day), "closes_on": str(day + dt.timedelta(days=5))}
    questions = [GRADE, WHY, OVERALL]
    english = ("Satisfied", "Basically satisfied", "Dissatisfied")
    options = [o | {"name_en": name} for o, name in zip(THREE, english, strict=True)]
    method = cycle.adopted_method(rig.survey, parameters=parameters(options=options))
    made = cycle.opened(rig.survey, days, method=method, on=str(day), questions=questions)
    return made | {"deputy": deputy, "day": str(day)}


def counts(rig: Rig, asked: dict[str, Any]) -> dict[str, Any]:
    """Close, and read what was counted of every line."""
    rig.survey.call("close_questionnaire", asked["id"], {"happened_on": asked["day"]})
    score = rig.survey.call("get_score", asked["id"], roles=("clerk",))
    assert score["returned"] == 1
    return {item["item_id"]: item["counts"] for item in score["items"]}


def grade(item: dict[str, Any], code: str) -> str:
    """The button of a grade of an item."""
    return f"[data-key='grade:{item['item_id']}'] input[value={code}]"


def shown(key: str) -> str:
    """Whether a question is to be seen."""
    return f"document.querySelector(`[data-key='{key}']`).checkVisibility()"


def test_a_deputy_answers_and_is_counted_once_though_the_network_fails_twice(
    rig: Rig, browser: Browser, asked: dict[str, Any]
) -> None:
    """First nothing gets out, then the reply is lost; it is sent again under the same key."""
    first, *others = asked["items"]
    browser.open(rig.address(asked["audience_id"], rig.bearer(asked["deputy"])))
    browser.click(grade(first, NOT))
    assert "bearer" not in browser.ask("location.href")
    browser.type(f"[data-key='why:{first['item_id']}'] textarea", "合成意见")
    assert not browser.ask(shown(f"why:{others[0]['item_id']}"))
    browser.click("#send")
    browser.wait("document.querySelector('#notice').innerText.includes('还有')")
    assert browser.ask("document.activeElement.name").endswith(others[0]["item_id"])
    for item in others:
        browser.click(grade(item, SATISFIED))

    browser.offline(True)
    browser.click("#send")
    browser.click("#agreed")
    browser.wait("document.querySelector('#unsent').innerText.includes('网络中断')")
    assert browser.ask("document.querySelector('fieldset').disabled")
    rig.losing = 1
    browser.offline(False)
    browser.wait("document.querySelector('#send').innerText === '再次提交'")
    browser.wait("!document.querySelector('#send').disabled")
    browser.open(rig.address(asked["audience_id"]))
    browser.wait("document.querySelector('#notice').innerText.includes('上次的答卷')")
    browser.click("#send")
    browser.wait("document.querySelector('#ending').innerText.includes('提交成功')")
    assert browser.ask("sessionStorage.length") < 5
    assert "合成意见" not in browser.ask("JSON.stringify(sessionStorage)")

    counted = counts(rig, asked)
    assert counted[first["item_id"]][NOT] == 1
    assert all(counted[item["item_id"]][SATISFIED] == 1 for item in others)


def test_the_page_speaks_english_and_works_by_keyboard(
    rig: Rig, browser: Browser, asked: dict[str, Any]
) -> None:
    """Language by a button; tab, arrows and space choose; larger letters are larger."""
    browser.open(rig.address(asked["audience_id"], rig.bearer(asked["deputy"])))
    browser.click("#language")
    browser.wait("document.documentElement.lang === 'en'")
    said = browser.text()
    assert "Are you satisfied?" in said and "required" in said and "Dissatisfied" in said
    assert "满意\n" not in said
    size = "parseFloat(getComputedStyle(document.querySelector('legend')).fontSize)"
    before = browser.ask(size)
    browser.click("#larger")
    assert browser.ask(size) > before >= 16
    wide = "document.documentElement.scrollWidth"
    assert browser.ask(wide) <= 390

    chosen = "document.querySelectorAll('input:checked').length"
    browser.press("Tab", 9)
    browser.press("Tab", 9)
    browser.press(" ", 32)
    assert browser.ask(chosen) == 1
    browser.press("ArrowDown", 40)
    assert browser.ask("document.activeElement.value") == "basically-satisfied"
    assert browser.ask(chosen) == 1


def test_a_sub_item_says_of_which_project_it_is(rig: Rig, browser: Browser) -> None:
    """Also where the projects themselves are not asked about."""
    deputy = cycle.hear_deputy(rig.survey)
    project = cycle.hear_project(rig.survey)
    day = str(clock.civil_day(clock.now(), rig.survey.settings.zone))
    days = {"opens_on": day, "closes_on": day}
    asked = cycle.opened(rig.survey, days, on=day, item_kinds=["sub-item"])
    browser.open(rig.address(asked["audience_id"], rig.bearer(deputy)))
    browser.wait("document.querySelectorAll('main section .of').length === 2")
    assert browser.ask("document.querySelector('main section .of').innerText") == project["name"]


def test_who_comes_without_a_login_reads_how_to_get_one(
    rig: Rig, browser: Browser, asked: dict[str, Any]
) -> None:
    """And with one that has run out as well; a second answer is said to be one."""
    browser.open(rig.address(asked["audience_id"]))
    browser.wait("document.body.innerText.includes('粘贴访问令牌')")
    browser.type("#bearer", "not-a-token")
    browser.click("main button")
    for item in asked["items"]:
        browser.click(grade(item, SATISFIED))
    browser.click("#send")
    browser.click("#agreed")
    browser.wait("document.querySelector('#notice').innerText.includes('登录已失效')")
    body = cycle.form(asked, SATISFIED)
    body["answers"].append({"question": "overall", "value": 5})
    call = rig.survey.call
    given: dict[str, Any] = {"roles": cycle.DEPUTY, "subject": asked["deputy"]}
    call("answer_questionnaire", asked["audience_id"], body | {"happened_on": None}, **given)
    browser.type("#bearer", rig.bearer(asked["deputy"]).partition("=")[2])
    browser.click("main button")
    browser.click("#send")
    browser.click("#agreed")
    browser.wait("document.querySelector('#ending').innerText.includes('已经提交过')")


def test_residents_answer_by_an_open_link_one_after_the_other(
    rig: Rig, browser: Browser, asked: dict[str, Any]
) -> None:
    """The shipped form for residents on a site's tablet; nothing of the first is left there."""
    day, call = asked["day"], rig.survey.call
    residents = {"group": "residents", "channel": "open", "kind": "anonymous", "sampling": "open"}
    days = {"opens_on": day, "closes_on": day}
    questions = templates.shipped("residents")["questions"]
    method = cycle.adopted_method(rig.survey, parameters=parameters())
    opened = cycle.opened(rig.survey, residents | days, method=method, on=day, questions=questions)
    audience = opened["audience_id"]
    browser.open(rig.address(audience))
    browser.wait("document.body.innerText.includes('扫描二维码')")
    link = call("open_link", audience, {"label": "合成站点", "happened_on": day})
    project = next(item for item in opened["items"] if item["kind"] == "project")
    for age, code in (("60+", NOT), ("18-34", SATISFIED)):
        browser.open("about:blank")
        browser.open(rig.address(audience, f"#link={link['code']}"))
        browser.wait("document.querySelector('#send')")
        assert browser.ask("document.querySelectorAll('input:checked').length") == 0
        for value in ("district-a", age, "female", "4", "transport"):
            browser.click(f"input[value='{value}']")
        browser.click(grade(project, code))
        if code == NOT:
            browser.type(f"[data-key='reason:{project['item_id']}'] textarea", "路灯不亮(合成)")
        browser.click("#send")
        browser.click("#agreed")
        browser.wait("document.querySelector('#ending').innerText.includes('提交成功')")
    call("close_questionnaire", opened["id"], {"happened_on": day})
    score = call("get_score", opened["id"], roles=("clerk",))
    assert score["returned"] == 2
    counted = next(i for i in score["items"] if i["item_id"] == project["item_id"])["counts"]
    assert counted[SATISFIED] == counted[NOT] == 1


def test_a_household_answers_by_its_invitation(rig: Rig, browser: Browser) -> None:
    """Once; the token leaves the address, and who comes again reads that it is done."""
    survey = rig.survey
    day = clock.civil_day(clock.now(), survey.settings.zone)
    cycle.hear_project(survey)
    asked = sampled.invited(survey, closes_on=str(day))
    token = next(iter(sampled.links(survey, asked).values()))
    page = rig.address(asked["audience_id"], f"#token={token}")
    browser.open(page)
    browser.click(grade(asked["items"][0], SATISFIED))
    assert token not in browser.ask("location.href")
    browser.click("#send")
    browser.click("#agreed")
    browser.wait("document.querySelector('#ending').innerText.includes('提交成功')")
    browser.ask("sessionStorage.clear()")
    browser.open("about:blank")
    browser.open(page)
    browser.click("#send")
    browser.click("#agreed")
    browser.wait("document.querySelector('#ending').innerText.includes('已经提交过')")
    done = survey.call("get_participation", asked["audience_id"])
    assert (done["issued"], done["returned"]) == (20, 1)


def test_the_page_and_the_service_agree_on_what_is_asked(rig: Rig, browser: Browser) -> None:
    """Whatever the form: what the page would send of any answers, the service reads."""
    browser.open(rig.address(ANY))
    browser.wait("document.querySelector('main button')")
    browser.ask("import('/a/assets/form.js').then((form) => { window.form = form })")

    @hypothesis.settings(max_examples=100)
    @hypothesis.given(st.data())
    def agree(data: st.DataObject) -> None:
        form = data.draw(forms())
        given = {line.key: data.draw(values(line.question.to_data())) for line in form.lines}
        # The page's fields hold text.
        held = {key: str(one) if isinstance(one, int) else one for key, one in given.items()}
        items = [item.to_data() for item in form.items]
        shown = json.dumps({"questions": form.to_data(), "items": items})
        answers = browser.ask(
            f"form.answersOf(form.linesOf({shown}), new Map(Object.entries({json.dumps(held)})))"
        )
        reading = form.read(answers, form_version=form.version)
        assert all(reading.marks[key] is None or given[key] is not None for key in reading.marks)

    agree()


def test_the_page_needs_no_other_host_and_lets_no_script_in(rig: Rig) -> None:
    """Nothing is loaded from elsewhere or written into the page, and no frame is put around it."""
    client = rig.server.app.test_client()  # type: ignore[attr-defined]
    page = client.get(f"/a/{ANY}")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert page.headers["Referrer-Policy"] == "no-referrer"
    text = page.get_data(as_text=True)
    assert not re.search(r"https?:|<style|\sstyle=|\son[a-z]+=|<script[^>]*>[^<]", text)
    assets = re.findall(r'(?:href|src)="(/a/assets/[^"]+)"', text)
    assert len(assets) == 2
    for asset in assets:
        assert client.get(asset).status_code == 200
    again = client.get(assets[0], headers={"If-None-Match": client.get(assets[0]).headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["page.html", "__init__.py", "..%2Fdocs.py", "nothing.js"])
def test_nothing_else_is_served_beside_the_page(rig: Rig, name: str) -> None:
    """Only its styles and scripts."""
    client = rig.server.app.test_client()  # type: ignore[attr-defined]
    assert client.get(f"/a/assets/{name}").status_code == 404
