"""The PostgreSQL server that the tests bring: real, private, gone with whoever started it."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.postgres import running_postgres

ROOT = Path(__file__).parents[1]

# Starts a server, tells where, and waits to be killed.
OWNER = """
import sys
from tests.postgres import running_postgres
with running_postgres() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


def test_a_new_database_is_empty_and_utf8(database_url: str) -> None:
    """On both engines a test begins with nothing, and Chinese comes back as it went in."""
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        connection.execute(text("CREATE TABLE word (word TEXT)"))
        connection.execute(text("INSERT INTO word VALUES ('催办')"))

        assert connection.execute(text("SELECT word FROM word")).all() == [("催办",)]


def test_what_was_committed_outlives_a_crash() -> None:
    """A crashed server recovers, at the same address."""
    with running_postgres(durable=True) as server:
        with server.connect() as connection:
            connection.execute("CREATE TABLE word AS SELECT '催办' AS word")
        server.crash()
        with pytest.raises(psycopg.OperationalError):
            server.connect()

        server.start()

        with server.connect() as connection:
            assert connection.execute("SELECT word FROM word").fetchall() == [("催办",)]


def test_a_killed_owner_leaves_no_server_behind() -> None:
    """Even kill -9 of the test run stops its server and removes the folder."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    folder = Path(owner.stdout.readline().strip())
    connection = psycopg.connect(host=str(folder), user="postgres", autocommit=True)

    owner.send_signal(signal.SIGKILL)
    owner.communicate()

    with pytest.raises(psycopg.OperationalError):  # waits until the server hangs up
        list(connection.notifies())
    connection.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user="postgres")
