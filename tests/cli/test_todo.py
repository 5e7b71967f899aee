"""cuiban todo: what stands where, in words and as JSON. [cli.md 2]"""

from tests.cli.clerk import Clerk

ITEM = [
    "ref", "process", "process_label", "title", "subject", "state", "state_label", "open", "role", "assignee", "acting_for",
    "opened_at", "state_since", "due", "due_day", "provisional", "paused", "overdue", "late_s", "level", "version",
    "group", "mine", "not_before", "waits_for", "chased", "actions",
]  # fmt: skip


def lines_of(text: str, ref: str) -> tuple[str, str]:
    """The two lines of an entry."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if ref in line)
    return lines[at], lines[at + 1]


def test_the_header_says_who_when_and_how_much(clerk: Clerk) -> None:
    """Name, roles, date with weekday, clock, counts of mine."""
    clerk.house.clock.set("2026-03-02 08:40")

    zh, en = clerk.does("todo").splitlines()[0], clerk.does("--lang en todo").splitlines()[0]

    assert zh.startswith("王芳 售后信息员 客服代表  2026-03-02 周一 08:40  ")
    assert en.startswith("王芳, after-sales clerk, customer service  Mon 2026-03-02 08:40  ")
    assert "今天到期" in zh
    assert "today" in en


def test_an_overdue_case_stands_first_with_its_lateness(clerk: Clerk) -> None:
    """Late by more than a working day: told in working days; the next actions by name."""
    ref = clerk.house.opened("callback", given={"settled_at": "2026-02-26T16:20:00+08:00"})
    clerk.house.clock.set("2026-03-03 10:00")

    text = clerk.does("todo --process 回访")
    first, second = lines_of(text, ref)

    assert text.splitlines()[1] == "已超时"
    assert first.startswith(f" 1 {ref}  回访 ")
    assert first.endswith("03-01 24:00 超1个工作日")
    assert "record 记录" in second


def test_what_others_owe_stands_under_chasing(clerk: Clerk) -> None:
    """A complaint that 李强 has to sign stands with 王芳, who chases, and with 李强, who owes."""
    ref = clerk.house.opened("complaint")

    mine, his = clerk.does("todo --process 投诉"), clerk.does("todo --user li")
    chased = clerk.reads("todo --chasing --process 投诉")

    assert mine.splitlines()[2] == "我催的"
    assert lines_of(mine, ref)[0] == f" 1 {ref}  投诉 空调异响 赵敏 皖H3D905 14:30 剩5小时30分".replace("905 14", "905  14")
    assert lines_of(mine, ref)[1] == "   在 李强  chase 催办, assign 转办"
    assert lines_of(his, ref)[1] == "   accept 签字承诺"
    assert [(item["ref"], item["mine"]) for item in chased] == [(ref, "chaser")]


def test_a_reminder_shows_on_the_list_at_once(clerk: Clerk) -> None:
    """chase, and 李强's list says so."""
    ref = clerk.house.opened("complaint")

    said = clerk.does(f"chase {ref}")

    assert said == f"已催 李强(第1次) {ref}\n"
    assert lines_of(clerk.does("todo --user 李强"), ref)[1].startswith("   已催1次  ")
    assert "chased once" in lines_of(clerk.does("--lang en todo --user 李强"), ref)[1]


def test_every_key_is_there(clerk: Clerk) -> None:
    """An item has the contract's keys, null where there is nothing, instants with offset and seconds."""
    ref = clerk.house.opened("complaint")

    item = next(one for one in clerk.reads("todo") if one["ref"] == ref)

    assert [key for key in item if key in ITEM] == ITEM
    assert item["due"] == "2026-03-02T14:30:00+08:00"
    assert item["due_day"] == "2026-03-02"
    assert item["group"] == "today"
    assert item["acting_for"] is None
    assert item["actions"] == [{"name": "chase", "label": "催办"}, {"name": "assign", "label": "转办"}]


def test_labels_follow_the_language_and_nothing_else_does(clerk: Clerk) -> None:
    """Keys, ids, enumerations stay English."""
    clerk.house.opened("complaint")

    zh, en = clerk.reads("todo --chasing")[0], clerk.reads("--lang en todo --chasing")[0]

    differing = {key for key in zh if zh[key] != en[key]}
    assert differing == {"process_label", "title", "state_label", "actions"}
    assert en["actions"][0] == {"name": "chase", "label": "Chase"}


def test_due_today_and_past_is_today_and_overdue(clerk: Clerk) -> None:
    """Due at 14:30, seen at 14:31: still in the group today, overdue."""
    ref = clerk.house.opened("complaint")
    clerk.house.clock.set("2026-03-02 14:31")

    item = next(one for one in clerk.reads("todo --user li") if one["ref"] == ref)

    assert (item["group"], item["overdue"], item["late_s"]) == ("today", True, 60)


def test_nothing_to_do_is_said(clerk: Clerk) -> None:
    """Somebody without work reads a sentence; JSON is an empty list, exit 0."""
    answer = clerk.runs("todo --user gao")

    assert answer.code == 0
    assert answer.out.splitlines()[1] == "今天没有要办的事。"
    assert clerk.reads("todo --user gao") == []


def test_the_table_ends_at_thirty(clerk: Clerk) -> None:
    """31 entries: 30 are shown, the rest is said; JSON has all of them, --limit what it says."""
    for number in range(31):
        clerk.house.opened("incident", given={"what": f"异常{number}"})

    text = clerk.does("todo --all --process 异常")

    assert sum("SJ-" in line for line in text.splitlines()) == 30
    assert text.splitlines()[-1] == "还有 1 件: cuiban todo --limit 31"
    assert len(clerk.reads("todo --all --process 异常")) == 31
    assert len(clerk.reads("todo --all --process 异常 --limit 7")) == 7


def test_filters_narrow_the_list(clerk: Clerk) -> None:
    """--overdue, --unclaimed, process, state, person, subject; ids or labels."""
    complaint, callback = clerk.house.opened("complaint"), clerk.house.opened("callback")

    assert [one["ref"] for one in clerk.reads("todo --process callback")] == [callback]
    assert [one["ref"] for one in clerk.reads("todo --process 投诉 --state 已登记")] == [complaint]
    assert [one["ref"] for one in clerk.reads("todo --person 李强")] == [complaint]
    assert [one["ref"] for one in clerk.reads("todo --subject 空调")] == [complaint]
    assert callback in {one["ref"] for one in clerk.reads("todo --unclaimed")}
    assert clerk.reads("todo --overdue --process 投诉") == []


def test_a_filter_that_means_nothing_is_not_found(clerk: Clerk) -> None:
    """Unknown process, state, role, person: 3; unreadable time, wrong limit: 2."""
    assert [clerk.refused(f"todo {words}")["exit"] for words in (
        "--process 无", "--state 无", "--role 无", "--person 无", "--since 3/11", "--limit 0", "--limit x",
    )] == [3, 3, 3, 3, 2, 2, 2]  # fmt: skip


def test_a_long_silence_is_told(clerk: Clerk) -> None:
    """After ten days without a look duties are opened, and the clerk is told since when."""
    clerk.does("todo")
    clerk.house.clock.set("2026-03-12 09:00")

    answer = clerk.runs("todo")

    assert "上次补开例行事项是 2026-03-02 周一 09:00" in answer.err
    assert clerk.runs("todo").err.count("上次补开") == 0


def test_a_set_clock_opens_nothing_in_real_data(clerk: Clerk) -> None:
    """CUIBAN_NOW lets look at another day, but writes only in a sandbox."""
    clerk.house.sound = True
    before = clerk.house.rows()

    shown = clerk.runs("todo", CUIBAN_NOW="2026-04-01T08:00:00+08:00")
    written = clerk.runs("open 投诉 x --set customer=a --set responsible=li --json", CUIBAN_NOW="2026-04-01T08:00:00+08:00")

    assert shown.code == 0
    assert "2026-04-01 周三 08:00" in shown.out
    assert written.error["blockers"][0]["code"] == "clock_set"
    assert clerk.house.rows() == before
