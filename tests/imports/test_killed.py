"""A killed import loses nothing and doubles nothing: the next run goes on."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.imports.desklog import ODD, XES_MAP, imported, times, ways, write_map, write_xes
from tests.support.house import House

CASES = 1_000
LIVES = 3_000  # salts until the next death: more than one transaction takes, fewer than two
# Chance is asked in the middle of a transaction, between two events of a case.
CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from cuiban import Office
from cuiban.exchange.logs import read_log
from cuiban.exchange.mapfile import read_map

url, log, mapping, lives = sys.argv[1:]
asked = 0

def chance():
    global asked
    asked += 1
    if asked > int(lives):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.urandom(32)

meaning = read_map(Path(mapping))
with Office(url, chance=chance) as office:
    office.import_log("incident", meaning, read_log(Path(log), meaning), actor="wu", now=datetime(2026, 3, 2, 1, tzinfo=UTC))
"""


def cases(house: House) -> list[Any]:
    """Every case by what it is, where it stands and how far it came."""
    found = house.office.cases(closed=None, now=house.now)
    return sorted((one.subject.zh, one.state, one.version, one.opened_at, one.state_since) for one in found)


def expected() -> list[Any]:
    """What an import that nobody stops comes to: of an odd case four of eight events conform, the seventh closes it."""
    found = []
    for number, (case, steps) in enumerate(ways(CASES).items()):
        at = [at for at, _ in times(number, steps)]
        odd = steps == ODD
        found.append((case, "closed", 4 if odd else 5, at[0], at[6] if odd else at[4]))
    return sorted(found)


def test_killed_again_and_again_it_comes_to_its_end(house: House, tmp_path: Path) -> None:
    """As if it had never been killed: the same cases, the same events, each once; what is stored is what its history says."""
    log, mapping = write_xes(tmp_path / "log.xes", ways(CASES)), write_map(tmp_path / "map.toml", XES_MAP)
    call = [sys.executable, "-c", CHILD, house.url, str(log), str(mapping), str(LIVES)]
    kept = []

    while (died := subprocess.run(call, check=False)).returncode == -9:
        kept.append(house.rows()["cases"])

    assert died.returncode == 0
    assert kept == sorted(set(kept)), "each run went on from the one before, by whole transactions"
    assert len(kept) >= 2
    assert cases(house) == expected()
    again = imported(house, log, mapping)
    assert (again.known, again.report.cases) == (CASES, CASES)
