"""cuiban list, show, history, replay, stuck, diagram, check, duties: the questions, their shapes, their exits. [cli.md 2-4]"""

import pytest

from tests.cli.clerk import Clerk

CASE = [
    "ref", "process", "process_label", "title", "subject", "state", "state_label", "open", "role", "assignee", "acting_for",
    "opened_at", "state_since", "due", "due_day", "provisional", "paused", "overdue", "late_s", "level", "version",
]  # fmt: skip


def keys(value: dict[str, object], wanted: list[str]) -> list[str]:
    """The keys of `value` that the contract names, in its order."""
    return [key for key in wanted if key in value]


def test_list_finds_cases(clerk: Clerk) -> None:
    """By text, open ones unless told otherwise; an empty list is an answer."""
    ref = clerk.house.opened("complaint")
    done = clerk.house.brought("complaint", "satisfied", given={"customer": "何军"})

    assert [one["ref"] for one in clerk.reads("list 空调")] == [ref]
    assert [one["ref"] for one in clerk.reads("list --closed")] == [done]
    assert {one["ref"] for one in clerk.reads("list --any")} == {ref, done}
    assert keys(clerk.reads("list 空调")[0], CASE) == CASE
    assert clerk.reads("list 没有这样的") == []
    assert clerk.does("list 没有这样的") == "没有符合的案件\n"
    assert clerk.refused("list --closed --any")["exit"] == 2


def test_lists_stand_in_the_order_in_which_they_are_read(clerk: Clerk) -> None:
    """Open ones by due, those without one last; closed ones, or all, the newest first, whatever their process."""
    house = clerk.house
    later = house.opened("callback")
    sooner = house.opened("complaint")
    promised = house.brought("complaint", "accepted", given={"promised_at": "2026-03-03T10:00:00+08:00"})
    house.clock.set("2026-03-02 10:00")
    first = house.brought("incident", "closed")
    house.clock.set("2026-03-02 11:00")
    last = house.brought("complaint", "satisfied")
    wanted = {later, sooner, promised, first, last}

    def listed(words: str) -> list[str]:
        return [one["ref"] for one in clerk.reads(f"list {words}") if one["ref"] in wanted]

    assert listed("") == [sooner, promised, later]
    assert (listed("--closed"), listed("--any")[:2]) == ([last, first], [last, first])
    assert [one["ref"] for one in clerk.reads("list --closed --limit 1")] == [last]
    assert [one["ref"] for one in clerk.reads("list --any --limit 2")] == [last, first]


def test_show_masks_until_it_is_told_to_reveal(clerk: Clerk) -> None:
    """Phones are masked; --reveal shows them, and that is recorded."""
    ref = clerk.house.opened("complaint")
    before = clerk.house.rows()["events"]

    masked = clerk.reads(f"show {ref}")
    unrecorded = clerk.house.rows()["events"]
    revealed = clerk.reads(f"show {ref} --reveal")

    assert masked["fields"]["phone"] == "138****1234"
    assert revealed["fields"]["phone"] == "13805561234"
    assert (unrecorded, clerk.house.rows()["events"]) == (before, before + 1)


def test_show_has_every_part(clerk: Clerk) -> None:
    """Fields, documents, signatures, links, actions, each with its keys."""
    ref = clerk.house.brought("complaint", "accepted")

    shown = clerk.reads(f"show {ref}")
    text = clerk.does(f"show {ref}")

    wanted = [*CASE, "fields", "documents", "signatures", "links", "actions"]
    assert keys(shown, wanted) == wanted
    assert keys(shown["documents"][0], ["kind", "label", "required", "file", "sha256", "at", "by"]) == [
        "kind", "label", "required", "file", "sha256", "at", "by",
    ]  # fmt: skip
    assert list(shown["signatures"][0]) == ["role", "by", "for", "at"]
    assert text.splitlines()[0] == f"{ref}  投诉 空调异响 赵敏 皖H3D905"
    assert "  承诺时间  03-03 10:00" in text


def test_a_duty_says_in_one_language_to_whom_it_goes(clerk: Clerk) -> None:
    """A name that is kept in both languages is shown in the reader's."""
    clerk.does("todo")
    ref = clerk.reads("duties --week 2026-W10 --duty a10_problems")[0]["ref"]

    chinese, english = clerk.does(f"show {ref}"), clerk.does(f"show {ref} --lang en")

    assert ("服务总监\n" in chinese, "Service director" in chinese) == (True, False)
    assert ("服务总监" in english, "Service director\n" in english) == (False, True)


def test_history_tells_who_did_what(clerk: Clerk) -> None:
    """A case's own, oldest first; everybody's, newest first; 已办 by me."""
    ref = clerk.house.brought("complaint", "accepted")

    text = clerk.does(f"history {ref}")
    entry = clerk.reads(f"history {ref}")[1]

    assert text == "03-02 09:00 王芳 登记 -> 已登记\n03-02 09:00 李强 签字承诺 -> 已承诺\n"
    wanted = [
        "ref", "seq", "at", "recorded_at", "action", "from", "to", "by", "for", "note", "reason", "fields", "documents",
        "definition", "prev", "hash",
    ]  # fmt: skip
    assert keys(entry, wanted) == wanted
    assert (entry["from"], entry["to"], entry["by"]) == ("reported", "accepted", "li")
    assert [one["action"] for one in clerk.reads("history --by me")] == ["open", "add"]  # the case, and the customer it entered
    assert [one["action"] for one in clerk.reads("history --by 李强")] == ["accept"]
    assert [one["action"] for one in clerk.reads(f"history {ref} --by li")] == ["accept"]


def test_replay_says_equal_and_proves_it(clerk: Clerk) -> None:
    """9 events replayed, equal; every case likewise."""
    ref = clerk.house.brought("complaint", "accepted")

    assert clerk.does(f"replay {ref}") == "2条记录重放, 与库中一致\n"
    assert clerk.reads(f"replay {ref}")["equal"] is True
    assert list(clerk.reads(f"replay {ref}")) == [
        "ref", "as_of", "state", "fields", "events", "definition", "equal", "differences",
    ]  # fmt: skip
    assert clerk.does("replay --all").endswith("与库中一致\n")
    assert clerk.runs("replay").code == 2


def test_replay_finds_a_changed_row(clerk: Clerk) -> None:
    """A state changed behind its history: 7, and the key that differs is named."""
    ref = clerk.house.brought("complaint", "accepted")
    clerk.house.sound = False
    with clerk.house.raw() as raw:
        raw.run(f"UPDATE cases SET state = 'resolved' WHERE ref = '{ref}'")

    answer = clerk.runs(f"replay {ref} --json")

    assert answer.code == 7
    assert [one["key"] for one in answer.json["differences"]] == ["state"]
    assert clerk.runs("replay --all").code == 7


def test_stuck_shows_where_work_piles_up(clerk: Clerk) -> None:
    """A row a state, the worst first: open, overdue, usual times, oldest, owners."""
    ref = clerk.house.opened("complaint")
    clerk.house.clock.set("2026-03-04 09:00")

    rows, text = clerk.reads("stuck --process 投诉"), clerk.does("stuck --process 投诉")

    assert list(rows[0]) == [
        "key", "label", "open", "overdue", "stuck", "median_s", "p90_s", "oldest", "owners", "reasons", "refs",
    ]  # fmt: skip
    assert (rows[0]["open"], rows[0]["overdue"], rows[0]["refs"]) == (1, 1, [ref])
    assert rows[0]["owners"] == [{"id": "li", "open": 1, "overdue": 1}]
    assert text.splitlines()[0].split() == ["环节", "在办", "超时", "积压", "中位", "九成内", "最久", "在谁手上"]
    assert text.splitlines()[1].split() == ["投诉", "已登记", "1", "1", "1", "-", "-", ref, "李强", "1"]


@pytest.mark.parametrize("words", ["--by owner", "--by role", "--by process", "--over 3wd", "--over 50%", "--limit 1"])
def test_stuck_is_asked_in_many_ways(clerk: Clerk, words: str) -> None:
    """Each way gives rows."""
    clerk.house.opened("complaint")

    assert len(clerk.reads(f"stuck {words}")) == 1


def test_what_counts_as_stuck_shows_in_the_table(clerk: Clerk) -> None:
    """A complaint in time is not stuck; one that has stood for a working day is, if that is asked."""
    clerk.house.opened("complaint")
    clerk.house.brought("complaint", "accepted", given={"promised_at": "2026-03-20T10:00:00+08:00"})
    clerk.house.clock.set("2026-03-04 09:00")

    def column(words: str) -> list[str]:
        lines = clerk.does(f"stuck --state accepted {words}").splitlines()
        return [lines[0].split()[3], *(line.split()[4] for line in lines[1:])]

    assert (column(""), column("--over 1wd")) == (["积压", "0"], ["积压", "1"])


def test_rows_by_role_are_roles(clerk: Clerk) -> None:
    """Roles by name; what is somebody's own stands in one row, not as a role called after them."""
    clerk.house.opened("complaint")
    clerk.house.opened("callback")

    rows = clerk.reads("stuck --by role")

    assert {row["key"]: row["label"] for row in rows} == {"-": "指名的人", "customer_service": "客服代表"}


def test_stuck_refuses_nonsense(clerk: Clerk) -> None:
    """Unknown --by, unreadable --over: 2."""
    assert [clerk.refused(f"stuck {words}")["exit"] for words in ("--by colour", "--over often", "--over 100%")] == [2, 2, 2]


def test_a_process_is_drawn(clerk: Clerk) -> None:
    """As text, Mermaid, DOT, JSON; counts only where they are asked for."""
    clerk.house.opened("complaint")

    value = clerk.reads("diagram 投诉")

    assert list(value) == ["process", "states", "transitions"]
    assert value["states"][0] == {"name": "reported", "label": "已登记", "final": False, "open": 1, "overdue": 0}
    assert {"name": "accept", "from": "reported", "to": "accepted"} in value["transitions"]
    assert clerk.does("diagram complaint --format mermaid").startswith("stateDiagram-v2\n")
    assert clerk.does("diagram complaint --format dot").startswith("digraph")
    assert "已登记 (1)" in clerk.does("diagram complaint --counts")
    assert "已登记 (1)" not in clerk.does("diagram complaint")


def test_check_names_file_and_line(clerk: Clerk) -> None:
    """Every process, or those named; 7 if and only if there is an error; an unknown process is not found."""
    clerk.does("role revoke 王芳 customer_service --user admin")
    clerk.does("role revoke 陈静 customer_service --user admin")

    answer = clerk.runs("check 投诉 --json")
    text = clerk.runs("check complaint").out

    assert answer.code == 7
    assert {one["process"] for one in answer.json} == {"complaint"}
    assert all(list(one) == ["severity", "code", "process", "file", "line", "message"] for one in answer.json)
    assert "role_nobody_has" in text
    assert text.startswith("complaint.py:")
    assert clerk.runs("check incident").code == 0
    assert clerk.refused("check nothing")["exit"] == 3


def test_the_ledger_of_duties(clerk: Clerk) -> None:
    """What came round in the week, with what became of it; filters; an unknown duty is not found."""
    clerk.does("todo")
    ref = clerk.reads("duties --week 2026-W10 --duty b11_morning_meeting")[0]["ref"]
    clerk.does(f"do {ref} submit")

    rows = clerk.reads("duties --week 2026-W10")

    assert list(rows[0]) == [
        "ref", "duty", "title", "nominal", "due", "doer", "chaser", "state", "done_at", "by", "reason", "late_s", "late_entry",
    ]  # fmt: skip
    assert {one["state"] for one in rows} == {"open", "done"}
    assert [one["ref"] for one in clerk.reads("duties --week 2026-W10 --state done")] == [ref]
    assert clerk.reads("duties --month 2025-01") == []
    assert [clerk.refused(f"duties {words}")["exit"] for words in ("--duty nothing", "--week 11", "--month 3")] == [3, 2, 2]


def test_occurrences_of_a_rule(clerk: Clerk) -> None:
    """The quarter's last day rolls back from a Sunday; a declared duty by its id; a batch line by line."""
    rule = "FREQ=MONTHLY;BYMONTHDAY=5"
    rolled = clerk.reads(f"duties occurrences --rrule '{rule}' --time 18:00 --roll previous --from 2026-04-01 --to 2026-05-01")
    declared = clerk.reads("duties occurrences --duty b15_key_users --from 2026-03-01 --to 2026-03-08")
    batch = clerk.runs(
        "duties occurrences --batch -",
        stdin='{"id": 1, "rrule": "FREQ=DAILY", "time": "24:00", "roll": "keep", "from": "2026-03-07", "to": "2026-03-08"}\n',
    )

    assert rolled == [{"nominal": "2026-04-05T18:00:00+08:00", "due": "2026-04-03T18:00:00+08:00"}]
    assert declared == [{"nominal": "2026-03-05T17:00:00+08:00", "due": "2026-03-05T17:00:00+08:00"}]
    assert batch.json == {
        "id": 1, "occurrences": [{"nominal": "2026-03-08T00:00:00+08:00", "due": "2026-03-08T00:00:00+08:00"}],
    }  # fmt: skip


def test_a_duty_is_changed_from_a_day_on(clerk: Clerk) -> None:
    """Another hour, with a reason, by an administrator only."""
    words = "duties set b11_morning_meeting --due 10:00 --from 2026-03-03"

    assert clerk.refused(f"{words} --reason 早会提前")["blockers"][0]["code"] == "not_allowed"
    assert clerk.refused(f"{words} --user admin")["blockers"][0]["code"] == "reason_missing"
    clerk.does(f"{words} --reason 早会提前 --user admin")
    clerk.house.clock.set("2026-03-03 08:00")
    assert "10:00" in clerk.does("todo --subject 早会")


def test_numbers_begin_with_the_last(clerk: Clerk) -> None:
    """The last number stands first; one before the book begins was never used."""
    clerk.does("numbers start 出库单 1201 --reason 新本 --user admin")
    clerk.does("numbers void 出库单 1201 --reason 撕破 --user admin")
    clerk.does("numbers void 出库单 1202 --reason 撕破 --user admin")

    def why(number: int) -> tuple[str, str]:
        reason = clerk.refused(f"numbers void 出库单 {number} --reason x --user admin")["blockers"][0]
        return reason["code"], reason["message"]

    assert [row["number"] for row in clerk.reads("numbers 出库单")] == ["0001202", "0001201"]
    assert why(1201)[0] == "number_used"
    assert (why(9)[0], why(9)[1]) == ("number_before", "出库单 从 1201 号开始")


def test_show_says_what_the_linked_cases_are(clerk: Clerk) -> None:
    """Each by its reference, what it is about and where it stands; JSON has the relation too."""
    ref = clerk.house.brought("call_order", "called")

    linked = clerk.reads(f"show {ref} --user sun")["links"]
    lines = clerk.does(f"show {ref} --user sun").partition("相关\n")[2].splitlines()

    assert [(one["relation"], one["title"], one["state_label"]) for one in linked] == [("cars", "车辆 GL8 豪华版 白", "在途")]
    assert lines[0].split() == [linked[0]["ref"], "车辆", "GL8", "豪华版", "白", "在途"]


def test_a_yes_or_no_of_the_settings_is_told_in_words(clerk: Clerk) -> None:
    """In the word that may be typed again."""
    assert clerk.does("settings showroom_holidays").split()[1] == "是"
    assert clerk.does("settings showroom_holidays --lang en").split()[1] == "yes"
    assert clerk.does("settings showroom_holidays 否 --reason 冬天 --user admin").split()[1] == "否"
