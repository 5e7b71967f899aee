"""Once under a key, nothing of what has ended, and files whose bad rows come back: registers by clumsy hands. [cli.md 1, 5]"""

from collections.abc import Callable
from pathlib import Path

import pytest

from cuiban.engine.labels import L
from cuiban.errors import DatabaseTrouble, Refused
from cuiban.exchange.tables import read_table
from cuiban.registers import importing
from cuiban.registers.importing import CHUNK
from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.registers.test_files import SUN, book, taken
from tests.support.house import House
from tests.support.vins import vin

SUN_LI = {"name": "孙丽", "phone": "13800138000"}


def met(wish: object) -> list[str]:
    """The codes with which something is refused."""
    with pytest.raises(Refused) as refused:
        wish()  # type: ignore[operator]
    return [one.code for one in refused.value.blockers]


def test_the_same_key_enters_once(house: House) -> None:
    """add, set and end: again under their key they say what was done, and do nothing; anything else under it is refused."""
    office, who = house.office, {"actor": "wang", "now": house.now}
    first = office.register_add("customer", SUN_LI, key="K1", **who)  # type: ignore[arg-type]
    office.register_set("customer", first.id, {"name": "孙丽丽"}, key="K2", **who)  # type: ignore[arg-type]
    before = house.rows()

    again = office.register_add("customer", SUN_LI, key="K1", **who)  # type: ignore[arg-type]
    same = office.register_set("customer", first.id, {"name": "孙丽丽"}, key="K2", **who)  # type: ignore[arg-type]

    assert (again.id, again.action, same.action) == (first.id, "add", "set")
    assert house.rows() == before
    other = {**SUN_LI, "phone": "13900139000"}
    assert met(lambda: office.register_add("customer", other, key="K1", **who)) == ["key_reused"]  # type: ignore[arg-type]
    ended = [office.register_end("customer", first.id, key="K3", reason="搬走", **who) for _ in range(2)]  # type: ignore[arg-type]
    assert [(row.ended, row.action) for row in ended] == [(True, "end"), (True, "end")]


def test_a_file_is_taken_in_once_under_a_key(house: House, tmp_path: Path) -> None:
    """The same key and file: the first answer, whatever became of its rows since; another file is refused. [cli.md 1]"""
    path = book(
        tmp_path / "kunden.xlsx",
        [["旧客", "13800138009", "私人", "否", None, None], SUN, ["何军", "139", "单位", "否", None, None]],
    )
    added(house, "customer", {"name": "旧客", "phone": "13800138009", "kind": "private", "club": False})
    first = taken(house, path, key="K")
    house.office.register_set("customer", "KH-000002", {"name": "孙丽丽"}, actor="wang", now=house.now)
    before = house.rows()

    again = taken(house, path, key="K")

    assert again.results == first.results
    assert [(one.action, one.ok) for one in again.results] == [("none", True), ("add", True), ("none", False)]
    assert (again.refused, again.results[2].errors[0].value) == (first.refused, "139")
    assert house.rows() == before
    with house.raw() as raw:
        assert not raw.all("SELECT answer FROM keys WHERE answer LIKE '%138001%'")
    assert house.office.register_get("customer", "KH-000002", actor="wang", now=house.now).fields["name"] == "孙丽丽"
    other = book(tmp_path / "other.xlsx", [SUN])
    assert met(lambda: taken(house, other, key="K")) == ["key_reused"]
    assert met(lambda: house.office.register_add("customer", SUN_LI, actor="wang", now=house.now, key="K")) == ["key_reused"]


def filling(house: House, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Let the second transaction meet a full disk; how transactions ran before."""
    transact: Callable[..., object] = house.office.store.transact
    calls: list[object] = []

    def failing(work: object) -> object:
        calls.append(work)
        if len(calls) == 2:
            raise DatabaseTrouble("full", L("磁盘已满, 没有写入", "the disk is full; nothing was written"))
        return transact(work)

    monkeypatch.setattr(house.office.store, "transact", failing)
    return transact


def test_an_import_that_was_killed_goes_on_under_its_key(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first rows are in; the rest follow, once; then the answer is the same for good."""
    monkeypatch.setattr(importing, "CHUNK", 2)
    rows = [[f"客{n}", f"1380013{n:04}", "私人", "否", None, None] for n in range(5)]
    path = book(tmp_path / "k.xlsx", rows)
    transact = filling(house, monkeypatch)
    with pytest.raises(DatabaseTrouble):
        taken(house, path, key="K")
    monkeypatch.setattr(house.office.store, "transact", transact)

    second = [one.action for one in taken(house, path, key="K").results]
    assert second == ["none", "none", "add", "add", "add"]
    assert [one.action for one in taken(house, path, key="K").results] == second
    with house.raw() as raw:
        assert raw.count("keys") == 1


def test_who_is_ready_later_gives_the_first_answer(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two read the same file under the same key at once: neither's answer is put in the place of what was kept."""
    monkeypatch.setattr(importing, "CHUNK", 2)
    rows = [[f"客{n}", f"1380013{n:04}", "私人", "否", None, None] for n in range(4)]
    path = book(tmp_path / "k.xlsx", [*rows, ["何军", "139", "单位", "否", None, None]])
    answers: list[importing.Imported] = []

    def meanwhile(count: int) -> None:
        if count == 2:
            answers.append(taken(house, path, key="K"))

    late = taken(house, path, key="K", progress=meanwhile)

    (first,) = answers
    assert [one.action for one in first.results] == ["none", "none", "add", "add", "none"]
    assert (late.results, late.refused) == (first.results, first.refused)
    assert taken(house, path, key="K").results == first.results


def test_a_file_that_changes_nothing_and_a_dry_run_keep_no_key(clerk: Clerk) -> None:
    """There is nothing on which it could stand: again it says the same anyway."""
    book(clerk.home / "kunden.xlsx", [SUN])
    assert clerk.runs("import customer kunden.xlsx -y --key A --dry-run").code == 0
    assert clerk.reads("register list customer") == []
    assert clerk.runs("import customer kunden.xlsx -y").code == 0

    for _ in range(2):
        told = clerk.runs("import customer kunden.xlsx -y --key A --json")
        assert (told.code, told.json["accepted"], told.json["results"][0]["action"]) == (0, 1, "none")
    with clerk.house.raw() as raw:
        assert raw.count("keys") == 0


def test_what_has_ended_is_neither_changed_nor_referred_to(house: House, tmp_path: Path) -> None:
    """By hand: an ended customer gets no new car, and no new name, until entered again; a file may tell of earlier days."""
    row = added(house, "customer", dict(SUN_LI))
    house.office.register_end("customer", row.id, actor="wang", reason="搬走", now=house.now)
    car = {"vin": vin(1), "model": "M6", "customer": "13800138000"}

    changes = met(lambda: house.office.register_set("customer", row.id, {"name": "孙"}, actor="wang", now=house.now))
    refers = met(lambda: added(house, "vehicle", car))
    added(house, "customer", dict(SUN_LI))

    assert changes == ["row_ended"]
    assert refers == ["refers_ended"]
    assert added(house, "vehicle", car).fields["customer"] == row.id


def test_what_was_refused_comes_back_and_is_read_again(clerk: Clerk) -> None:
    """Put right in the file that came back; one that lies there already is left alone."""
    kept = clerk.home / "kunden.refused.xlsx"
    kept.write_bytes(b"mine")
    book(clerk.home / "kunden.xlsx", [SUN, ["何军", "139", "单位", "否", None, None]])

    assert clerk.runs("import customer kunden.xlsx -y").code == 5
    assert kept.read_bytes() == b"mine"
    back = clerk.home / "kunden.refused-2.xlsx"
    _, row = list(read_table(back))
    assert row.cells[1] == "139"
    again = clerk.runs("import customer kunden.refused-2.xlsx -y --json")
    assert (again.code, again.json["rows"], again.json["refused"]) == (5, 1, 1)


def test_a_place_for_refused_rows_is_proved_first(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they could not be written, no row goes in."""
    book(clerk.home / "kunden.xlsx", [SUN])
    monkeypatch.setattr("tempfile.mkdtemp", _full)

    assert clerk.runs("import customer kunden.xlsx -y").code == 5

    monkeypatch.undo()
    assert clerk.reads("register list customer") == []


def _full(*_: object, **__: object) -> str:
    raise OSError(28, "No space left on device")


def test_a_disk_that_fills_says_what_is_in(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first chunk the database fails: how many rows are in, and that the same file may be read again."""
    monkeypatch.setattr(importing, "CHUNK", 2)
    rows = [[f"客{n}", f"1380013{n:04}", "私人", "否", None, None] for n in range(5)]
    path = book(tmp_path / "k.xlsx", rows)
    filling(house, monkeypatch)
    with pytest.raises(DatabaseTrouble) as trouble:
        taken(house, path)
    monkeypatch.undo()

    assert trouble.value.code == "full"
    assert "2 rows before it are in" in trouble.value.message.en
    assert "from line 4 on" in trouble.value.message.en
    assert [r.action for r in taken(house, path).results] == ["none", "none", "add", "add", "add"]
    assert CHUNK > 2
