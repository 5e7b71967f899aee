"""Bad input, to the Python face and to the command line: one sentence, a documented exit code, nothing half-written. [R9]

Quick: 300 calls of each; full: 100,000, in forty dealerships, since every row is compared after every call.
"""

import random
import shlex
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cuiban.errors import CuibanError
from cuiban.office.views import Filters
from tests.cli.clerk import Clerk
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.vins import vin
from tests.support.ways import WAYS
from tests.torture.nasty import Nasty

CALLS, HOUSES = 2_500, 40  # full size
EXITS = {0, 1, 2, 3, 4, 5, 6, 7, 130}
LONGEST = 5.0  # seconds
Call = tuple[str, dict[str, Any]]
Kinds = dict[str, Callable[[], Any]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a full run forty dealerships of each kind."""
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", range(HOUSES if metafunc.config.getoption("full") else 1))


def lived(house: House) -> list[str]:
    """A house with cases of every kind in it; their references."""
    house.brought("vehicle", "stock", given={"vin": vin(2)})
    refs = [house.opened(process) for process in ("complaint", "incident", "callback", "call_order", "delivery")]
    refs += [house.brought("complaint", "resolved"), house.brought("complaint", "satisfied"), house.brought("vehicle", "stock")]
    refs.append(house.brought("delivery", "allocated", given={"contract_number": "HT9"}))
    house.office.catch_up(house.now)
    return refs


# the Python face --------------------------------------------------------------------------------------------------------


def calls(house: House, refs: list[str], nasty: Nasty) -> list[Callable[[], Call]]:
    """Makers of calls: each gives a method with arguments that are nearly right."""
    dice, now = nasty.dice, house.now
    actions = [
        "accept",
        "resolve",
        "confirm",
        "refuse",
        "cancel",
        "note",
        "attach",
        "cc",
        "correct",
        "waive",
        "withdraw",
        "allocate",
        "invoice",
        "send_out",
        "stock_in",
        "submit",
        "sign",
        "record",
        "complain",
        "classify",
        "recompute",
        "adopt",
        "open",
    ]
    text, people = nasty.text, ("wang", "li", "sun", "he", "admin", "qian", "wu", "某某")

    def fields(process: str) -> dict[str, Any]:
        usual = sorted(WAYS[process].fields.items())
        known = sorted({*WAYS[process].fields, "promised_at", "remedy", "checked", "lines", "vin", "called", "to"})
        some = {name: nasty.value() for name in dice.sample(known, dice.randint(0, 3))}
        odd = {text(): nasty.value()} if dice.random() < 0.1 else {}
        return {**dict(dice.sample(usual, dice.randint(0, min(4, len(usual))))), **some, **odd}

    def ref() -> str:
        return text() if dice.random() < 0.2 else dice.choice(refs)

    said: Kinds = {"actor": text, "reason": text, "note": text, "key": text, "via": text}
    entered: Kinds = {**said, "at": nasty.instant, "now": nasty.instant, "papers": nasty.papers}

    def opens() -> Call:
        process = dice.choice(sorted(WAYS))
        given = {**WAYS[process].fields, **fields(process)}
        usual = {"process": process, "actor": WAYS[process].by, "fields": given, "now": now}
        return "open", nasty.spoilt(usual, {**entered, "process": text, "assignee": text, "fields": lambda: fields(process)})

    def fires() -> Call:
        usual = {"ref": ref(), "action": dice.choice(actions), "actor": dice.choice(people), "now": now}
        usual["fields"] = fields(dice.choice(sorted(WAYS)))
        more: Kinds = {"action": text, "for_": text, "if_version": nasty.integer, "override": lambda: True, "dry_run": lambda: True}
        return "fire", nasty.spoilt(usual, {**entered, **more})

    def holds() -> Call:
        name = dice.choice(("claim", "release", "chase", "assign"))
        usual: dict[str, Any] = {"ref": ref(), "actor": dice.choice(people), "now": now}
        kinds: Kinds = {"actor": text, "key": text, "ref": text}
        if name == "assign":
            usual["person"], kinds["person"] = dice.choice(people), text
        return name, nasty.spoilt(usual, kinds)

    def reads() -> Call:
        filters = Filters(process=text(), subject=text(), person=text(), since=at("2026-03-01 00:00"))
        calls: list[Call] = [
            ("show", {"ref": ref(), "actor": text(), "now": now}),
            ("why", {"ref": ref(), "actor": text(), "now": now}),
            ("can", {"ref": ref(), "actor": text(), "now": now}),
            ("document", {"ref": ref(), "kind": text(), "actor": "wang", "now": now}),
            ("todo", {"actor": text(), "now": now, "filters": filters}),
            ("cases", {"text": text(), "closed": None, "now": now, "filters": filters}),
            ("stuck", {"by": text(), "over": text(), "now": now}),
            ("stuck", {"by": "state", "over": dice.choice(("0%", "99%", "100%", "0wd", "999wd", "-1wd")), "now": now}),
            ("history", {"ref": ref()}),
            ("history", {"by": text(), "filters": filters}),
            ("replay", {"ref": ref()}),
            ("find_case", {"text": text()}),
            ("person", {"text": text()}),
            ("numbers", {"book": text()}),
            ("program", {"name": text()}),
            ("duties", {"frm": nasty.day(), "to": nasty.day(), "duty": text(), "now": now}),
        ]
        return dice.choice(calls)

    person: Kinds = {"id": text, "name": text, "department": text, "superior": text}
    absence: Kinds = {"person": text, "since": nasty.instant, "until": nasty.instant, "substitute": text}
    settling: list[tuple[str, dict[str, Any], Kinds]] = [
        ("user_add", {"id": f"u{dice.randrange(10**9)}", "name": "某"}, person),
        ("user_set", {"id": "ren", "name": "任"}, person),
        ("role_grant", {"id": "ren", "role": "finance"}, {"id": text, "role": text}),
        ("role_revoke", {"id": "ren", "role": "finance"}, {"id": text, "role": text}),
        ("absence_add", {"person": "tao", "since": now, "until": now + timedelta(days=2)}, absence),
        ("absence_end", {"id": 1}, {"id": nasty.integer}),
        ("calendar_set", {"day": date(2026, 4, 1), "windows": []}, {"day": nasty.day, "windows": lambda: [[text(), text()]]}),
        ("calendar_publish", {"year": 2027, "days": {}}, {"year": nasty.integer, "days": lambda: {text(): text()}}),
        ("duty_set", {"id": "b13_arrivals", "due": "17:00"}, {"id": text, "due": text, "doer": text, "start": nasty.day}),
        ("setting", {"name": "late_days", "value": 7}, {"name": text, "value": nasty.value}),
        ("number_start", {"book": "outbound_slip", "number": 5}, {"book": text, "number": nasty.integer}),
        ("number_void", {"book": "outbound_slip", "number": 1}, {"book": text, "number": nasty.integer}),
    ]

    def settles() -> Call:
        name, given, kinds = dice.choice(settling)
        return name, nasty.spoilt({"actor": ADMIN, "now": now, "reason": "x", **given}, {**kinds, "actor": text, "reason": text})

    return [opens, fires, fires, fires, holds, reads, reads, settles, settles]


def one_sentence(error: CuibanError) -> None:
    """A refusal as people can read it."""
    assert error.exit in EXITS - {0}
    assert error.code
    assert error.code.isascii()
    for message in (error.message, *(blocker.message for blocker in getattr(error, "blockers", ()))):
        for said in (message.zh, message.en):
            assert said
            assert len(said) < 2000, said[:200]
            assert "Traceback" not in said
            assert "Error(" not in said


@pytest.mark.usefixtures("part")
def test_the_python_face(house: House, dice: random.Random, full: bool) -> None:
    """Whatever is given: done, or refused in a sentence; a refusal leaves every row; in the end everything still works."""
    refs = lived(house)
    nasty = Nasty(dice)
    before = house.rows()
    for number in range(CALLS if full else 300):
        makers = calls(house, refs, nasty)
        method, arguments = dice.choice(makers)()
        begun = time.perf_counter()
        try:
            answer = getattr(house.office, method)(**arguments)
        except CuibanError as error:
            one_sentence(error)
            assert house.rows() == before, (method, arguments)
        except Exception as error:
            raise AssertionError(f"call {number}: {method} {arguments!r:.2000}") from error
        else:
            before = house.rows()
            if method == "open":
                refs.append(answer.ref)
        assert time.perf_counter() - begun < LONGEST, (method, arguments)
        if number % 100 == 99:
            house.office.catch_up(house.clock.forward(hours=1))
            before = house.rows()
            for reader in ("wang", "li", "sun", ADMIN, None):
                house.office.todo(actor=reader, now=house.now)
            house.office.stuck(now=house.now)
    house.assert_sound()


# the command line --------------------------------------------------------------------------------------------------------

LINES = """
todo
todo --all --overdue
todo --process complaint --limit 3
todo --since 昨天
open complaint 赵敏 --set topic=异响
open 投诉 --set customer=赵敏 --set topic=x --set responsible=li
open incident --set what=x --set description=y --note n
do {ref} accept --set promised_at=2026-03-03T10:00
do {ref} 签字承诺 --at -1d --reason r
do {ref} note --note 好
do {ref} {ref} note --note 好
do 1 note --note x
do {ref} correct --set topic=y --reason r
do {ref} withdraw
do {ref} accept --dry-run --if-version 1
do {ref} note --note x --key k
chase {ref}
claim {ref}
release {ref}
assign {ref} li
absence add li 2026-03-03 2026-03-05 --substitute tao
absence list
absence end 1
show {ref}
show {ref} --reveal
show {ref} --get quick_form -o x.pdf
why {ref}
why {ref} accept
stuck
stuck --by owner --over 3wd
list
list 赵敏 --any
list --closed --since 2026-03-01
history
history {ref}
history --by me
replay {ref}
replay --all
diagram complaint
diagram complaint --format mermaid --counts
check complaint
calendar due --start 2026-03-02T09:00 --amount 3 --unit wd
calendar days --month 2026-03
calendar set 2026-04-01 off --reason r --user admin
duties --month 2026-03
duties set b13_arrivals --off --reason r --user admin
duties occurrences --rrule FREQ=DAILY --time 09:00 --from 2026-03-01 --to 2026-03-05
user list
user add x 某 --user admin
user whoami
role grant li finance --user admin
settings
settings late_days 5 --reason r --user admin
numbers
numbers outbound_slip
numbers void outbound_slip 1 --reason r
doctor
completion bash
import todo x.xlsx
import-log x.csv --process incident --map m.toml
backup b.db -y
init --dealership 安庆
nonsense
--help
待办
为何 {ref}
""".strip().splitlines()


@pytest.fixture
def clerk(sqlite_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Give a clerk whose folder holds files that are not what they are called."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name, content in (("x.xlsx", b"PK\x03\x04no"), ("x.csv", b"a,b\n\xff\xfe"), ("m.toml", b"[log]\ncase="), ("x.pdf", b"")):
        (home / name).write_bytes(content)
    return Clerk(sqlite_house, home)


def typed(dice: random.Random, nasty: Nasty, refs: list[str]) -> list[str]:
    """A line that is nearly right: words are replaced, left out, doubled, put in."""
    words = dice.choice(LINES).format(ref=dice.choice(refs)).split()
    for _ in range(dice.randint(0, 3)):
        place = dice.randrange(len(words) + 1)
        how = dice.randrange(4)
        word = nasty.text().replace("\x00", "")
        if how == 0 or not words:
            words.insert(place, word)
        elif how == 1:
            words.pop(min(place, len(words) - 1))
        elif how == 2:
            words[min(place, len(words) - 1)] = word
        else:
            old = words[min(place, len(words) - 1)]
            words[min(place, len(words) - 1)] = old.partition("=")[0] + "=" + word if "=" in old else old + word
    return words


@pytest.mark.usefixtures("part")
def test_the_command_line(clerk: Clerk, dice: random.Random, full: bool) -> None:
    """Whatever is typed: an answer, or a sentence with a documented exit; never a trace, never an error that nobody expected."""
    house, nasty = clerk.house, Nasty(dice)
    refs = lived(house)
    for number in range(CALLS if full else 300):
        words = typed(dice, nasty, refs)
        if "worker" in words:
            continue  # it works until it is told to stop
        begun, before = time.perf_counter(), house.rows()
        answer = clerk.runs(shlex.join([*words, *(["--json"] if number % 2 else [])]))
        said = answer.out + answer.err
        assert answer.code in EXITS, (words, said)
        assert "Traceback" not in said, (words, said)
        assert "程序出错" not in said, (words, said)
        assert time.perf_counter() - begun < LONGEST, words
        if answer.code:
            assert said.strip(), words
        if answer.code in (2, 3, 6):
            assert house.rows() == before, (words, said)
    house.assert_sound()
