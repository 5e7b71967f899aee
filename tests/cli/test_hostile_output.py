"""An answer that cannot be written: known before anything is done. [cli.md 1, Output]"""

from pathlib import Path

import pytest

from tests.cli.clerk import Clerk
from tests.cli.shell import Shell


@pytest.mark.parametrize(("target", "exit"), [("answer.txt", 2), ("answer", 2), ("nowhere/answer.json", 5), ("folder.json", 5)])
def test_nothing_is_done_where_the_answer_cannot_be_written(clerk: Clerk, target: str, exit: int) -> None:
    """Whoever reads that the file cannot be written would do the step again."""
    ref = clerk.house.opened("complaint")
    (clerk.home / "folder.json").mkdir()
    before = clerk.house.office.size()

    assert clerk.refused(f"do {ref} note --note 问过了 -o {target}")["exit"] == exit
    assert clerk.refused(f"user add qian 钱 --user li -o {target}")["exit"] == exit
    assert clerk.house.office.size() == before


def test_the_proof_leaves_no_trace(clerk: Clerk) -> None:
    """A step that is refused neither makes nor touches the file of its answer."""
    (clerk.home / "old.json").write_text("old")

    assert clerk.refused("do XX-1 note --note x -o old.json")["exit"] == 3
    assert clerk.refused("do XX-1 note --note x -o new.json")["exit"] == 3
    assert [(file.name, file.read_text()) for file in clerk.home.iterdir()] == [("old.json", "old")]


def test_a_sheet_never_takes_the_place_of_the_database(shell: Shell, tmp_path: Path) -> None:
    """Whatever the database's file is called."""
    database = tmp_path / "house.xlsx"
    assert shell.runs("init", "--sandbox", "--admin", "wang", "--db", str(database)).code == 0
    before = database.read_bytes()

    answer = shell.runs("todo", "--user", "wang", "--db", str(database), "-o", str(database))

    assert (answer.code, answer.out) == (2, "")
    assert database.read_bytes()[:16] == before[:16]
