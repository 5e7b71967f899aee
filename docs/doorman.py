"""Stands in for starting Python anew for each `cuiban` of a page: a process that has everything imported, and forks.

A page's shell finds on its PATH a `cuiban` of a few lines, which hands its words, environment, folder and streams to that
process and ends with the exit code of the child. Loops and pipes of hundreds of calls so take seconds.

Belongs here: the process, the call to it.   Must never enter: what a page shows (consoles.py), what a command does.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import NoReturn

CALL = """#!{python} -ISE
import array, json, os, socket, sys
with socket.socket(socket.AF_UNIX) as door:
    door.connect({path!r})
    words = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    door.sendmsg([b"%9d" % len(words)], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    door.sendall(words)
    sys.exit(int(door.recv(9) or 1))
"""

WARM = (
    "init --dealership 1 --admin wang --sandbox", "role grant wang after_sales_clerk", "todo", "list",
    "open complaint --set customer=1 --set topic=1 --set responsible=wang",
    "do TS-260311-001 accept --set promised_at=16:00", "why TS-260311-001", "history TS-260311-001",
)  # fmt: skip


@cache
def folder() -> Path:
    """The folder with the quick `cuiban`; its process begins with the first call and ends with ours."""
    place = TemporaryDirectory()
    path = Path(place.name) / "door"
    call = Path(place.name) / "cuiban"
    call.write_text(CALL.format(python=sys.executable, path=str(path)))
    call.chmod(0o755)
    process = subprocess.Popen([sys.executable, __file__, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.readline()  # it listens

    def end() -> None:
        process.communicate()
        place.cleanup()

    atexit.register(end)
    return Path(place.name)


def serve(path: str) -> None:
    """Fork for each call, until whoever began this closes our stdin."""
    from cuiban.commands.table import COMMANDS

    for name in (
        "cuiban.cli",
        "cuiban.office",
        "cuiban.workflows",
        *(f"cuiban.commands.{one.module}" for one in COMMANDS.values()),
    ):
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        print("ready", flush=True)
        while sys.stdin.buffer not in (ready := select([door, sys.stdin.buffer], [], [])[0]):
            assert ready == [door]
            call, _ = door.accept()
            with call:
                if os.fork() == 0:
                    door.close()
                    _answer(call)


def _warm_up() -> None:
    """Import everything, and let a practice house's first morning read the definitions and put the statements together."""
    from cuiban.cli import run
    from cuiban.commands.desk import Desk
    from cuiban.commands.table import COMMANDS

    for command in COMMANDS.values():
        import_module(f"cuiban.commands.{command.module}")
    with TemporaryDirectory() as home, open(os.devnull, "w") as nobody, redirect_stdout(nobody), redirect_stderr(nobody):
        words = {
            "CUIBAN_NOW": "2026-03-11T08:40:00+08:00",
            "CUIBAN_DATABASE_URL": f"sqlite:///{home}/warm.db",
            "CUIBAN_USER": "wang",
        }
        for line in WARM:
            assert run(Desk(line.split(), words, lambda: datetime.now(UTC)), line.split()) == 0, line


def _answer(call: socket.socket) -> NoReturn:
    """In the child: become the caller, run, tell him the exit code."""
    code = 1
    try:
        size, streams, _, _ = socket.recv_fds(call, 9, 3)
        words, where, environment = json.loads(call.recv(int(size), socket.MSG_WAITALL))
        for mine, his in enumerate(streams):
            os.dup2(his, mine)
            os.close(his)
        sys.stdin = os.fdopen(0, closefd=False)
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", 1, closefd=False) for fd in (1, 2))  # a line at a time, as at a terminal
        os.chdir(where)
        os.environ.clear()
        os.environ.update(environment)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        code = _run(words)
    finally:
        call.sendall(b"%d" % code)
        os._exit(code)


def _run(words: list[str]) -> int:
    from cuiban.cli import main

    try:
        main(words)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
