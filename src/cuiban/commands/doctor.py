"""cuiban doctor: is the ground safe? [cli.md 5]"""

from collections.abc import Iterator
from typing import Any

import click

from cuiban.commands.desk import Desk
from cuiban.commands.output import answer
from cuiban.commands.verbs import verb
from cuiban.engine.labels import L
from cuiban.errors import DatabaseTrouble

FAILED = 7
WELL, ILL = L("正常", "ok"), L("注意", "look")


@verb("doctor")
@click.pass_obj
def doctor_verb(desk: Desk) -> int:
    """Look at the database, its place and its settings; 7 if anything is unsafe."""
    found = _findings(desk)
    answer(desk, found, lambda: _lines(desk, found))
    return 0 if all(one["ok"] for one in found) else FAILED


def _findings(desk: Desk) -> list[dict[str, Any]]:
    from cuiban.office.keeping import doctor

    try:
        return [{"check": one.check, "ok": one.ok, "message": one.message, "fix": one.fix} for one in doctor(desk.office, desk.now)]
    except DatabaseTrouble as trouble:
        return [{"check": "database", "ok": False, "message": trouble.message, "fix": None}]


def _lines(desk: Desk, found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        yield f"{desk.say(WELL if one['ok'] else ILL)}  {desk.say(one['message'])}  {one['check']}"
        if not one["ok"] and one["fix"] is not None:
            yield f"      {desk.say(one['fix'])}"
