"""Settings, people, numbers, calendar, backups, sheets: changing what holds for all, keeping the data. [cli.md 4, 5]"""

import json
import os
from datetime import date
from pathlib import Path

from cuiban import create
from cuiban.demo.marker import Marker
from cuiban.exchange.tables import Column, read_table, write_table
from tests.cli.clerk import Clerk
from tests.cli.shell import Shell
from tests.support.clock import at

MEMBER = ["id", "name", "department", "superior", "roles", "active"]


def test_people_come_and_go(clerk: Clerk) -> None:
    """Added, changed, given roles, gone; by an administrator."""
    admin = {"CUIBAN_USER": "admin"}

    added = json.loads(clerk.does("user add ye 叶青 --department 售后 --superior 周明 --role 服务顾问 --json", **admin))
    assert added == dict(zip(MEMBER, ["ye", "叶青", "售后", "zhou", ["service_advisor"], True], strict=True))
    assert clerk.refused("user add ye 叶青")["exit"] == 1
    assert "叶青" in clerk.does("role grant ye 审计员", **admin)
    assert json.loads(clerk.does("role revoke 叶青 auditor --json", **admin))["roles"] == ["service_advisor"]
    assert clerk.runs("user off ye", **admin).code == 2
    assert json.loads(clerk.does("user off ye -y --json", **admin))["active"] is False
    assert clerk.reads("user whoami")["name"] == "王芳"
    assert {"ye", "wang"} <= {one["id"] for one in clerk.reads("user list")}


def test_the_last_administrator_stays(clerk: Clerk) -> None:
    """There is never none."""
    assert clerk.refused("user off admin -y --user admin")["blockers"][0]["code"] == "last_administrator"


def test_a_setting_is_settled_with_a_reason(clerk: Clerk) -> None:
    """All, one, changed: key, label, value, default, why, since."""
    rows = clerk.reads("settings callback_days")

    assert list(rows[0]) == ["key", "label", "value", "default", "why", "since"]
    assert (rows[0]["value"], rows[0]["since"]) == (3, None)
    assert clerk.refused("settings callback_days 2 --user admin")["blockers"][0]["code"] == "reason_missing"
    assert clerk.reads("settings callback_days 2 --reason 试行 --user admin")[0]["value"] == 2
    assert clerk.reads("settings callback_days")[0]["since"] == "2026-03-02T09:00:00+08:00"
    assert clerk.refused("settings nothing")["exit"] == 3
    assert clerk.refused("settings callback_days many --reason x --user admin")["exit"] == 1


def test_numbers_are_started_and_voided(clerk: Clerk) -> None:
    """A book begins where it is told to; a spoilt number stays, void."""
    assert clerk.reads("numbers") == []
    clerk.does("numbers start outbound_slip 101 --user admin")
    row = clerk.reads("numbers void 出库单 101 --reason 写坏 --user 孙丽")[0]

    assert list(row) == ["book", "number", "state", "ref", "at", "by", "reason"]
    assert (row["number"], row["state"], row["reason"]) == ("0000101", "void", "写坏")
    assert [one["number"] for one in clerk.reads("numbers 出库单")] == ["0000101"]
    assert clerk.refused("numbers nothing")["exit"] == 3
    assert clerk.does("numbers").split()[:3] == ["出库单", "0000101", "作废"]
    assert clerk.does("numbers start controlled_document 7 --user admin --lang en") == "Controlled document begins with 7\n"


def test_a_day_off_moves_open_dues(clerk: Clerk) -> None:
    """calendar set answers with each due that moved."""
    clerk.house.clock.set("2026-03-02 17:00")
    ref = clerk.house.opened("complaint")

    moved = clerk.reads("calendar set 2026-03-03 off --reason 盘点 --user admin")

    assert moved == [{"ref": ref, "old": "2026-03-03T11:30:00+08:00", "new": "2026-03-04T11:30:00+08:00"}]
    assert clerk.reads("calendar days --from 2026-03-03 --to 2026-03-04")[0]["kind"] == "override"
    assert clerk.reads("calendar recompute --user admin") == []


def test_a_year_is_published_from_a_table(clerk: Clerk) -> None:
    """A table of days; a bad cell is named by line and column."""
    (clerk.home / "2027.csv").write_text("day,kind\n2027-01-01,off\n2027-01-02,makeup\n")
    (clerk.home / "bad.csv").write_text("day,kind\n2027-01-01,off\n2027-01-02,maybe\n")

    error = clerk.refused("calendar publish 2027 bad.csv --user admin")

    assert (error["exit"], error["line"], error["column"]) == (5, 3, 2)
    assert clerk.reads("calendar publish 2027 2027.csv --user admin") == []
    days = clerk.reads("calendar days --from 2027-01-01 --to 2027-01-03")
    assert [(day["kind"], day["published"]) for day in days] == [("holiday", True), ("makeup", True)]


def test_a_backup_is_put_back(clerk: Clerk) -> None:
    """What was there when it was made is there again; one question first."""
    ref = clerk.house.opened("complaint")
    kept = clerk.reads("backup kept.db")
    clerk.house.opened("complaint", given={"customer": "何军", "plate": None})
    clerk.house.office.close()

    assert list(kept) == ["file", "sha256", "events"]
    assert clerk.refused("restore kept.db")["exit"] == 2
    assert clerk.refused("restore absent.db -y")["exit"] == 5
    assert clerk.reads("restore kept.db -y")["events"] == kept["events"]
    assert [one["ref"] for one in clerk.reads("list")] == [ref]


def test_only_ordinary_files_are_replaced(clerk: Clerk) -> None:
    """A backup or an answer never takes the place of a pipe, a device, a folder, or of the database that is in use."""
    os.mkfifo(clerk.home / "pipe")
    os.mkfifo(clerk.home / "pipe.csv")
    (clerk.home / "folder").mkdir()
    ref = clerk.house.brought("complaint", "accepted")
    (clerk.home / "scan.pdf").write_bytes(b"scan")
    clerk.does(f"do {ref} attach --attach quick_form=scan.pdf")
    database = clerk.house.url.removeprefix("sqlite:///")

    get = f"show {ref} --get quick_form -o"
    calls = ("backup pipe", "backup folder", f"backup {database}", "list -o pipe.csv", f"{get} pipe", f"{get} {database}")

    codes = [clerk.refused(words)["exit"] for words in calls]

    assert codes == [5, 5, 5, 5, 5, 2]
    assert (clerk.home / "pipe").is_fifo()
    assert (clerk.home / "pipe.csv").is_fifo()


def test_a_list_is_filled_in_and_read_back(clerk: Clerk) -> None:
    """todo -o F.xlsx, an action a row, import todo F.xlsx: good rows go in, bad ones to F.refused.xlsx, exit 5."""
    good = clerk.house.opened("complaint")
    bad = clerk.house.opened("complaint", given={"customer": "何军", "plate": None})
    clerk.does("todo --user li -o list.xlsx")
    heading, *rows = [[str(cell) if cell is not None else "" for cell in row.cells] for row in read_table(clerk.home / "list.xlsx")]
    filled = []
    for row in rows:
        cells = dict(zip(heading, row, strict=False))
        cells["版本"] = "1"
        if cells["编号"] == good:
            cells |= {"动作": "签字承诺", "填写(项目=值; ..)": "promised_at=2026-03-05 10:00"}
        if cells["编号"] == bad:
            cells |= {"动作": "处理完毕"}
        filled.append(cells)
    write_table(clerk.home / "list.xlsx", [Column(name, name) for name in heading], filled)

    unasked = clerk.refused("import todo list.xlsx --user li")
    answer = clerk.runs("import todo list.xlsx --user li -y --json")

    assert unasked["exit"] == 2
    assert answer.code == 5
    assert {key: answer.json[key] for key in ("rows", "accepted", "refused")} == {"rows": 2, "accepted": 1, "refused": 1}
    failed = next(one for one in answer.json["results"] if not one["ok"])
    assert (failed["ref"], list(failed["errors"][0])) == (bad, ["column", "code", "message", "value"])
    assert clerk.house.case(good).state == "accepted"
    refused = [row.cells for row in read_table(clerk.home / "list.refused.xlsx")]
    assert len(refused) == 2
    assert refused[1][0] == bad


def test_a_foreign_table_is_no_list(clerk: Clerk) -> None:
    """A sheet without the columns, a missing file, a text file: 5."""
    write_table(clerk.home / "other.xlsx", [Column("a", "甲")], [{"a": 1}])
    (clerk.home / "text.xlsx").write_text("no zip")

    assert [clerk.refused(f"import todo {name} -y")["exit"] for name in ("other.xlsx", "absent.xlsx", "text.xlsx")] == [5, 5, 5]


def test_a_log_is_imported_once(clerk: Clerk) -> None:
    """What conforms, what deviates; a second time changes nothing; --strict is 7; a broken map is 5."""
    (clerk.home / "log.csv").write_text(
        "case,what,when\nA,new,2026-02-25T09:00:00+08:00\nA,sort,2026-02-25T10:00:00+08:00\nB,sort,2026-02-25T10:00:00+08:00\n"
        "B,odd,2026-02-25T11:00:00+08:00\n"
    )
    (clerk.home / "map.toml").write_text(
        '[log]\ncase = "case"\nactivity = "what"\ntimestamp = "when"\n[activities]\nnew = "open"\nsort = ["open", "classify"]\n'
    )
    words = "import-log log.csv --process 异常 --map map.toml --user wu"

    first, second = clerk.reads(words), clerk.reads(words)

    wanted = ["cases", "events", "conforming_cases", "conforming_events", "deviations"]
    assert [key for key in first if key in wanted] == wanted
    assert (first["cases"], first["events"]) == (2, 4)
    assert second == first
    assert len(clerk.reads("list --any --process 异常")) == 2
    assert list(first["deviations"][0])[:4] == ["code", "activity", "state", "count"]
    assert clerk.runs(f"{words} --strict").code == 7
    assert clerk.refused("import-log log.csv --process 异常 --map absent.toml")["exit"] == 5
    assert clerk.refused("import-log log.csv --process 异常")["exit"] == 2


def test_a_worker_makes_a_round(clerk: Clerk) -> None:
    """A line a round; a second round finds nothing."""
    first, second = clerk.reads("worker --once"), clerk.reads("worker --once")

    assert list(first) == ["at", "opened", "notified"]
    assert first["opened"] > 0
    assert second["opened"] == 0


def test_the_doctor_looks_around(clerk: Clerk) -> None:
    """Every check with its state and what to do; 7 if anything is unsafe, also where there is no database."""
    answer = clerk.runs("doctor --json")
    absent = clerk.runs("doctor --json", CUIBAN_DATABASE_URL=f"sqlite:///{clerk.home / 'absent.db'}")

    assert all(list(one) == ["check", "ok", "message", "fix"] for one in answer.json)
    assert answer.code == (0 if all(one["ok"] for one in answer.json) else 7)
    assert (absent.code, absent.json[0]["check"]) == (7, "database")


def test_a_database_is_founded(shell: Shell) -> None:
    """init says what it did, once; a sandbox alone may have its clock set; upgrade finds nothing to do."""
    real = shell.runs("init", "--dealership", "安庆", "--admin", "chen", "--json")
    made = shell.runs("init", "--dealership", "安庆", "--admin", "chen", "--sandbox", "--json").json
    again = shell.runs("init", "--dealership", "安庆", "--admin", "chen", "--sandbox", "--json").json
    upgraded = shell.runs("upgrade", "--json").json

    assert (real.code, real.error["blockers"][0]["code"]) == (1, "clock_set")
    assert list(made) == ["database", "schema", "created"]
    assert (made["created"], again["created"]) == (True, False)
    assert upgraded == {"from": made["schema"], "to": made["schema"], "backup": None}
    assert shell.runs("todo", "--user", "chen").code == 0
    assert Path(shell.home, ".local/share/cuiban/cuiban.db").exists()


def test_a_demo_is_replaced_after_a_yes(shell: Shell) -> None:
    """init over a demo asks; without a terminal nothing is done, with -y the demo is gone."""
    url = f"sqlite:///{shell.home / 'demo.db'}"
    now, marker = at("2026-03-11 08:40"), Marker("old", 7, 6, date(2026, 3, 11)).text
    create(url, dealership="演示", admin="old", sandbox=True, demo=marker, now=now)
    words = ("init", "--db", url, "--dealership", "安庆", "--admin", "chen", "--sandbox", "--json")

    whose = shell.runs("user", "whoami", "--db", url, "--json").json["id"]
    unasked = shell.runs(*words)
    replaced = shell.runs(*words, "-y")

    assert whose == "old"
    assert (unasked.code, unasked.error["code"]) == (2, "usage")
    assert replaced.json["created"] is True
    assert [one["id"] for one in shell.runs("user", "list", "--db", url, "--json").json] == ["chen"]


def test_reading_settings_writes_nothing(clerk: Clerk) -> None:
    """Under a set clock settings are read, also in real data; changing one is refused."""
    assert clerk.runs("settings", CUIBAN_NOW="2026-04-01T08:00:00+08:00").code == 0
    assert clerk.runs("settings callback_days 2 --reason x --user admin", CUIBAN_NOW="2026-04-01T08:00:00+08:00").code == 1


def test_a_backup_in_a_folder_that_is_not_there(clerk: Clerk) -> None:
    """The folder is told, not the database."""
    answer = clerk.runs("backup nowhere/monday.db")

    assert answer.code == 5
    assert "nowhere" in answer.err


def test_nothing_is_owed_from_before_the_founding(shell: Shell) -> None:
    """A house that begins after hours owes nothing of that day, and nothing that was due the midnight before."""
    evening = {"CUIBAN_NOW": "2026-09-30T18:10:00+08:00", "CUIBAN_USER": "xu"}
    shell.runs("init", "--dealership", "安庆", "--admin", "xu", "--sandbox", **evening)
    shell.runs("role", "grant", "xu", "sales_clerk", **evening)

    items = shell.runs("todo", "--json", **evening).json

    assert "2026-10-08T18:00:00+08:00" in {one["due"] for one in items}
    assert min(one["due"] for one in items) == "2026-10-01T00:00:00+08:00"
