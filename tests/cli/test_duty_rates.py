"""cuiban duties --by: how much was done in time, by duty and by person. [cli.md 4; issue: a ledger with a rate]"""

from tests.cli.clerk import Clerk


def test_the_rate_by_duty_and_by_person(clerk: Clerk) -> None:
    """One of two done in time: half. What is open yet is not judged."""
    clerk.runs("todo")
    ref = clerk.reads("duties --week 2026-W10 --duty b11_morning_meeting")[0]["ref"]
    clerk.runs(f"do {ref} submit")

    (one,) = clerk.reads("duties --week 2026-W10 --duty b11_morning_meeting --by duty")

    assert (one["key"], one["owed"], one["done"], one["missed"]) == ("b11_morning_meeting", 1, 1, 0)
    assert one["rate"] == 1.0
    assert {"wang", "role:sales_clerk"} <= {row["key"] for row in clerk.reads("duties --week 2026-W10 --by person")}
    lines = clerk.runs("duties --week 2026-W10 --by duty").out.splitlines()
    assert lines[0].split() == ["应报", "按时", "迟报", "免报", "漏报", "未报", "未到期", "按时率"]
    assert any(line.split() == ["早会反馈厂家", "1", "1", "0", "0", "0", "0", "0", "100%"] for line in lines)
    assert clerk.refused("duties --by duty --state done")["exit"] == 2


def test_a_duty_entered_later_is_marked(clerk: Clerk) -> None:
    """Entered the next morning as done yesterday: in time by its time, and the ledger says that it was entered late, and why."""
    clerk.does("todo")
    ref = clerk.reads("duties --week 2026-W10 --duty b11_morning_meeting")[0]["ref"]
    clerk.house.clock.set("2026-03-03 08:30")

    clerk.does(f"do {ref} 上报 --at '昨天 11:00' --reason 忘记")
    clerk.does(f"do {ref} note --note 补上")
    row = clerk.reads("duties --from 2026-03-02 --to 2026-03-03 --duty b11_morning_meeting")[0]
    line = clerk.does("duties --from 2026-03-02 --to 2026-03-03 --duty b11_morning_meeting")

    assert (row["state"], row["late_entry"], row["reason"]) == ("done", True, "忘记")
    assert "按时(补录)" in line
    assert line.rstrip().endswith("忘记")


def test_a_duty_done_after_work_says_how_late(clerk: Clerk) -> None:
    """Due when work ended, done two hours later: no working time has passed, the clock has."""
    clerk.does("todo")
    row = next(one for one in clerk.reads("duties --week 2026-W10") if one["due"] == "2026-03-02T18:00:00+08:00")
    clerk.house.clock.set("2026-03-02 20:00")

    clerk.does(f"do {row['ref']} 上报 --user {row['doer'] if ':' not in row['doer'] else 'wang'}")

    assert "迟报  已过2小时" in clerk.does(f"duties --duty {row['duty']} --week 2026-W10")


def test_what_nobody_did_is_that_of_who_alone_had_the_role(clerk: Clerk) -> None:
    """王芳 alone is the after-sales clerk: what was missed counts for her; of two sales clerks nobody can say which. [issue 4]"""
    clerk.does("todo")
    clerk.house.clock.set("2026-03-16 09:00")
    clerk.does("todo")

    rates = {row["key"]: row for row in clerk.reads("duties --from 2026-03-02 --to 2026-03-03 --by person")}
    missed = clerk.reads("duties --from 2026-03-02 --to 2026-03-03 --person 王芳 --state missed")

    assert rates["wang"]["missed"] == len(missed) > 0
    assert {row["doer"] for row in missed} == {"role:after_sales_clerk"}
    assert "role:after_sales_clerk" not in rates
    assert rates["role:sales_clerk"]["missed"] > 0


def test_who_had_the_role_when_it_was_due_counts(clerk: Clerk) -> None:
    """A second clerk from Tuesday on: Monday's is 王芳's, Tuesday's the role's."""
    clerk.does("todo")
    clerk.house.clock.set("2026-03-02 20:00")
    clerk.does("role grant 陈静 after_sales_clerk --user admin")
    clerk.house.clock.set("2026-03-16 09:00")
    clerk.does("todo")

    monday, tuesday = (
        {row["key"]: row["missed"] for row in clerk.reads(f"duties --duty b11_morning_meeting --from {day} --to {to} --by person")}
        for day, to in (("2026-03-02", "2026-03-03"), ("2026-03-03", "2026-03-04"))
    )

    assert (monday, tuesday) == ({"wang": 1}, {"role:after_sales_clerk": 1})
