"""Access: approved by the head, granted under secrecy, withdrawn when it ends. [C12, D31]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

DOSS = {"user": "zhao", "system": "doss_warehouse", "permission": "出库", "purpose": "销售出库"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def granted(desk: Desk, **other: Any) -> str:
    """An access that somebody has."""
    ref = desk.open("access_request", "zhao", **{**DOSS, **other})
    desk.do(ref, "approve", "feng")
    desk.do(ref, "grant", "jin", account="zhao01", pledged=True)
    return ref


def test_the_head_approves_and_it_grants_at_once(desk: Desk) -> None:
    """Then it rests: on nobody's list. [C12]"""
    ref = desk.open("access_request", "zhao", **DOSS)
    assert (ref, desk.case(ref).holder) == ("QX-260302-001", "feng")
    assert desk.refused(ref, "approve", "zhao") == ["not_allowed"]
    assert shown(desk.do(ref, "approve", "feng").due) == "2026-03-02 14:30"

    assert desk.refused(ref, "grant", "jin", account="zhao01", pledged=False) == ["no_secrecy_pledge"]
    case = desk.do(ref, "grant", "jin", account="zhao01", pledged=True)
    assert (case.state, case.open, case.holder, case.due) == ("granted", True, None, None)


def test_nobody_is_given_the_same_access_twice(desk: Desk) -> None:
    """Another system is another case: the clerk has several logins. [D31]"""
    ref = granted(desk)

    with pytest.raises(Refused) as refusal:
        desk.open("access_request", "zhao", **DOSS)
    assert [(b.code, b.params["ref"]) for b in refusal.value.blockers] == [("already_open", ref)]
    assert desk.open("access_request", "zhao", **{**DOSS, "system": "doss_sales"})


def test_nobody_approves_his_own_access(desk: Desk) -> None:
    """A head may ask for his people; who has nobody above names somebody."""
    ref = desk.open("access_request", "feng", **{**DOSS, "user": "qian"})
    assert desk.do(ref, "approve", "feng").state == "approved"

    for approver, code in ((None, "approver_missing"), ("gao", "approver_is_user")):
        with pytest.raises(Refused) as refusal:
            desk.open("access_request", "gao", **{**DOSS, "user": "gao"}, **({"approver": approver} if approver else {}))
        assert refusal.value.codes == [code]


def test_an_access_that_ends_is_withdrawn_at_once(desk: Desk) -> None:
    """Asked for by the head or IT, with a reason."""
    ref = granted(desk)
    assert desk.refused(ref, "end", "zhao", reason="调岗") == ["not_allowed"]

    case = desk.do(ref, "end", "feng", reason="调岗")
    assert (case.holder, shown(case.due)) == ("role:it_engineer", "2026-03-02 14:30")
    assert desk.do(ref, "revoke", "jin").state == "ended"
    assert desk.open("access_request", "zhao", **DOSS)


def test_an_access_for_a_time_ends_by_itself(desk: Desk) -> None:
    """Unless the head extends it."""
    ref, other = granted(desk, valid_until="2026-03-31"), granted(desk, valid_until="2026-03-31", permission="查询")
    desk.do(other, "extend", "feng", valid_until="2026-06-30", reason="项目延期")

    desk.tick("2026-04-01 09:00")

    assert (desk.case(ref).state, desk.case(other).state) == ("ending", "granted")
    assert desk.do(ref, "extend", "feng", valid_until="2026-05-31", reason="还要用").state == "granted"


def test_a_password_is_reset_and_stands_nowhere(desk: Desk) -> None:
    """Only that it was done. [C12]"""
    ref = granted(desk)

    assert desk.do(ref, "reset", "jin").data.attempts == {"reset": ["2026-03-02"]}


def test_it_may_be_refused_by_the_head_or_by_it(desk: Desk) -> None:
    """With a reason."""
    first, second = desk.open("access_request", "zhao", **DOSS), desk.open("access_request", "qian", **{**DOSS, "user": "qian"})
    assert desk.do(first, "refuse", "feng", reason="不需要").state == "refused"
    desk.do(second, "approve", "feng")

    assert desk.refused(second, "decline", "jin") == ["reason_missing"]
    assert desk.do(second, "decline", "jin", reason="账号已满").state == "refused"
