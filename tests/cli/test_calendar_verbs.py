"""cuiban calendar and duties occurrences without a database: the contract's sample to the letter, batches, refusals. [cli.md 4]"""

import json
from pathlib import Path

from tests.cli.clerk import Clerk
from tests.cli.shell import Shell

DUE = ("calendar", "due", "--start", "2026-02-13T18:10:00+08:00", "--amount", "2", "--unit", "wd")


def test_the_sample_of_the_contract(shell: Shell) -> None:
    """2 working days from the eve of the Spring Festival, as the contract prints them."""
    answer = shell.runs(*DUE)

    assert answer.code == 0
    assert answer.err == ""
    assert answer.out == (
        "到期 2026-02-25 周三 08:30\n"
        "  02-13 18:10  下班后, 自 02-14 周六(调休上班) 08:30 起算\n"
        "  02-24 08:30  第1个工作日 (02-15 至 02-23 春节)\n"
        "  02-25 08:30  第2个工作日\n"
    )


def test_the_sample_in_english(shell: Shell) -> None:
    """The same words in English, by --lang before or after the verb, CUIBAN_LANG, or locale."""
    asked = [
        shell.runs("--lang", "en", *DUE), shell.runs(*DUE, "--lang=en"), shell.runs(*DUE, CUIBAN_LANG="en"),
        shell.runs(*DUE, LANG="en_GB.UTF-8"), shell.runs(*DUE, LC_ALL="en_US.UTF-8"),
    ]  # fmt: skip

    assert {answer.out for answer in asked} == {
        "due Wed 2026-02-25 08:30\n"
        "  02-13 18:10  after hours, counting from Sat 02-14 (make-up day) 08:30\n"
        "  02-24 08:30  working day 1 (02-15 to 02-23 Spring Festival)\n"
        "  02-25 08:30  working day 2\n"
    }


def test_the_sample_as_json(shell: Shell) -> None:
    """The steps leave no gap; instants carry the calendar's offset and seconds."""
    answer = shell.runs(*DUE, "--json").json

    assert list(answer) == ["due", "provisional", "steps"]
    assert (answer["due"], answer["provisional"]) == ("2026-02-25T08:30:00+08:00", False)
    assert [list(step) for step in answer["steps"]] == [["kind", "from", "to", "n", "reason"]] * 3
    assert [(step["kind"], step["from"], step["to"], step["n"]) for step in answer["steps"]] == [
        ("skip", "2026-02-13T18:10:00+08:00", "2026-02-14T08:30:00+08:00", 0),
        ("count", "2026-02-14T08:30:00+08:00", "2026-02-24T08:30:00+08:00", 1),
        ("count", "2026-02-24T08:30:00+08:00", "2026-02-25T08:30:00+08:00", 2),
    ]


def test_a_pause_that_lasts_has_no_due(shell: Shell) -> None:
    """FROM/ is a pause without end: due null."""
    paused = shell.runs(*DUE, "--pause", "2026-02-24T09:00:00+08:00/", "--json")
    ended = shell.runs(*DUE, "--pause", "2026-02-24T08:00+08:00/2026-02-24T10:30+08:00", "--json")

    assert paused.json["due"] is None
    assert ended.json["due"] == "2026-02-25T10:30:00+08:00"


def test_a_start_without_offset_is_in_the_calendars_zone(shell: Shell) -> None:
    """`--calendar` gives zone and hours; the answer is in its offset."""
    berlin = {"tz": "Europe/Berlin", "weekly": {"mon": [["08:00", "17:00"]]}}
    (shell.home / "berlin.json").write_text(json.dumps(berlin))

    answer = shell.runs("calendar", "due", "--start", "2026-03-09T10:00", "--amount", "3", "--unit", "h",
                        "--calendar", "berlin.json", "--json")  # fmt: skip

    assert answer.json["due"] == "2026-03-09T13:00:00+01:00"


def test_a_batch_answers_line_by_line(shell: Shell) -> None:
    """Answers come in order; a bad line is answered by its error, the rest go on, exit 5."""
    lines = [
        {"id": 1, "start": "2026-03-11T08:30:00", "unit": "wh", "amount": 3.5},
        {"id": "x", "start": "2026-03-11", "unit": "wx", "amount": 1},
        {"id": "w", "start": "2026-03-11T08:30:00", "end": "2026-03-12T08:30:00"},
    ]
    text = "\n".join(map(json.dumps, lines))

    answer = shell.runs("calendar", "due", "--batch", "-", stdin=text)
    answers = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.code == 5
    assert answers[0] == {"id": 1, "due": "2026-03-11T12:00:00+08:00", "provisional": False}
    assert (answers[1]["id"], answers[1]["error"]["code"], sorted(answers[1]["error"])) == (
        "x",
        "bad_input",
        ["code", "message"],
    )
    assert answers[2] == {"id": "w", "seconds": 28800}


def test_a_batch_reads_gb18030_and_survives_bytes(shell: Shell) -> None:
    """Input is UTF-8 or GB18030; a line that is neither is a bad line."""
    good = '{"id": "催", "start": "2026-03-11T08:30:00", "unit": "h", "amount": 1}'
    (shell.home / "f.jsonl").write_bytes(good.encode("gb18030") + b"\n\xff\xff\n" + good.encode() + b"\n")

    answer = shell.runs("calendar", "due", "--batch", "f.jsonl")
    answers = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.code == 5
    assert [one["id"] for one in answers] == ["催", None, "催"]


def test_wrong_words_are_usage_errors(shell: Shell) -> None:
    """An unreadable time, a foreign unit, no number: exit 2, one line of JSON, stdout empty."""
    calls = [
        ("calendar", "due", "--start", "3/11", "--amount", "1", "--unit", "wd"),
        ("calendar", "due", "--start", "2026-03-11", "--amount", "1", "--unit", "weeks"),
        ("calendar", "due", "--start", "2026-03-11", "--amount", "some", "--unit", "wd"),
        ("calendar", "due", "--start", "2026-03-11"),
        ("calendar", "due", "--wrong"),
        ("calendar", "due", "--amount"),
        ("calendar", "due", "more"),
        ("calendar", "days", "--month", "2026-13"),
        ("calendar", "days", "--from", "2026-03-01"),
        ("calendar", "nothing"),
        ("calendar",),
    ]
    answers = [shell.runs(*words, "--json") for words in calls]

    assert [answer.code for answer in answers] == [2] * len(calls)
    assert {answer.error["code"] for answer in answers} == {"usage"}


def test_data_that_gives_no_due_is_bad_input(shell: Shell) -> None:
    """No working time in ten years, a broken calendar, a missing file: exit 5."""
    (shell.home / "never.json").write_text('{"tz": "Asia/Shanghai", "weekly": {}}')
    (shell.home / "broken.json").write_text("{")
    answers = [shell.runs(*DUE, "--calendar", name, "--json") for name in ("never.json", "broken.json", "absent.json", ".")]

    assert [answer.code for answer in answers] == [5] * 4
    assert {answer.error["code"] for answer in answers} == {"bad_input"}


def test_days_say_what_they_are(shell: Shell) -> None:
    """Workday, make-up day, weekend, holiday with its name and hours."""
    days = shell.runs("calendar", "days", "--from", "2026-02-13", "--to", "2026-02-16", "--json").json

    assert [list(day) for day in days] == [["date", "weekday", "kind", "name", "intervals", "published"]] * 3
    assert days[1] == {
        "date": "2026-02-14", "weekday": "sat", "kind": "makeup", "name": "春节",
        "intervals": [["08:30", "12:00"], ["13:30", "18:00"]], "published": True,
    }  # fmt: skip
    assert [day["kind"] for day in days] == ["workday", "makeup", "holiday"]


def test_a_month_is_a_table_for_people(shell: Shell) -> None:
    """A line a day, columns aligned."""
    lines = shell.runs("calendar", "days", "--month", "2026-02").out.splitlines()

    assert len(lines) == 28
    assert lines[13] == "2026-02-14  周六  调休上班  08:30-12:00 13:30-18:00  春节"


def test_csv_and_files_hold_the_same_rows(shell: Shell) -> None:
    """--csv to a pipe, -o F.csv with BOM, F.json, F.xlsx: the same rows; the answer says how many."""
    words = ("calendar", "days", "--month", "2026-02")
    piped = shell.runs(*words, "--csv").out.splitlines()
    said = [shell.runs(*words, "-o", name, "--json").json for name in ("d.csv", "d.json", "d.xlsx")]
    filed = (shell.home / "d.csv").read_bytes()

    assert said == [{"file": name, "rows": 28} for name in ("d.csv", "d.json", "d.xlsx")]
    assert piped[0] == "date,weekday,kind,name,intervals,published"
    assert filed.startswith(b"\xef\xbb\xbf")
    assert filed.decode("utf-8-sig").splitlines() == piped
    assert len(json.loads((shell.home / "d.json").read_text("utf-8"))) == 28
    assert (shell.home / "d.xlsx").stat().st_size > 1000


def test_a_file_that_cannot_be_written_is_said(shell: Shell) -> None:
    """A wrong ending is usage, an absent folder bad input; nothing is left behind."""
    words = ("calendar", "days", "--month", "2026-02", "--json", "-o")

    assert shell.runs(*words, "days.pdf").code == 2
    assert shell.runs(*words, "absent/days.csv").code == 5
    assert list(Path(shell.home).iterdir()) == []


def test_a_range_says_that_its_end_is_not_included(clerk: Clerk) -> None:
    """From a day to the same day is nothing, and why is said; the wrong way round is refused; help lists the options."""
    same = clerk.runs("duties --from 2026-03-02 --to 2026-03-02")

    assert (same.code, same.out) == (0, "这段时间没有例行事项\n")
    assert same.err == "--to 那天不算在内: 2026-03-02 一天写 --to 2026-03-03\n"
    assert clerk.refused("duties --from 2026-03-03 --to 2026-03-02")["exit"] == 2
    assert "--duty ID" in clerk.does("duties -h")
    assert "\n  --month 2026-03  " in clerk.does("duties -h")
