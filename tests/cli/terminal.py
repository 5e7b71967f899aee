"""A terminal: several calls typed into one session, answers typed ahead, what it shows read back."""

import os
import subprocess
from pathlib import Path

from tests.cli.shell import CUIBAN


def typed(home: Path, environ: dict[str, str], script: str, answers: str = "") -> str:
    """What a terminal of 100 columns shows while a shell runs `script`; `cuiban` in it is the real one."""
    master, slave = os.openpty()
    environ = {"PATH": f"{CUIBAN.parent}:{os.environ['PATH']}", "HOME": str(home), "TERM": "xterm", "COLUMNS": "100", "LINES": "24",
               **environ}  # fmt: skip
    os.write(master, answers.encode())
    with subprocess.Popen(
        ["sh", "-c", script], stdin=slave, stdout=slave, stderr=slave, cwd=home, env=environ, start_new_session=True
    ) as shell:
        os.close(slave)
        shown = _read(master)
        shell.wait()
    os.close(master)
    return shown.replace("\r\n", "\n")


def _read(master: int) -> str:
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the last process has closed the terminal
            return shown.decode()
        if not part:
            return shown.decode()
        shown += part
