"""cuiban duties months, reopen, close: the month's lock at the command line. [D22]"""

from tests.cli.clerk import Clerk


def test_a_month_is_closed_reopened_and_closed_again(clerk: Clerk) -> None:
    """By the clerk's duty, then by the manager's word."""
    assert clerk.does("duties months") == "还没有结账的月份\n"
    clerk.does("todo")
    ref = clerk.reads("duties --month 2026-02 --duty d22_close")[0]["ref"]
    clerk.does(f"do {ref} submit --user sun")
    assert clerk.does("duties months").split() == ["2026-02", "进销存账", "已结账", "03-02", "09:00", "孙丽", ref]

    late = clerk.refused("open vehicle --set model=GL8 --set configuration=豪华版 --at '2026-02-27 15:00' --reason 补录 --user sun")
    assert [one["code"] for one in late["blockers"]] == ["month_closed"]
    assert clerk.refused("duties reopen 2026-02 --reason x")["exit"] == 1
    row = clerk.reads("duties reopen 2026-02 --reason 漏一台 --user he")
    assert (row["closed"], row["by"], row["ref"]) == (False, "he", None)
    assert "已结账" in clerk.does("duties close 2026-02 --reason 补齐 --user he")
    assert clerk.refused("duties close 2026-02 --reason 补齐 --user he")["exit"] == 1
