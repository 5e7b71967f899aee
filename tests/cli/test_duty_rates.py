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
