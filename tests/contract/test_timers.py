"""Steps that fire themselves: at their planned instant, in order, once, however late somebody looks. [Timed transition]"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from cuiban.engine.case import NOBODY
from tests.support.clock import at
from tests.support.house import House


def lease(house: House, ends_at: str) -> str:
    """Open a trial that ends by itself."""
    ref = house.office.open("trial", actor="sun", fields={"title": "试驾车"}, now=house.now).ref
    house.fired(ref, "start", "sun", {"ends_at": at(ends_at).isoformat()})
    return ref


def test_a_timed_step_fires_as_planned(trial_house: House) -> None:
    """Effective at its instant, entered when somebody looked, by nobody."""
    ref = lease(trial_house, "2026-03-04 10:00")
    trial_house.office.catch_up(trial_house.clock.set("2026-03-04 09:59"))
    assert trial_house.case(ref).state == "running"

    trial_house.office.catch_up(trial_house.clock.set("2026-03-09 08:30"))

    event = trial_house.events(ref)[-1]
    assert (event.action, event.by, event.at, event.recorded_at) == ("expire", NOBODY, at("2026-03-04 10:00"), trial_house.now)
    assert not trial_house.case(ref).open
    assert trial_house.item(ref, "sun") is None


def test_what_was_left_in_time_does_not_fire(trial_house: House) -> None:
    """Finished, cancelled or paused: the timer is gone with the state."""
    done, held = lease(trial_house, "2026-03-04 10:00"), lease(trial_house, "2026-03-04 10:00")
    trial_house.fired(done, "finish", "sun", {"amount": 500})
    trial_house.fired(held, "hold_on", "sun")

    caught = trial_house.office.catch_up(trial_house.clock.set("2026-03-05 08:30"))

    assert caught.fired == caught.missed  # of duties alone
    assert (trial_house.case(done).state, trial_house.case(held).state) == ("finished", "waiting")


def test_a_corrected_instant_moves_the_timer(trial_house: House) -> None:
    """The new one counts, the old one does not fire."""
    ref = lease(trial_house, "2026-03-04 10:00")
    trial_house.fired(ref, "correct", "sun", {"ends_at": at("2026-03-06 10:00").isoformat()}, reason="延长")

    trial_house.office.catch_up(trial_house.clock.set("2026-03-05 09:00"))
    assert trial_house.case(ref).state == "running"
    trial_house.office.catch_up(trial_house.clock.set("2026-03-06 10:00"))

    assert trial_house.case(ref).state_since == at("2026-03-06 10:00")


def test_a_timer_that_is_past_when_it_is_set_fires_at_once(trial_house: House) -> None:
    """An end that lies before the start: effective no earlier than the state."""
    ref = lease(trial_house, "2026-02-25 10:00")

    trial_house.office.catch_up(trial_house.now)

    case = trial_house.case(ref)
    assert (case.state, case.state_since) == ("ended", at("2026-03-02 09:00"))


def test_many_fire_in_the_order_of_their_times(trial_house: House) -> None:
    """After a long silence history reads as if somebody had looked every minute."""
    times = ["2026-03-05 10:00", "2026-03-03 10:00", "2026-03-04 10:00"]
    refs = [lease(trial_house, text) for text in times]

    trial_house.office.catch_up(trial_house.clock.set("2026-03-09 08:30"))

    ended = sorted((trial_house.case(ref).state_since, ref) for ref in refs)
    assert [ref for _, ref in ended] == [refs[1], refs[2], refs[0]]


def test_two_at_once_fire_each_once(trial_house: House) -> None:
    """Six catch-ups at the same moment: every timer fired once, none failed."""
    refs = [lease(trial_house, "2026-03-04 10:00") for _ in range(8)]
    trial_house.office.catch_up(trial_house.clock.set("2026-03-04 09:00"))
    trial_house.clock.forward(hours=2)

    with ThreadPoolExecutor(6) as pool:
        caught = list(pool.map(lambda _: trial_house.another().catch_up(trial_house.now), range(6)))

    assert sum(one.fired - one.missed for one in caught) == 8
    assert {len([e for e in trial_house.events(ref) if e.action == "expire"]) for ref in refs} == {1}


def test_what_a_clock_ahead_fired_comes_again_at_its_time(trial_house: House) -> None:
    """A step by the clock alone is taken back when the clock is right again, and fires once when its instant comes. [0011]"""
    early, late = lease(trial_house, "2026-03-03 10:00"), lease(trial_house, "2026-03-05 10:00")
    trial_house.office.catch_up(trial_house.clock.set("2026-03-04 10:00"))

    trial_house.office.catch_up(trial_house.clock.set("2026-03-02 10:00"))
    trial_house.office.catch_up(trial_house.clock.forward(days=4))

    assert (trial_house.case(early).state_since, trial_house.case(late).state_since) == (
        at("2026-03-03 10:00"),
        at("2026-03-05 10:00"),
    )
    assert [event.action for event in trial_house.events(early)[-3:]] == ["expire", "rewind", "expire"]
    assert len(trial_house.events(early)) == 5


def test_a_person_and_the_timer_at_once(trial_house: House) -> None:
    """Whoever is first wins; the other finds it done. Either way the case ends once."""
    refs = [lease(trial_house, "2026-03-04 10:00") for _ in range(6)]
    trial_house.clock.set("2026-03-04 10:00")
    trial_house.office.catch_up(trial_house.now - timedelta(minutes=1))

    def finish(ref: str) -> str:
        try:
            return trial_house.another().fire(ref, "finish", actor="sun", fields={"amount": 500}, now=trial_house.now).to
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(7) as pool:
        caught = pool.submit(lambda: trial_house.another().catch_up(trial_house.now))
        answers = list(pool.map(finish, refs))
        caught.result()

    assert set(answers) <= {"finished", "Conflict", "Refused"}
    states = [trial_house.case(ref).state for ref in refs]
    assert [state == "finished" for state in states] == [answer == "finished" for answer in answers]
    assert set(states) <= {"finished", "ended"}
