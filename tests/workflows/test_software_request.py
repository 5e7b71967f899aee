"""The software request: approved by the head, the very file scanned, then installed; refused at either. [C6]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

FILE, OTHER = "a" * 64, "b" * 64
WISH = {"software": "AutoCAD 2011", "purpose": "看图纸", "device": "PC-014", "file": FILE}
SCAN = {"scanner": "360", "signatures_of": "2026-03-02"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def requested(desk: Desk, by: str = "wang", **other: Any) -> str:
    """What somebody asks for."""
    return desk.open("software_request", by, **{**WISH, **other})


def test_the_head_approves_it_engineer_scans_and_installs(desk: Desk) -> None:
    """The head is the requester's superior. [C6]"""
    ref = requested(desk)
    case = desk.case(ref)
    assert (ref, case.holder, shown(case.due)) == ("RJ-260302-001", "chen", "2026-03-03 09:00")

    assert desk.do(ref, "approve", "chen").holder == "role:it_engineer"
    desk.do(ref, "pass_scan", "jin", scanned_file=FILE, **SCAN)
    assert desk.refused(ref, "install", "jin", logged=False) == ["not_in_log"]
    assert desk.do(ref, "install", "jin", logged=True).state == "installed"


def test_nobody_approves_his_own_request(desk: Desk) -> None:
    """A head asks his superior; who has none names somebody else. [C6]"""
    ref = requested(desk, "chen")
    assert desk.case(ref).holder == "gao"
    assert desk.refused(ref, "approve", "chen") == ["not_allowed"]

    for approver, code in ((None, "approver_missing"), ("gao", "approver_is_requester")):
        with pytest.raises(Refused) as refusal:
            requested(desk, "gao", device="PC-001", **({"approver": approver} if approver else {}))
        assert refusal.value.codes == [code]
    assert desk.case(requested(desk, "gao", device="PC-001", approver="tao")).holder == "tao"


def test_one_may_ask_for_somebody_else(desk: Desk) -> None:
    """Then that one's head decides."""
    ref = requested(desk, "wang", requester="zhao")

    assert (desk.fields(ref)["approver"], desk.case(ref).holder) == ("feng", "feng")


def test_the_file_that_is_scanned_is_the_file_that_was_approved(desk: Desk) -> None:
    """Another one is refused. [C6]"""
    ref = requested(desk)
    desk.do(ref, "approve", "chen")

    assert desk.refused(ref, "pass_scan", "jin", scanned_file=OTHER, **SCAN) == ["another_file"]


def test_refused_it_says_at_which_stage_and_why(desk: Desk) -> None:
    """And it can be asked for again, naming the refused one."""
    ref = requested(desk)
    assert desk.refused(ref, "refuse", "chen") == ["reason_missing"]
    assert desk.do(ref, "refuse", "chen", reason="不需要").data.fields["stage"] == "approval"

    again = requested(desk, retry_of=ref, purpose="看厂家图纸")
    desk.do(again, "approve", "chen")
    case = desk.do(again, "reject", "jin", reason="带木马", scanner="360")
    assert (case.state, case.data.fields["stage"], case.data.fields["retry_of"]) == ("refused", "scan", ref)


def test_one_thing_is_asked_for_once_at_a_time(desk: Desk) -> None:
    """On the same device."""
    ref = requested(desk)

    with pytest.raises(Refused) as refusal:
        requested(desk, "sun")
    assert [(b.code, b.params["ref"]) for b in refusal.value.blockers] == [("already_open", ref)]
