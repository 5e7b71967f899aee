"""What happens in half a year: every process, every outcome, at believable times."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from cuiban import workflows
from cuiban.office.views import Past
from tests.demo.conftest import TODAY, Demo
from tests.support.clock import at

SHANGHAI = ZoneInfo("Asia/Shanghai")
PROCESSES = ("complaint", "callback", "vehicle", "delivery", "call_order", "colour_order", "incident", "duty")
RESTING = {"vehicle": {"dispatched", "held", "network", "network_held", "out", "stock", "transit"}}


@pytest.fixture(scope="module")
def past(demo: Demo) -> list[Past]:
    """Give everything that happened, the newest first."""
    return demo.office.history(reveal=True)


def test_no_story_was_cut_short(demo: Demo) -> None:
    """Every step that was planned was allowed."""
    assert [(error.message, getattr(error, "blockers", None)) for error in demo.shop.stopped] == []


def test_every_case_is_what_its_history_says(demo: Demo) -> None:
    """The reference data too."""
    verdict = demo.office.replay_all()

    assert (verdict.unequal, verdict.cases, verdict.events) == ([], *demo.office.size())


@pytest.mark.parametrize("process", PROCESSES)
def test_every_outcome_occurs(demo: Demo, process: str) -> None:
    """Each way in which a case can end has been taken."""
    found = {case.state for case in demo.office.cases(closed=True, now=at("2026-03-11 08:40")) if case.process == process}

    assert {state.name for state in demo.office.processes[process].states if state.final} == found


@pytest.mark.parametrize("process", ["complaint", "callback", "vehicle", "delivery", "incident"])
def test_something_stands_in_every_state(demo: Demo, process: str) -> None:
    """There is an example of everything on the last morning."""
    standing = demo.office.counts(process, at("2026-03-11 08:40"))

    assert {state.name for state in demo.office.processes[process].states if not state.final} == set(standing)


def test_a_complaint_is_in_its_third_cycle(demo: Demo) -> None:
    """It stands on the service director's list."""
    items = demo.office.todo(actor="zhou", now=at("2026-03-11 08:40"))

    assert [demo.office.case(item.ref).data.cycle for item in items if item.process == "complaint" and not item.overdue] == [3]


def test_everything_that_one_can_do_with_a_case_was_done(past: list[Past]) -> None:
    """Notes, scans, corrections, what was taken back, handed over, chased; each undoing; what is entered late has a reason."""
    done = Counter(one.action for one in past)

    acts = {"note", "attach", "waive", "cc", "correct", "withdraw", "claim", "assign", "chase"}
    undone = {"void_invoice", "red_invoice", "take_back", "deallocate", "withdraw_review", "reopen", "cancel", "void_dispatch"}
    weekly = {"gather", "submit", "sign", "edit", "send_back", "call", "verify", "miss", "confirm"}
    assert acts | undone | weekly <= set(done)
    late = [one for one in past if one.late_entry]
    assert late
    assert all(one.reason for one in late)


def test_people_act_when_people_work(past: list[Past]) -> None:
    """From eight to seven, and never after the history ends; only the calendar acts at midnight."""
    by_hand = [one for one in past if one.by != "system"]

    hours = {one.recorded_at.astimezone(SHANGHAI).hour for one in by_hand}
    assert hours <= set(range(8, 19))
    assert max(one.recorded_at for one in past) == at("2026-03-11 00:00")


def test_days_off_are_kept(demo: Demo) -> None:
    """The morning meeting is fed back on every working day, make-up Saturdays too, and on no other. [B11]"""
    since = demo.shop.start
    told = demo.office.duties(since, TODAY, duty="b11_morning_meeting", now=at("2026-03-11 08:40"))

    days = [since + timedelta(days=n) for n in range((TODAY - since).days)]
    assert [one.nominal.astimezone(SHANGHAI).date() for one in told] == [day for day in days if demo.shop.works(day)]
    assert date(2026, 2, 14) in {one.nominal.astimezone(SHANGHAI).date() for one in told}  # Saturday, made up for


def test_duties_are_done_late_waived_and_missed(demo: Demo) -> None:
    """Most are done; today's are open; the workshop's stands open since Monday."""
    told = Counter(one.state for one in demo.office.duties(demo.shop.start, date(2026, 3, 12), now=at("2026-03-11 08:40")))

    assert set(told) == {"done", "done_late", "waived", "missed", "open", "overdue"}
    assert told["done"] > 10 * told["missed"] > 0


def test_slips_are_numbered_without_a_gap(demo: Demo) -> None:
    """Void ones keep their number. [D4]"""
    slips = demo.office.numbers("outbound_slip")

    numbers = [int(one["number"]) for one in slips]
    assert numbers == list(range(1201, 1201 + len(slips)))
    assert {one["reason"] for one in slips if one["state"] == "void"} >= {"打印机卡纸, 单据撕坏", "网点写错", "发票抬头开错"}


def test_everybody_is_there(demo: Demo) -> None:
    """Every role has somebody, one person has several, one has left; the workshop manager is away and has a substitute."""
    users = demo.office.users(at("2026-03-11 08:40"))
    roles = {role for user in users for role in user.roles}

    assert set(workflows.ROLES) == roles
    assert [user.name for user in users if not user.active] == ["邓超"]
    assert next(user.roles for user in users if user.id == "wang") == ["after_sales_clerk", "customer_service"]
    now = [
        (a.person, a.substitute) for a in demo.office.absences(at("2026-03-11 08:40")) if a.from_ <= at("2026-03-11 08:40") < a.to
    ]
    assert now == [("liu", "tao")]


def test_a_substitute_acts_for_who_is_away(past: list[Past]) -> None:
    """Both names are recorded."""
    assert {("fang", "guo"), ("tao", "liu")} >= {(one.by, one.for_) for one in past if one.for_} >= {("fang", "guo")}


def test_a_week_was_missed_because_of_a_holiday(demo: Demo) -> None:
    """Its cars move a week on. [D13]"""
    cases = demo.office.cases(closed=True, now=at("2026-03-11 08:40"))
    missed = [demo.office.case(case.ref).data.fields for case in cases if case.process == "call_order" and case.state == "missed"]

    assert any("carried" in fields for fields in missed)


def test_every_text_can_be_printed_on_a_chinese_terminal(past: list[Past], demo: Demo) -> None:
    """Everything is GBK."""
    texts = [str(value) for one in past for value in (one.subject.zh, one.note, one.reason, *one.fields.values()) if value]

    assert [text for text in texts if text.encode("gbk", "replace").count(b"?") > text.count("?")] == []
