"""Addresses of databases: no sign of a path means anything else, no password is ever shown."""

from pathlib import Path

import pytest

from cuiban.address import file_of, masked, of_file
from cuiban.store.database import Database

PATHS = ["plain.db", "a b.db", "100%20.db", "what?.db", "a?b=c&d.db", "#1.db", "50%.db", "库房 一.db"]


@pytest.mark.parametrize("name", PATHS)
def test_a_file_is_the_file_that_was_named(tmp_path: Path, name: str) -> None:
    """Question marks and percent signs too: nothing else is made beside it."""
    path = tmp_path / name
    database = Database(of_file(path), create=True)
    database.connection()
    database.close()

    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert file_of(of_file(path)) == path == database.path


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@host/db",
        "postgresql://u:sec@secret@host/db",
        "postgresql://u:sec/secret@host/db",
        "postgresql://u:secret?secret@host/db",
        "postgresql:///db?host=/run&password=secret",
        "postgresql:///db?PASSWORD=secret&host=/run",
        "postgresql:///db?sslpassword=secret",
    ],
)
def test_a_password_is_never_shown(address: str) -> None:
    """Wherever it stands, whatever signs it holds."""
    assert "secret" not in masked(address)
    assert "secret" not in Database(address).shown


def test_what_is_no_password_is_shown() -> None:
    """Host, port, database and the path of a file."""
    for address in ("postgresql://host:5432/db", "postgresql://u@host:5432/db", "sqlite:////home/a:b@c/house.db"):
        assert masked(address) == address
