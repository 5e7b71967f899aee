"""cuiban todo: attempts, whom it climbed to, a short line of actions, what comes next, a locked database. [cli.md 2]"""

import time

from tests.cli.clerk import Clerk
from tests.cli.test_todo import lines_of

SETTLED = {"settled_at": "2026-02-26T16:20:00+08:00"}


def test_attempts_and_the_superior_stand_on_the_line(clerk: Clerk) -> None:
    """已拨2次 已报 周明, and no more actions than can be read; all of them in JSON."""
    ref = clerk.house.opened("callback", given=SETTLED, assignee="wang")
    for day in ("2026-03-02 09:00", "2026-03-03 10:00"):
        clerk.house.clock.set(day)
        clerk.does(f"do {ref} no_answer")

    zh, en = (lines_of(clerk.does(f"--lang {lang} todo --process callback"), ref)[1] for lang in ("zh", "en"))
    item = next(one for one in clerk.reads("todo --process callback") if one["ref"] == ref)

    assert zh.strip().startswith("已拨2次  已报周明  record 记录, ")
    assert en.strip().startswith("tried twice  escalated to 周明  record, ")
    assert zh.endswith(f" 等{len(item['actions'])}种")
    assert en.endswith(f" .. {len(item['actions'])} in all")
    assert en.count(",") == 3
    assert (item["tried"], item["told"]) == ({"no_answer": 2}, ["zhou"])
    assert clerk.reads(f"why {ref}")["actions"]


def test_what_comes_next_may_not_be_on_the_list_yet(clerk: Clerk) -> None:
    """A Saturday: nothing due; Monday's first is named."""
    clerk.house.clock.set("2026-02-28 09:00")
    clerk.does("register add asset --set tag=PC-01 --set what=前台电脑 --set holder=ren --user wu")

    assert "今天没有要办的事。最近: 03-02 18:00 病毒库和补丁" in clerk.does("todo --user ren")


def test_a_locked_database_is_read_all_the_same(clerk: Clerk) -> None:
    """Another program holds the lock: within seconds the list, a sentence that duties could not be opened, exit 0."""
    ref = clerk.house.opened("complaint")
    with clerk.house.raw() as raw:
        raw.run("BEGIN IMMEDIATE")
        begin = time.monotonic()
        answer = clerk.runs("todo")
        took = time.monotonic() - begin
        raw.run("ROLLBACK")

    assert answer.code == 0
    assert ref in answer.out
    assert "例行事项没能补开" in answer.err
    assert took < 8
