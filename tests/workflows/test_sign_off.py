"""The sign-off: post holder, superior, superior's superior, in this order, on one version of the document. [C11]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

FILE, OTHER = "a" * 64, "b" * 64
JOB = {"title": "IT工程师岗位职责", "kind": "job"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def signing(desk: Desk, holder: str = "jin", **other: Any) -> str:
    """A document on its way round."""
    ref = desk.open("sign_off", "jin", holder=holder, **{**JOB, **other})
    desk.do(ref, "submit", "jin", file=FILE, papers=["document"])
    return ref


def test_three_sign_in_order(desk: Desk) -> None:
    """Each is asked when it is his turn; the last one ends it. [C11]"""
    ref = signing(desk)
    assert (ref, desk.case(ref).holder, shown(desk.case(ref).due)) == ("QZ-260302-001", "jin", "2026-03-05 09:00")

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "sign", "tao")
    assert [(b.code, b.params["who"]) for b in refusal.value.blockers] == [("not_your_turn", ["jin"])]
    assert desk.do(ref, "sign", "jin").holder == "tao"
    assert desk.do(ref, "sign", "tao").holder == "gao"
    case = desk.do(ref, "sign", "gao")
    assert (case.state, [s.role for s in case.data.signatures]) == ("signed", ["holder", "superior", "second_superior"])


def test_where_nobody_is_above_the_level_falls_away_and_that_is_recorded(desk: Desk) -> None:
    """The general manager has no superior. [C11]"""
    ref = signing(desk, holder="tao")

    opening = desk.events[ref][0][0]
    assert (opening.fields["superior"], opening.inputs["second_superior"]) == ("gao", "-")
    desk.do(ref, "sign", "tao")
    assert desk.do(ref, "sign", "gao").state == "signed"


def test_who_signs_is_fixed_when_it_is_opened(desk: Desk) -> None:
    """A superior who changes later changes nothing."""
    ref = signing(desk)
    desk.roster.members["jin"].superior = "chen"

    assert desk.fields(ref)["superior"] == "tao"
    desk.do(ref, "sign", "jin")
    assert desk.refused(ref, "sign", "chen") == ["not_allowed"]


def test_a_signer_who_cannot_hands_over_and_the_next_one_signs(desk: Desk) -> None:
    """Whoever has it now is the signer; the others stay. [C11]"""
    ref = signing(desk)
    desk.do(ref, "sign", "jin")
    assert desk.do(ref, "assign", "tao", assignee="chen").holder == "chen"

    assert [desk.fields(ref)[name] for name in ("holder", "superior", "second_superior")] == ["jin", "chen", "gao"]
    assert desk.do(ref, "sign", "chen").holder == "gao"
    assert desk.do(ref, "sign", "gao").state == "signed"


def test_another_version_is_signed_anew(desk: Desk) -> None:
    """Edited, or sent back with a reason. [C11]"""
    ref = signing(desk)
    desk.do(ref, "sign", "jin")
    desk.do(ref, "edit", "jin", file=OTHER)
    assert desk.case(ref).holder == "jin"
    desk.do(ref, "sign", "jin")
    assert desk.refused(ref, "send_back", "tao") == ["reason_missing"]

    assert desk.do(ref, "send_back", "tao", reason="第3条不对").state == "draft"
    assert desk.refused(ref, "submit", "jin") == ["field_missing"]
    desk.do(ref, "submit", "jin", file="c" * 64)
    assert [desk.do(ref, "sign", who).state for who in ("jin", "tao", "gao")] == ["signing", "signing", "signed"]


def test_a_draft_may_be_cancelled(desk: Desk) -> None:
    """What is being signed is sent back first."""
    ref = desk.open("sign_off", "jin", holder="jin", **JOB)
    other = signing(desk)

    assert desk.refused(other, "cancel", "jin", reason="不用") == ["cannot_cancel"]
    assert desk.do(ref, "cancel", "jin", reason="不用").state == "cancelled"
