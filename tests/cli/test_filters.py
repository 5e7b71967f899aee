"""The filters that todo, list, history and stuck share: each narrows each of them, or is refused. [cli.md 1, FILTERS]"""

from typing import Any

import pytest

from tests.cli.clerk import Clerk

READING = ["todo --all", "list --any", "history", "stuck"]
MATCHING = {
    "--process": "投诉", "--state": "已登记", "--role": "customer_service", "--person": "li", "--subject": "空调",
    "--since": "2026-03-01", "--until": "2026-04-30", "--limit": "9",
}  # fmt: skip
NOTHING = {
    "--process": "异常", "--state": "resolved", "--role": "workshop_manager", "--person": "zhou", "--subject": "没有这样的",
    "--since": "2026-05-01", "--until": "2026-01-01",
}  # fmt: skip


@pytest.mark.parametrize("verb", READING)
@pytest.mark.parametrize("name", NOTHING)
def test_a_filter_that_fits_nothing_leaves_nothing(clerk: Clerk, verb: str, name: str) -> None:
    """Of one complaint nothing is left by a filter that it does not fit, in every question."""
    clerk.house.opened("complaint")

    assert clerk.reads(f"{verb} --process 投诉") != []
    narrowed = "" if name == "--process" else "--process 投诉"
    assert clerk.reads(f"{verb} {narrowed} {name} {NOTHING[name]}") == []


@pytest.mark.parametrize("verb", [*READING, "list", "list --any --limit 2", "history --limit 2", "history --role customer_service"])
def test_several_processes_are_any_of_them(clerk: Clerk, verb: str) -> None:
    """A repeated --process adds; what is neither stays away, and the order is that of the whole."""
    for minute, process in enumerate(("complaint", "callback", "incident")):
        clerk.house.clock.set(f"2026-03-02 09:0{minute}")
        clerk.house.opened(process)

    several = clerk.reads(f"{verb} --process 投诉 --process 回访 --process complaint")
    order = [process for process in shown(clerk.reads(verb.partition(" --limit")[0])) if process in ("TS", "HF")]

    assert sorted(shown(several)) == ["HF", "TS"]
    assert shown(several) == order


def shown(rows: Any) -> list[str]:
    """The prefixes of the processes of which there are rows."""
    named = {"complaint": "TS", "callback": "HF"}
    return [one["ref"][:2] if "ref" in one else named.get(one["key"].partition(".")[0], "") for one in rows]


@pytest.mark.parametrize("name", NOTHING)
def test_the_history_of_a_case_is_narrowed_too(clerk: Clerk, name: str) -> None:
    """Every filter holds for the history of one case."""
    ref = clerk.house.opened("complaint")

    assert len(clerk.reads(f"history {ref}")) == 1
    assert clerk.reads(f"history {ref} {name} {NOTHING[name]}") == []


@pytest.mark.parametrize("verb", READING)
@pytest.mark.parametrize("name", [name for name in MATCHING if name not in ("--role", "--person")])
def test_a_filter_that_fits_leaves_what_fits(clerk: Clerk, verb: str, name: str) -> None:
    """The complaint stays where the filter fits it."""
    ref = clerk.house.opened("complaint")

    found = clerk.reads(f"{verb} {name} {MATCHING[name]} --process 投诉")

    assert [one.get("ref") or one["refs"] or ref for one in found] == [ref]


def test_history_by_role_asks_who_had_the_role_then(clerk: Clerk) -> None:
    """What 王芳 did as a service clerk stays the role's when she has lost it; what 李强 did is not."""
    ref = clerk.house.brought("complaint", "accepted", given={"phone": None})
    clerk.house.clock.set("2026-03-02 10:00")
    clerk.does("role revoke 王芳 customer_service --user admin")
    clerk.does("role revoke 王芳 after_sales_clerk --user admin")
    clerk.does(f"do {ref} note --note 已电话")

    found = clerk.reads("history --role 客服代表"), clerk.reads(f"history {ref} --role 客服代表")

    assert [[one["action"] for one in some] for some in found] == [["open"], ["open"]]


def test_times_the_wrong_way_round_are_refused(clerk: Clerk) -> None:
    """Nothing lies between; one day from and until is that day."""
    clerk.house.opened("complaint")

    assert [clerk.refused(f"{verb} --since 2026-03-03 --until 2026-03-02")["exit"] for verb in READING] == [2] * len(READING)
    assert len(clerk.reads("list --process 投诉 --since 2026-03-02 --until 2026-03-02")) == 1


def test_a_due_at_midnight_is_of_the_day_it_ends(clerk: Clerk) -> None:
    """A callback due 03-04 24:00 is due until the 4th, not since the 5th."""
    ref = clerk.house.opened("callback")

    assert clerk.reads(f"show {ref}")["due"] == "2026-03-05T00:00:00+08:00"
    assert [one["ref"] for one in clerk.reads("todo --process 回访 --since 2026-03-04 --until 2026-03-04")] == [ref]
    assert clerk.reads("todo --process 回访 --since 2026-03-05") == []
    assert len(clerk.reads("todo --process 回访 --since 2026-03-04T23:59")) == 1


def test_each_question_says_which_time_it_compares(clerk: Clerk) -> None:
    """Due, opening, entry, and since when it stands where it stands."""
    said = [next(line for line in clerk.does(f"{verb} -h").splitlines() if "--since" in line) for verb in READING]

    assert [line.split()[-1] for line in said] == ["到期不早于", "登记不早于", "录入不早于", "进入本环节不早于"]


def test_an_empty_history_is_said(clerk: Clerk) -> None:
    """A sentence, not nothing at all."""
    assert clerk.does("history --since 2020-01-01 --until 2020-02-01") == "没有符合的记录\n"
