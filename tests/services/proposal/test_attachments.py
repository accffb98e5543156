"""Attachments of suggestions: uploaded before, kept with the versions, shown when accepted."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from services.chassis.files import Files
from services.commons.errors import Invalid

from ...harness import Harness
from .intake import body
from .test_service import accepted


def uploaded(proposal: Harness, colour: str) -> str:
    """The hash of a photo that was uploaded."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG")
    return Files(proposal.settings).store(out.getvalue()).sha256


def attached(*hashes: str) -> list[dict[str, Any]]:
    """Attachments by their files."""
    return [{"sha256": sha256, "name": f"照片{n}.jpg"} for n, sha256 in enumerate(hashes)]


def test_a_file_is_uploaded_before_it_is_attached(proposal: Harness) -> None:
    """An unknown hash is refused at its place, and nothing is stored."""
    known = uploaded(proposal, "red")
    made = proposal.call("submit_suggestion", body(attachments=attached(known)))
    assert made["attachments"] == attached(known)
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(attachments=attached(known, "0" * 64)))
    assert caught.value.errors[0]["pointer"] == "/attachments/1/sha256"
    assert len(proposal.call("list_suggestions", {})["items"]) == 1


def test_a_file_is_attached_once(proposal: Harness) -> None:
    """Under whatever names; in a correction too."""
    known, other = uploaded(proposal, "red"), uploaded(proposal, "blue")
    made = proposal.call("submit_suggestion", body(attachments=attached(known, other)))
    twice = attached(known, known)
    change = {"attachments": twice, "happened_on": "2022-12-02"}
    for method, args in (
        ("submit_suggestion", (body(attachments=twice),)),
        ("correct_suggestion", (made["id"], change)),
    ):
        with pytest.raises(Invalid) as caught:
            proposal.call(method, *args)
        assert [e["pointer"] for e in caught.value.errors] == ["/attachments"]


@pytest.mark.parametrize(
    ("attachments", "pointer"),
    [
        ("x", ""),
        ([1], "/0"),
        ([{"sha256": "0" * 63, "name": "x"}], "/0/sha256"),
        ([{"name": "x"}], "/0/sha256"),
        ([{"sha256": 5, "name": "x"}], "/0/sha256"),
    ],
)
def test_what_is_no_list_of_attachments_is_refused(
    proposal: Harness, attachments: Any, pointer: str
) -> None:
    """Whatever stands there."""
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(attachments=attachments))
    assert {e["pointer"] for e in caught.value.errors} == {f"/attachments{pointer}"}


def test_at_most_nine_files_are_attached(proposal: Harness) -> None:
    """Of files that are there, each another one."""
    ten = attached(*(uploaded(proposal, f"#{n}{n}{n}") for n in range(10)))
    with pytest.raises(Invalid) as caught:
        proposal.call("submit_suggestion", body(attachments=ten))
    assert [e["pointer"] for e in caught.value.errors] == ["/attachments"]
    assert len(proposal.call("submit_suggestion", body(attachments=ten[:9]))["attachments"]) == 9


def test_a_name_is_a_files_and_no_path(proposal: Harness) -> None:
    """Nor does it break lines, turn its direction or hide anything; of a file that is there."""
    known = uploaded(proposal, "red")
    for sign in "/\\\t\n\r\x00\x1f\x7f\x85\u2028\u2029\u202e\u2066":
        one = {"sha256": known, "name": f"照{sign}片.jpg"}
        with pytest.raises(Invalid) as caught:
            proposal.call("submit_suggestion", body(attachments=[one]))
        assert [e["pointer"] for e in caught.value.errors] == ["/attachments/0/name"], repr(sign)


def test_a_correction_exchanges_the_files_and_the_public_sees_those_that_were_sorted(
    proposal: Harness,
) -> None:
    """The former ones stay in the versions; the new ones show once they are sorted."""
    first, second = uploaded(proposal, "red"), uploaded(proposal, "blue")
    made = accepted(proposal, attachments=attached(first))
    change = {"attachments": attached(second), "happened_on": "2022-12-02"}
    after = proposal.call("correct_suggestion", made["id"], change)
    assert after["attachments"] == attached(second)
    (version,) = proposal.call("list_suggestion_versions", made["id"])["items"]
    assert version["content"]["attachments"] == attached(first)
    assert [one["field"] for one in version["differences"]] == ["attachments"]
    public = proposal.call("get_published_suggestion", made["id"])
    assert public["attachments"] == attached(first)
    sorting = {"outcome": "accepted", "happened_on": "2022-12-03"}
    proposal.call("sort_suggestion", made["id"], sorting, expected_version=after["version"])
    public = proposal.call("get_published_suggestion", made["id"])
    assert public["attachments"] == attached(second)
