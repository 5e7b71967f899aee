"""docs/operator.md tells how a PostgreSQL server is set up; done just so, everything works and doctor is content."""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.shell import Shell
from tests.postgres import Postgres

PAGE = Path(__file__).parents[2] / "docs" / "operator.md"


def run(server: Postgres, user: str, database: str, block: str) -> None:
    """Run the statements of a block, each by itself."""
    with psycopg.connect(host=str(server.folder), user=user, dbname=database, autocommit=True) as connection:
        for statement in re.sub(r"--.*", "", block).split(";"):
            if statement.strip():
                connection.execute(statement.encode())


@pytest.fixture
def blocks(postgres: Postgres) -> Iterator[list[str]]:
    """Give the page's two blocks of SQL; what they make is gone afterwards."""
    yield re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    postgres.drop("cuiban")
    run(postgres, "postgres", "postgres", "DROP ROLE IF EXISTS cuiban; DROP ROLE IF EXISTS cuiban_owner")


def test_the_page_sets_up_a_server(shell: Shell, postgres: Postgres, blocks: list[str]) -> None:
    """The owner founds it, the program's role works in it, cannot touch the history, and restores only into an empty one."""
    whose = {user: postgres.url("cuiban").replace("postgres@", f"{user}@", 1) for user in ("cuiban_owner", "cuiban")}
    run(postgres, "postgres", "postgres", blocks[0])
    founded = shell.runs("init", "--admin", "xu", "--sandbox", "--db", whose["cuiban_owner"])
    run(postgres, "cuiban_owner", "cuiban", blocks[1])
    program = {"CUIBAN_DATABASE_URL": whose["cuiban"], "CUIBAN_USER": "xu"}

    added = shell.runs("user", "add", "wang", "王芳", "--role", "after_sales_clerk", **program)
    listed = shell.runs("todo", "--all", **{**program, "CUIBAN_USER": "wang"})
    doctor = shell.runs("doctor", "--json", **program)
    kept = shell.runs("backup", "monday.db", **program)
    back = shell.runs("restore", "monday.db", "-y", "--json", **{**program, "CUIBAN_DATABASE_URL": whose["cuiban_owner"]})

    assert [one.err for one in (founded, added, listed, kept) if one.code] == []
    bad = [one["check"] for one in doctor.json if not one["ok"]]
    assert not {"owner", "superuser", "only_grows"} & set(bad), doctor.out
    assert back.code == 1
    assert "empty" in back.error["message"] or "空" in back.error["message"]
    for change in ("DELETE FROM events", "UPDATE events SET text = ''", "TRUNCATE events"):
        with pytest.raises(psycopg.Error):
            run(postgres, "cuiban", "cuiban", change)
