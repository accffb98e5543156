"""Archives and annexes in several parts through the real gateway: whole, or cut and seen to be."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest

from ..chassis.conftest import Builder
from ..chassis.house import SERVICES, House, Process
from ..chassis.services_for_tests.ballot.parted import PIECE


@pytest.fixture(scope="module")
def house(build: Builder) -> Iterator[House]:
    """A gateway before a ballot service whose boards have two parts."""
    made = build(services=tuple(SERVICES)).declare()
    made.start_all("parted-ballot", "real-gateway", RPC_DEADLINE="2")
    yield made
    made.close()


def fetch(gateway: Process, path: str) -> tuple[int, bytes]:
    """A file; raises IncompleteRead if the connection was cut before its end."""
    connection = http.client.HTTPConnection(gateway.environ["MINSHENG_GATEWAY_ADDRESS"], timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(("file", "more"), [("archive", 3 * 512), ("annex", 2)])
def test_a_file_of_two_parts_is_whole(house: House, file: str, more: int) -> None:
    """It ends as HTTP wants it, also where it was read long after the request was answered."""
    gateway = house.processes[-1]
    status, found = fetch(gateway, f"/v1/elections/whole111111111/{file}")
    assert status == 200
    assert found.count(PIECE.encode()) == 2
    assert len(found) >= 2 * len(PIECE.encode()) + more


@pytest.mark.parametrize("file", ["archive", "annex"])
@pytest.mark.parametrize("fate", ["broken", "short1"])
def test_a_file_that_breaks_is_cut_and_does_not_end(house: House, file: str, fate: str) -> None:
    """Whoever fetches it sees that it is not whole; the gateway goes on and tells no secret."""
    gateway = house.processes[-1]
    with pytest.raises(http.client.IncompleteRead) as caught:
        fetch(gateway, f"/v1/elections/{fate}11111111/{file}")
    assert caught.value.partial.count(PIECE.encode()) == 1
    assert f"stream_broken operation=get_{file}" in gateway.log()
    assert "合成秘密" not in house.logs() and "Traceback" not in house.logs()
    assert fetch(gateway, f"/v1/elections/whole111111111/{file}")[0] == 200
