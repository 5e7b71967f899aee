"""A closed delivery's file: true, exact, handed to customer service, archived there. [D3, D19]"""

import pytest

from tests.workflows.desk import Desk, shown
from tests.workflows.test_vehicle_delivery import car, forward, order


@pytest.fixture
def desk() -> Desk:
    """A Monday morning in March."""
    desk = Desk("2026-03-02 09:00")
    desk.books["outbound_slip"] = 101
    return desk


def closed(desk: Desk) -> tuple[str, str]:
    """A delivery with ten of ten papers, and its file."""
    car(desk)
    ref = forward(desk, order(desk), "closed")
    (file,) = desk.linked(ref, "file")
    return ref, file


def test_ten_of_ten_papers_make_a_file_that_is_due_on_the_third(desk: Desk) -> None:
    """Of the next month, with the others. [D19]"""
    _, file = closed(desk)

    case = desk.case(file)
    assert (case.state, case.holder, shown(case.due)) == ("complete", "role:sales_clerk", "2026-04-03 18:00")
    assert desk.fields(file)["customer"] == "赵敏"


def test_it_is_handed_over_and_received(desk: Desk) -> None:
    """By somebody else, with its place."""
    _, file = closed(desk)

    assert desk.refused(file, "hand_over", "zhao", true_and_exact=False) == ["not_true_and_exact"]
    assert desk.do(file, "hand_over", "zhao", true_and_exact=True).holder == "role:customer_service"
    assert desk.refused(file, "receive", "sun") == ["field_missing"]
    assert desk.do(file, "receive", "sun", place="客服柜A-12").state == "archived"


def test_what_lacks_something_comes_back(desk: Desk) -> None:
    """It says what, and who owes it; true and exact is judged anew."""
    _, file = closed(desk)
    desk.do(file, "hand_over", "zhao", true_and_exact=True)

    assert desk.refused(file, "send_back", "sun") == ["field_missing"]
    assert desk.do(file, "send_back", "sun", lacking="合同复印不清, 钱").state == "complete"
    assert desk.refused(file, "hand_over", "zhao") == ["field_missing"]


def test_a_reopened_delivery_takes_its_file_out(desk: Desk) -> None:
    """Closed again, there is a new one."""
    ref, file = closed(desk)
    desk.do(file, "hand_over", "zhao", true_and_exact=True)

    desk.do(ref, "reopen", "feng", reason="补资料")

    assert desk.case(file).state == "taken_out"
    desk.do(ref, "close", "zhao", ledger_entered=True, daily_report_on="2026-03-02")
    assert [desk.case(one).state for one in desk.linked(ref, "file")] == ["taken_out", "complete"]
