"""The controlled document: signed by three, numbered and issued, in force later, in place of the older one. [C21]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown

FILE = "a" * 64
RULE = {"title": "防病毒措施", "kind": "antivirus", "secrecy": "internal", "kept_by": "IT部"}
DAYS = {"issued_on": "2026-03-02", "in_force_on": "2026-03-09"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def signed(desk: Desk, **other: Any) -> str:
    """A document that all three signed."""
    ref = desk.open("controlled_document", "jin", **{**RULE, **other})
    desk.do(ref, "submit", "jin", file=FILE, papers=["document"])
    for who in ("jin", "tao", "gao"):
        desk.do(ref, "sign", who)
    return ref


def issued(desk: Desk, **other: Any) -> str:
    """One that is issued."""
    ref = signed(desk, **other)
    desk.do(ref, "issue", "tao", **DAYS)
    return ref


def test_it_is_signed_by_its_proposer_and_the_two_above(desk: Desk) -> None:
    """As a job description. [C21, C11]"""
    ref = desk.open("controlled_document", "jin", **RULE)
    desk.do(ref, "submit", "jin", file=FILE, papers=["document"])

    assert desk.refused(ref, "sign", "gao") == ["not_your_turn"]
    desk.do(ref, "sign", "jin")
    desk.do(ref, "edit", "jin", file="b" * 64, secrecy="secret")
    assert desk.case(ref).holder == "jin"
    assert [desk.do(ref, "sign", who).state for who in ("jin", "tao", "gao")] == ["signing", "signing", "signed"]


def test_it_is_issued_under_the_next_number_and_in_force_from_a_later_day(desk: Desk) -> None:
    """Then it takes effect by itself. [C21]"""
    ref = signed(desk)
    assert desk.refused(ref, "issue", "jin", **DAYS) == ["not_allowed"]
    assert desk.refused(ref, "issue", "tao", issued_on="2026-03-09", in_force_on="2026-03-02") == ["in_force_before_issue"]
    case = desk.do(ref, "issue", "tao", **DAYS)
    assert (case.ref, case.key, case.holder, shown(case.timer)) == ("SK-260302-001", "0001", None, "2026-03-09 00:00")

    desk.tick("2026-03-08 23:59")
    assert desk.case(ref).state == "issued"
    desk.tick("2026-03-09 00:01")
    assert (desk.case(ref).state, desk.case(ref).open) == ("in_force", True)


def test_it_takes_the_place_of_the_older_one_on_the_day_it_takes_effect(desk: Desk) -> None:
    """Not before. [C21]"""
    older = issued(desk)
    desk.tick("2026-03-09 09:00")
    newer = signed(desk, replaces="0001")
    desk.do(newer, "issue", "tao", issued_on="2026-03-09", in_force_on="2026-03-16")
    assert desk.case(older).state == "in_force"

    desk.tick("2026-03-16 09:00")

    assert (desk.case(older).state, desk.case(newer).state) == ("superseded", "in_force")


def test_an_older_one_that_was_never_entered_here_is_only_named(desk: Desk) -> None:
    """A number from before."""
    ref = issued(desk, replaces="Q/ZX 75.1861-2006")

    desk.tick("2026-03-09 09:00")

    assert desk.case(ref).state == "in_force"


def test_what_was_issued_wrongly_is_recalled_and_its_number_void(desk: Desk) -> None:
    """Before it takes effect; the next issue has the next number."""
    ref = issued(desk)
    assert desk.refused(ref, "recall", "tao") == ["reason_missing"]

    desk.do(ref, "recall", "tao", reason="日期写错")

    assert (desk.voided, desk.case(ref).timer) == (["0001"], None)
    assert desk.do(ref, "issue", "tao", **DAYS).data.fields["number"] == "0002"


def test_it_is_repealed_with_a_reason(desk: Desk) -> None:
    """And sent back while it is being signed."""
    ref = issued(desk)
    desk.tick("2026-03-09 09:00")
    assert desk.do(ref, "repeal", "tao", reason="系统已换").state == "repealed"

    other = desk.open("controlled_document", "jin", **RULE)
    desk.do(other, "submit", "jin", file=FILE, papers=["document"])
    desk.do(other, "sign", "jin")
    assert desk.do(other, "send_back", "tao", reason="缺附录").state == "draft"
