"""The broker's rights, tried from the outside: each user can do its own work and nothing else."""

from __future__ import annotations

import inspect
import json
import re
import uuid
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
from amqp.exceptions import AccessRefused
from kombu import Connection, Exchange, Queue
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from services.chassis.broker import Broker, rights
from services.chassis.cloudevents import CONTENT_TYPE
from services.chassis.codec import CALL_TYPE
from services.chassis.settings import GATEWAY, SERVICES, BadSetting
from services.chassis.topology import service_class

from .conftest import Builder
from .house import PASSWORD, House, minsheng, until
from .house import SERVICES as HOUSE

DISTRICT = "330106"
REPLY = str(uuid.uuid4())
Act = Callable[[Any], Any]


def publish(exchange: str, key: str, content_type: str = CONTENT_TYPE) -> Act:
    """An attempt to publish, its confirm waited for."""

    def act(channel: Any) -> None:
        message = channel.prepare_message(b"{}", content_type=content_type)
        channel.basic_publish_confirm(message, exchange, key)

    return act


def consume(queue: str) -> Act:
    """An attempt to read a queue."""
    return lambda channel: channel.basic_consume(queue)


def get(queue: str) -> Act:
    """An attempt to fetch one message."""
    return lambda channel: channel.basic_get(queue)


def bind(queue: str, exchange: str, key: str) -> Act:
    """An attempt to have messages copied to a queue."""
    return lambda channel: channel.queue_bind(queue, exchange, key)


def declare(queue: str) -> Act:
    """An attempt to make a queue."""
    return lambda channel: Queue(queue, channel=channel).declare()


def declare_exchange(name: str) -> Act:
    """An attempt to make an exchange."""
    return lambda channel: Exchange(name, "topic", channel=channel).declare()


def delete(queue: str) -> Act:
    """An attempt to delete a queue."""
    return lambda channel: channel.queue_delete(queue)


def purge(queue: str) -> Act:
    """An attempt to empty a queue."""
    return lambda channel: channel.queue_purge(queue)


def refused(house: House, user: str, act: Act, password: str = PASSWORD) -> bool:
    """Whether the broker refuses it to a user."""
    with Connection(house.uri(user, password), connect_timeout=5) as connection:
        channel = connection.channel()  # who is not let in at all is another matter
        try:
            act(channel)
        except AccessRefused:
            return True
        return False


EVERYWHERE = [
    declare("a-new-queue"),
    declare_exchange("a-new-exchange"),
    delete("rpc-notes"),
    publish("", "rpc-notes"),
    publish("", "reader.notes.note.written.v1"),
    publish("amq.topic", "x"),
    publish("notes.dead-letters", ""),
    consume("history"),
    consume("reader.dead-letters"),
    purge("rpc-notes"),
    bind("history", "notes.events", "#"),
    bind("rpc-reader", "nameko-rpc", "notes.*"),
]


@pytest.mark.parametrize(
    "act",
    [
        *EVERYWHERE,
        publish("nameko-rpc", "notes.write", CALL_TYPE),
        publish("nameko-rpc", "reader.ping", CALL_TYPE),
        publish("nameko-rpc", "similarity.list_similar_suggestions", CALL_TYPE),
        get("rpc-similarity"),
        publish("nameko-rpc", "proposal.define_aspect", CALL_TYPE),
        publish("nameko-rpc", "gateway.x", CALL_TYPE),
        publish("notes.events", "note.written.v1.330100"),
        publish("proposal.events", "suggestion.submitted.v1.330100"),
        publish("reader.events", "nonsense"),
        publish("reader.events", "#"),
        publish("reader.dead-letters", ""),
        consume("rpc-notes"),
        get("rpc-notes"),
        consume("proposal.ballot.result.certified.v1"),
        consume("proposal.dead-letters"),
        bind("rpc-reader", "nameko-rpc", "proposal.*"),
        bind("rpc-reader", "notes.events", "#"),
        bind("reader.notes.note.written.v1", "nameko-rpc", "notes.*"),
        bind("reader.notes.note.written.v1", "proposal.events", "#"),
        declare(f"rpc.reply-gateway-{REPLY}"),
        delete("reader.notes.note.written.v1"),
    ],
)
def test_a_service_can_do_nothing_but_its_own_work(sqlite_house: House, act: Act) -> None:
    """No calls to others, no others' events or queues, nothing declared or bound."""
    assert refused(sqlite_house, "reader", act)


@pytest.mark.parametrize(
    "act",
    [
        publish("reader.events", "copy.made.v1.330100"),
        publish("nameko-rpc", REPLY, CALL_TYPE),
        get("rpc-reader"),
        get("reader.notes.note.written.v1"),
    ],
)
def test_a_service_can_do_its_own_work(sqlite_house: House, act: Act) -> None:
    """Publish its events, answer, read its calls and its subscriptions."""
    assert not refused(sqlite_house, "reader", act)


@pytest.mark.parametrize(
    "act",
    [
        *EVERYWHERE,
        publish("nameko-rpc", "notes.write", CALL_TYPE),
        publish("nameko-rpc", "similarity.list_similar_suggestions", CALL_TYPE),
        publish("proposal.events", "suggestion.submitted.v1.330100"),
        publish("similarity.events", "x.y.v1.330100"),
        get("rpc-notes"),
        get("rpc-proposal"),
        consume("proposal.ballot.result.certified.v1"),
        bind("rpc-similarity", "nameko-rpc", "notes.*"),
        bind("rpc-similarity", "notes.events", "#"),
    ],
)
def test_a_worker_can_only_answer(sqlite_house: House, act: Act) -> None:
    """It publishes no events, not even its owner's, and reads no calls but its own."""
    assert refused(sqlite_house, "similarity", act)


@pytest.mark.parametrize("act", [publish("nameko-rpc", REPLY, CALL_TYPE), get("rpc-similarity")])
def test_a_worker_can_do_its_work(sqlite_house: House, act: Act) -> None:
    """Read its calls and answer them."""
    assert not refused(sqlite_house, "similarity", act)


@pytest.mark.parametrize("service", SERVICES)
def test_the_gateway_may_call_every_method(service: str) -> None:
    """Whatever its name: a call that the broker refuses is an answer that never comes."""
    calls, _ = rights(GATEWAY).topics["nameko-rpc"]
    for name, method in inspect.getmembers(service_class(service)):
        if getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            assert re.fullmatch(calls, f"{service}.{name}"), name


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_publish_each_of_its_events(service: str) -> None:
    """Those that it has contracts of."""
    write, _ = rights(service).topics[f"{service}.events"]
    contracts = resources.files(f"services.{service}").joinpath("events").iterdir()
    for name in (one.name.removesuffix(".json") for one in contracts if one.name.endswith(".json")):
        assert re.fullmatch(write, f"{name}.330100"), name


def test_the_gateway_may_call_a_worker(sqlite_house: House) -> None:
    """As it calls a service."""
    act = publish("nameko-rpc", "similarity.list_similar_suggestions", CALL_TYPE)
    assert not refused(sqlite_house, "gateway", act)


@pytest.mark.parametrize(
    "act",
    [
        *EVERYWHERE,
        publish("notes.events", "note.written.v1.330100"),
        publish("nameko-rpc", REPLY, CALL_TYPE),
        publish("nameko-rpc", "others.method", CALL_TYPE),
        consume("rpc-notes"),
        consume("reader.notes.note.written.v1"),
    ],
)
def test_the_gateway_can_only_call(sqlite_house: House, act: Act) -> None:
    """It publishes no events, gives no answers, reads nobody's queue."""
    assert refused(sqlite_house, "gateway", act)


def test_the_gateway_binds_reply_queues_of_its_own_only(sqlite_house: House) -> None:
    """By the random key of a reply, never by a service's name."""
    house = sqlite_house
    own = f"rpc.reply-gateway-{uuid.uuid4()}"
    assert not refused(house, "gateway", declare(own))
    assert not refused(house, "gateway", bind(own, "nameko-rpc", str(uuid.uuid4())))
    for key in ("notes.*", "#", "*.*", "notes.write", "*"):
        assert refused(house, "gateway", bind(own, "nameko-rpc", key)), key
    assert refused(house, "gateway", bind(own, "notes.events", "#"))
    assert not refused(house, "gateway", delete(own))


@pytest.fixture(scope="module")
def city(build: Builder) -> tuple[House, str]:
    """A city with the proposal service and one district; the house and the district's password."""
    house = build(services=HOUSE).declare()
    house.start_all("proposal", "gateway")
    house.call("proposal", "define_aspect", {"code": "elderly-care", "name": "养老"})
    done = minsheng(house, "districts", "add", DISTRICT)
    assert done.exit_code == 0, done.output
    told = dict(line.split() for line in done.stdout.splitlines())
    assert told["user"] == f"district-{DISTRICT}"
    assert (told["feed"], told["history"]) == (f"feed.{DISTRICT}", f"history.{DISTRICT}")
    return house, told["password"]


def suggest(house: House, division: str) -> str:
    """A suggestion about a place; its id."""
    body = {
        "year": 2023,
        "author_kind": "resident",
        "channel": "site",
        "aspect": "elderly-care",
        "title": "增设老年食堂(合成)",
        "text": "合成文本",
        "place": {"division": division},
        "happened_on": "2022-11-01",
    }
    return str(house.call("proposal", "submit_suggestion", body)["id"])


def test_a_district_gets_what_concerns_it(city: tuple[House, str]) -> None:
    """In its feed and in its history, and nothing about another district."""
    house, password = city
    ids = [suggest(house, division) for division in (DISTRICT, "330102", DISTRICT)]
    feed, history = f"feed.{DISTRICT}", f"history.{DISTRICT}"
    until(lambda: house.depth(feed) == 2)
    with Connection(house.uri(f"district-{DISTRICT}", password)) as connection:
        channel = connection.channel()
        fed = [json.loads(channel.basic_get(feed, no_ack=True).body) for _ in range(2)]
    assert [event["subject"] for event in fed] == [ids[0], ids[2]]
    done = minsheng(
        house,
        *("events", "tail", "--from", "first", "--stream", history, "--count", "2"),
        AMQP_URI=house.uri(f"district-{DISTRICT}", password),
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == fed


@pytest.mark.parametrize(
    "act",
    [
        *EVERYWHERE,
        *(publish(f"{service}.events", "x.y.v1.330106") for service in SERVICES),
        publish("nameko-rpc", "proposal.list_suggestions", CALL_TYPE),
        publish("nameko-rpc", REPLY, CALL_TYPE),
        publish("", f"feed.{DISTRICT}"),
        publish("", "rpc-proposal"),
        declare(f"feed.{DISTRICT}.more"),
        declare("rpc.reply-district-1"),
        declare("feed.330102"),
        delete(f"feed.{DISTRICT}"),
        delete(f"history.{DISTRICT}"),
        bind(f"feed.{DISTRICT}", "proposal.events", "#"),
        bind(f"feed.{DISTRICT}", "proposal.events", f"*.*.*.{DISTRICT}"),
        bind(f"feed.{DISTRICT}", "nameko-rpc", "#"),
        bind(f"history.{DISTRICT}", "ballot.events", "#"),
        *(consume(f"rpc-{service}") for service in SERVICES),
        *(consume(f"{service}.dead-letters") for service in SERVICES),
        consume("proposal.ballot.result.certified.v1"),
        get("rpc-proposal"),
        purge("rpc-proposal"),
    ],
)
def test_a_district_can_do_nothing_else(city: tuple[House, str], act: Act) -> None:
    """Declare, bind, publish to any exchange, read any other queue, call."""
    house, password = city
    assert refused(house, f"district-{DISTRICT}", act, password)


def test_a_district_sees_no_other_district(city: tuple[House, str]) -> None:
    """Neither its feed nor its history."""
    house, password = city
    assert minsheng(house, "districts", "add", "330102").exit_code == 0
    for queue in ("feed.330102", "history.330102"):
        assert refused(house, f"district-{DISTRICT}", consume(queue), password)
        assert refused(house, f"district-{DISTRICT}", get(queue), password)


def test_a_district_added_again_has_a_new_password(build: Builder) -> None:
    """The way to change it; feed and history stay."""
    house = build(services=HOUSE).declare()
    printed = [minsheng(house, "districts", "add", "330105").stdout for _ in range(2)]
    old, new = (text.splitlines()[1].split()[1] for text in printed)
    assert old != new
    assert not refused(house, "district-330105", get("feed.330105"), new)
    with pytest.raises(AccessRefused):
        refused(house, "district-330105", get("feed.330105"), old)


@pytest.mark.parametrize("code", ["33010", "030106", "330106.x", ".*", "３３０１０６"])
def test_a_district_s_code_is_six_digits(sqlite_house: House, code: str) -> None:
    """What is no code makes no user."""
    done = minsheng(sqlite_house, "districts", "add", code)
    assert done.exit_code == 1 and "six digits" in done.stderr


def test_without_rabbitmqctl_the_line_says_so(sqlite_house: House) -> None:
    """And a failing one tells its reason without a password."""
    done = minsheng(sqlite_house, "districts", "add", DISTRICT, RABBITMQCTL="")
    assert done.exit_code == 1 and "MINSHENG_RABBITMQCTL" in done.stderr
    with pytest.raises(BadSetting, match="import_definitions failed"):
        Broker("false").grant({})
