"""The inspection: its boards are ready the day before, what it finds is mended. [D24]"""

import pytest

from tests.workflows.desk import Desk, shown

BOARDS = ["resource_board", "progress_board"]


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def announced(desk: Desk) -> str:
    """A visit on a Monday two weeks later."""
    return desk.open("inspection", "zhao", visit_on="2026-03-16", visitor="厂家区域")


def test_both_boards_are_made_by_the_working_day_before(desk: Desk) -> None:
    """The visit is on a Monday: by Friday. [D24]"""
    ref = announced(desk)

    assert (ref, shown(desk.case(ref).due)) == ("MF-260302-001", "2026-03-13 18:00")
    assert desk.refused(ref, "prepare", "zhao", papers=BOARDS[:1]) == ["paper_missing"]
    case = desk.do(ref, "prepare", "zhao", papers=BOARDS)
    assert (case.state, shown(case.due)) == ("ready", "2026-03-17 00:00")
    assert desk.do(ref, "pass_", "zhao").state == "passed"


def test_what_is_found_wanting_is_mended_by_a_day(desk: Desk) -> None:
    """The sales manager says that it is."""
    ref = announced(desk)
    desk.do(ref, "prepare", "zhao", papers=BOARDS)

    assert desk.refused(ref, "find", "zhao", findings="展车未清洁", mend_by="2026-03-20") == ["proof_missing"]
    case = desk.do(ref, "find", "zhao", findings="展车未清洁", mend_by="2026-03-20", papers=["findings_sheet"])
    assert (case.state, shown(case.due)) == ("mending", "2026-03-21 00:00")
    assert desk.refused(ref, "mend", "zhao", measures="每日清洁") == ["not_allowed"]
    assert desk.do(ref, "mend", "feng", measures="每日清洁").state == "mended"


def test_boards_of_a_visit_that_was_put_off_are_made_anew(desk: Desk) -> None:
    """They have to be of the day."""
    ref = announced(desk)
    moved = desk.do(ref, "postpone", "zhao", visit_on="2026-03-18", reason="厂家改期")
    assert (moved.state, shown(moved.due)) == ("announced", "2026-03-17 18:00")
    desk.do(ref, "prepare", "zhao", papers=BOARDS)

    again = desk.do(ref, "postpone", "zhao", visit_on="2026-03-20", reason="厂家再改期")

    assert (again.state, shown(again.due)) == ("announced", "2026-03-19 18:00")
    assert desk.refused(ref, "prepare", "zhao") == ["paper_missing"] * 2
