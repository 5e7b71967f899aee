"""Stands in for starting Python anew for each `cuiban` of a page: a process that has everything imported, and forks.

A page's shell finds on its PATH a `cuiban` of a few lines, which hands its words, environment, folder and streams to that
process and ends with the exit code of the child. Loops and pipes of hundreds of calls so take seconds.

Belongs here: the process, the call to it.   Must never enter: what a page shows (consoles.py), what a command does.
"""

import atexit
import gc
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

# Built-in modules alone: to import socket and json would take longer than all the rest.
CALL = """#!{python} -ISE
import _socket, posix, sys
door = _socket.socket(_socket.AF_UNIX)
door.connect({path!r})
there = [name + b"=" + value for name, value in posix.environ.items()]
words = [word.encode("utf-8", "surrogateescape") for word in sys.argv[1:]]
told = b"\\0".join([posix.getcwdb(), b"%d" % len(there), *there, *words])
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in (0, 1, 2))
door.sendmsg([b"%9d" % len(told)], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
door.sendall(told)
posix._exit(int(door.recv(9) or 1))
"""
WARM = (
    "init --dealership 1 --admin wang --sandbox", "role grant wang after_sales_clerk", "todo", "list", "duties",
    "register list customer", "replay --all", "todo --csv",
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
    assert process.stdout.readline(), "a practice house's first morning failed: see above"

    def end() -> None:
        process.communicate()
        place.cleanup()

    atexit.register(end)
    return Path(place.name)


def serve(path: str) -> None:
    """Fork for each call, until whoever began this closes our stdin."""
    _warm_up()
    gc.collect()
    gc.freeze()  # a child that looked through what it inherits would copy it
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
    from cuiban.office.registry import Registry

    assert all(Registry().processes.values())  # their files are read
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
        where, count, *rest = call.recv(int(size), socket.MSG_WAITALL).split(b"\0")
        for mine, his in enumerate(streams):
            os.dup2(his, mine)
            os.close(his)
        sys.stdin = os.fdopen(0, closefd=False)
        sys.stdout, sys.stderr = (os.fdopen(fd, "w", 1, closefd=False) for fd in (1, 2))  # a line at a time, as at a terminal
        os.chdir(where)
        os.environ.clear()
        os.environb.update(dict(entry.split(b"=", 1) for entry in rest[: int(count)]))
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        code = _run([os.fsdecode(word) for word in rest[int(count) :]])
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
