"""What people read when the clock is wrong. [decision 0011]"""

from tests.cli.clerk import Clerk
from tests.support.clock import at


def test_the_list_is_shown_whatever_the_clock_says(clerk: Clerk) -> None:
    """Behind or far ahead: exit 0, the list, and a sentence with the way on."""
    ref = clerk.house.opened("complaint")
    clerk.does("todo")

    for when, said in (("2020-01-01 08:00", "还早"), ("2099-01-01 08:00", "太久")):
        clerk.house.clock.set(when)
        answer = clerk.runs("todo --all --process 投诉")
        assert answer.code == 0
        assert ref in answer.out
        assert said in answer.err
        assert "cuiban todo -y" in answer.err


def test_a_step_by_a_clock_that_is_behind_never_runs_back(clerk: Clerk) -> None:
    """Whatever the clock shows, a step counts no earlier than the last entry of its case; the answer says so."""
    house = clerk.house
    ref = house.opened("complaint")
    opened = house.now
    house.clock.set("2025-12-01 08:00")

    said = clerk.does(f"do {ref} accept --user li --set promised_at=2026-03-13T10:00")

    case = house.case(ref)
    assert (case.state, case.state_since) == ("accepted", opened)
    assert all(event.at == event.recorded_at == opened for event in house.events(ref))
    assert "本机时钟" in said
    assert "in_future" in house.refused(ref, "note", "wang", note="x", at=at("2025-12-02 08:00"))
