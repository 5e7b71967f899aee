"""cuiban why CASE ACTION: what blocks a step and what is to be given with it, as `do` would say. [cli.md 2]"""

import re
from typing import Any

from tests.cli.clerk import Clerk
from tests.support.vins import vin


def blockers(clerk: Clerk, line: str) -> dict[str, dict[str, Any]]:
    """What stands against a step, by code; the exit code says that something does."""
    answer = clerk.runs(f"{line} --json")
    assert answer.code == 1, answer.out
    (action,) = answer.json["actions"]
    assert not action["possible"]
    return {one["code"]: one for one in action["blockers"]}


def test_a_car_that_is_still_to_be_named_blocks_nothing(clerk: Clerk) -> None:
    """Neither that it differs from the order nor that it is not found: the VIN comes with the step, which then is done."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "reviewed")

    (told,) = clerk.reads(f"why {ref} allocate --user sun")["actions"]

    assert (told["possible"], told["fields"], told["blockers"]) == (True, ["vin"], [])
    assert clerk.does(f"why {ref} allocate --user sun").splitlines()[-1] == "allocate 配车  可办, 要填 车架号"
    assert {one["code"] for one in clerk.refused(f"do {ref} allocate --user sun")["blockers"]} == {"field_missing"}
    clerk.does(f"do {ref} allocate --set vin={vin(1)} --user sun")


def test_a_known_car_that_differs_still_blocks(clerk: Clerk) -> None:
    """Each reason has the values that it rests on, not those of the reasons before it."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "reviewed", given={"model": "昂科威", "configuration": "28T"})

    found = {one["code"]: one["params"] for one in clerk.refused(f"do {ref} allocate --set vin={vin(1)} --user sun")["blockers"]}

    assert set(found) == {"model_differs", "configuration_differs"}
    assert set(found["model_differs"]) == {"model", "vehicle_model"}
    assert set(found["configuration_differs"]) == {"configuration", "vehicle_configuration"}


def test_a_blocked_step_names_what_it_needs_too(clerk: Clerk) -> None:
    """Too early, and the cars are not given: both, as `do` says both."""
    ref = clerk.house.opened("colour_order")

    zh = clerk.runs(f"why {ref} confirm --user sun").out.splitlines()[-1]
    en = clerk.runs(f"--lang en why {ref} confirm --user sun").out.splitlines()[-1]

    assert zh == "confirm 确认颜色  03-02 13:30 起才能办; 要填 生产订单颜色"
    assert en == "confirm  not before 03-02 13:30; needs Colours of the production order"


def test_a_step_of_another_state_is_blocked_not_unknown(clerk: Clerk) -> None:
    """As `do` refuses it; only an action that the process lacks is unknown."""
    ref, over = clerk.house.opened("complaint"), clerk.house.brought("complaint", "satisfied")

    early = blockers(clerk, f"why {ref} confirm")

    assert early["wrong_state"]["params"]["state"] == "reported"
    assert early == {one["code"]: one for one in clerk.refused(f"do {ref} confirm")["blockers"]}
    assert set(blockers(clerk, f"why {ref} 满意")) == {"wrong_state"}
    assert set(blockers(clerk, f"why {over} resolve")) == {"closed"}
    assert "confirm 满意  现在是「已登记」, 不能这样办" in clerk.runs(f"why {ref} confirm").out
    assert [clerk.runs(f"why {ref} {action}").code for action in ("fly", "note")] == [3, 3]


def test_what_the_clock_does_is_said_to_be_the_clocks(clerk: Clerk) -> None:
    """A step that comes by itself."""
    ref = clerk.house.opened("colour_order")

    assert "timed_only" in blockers(clerk, f"why {ref} lapse --user sun")


def test_instants_are_in_the_persons_offset(clerk: Clerk) -> None:
    """In the parameters of every reason, and in its sentence; in answers and in errors."""
    ref, colours = clerk.house.opened("complaint"), clerk.house.opened("colour_order")
    clerk.does(f"chase {ref}")

    chased = clerk.refused(f"chase {ref}")["blockers"]
    tried = clerk.refused(f"do {colours} confirm --user sun")["blockers"]
    told = blockers(clerk, f"why {colours} confirm --user sun")["not_before"]

    assert [one["params"]["at"] for one in chased] == ["2026-03-02T09:00:00+08:00"]
    assert told["params"] == {"at": "2026-03-02T13:30:00+08:00"}
    assert told in tried
    assert not re.search(r"\dT\d", told["message"])


# how a due came about ------------------------------------------------------------------------------------------------


def due_of(clerk: Clerk, ref: str) -> dict[str, Any]:
    """The due of a case with the way to it, (kind, from, to, reason) each."""
    due: dict[str, Any] = clerk.reads(f"why {ref}")["due"]
    return {**due, "steps": [(one["kind"], one["from"][5:16], one["to"][5:16], one["reason"]) for one in due["steps"]]}


def test_a_due_that_was_moved_on_names_the_days_off(clerk: Clerk) -> None:
    """The Monday of the week is a holiday, and so is the Tuesday. [D13]"""
    clerk.house.clock.set("2026-04-30 09:00")
    ref = clerk.house.opened("call_order", given={"week": "2026-W19"})

    assert clerk.does(f"why {ref}").splitlines()[:3] == [
        f"{ref} CALL车  到期 05-06 18:00  「周」的周一 18:00, 遇休息日顺延",
        "  05-04 18:00  周一, 应到期",
        "  05-04 18:00  05-04 至 05-05 劳动节, 顺延至 05-06 周三 18:00",
    ]
    assert clerk.does(f"--lang en why {ref}").splitlines()[1:3] == [
        "  05-04 18:00  Monday, nominally due",
        "  05-04 18:00  05-04 to 05-05 Labour Day, moved on to Wed 05-06 18:00",
    ]
    due = due_of(clerk, ref)
    assert (due["at"], due["absolute"], due["judged"]) == ("2026-05-06T18:00:00+08:00", True, None)
    assert due["steps"] == [
        ("count", "05-04T18:00", "05-04T18:00", "周一, 应到期"),
        ("skip", "05-04T18:00", "05-06T18:00", "05-04 至 05-05 劳动节, 顺延至 05-06 周三 18:00"),
    ]


def test_a_due_that_somebody_set_stands_where_it_was_set(clerk: Clerk) -> None:
    """A promised hour is never moved, not even off a Sunday."""
    ref = clerk.house.opened("complaint")
    clerk.does(f"do {ref} accept --set promised_at=2026-03-08T10:00 --user li")

    assert due_of(clerk, ref)["steps"] == [("count", "03-08T10:00", "03-08T10:00", "周日, 应到期")]


def occurrence(clerk: Clerk, duty: str, month: str) -> dict[str, Any]:
    """The first occurrence of a duty in a month that is there already."""
    found: dict[str, Any] = next(one for one in clerk.reads(f"duties --month {month} --duty {duty}") if one["ref"] is not None)
    return found


def test_an_occurrence_of_a_duty_tells_its_rule_and_how_it_was_moved(clerk: Clerk) -> None:
    """The duty of a Monday that is a holiday comes on the Wednesday."""
    clerk.house.clock.set("2026-05-06 09:00")
    clerk.house.office.catch_up(clerk.house.now, everything=True)
    ref = next(one["ref"] for one in clerk.reads("duties --from 2026-05-01 --to 2026-05-07")
               if (one["nominal"][:10], one["due"][:10]) == ("2026-05-04", "2026-05-06") and one["ref"][:2] == "LX")  # fmt: skip

    lines, due = clerk.does(f"why {ref}").splitlines(), due_of(clerk, ref)

    assert "每周一 " in lines[0]
    assert lines[0].endswith(", 遇休息日顺延")
    assert [(kind, frm[:5], to[:5]) for kind, frm, to, _ in due["steps"]] == [
        ("count", "05-04", "05-04"),
        ("skip", "05-04", "05-06"),
    ]
    assert "05-04 至 05-05 劳动节, 顺延至 05-06 周三" in lines[2]


def test_a_changed_hour_of_a_duty_is_told(clerk: Clerk) -> None:
    """Before the change its usual one; from then on both, and since when."""
    clerk.does("duties set b4_figures --due 19:00 --from 2026-03-03 --reason 总经理要求 --user admin")
    clerk.house.clock.set("2026-03-03 09:00")
    clerk.house.office.catch_up(clerk.house.now, everything=True)
    usual, later = (one["ref"] for one in clerk.reads("duties --from 2026-03-02 --to 2026-03-04 --duty b4_figures"))

    assert clerk.does(f"why {usual}").splitlines()[0].endswith("到期 03-02 18:00  每天 18:00, 休息日免")
    assert clerk.does(f"why {later}").splitlines()[0].endswith("到期 03-03 19:00  每天 19:00, 休息日免 (原 18:00, 自 03-03 起改)")
    assert clerk.does(f"--lang en why {later}").splitlines()[0].endswith(
        "due 03-03 19:00  19:00 every day; not on a day off (18:00 before 03-03)")  # fmt: skip


def test_a_closed_case_tells_the_due_by_which_it_was_judged(clerk: Clerk) -> None:
    """In time, or how late, by the step that ended the wait; with the way to it."""
    ref, other = clerk.house.opened("callback"), clerk.house.opened("callback", given={"repair": "WX260301018"})
    for one, time in ((ref, "2026-03-04 10:00"), (other, "2026-03-06 10:00")):
        clerk.house.clock.set(time)
        clerk.house.on_to(one, "answered")
    clerk.does(f"do {ref} note --note 补记")

    zh, en = clerk.does(f"why {ref}").splitlines(), clerk.does(f"--lang en why {other}").splitlines()
    met, missed = due_of(clerk, ref), due_of(clerk, other)

    assert zh == [
        f"{ref} 回访  到期 03-04 24:00  结算时间后3日内 (3 cd)",
        "  03-05 00:00  第3天 03-04 结束",
        "  03-04 10:00  记录, 按时",
        "已办结",
    ]
    assert en[2] == "  03-06 10:00  Record, 1 working day late"
    assert met["judged"] == {"action": "record", "label": "记录", "at": "2026-03-04T10:00:00+08:00", "met": True, "late_s": 0}
    assert missed["judged"] == {**met["judged"], "at": "2026-03-06T10:00:00+08:00", "met": False, "late_s": 34200}
    assert (met["at"], met["steps"]) == (missed["at"], missed["steps"])


def test_a_due_counted_back_tells_each_working_day(clerk: Clerk) -> None:
    """A working day before the end of a Sunday: from Friday's closing to Thursday's; the steps lead backwards. [B1]"""
    ref = clerk.reads("open relay --set what=厂家通知 --set head=李强 --set by_day=2026-03-08")["ref"]
    clerk.does(f"do {ref} acknowledge --user li")

    due = due_of(clerk, ref)

    assert due["at"] == "2026-03-05T18:00:00+08:00"
    assert due["steps"] == [
        ("skip", "03-09T00:00", "03-06T18:00", "03-07 至 03-08 周末, 自 03-06 周五 18:00 往前数"),
        ("count", "03-06T18:00", "03-05T18:00", "往前第1个工作日"),
    ]
