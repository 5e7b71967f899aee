"""What is wrong with a database, its address or a file is said once, whole, in the language of the reader."""

import pytest

from tests.cli.shell import Shell
from tests.postgres import Postgres


@pytest.mark.parametrize("line", ["todo", "list", "todo --all"])
def test_a_trouble_is_told_once(shell: Shell, line: str) -> None:
    """Nothing else is told of duties that could not be opened for the same reason."""
    (shell.home / "foreign.db").write_text("no database at all, only text that is long enough to be read as a page" * 20)

    for where, now in (("absent.db", ""), ("foreign.db", ""), ("absent.db", "2026-03-11T08:40:00+08:00"), ("absent.db", "x")):
        answer = shell.runs(*line.split(), "--user", "x", "--db", where, CUIBAN_NOW=now)

        assert answer.code in (2, 6)
        assert "没能补开" not in answer.err
        first = answer.err.splitlines()[0]
        assert answer.err.count(first) == 1


@pytest.mark.parametrize("told", ["foo", "postgresql:/host/db", "sqlite:house.db", "postgres:secret@host/db"])
def test_a_word_is_no_address(shell: Shell, told: str) -> None:
    """A mistyped address makes no file and asks none: usage, with how one is written."""
    answer = shell.runs("init", "--db", told, "--admin", "x", "--sandbox", "--json")

    assert (answer.code, answer.error["code"]) == (2, "usage")
    assert "不是数据库地址" in answer.error["message"]
    assert "secret" not in answer.err
    assert not list(shell.home.glob("*foo*"))


def test_a_path_is_an_address(shell: Shell) -> None:
    """With an ending or a folder, or where a file is."""
    (shell.home / "data").mkdir()
    (shell.home / "plain").touch()

    for path in ("house.db", "./house2", "data/house", "plain"):
        assert shell.runs("init", "--db", path, "--admin", "x", "--sandbox").code == 0


def test_a_database_that_is_not_there_is_told_from_a_server_that_is_not(shell: Shell, postgres: Postgres) -> None:
    """The first has to be made; of the second the reason is told."""
    url = postgres.url("cuiban_no_such")

    absent = shell.runs("init", "--db", url, "--admin", "x", "--sandbox", "--json").error
    away = shell.runs("todo", "--user", "x", "--db", "postgresql://127.0.0.1:1/cuiban", "--json").error

    assert (absent["code"], absent["detail"]) == ("database", "absent")
    assert "createdb" in absent["message"]
    assert (away["code"], away["detail"]) == ("database", "lost")
    assert "Connection refused" in away["message"]


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有这个文件夹或文件"), ("en", "there is no such folder or file")])
def test_the_systems_reasons_are_told_in_both_languages(shell: Shell, lang: str, words: str) -> None:
    """Not half in English."""
    shell.runs("init", "--admin", "x", "--sandbox")

    answer = shell.runs("user", "list", "-o", "none/u.csv", "--user", "x", CUIBAN_LANG=lang)

    assert answer.code == 5
    assert words in answer.err
    assert lang == "en" or "No such" not in answer.err
