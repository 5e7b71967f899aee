"""cuiban calendar and duties by the name of a calendar. [cli.md 4]"""

from tests.cli.clerk import Clerk


def test_the_showrooms_days_are_listed_set_and_counted_by(clerk: Clerk) -> None:
    """Its own National Day; a day settled for it alone; a duty that follows it."""
    days = {row["date"]: row["kind"] for row in clerk.reads("calendar days --month 2026-10 --calendar showroom")}
    assert (days["2026-10-01"], days["2026-10-04"]) == ("workday", "workday")

    clerk.does("--user admin calendar set 2026-10-02 off --calendar 展厅 --reason 盘点")

    days = {row["date"]: row["kind"] for row in clerk.reads("calendar days --month 2026-10 --calendar showroom")}
    assert days["2026-10-02"] == "override"
    assert {row["date"]: row["kind"] for row in clerk.reads("calendar days --month 2026-10")}["2026-10-02"] == "holiday"
    found = clerk.reads("duties occurrences --duty d5_sales --from 2026-10-01 --to 2026-10-05")
    assert [one["nominal"][:10] for one in found] == ["2026-10-01", "2026-10-03", "2026-10-04"]
    due = clerk.reads("calendar due --start 2026-10-01T09:00 --amount 1 --unit wd --calendar showroom")["due"]
    assert due == "2026-10-03T09:00:00+08:00"
    refused = clerk.refused("--user admin calendar set 2026-10-02 off --calendar moon --reason x")
    assert (refused["exit"], refused["code"]) == (3, "not_found")
