"""Conformance: order, guards and windows of time over what a log holds; nothing else. [semantics: Event logs]"""

from datetime import UTC, datetime, timedelta

import pytest

from cuiban.audit.conformance import Verdict
from cuiban.audit.tally import Tally
from cuiban.workflows.callback import callback
from cuiban.workflows.complaint import complaint
from cuiban.workflows.incident import incident
from tests.audit.traces import DAY, NOW, case_of, codes, event, judge, trace
from tests.support.trials import trial

DESK = """
[activities]
Created = "open"
Assigned = ["classify", "take"]
Classified = "classify"
Taken = "take"
Waiting = "wait"
Resolved = "resolve"
Closed = "close"
Reopened = "reopen"
Cancelled = "cancel"
Read = "ignore"
"""


def test_a_case_that_follows_the_process_conforms() -> None:
    """Every event is a step at its own time; the importer is the actor; nothing is owed, nobody has the case."""
    by = judge(incident, DESK)

    judged = by.judge(trace("Created", "Classified", "Taken", "Waiting", "Resolved", "Closed"))

    case = case_of(judged)
    assert codes(judged.verdicts) == [""] * 6
    assert (case.state, case.open, case.version) == ("closed", False, 6)
    assert (case.opened_at, case.state_since, case.opener) == (DAY, DAY + timedelta(hours=5), "admin")
    assert (case.holder, case.chaser, case.due, case.timer, case.data.imported) == (None, None, None, None, True)


def test_a_case_is_opened_by_its_first_event() -> None:
    """Where the log has no event of its own for it, the first one that counts opens the case, and is then judged."""
    by = judge(incident, DESK)

    judged = by.judge(trace("Read", "Classified", "Taken"))

    assert codes(judged.verdicts) == ["ignored", "", ""]
    assert judged.plan is not None
    said = [(one.event.action, one.event.at, one.event.origin.get("activity")) for one in judged.plan.main.events]
    assert said == [
        ("open", DAY + timedelta(hours=1), None),
        ("classify", DAY + timedelta(hours=1), "Classified"),
        ("take", DAY + timedelta(hours=2), "Taken"),
    ]


def test_what_is_no_time_and_no_name_is_told() -> None:
    """The year 1 opens nothing, the rest conforms; names of two million signs are told by their ends, and go nowhere."""
    long = "x" * 2_000_000
    by = judge(incident, DESK)

    early = by.judge(trace(event("Created", datetime(1, 1, 2, tzinfo=UTC)), event("Created", DAY), event("Classified", DAY)))
    named = by.judge(trace("Created", "Classified", case=long))
    next_day = DAY + timedelta(days=1)
    said = by.judge(trace("Created", event(long, next_day), event("Classified", next_day, resource=long)))

    assert codes(early.verdicts) == ["before_1970", "", ""]
    assert (case_of(early).opened_at, case_of(early).state) == (DAY, "classified")
    assert (codes(named.verdicts), named.plan) == (["name_too_long"] * 2, None)
    assert codes(said.verdicts) == ["", "name_too_long", "name_too_long"]
    assert max(len(one.activity) for one in said.verdicts) < 50
    tally = Tally()
    tally.add(long, named.verdicts)
    assert [(one.count, len(one.example) < 50) for one in tally.report().deviations] == [(1, True), (1, True)]


def test_a_machine_s_many_attempts_cost_what_they_are() -> None:
    """Of 5,000 calls that nobody answered the case keeps the last thousand: a log does not take the square of its length."""
    tries = [event("NoAnswer", DAY + timedelta(minutes=n)) for n in range(5_000)]

    judged = judge(callback, '[activities]\nCreated = "open"\nNoAnswer = "no_answer"').judge(trace("Created", *tries))

    kept = case_of(judged).data.attempts["no_answer"]
    assert (len(kept), kept[-1]) == (1000, "2025-06-05")
    assert set(codes(judged.verdicts)) == {""}


def test_after_a_deviation_the_case_stays_where_it_stood() -> None:
    """The next event is judged from there."""
    by = judge(incident, DESK)

    judged = by.judge(trace("Created", "Taken", "Classified", "Closed", "Taken", "Resolved", "Closed"))

    assert judged.verdicts[1] == Verdict("not_possible_here", "Taken", "registered")
    assert judged.verdicts[3] == Verdict("not_possible_here", "Closed", "classified")
    assert codes(judged.verdicts) == ["", "not_possible_here", "", "not_possible_here", "", "", ""]
    assert case_of(judged).state == "closed"


def test_an_activity_without_a_meaning_is_told() -> None:
    """It is no error, and it opens the case if it is the first event."""
    by = judge(incident, DESK)

    judged = by.judge(trace("VERIFIED", "Classified"))

    assert judged.verdicts[0] == Verdict("unmapped_activity", "VERIFIED", "registered")
    assert case_of(judged).state == "classified"


def test_what_follows_the_end_is_told() -> None:
    """A closed case takes no further step, but for one that opens it again."""
    by = judge(incident, DESK)

    judged = by.judge(trace("Classified", "Taken", "Resolved", "Closed", "Closed", "Reopened", "Resolved"))

    assert judged.verdicts[4] == Verdict("after_close", "Closed", "closed")
    assert codes(judged.verdicts)[5:] == ["", ""]
    assert case_of(judged).data.cycle == 2


def test_a_window_of_time_is_judged_by_the_event() -> None:
    """Reopening within 14 days conforms, later it does not, whenever the log is imported."""
    by = judge(incident, DESK)
    way = trace("Classified", "Taken", "Resolved", "Closed")
    late = event("Reopened", DAY + timedelta(days=30))

    judged = by.judge(trace(*way.events, late))

    assert judged.verdicts[-1] == Verdict("too_late", "Reopened", "closed")


@pytest.mark.parametrize(("first", "state"), [("Created", "registered"), ("Classified", "classified")])
def test_the_first_candidate_that_is_possible_is_taken(first: str, state: str) -> None:
    """One activity may mean one step here and another there."""
    by = judge(incident, DESK)

    judged = by.judge(trace(first, "Assigned"))

    assert judged.plan is not None
    assert judged.plan.main.events[-2].event.to == state
    assert codes(judged.verdicts) == ["", ""]


def test_a_second_opening_is_none() -> None:
    """`open` is possible only while there is no case."""
    judged = judge(incident, DESK).judge(trace("Created", "Classified", "Created"))

    assert judged.verdicts[2] == Verdict("not_possible_here", "Created", "classified")


def test_a_case_may_be_cancelled() -> None:
    """Cancelling is a step where the process allows it, and no reason is asked for."""
    by = judge(incident, DESK)

    at_once, too_late = by.judge(trace("Classified", "Cancelled")), by.judge(trace("Classified", "Taken", "Cancelled"))

    assert case_of(at_once).state == "cancelled"
    assert too_late.verdicts[2] == Verdict("cannot_cancel", "Cancelled", "in_progress")


def test_what_has_not_happened_yet_is_told() -> None:
    """An event of the future moves nothing."""
    by = judge(incident, DESK)

    judged = by.judge(trace("Classified", event("Taken", NOW + timedelta(seconds=1))))

    assert judged.verdicts[1] == Verdict("in_future", "Taken", "classified")
    assert case_of(judged).state == "classified"


def test_a_case_of_ignored_events_is_no_case() -> None:
    """Nothing of it is of the process."""
    judged = judge(incident, DESK).judge(trace("Read", "Read"))

    assert judged.plan is None
    assert codes(judged.verdicts) == ["ignored", "ignored"]


def test_only_the_end_of_an_activity_counts() -> None:
    """An activity that is scheduled, started and completed is one step; a key with its lifecycle always counts."""
    by = judge(incident, '[activities]\n"Work" = "classify"\n"Work/start" = "open"\n"Work/reassign" = "ignore"\n')

    judged = by.judge(trace("Work/schedule", "Work/start", "Work/reassign", "Work/COMPLETE"))

    assert codes(judged.verdicts) == ["ignored", "", "ignored", ""]
    assert case_of(judged).version == 2


# guards and values -------------------------------------------------------------------------------------------------

TRIAL = """
[case]
subject = "{title}"
[activities]
Start = "start"
Finish = "finish"
Submit = "submit"
Sign = "sign"
Vote = "vote"
Expire = "expire"
Ask = { action = "ask", set = { people = "somebody, nobody" } }
[fields]
sum = "amount"
"case:title" = "title"
"""


def test_a_guard_is_judged_over_what_the_log_holds() -> None:
    """It refuses a value that is there, and says nothing of one that is not."""
    by = judge(trial, TRIAL)

    small = by.judge(trace("Start", event("Finish", DAY + timedelta(hours=1), sum="99")))
    enough = by.judge(trace("Start", event("Finish", DAY + timedelta(hours=1), sum="100")))
    silent = by.judge(trace("Start", "Finish"))

    assert small.verdicts[1] == Verdict("guard:too_small", "Finish", "running")
    assert codes(enough.verdicts) == codes(silent.verdicts) == ["", ""]


def test_a_value_that_does_not_fit_is_told() -> None:
    """The map should translate it."""
    judged = judge(trial, TRIAL).judge(trace("Start", event("Finish", DAY + timedelta(hours=1), sum="plenty")))

    assert judged.verdicts[1] == Verdict("wrong_value", "Finish", "running")


def test_a_value_is_kept_once() -> None:
    """Attributes of the case stand in the event that first brings them, not in every one."""
    judged = judge(trial, TRIAL).judge(trace("Start", "Finish", title="试行"))

    assert judged.plan is not None
    assert [one.event.fields for one in judged.plan.main.events] == [{}, {"title": "试行"}, {}]


def test_signatures_count_whoever_imports_them() -> None:
    """The last one of them moves the case, no earlier one does; that is order. Who signed is not judged."""
    judged = judge(trial, TRIAL).judge(trace("Submit", "Sign", "Sign", "Vote", "Sign"))

    assert codes(judged.verdicts) == ["", "", "", "not_possible_here", ""]
    assert case_of(judged).state == "vote"
    assert [one.role for one in case_of(judged).data.signatures] == ["sales_manager", "finance_manager", "general_manager"]


def test_a_step_of_the_clock_is_a_fact_like_any_other() -> None:
    """What the process does by itself, the other system did."""
    judged = judge(trial, TRIAL).judge(trace("Start", "Expire"))

    assert case_of(judged).state == "ended"


def test_an_imported_case_moves_no_other() -> None:
    """A step that opens cases opens none."""
    judged = judge(trial, TRIAL).judge(trace("Ask", "Submit"))

    assert judged.plan is not None
    assert codes(judged.verdicts) == ["", ""]
    assert len(judged.plan.changes) == 1


def test_people_and_papers_are_not_judged() -> None:
    """A complaint runs through without the people, papers, fields and signatures that it asks of us."""
    steps = [t.name for t in complaint.transitions]
    mapping = "[activities]\n" + "".join(f'{name} = "{name}"\n' for name in dict.fromkeys(steps))

    judged = judge(complaint, mapping).judge(trace("accept", "resolve", "confirm"))

    assert codes(judged.verdicts) == ["", "", ""]
    assert not case_of(judged).open


def test_names_stand_aside() -> None:
    """Case and resource may name a person: the event holds commitments to them, the values lie beside it."""
    first = event("Created", DAY, resource="张伟")

    judged = judge(incident, DESK).judge(trace(first, case="13800000000"))

    assert judged.plan is not None
    change = judged.plan.main
    assert b"138" not in change.events[0].text
    assert "张伟" not in change.events[0].text.decode()
    assert {kept.slot: kept.value for _, kept in change.kept} == {"origin.case": "13800000000", "origin.resource": "张伟"}
