"""The filters that reading verbs share. [cli.md 1, FILTERS]"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.commands.completing import offering, people, processes, roles
from cuiban.commands.naming import process_named, role_named, state_named
from cuiban.commands.verbs import Callback, Number, option
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.office import Filters

Added = Callable[[Callback], Callback]


def filtered(since: L, until: L) -> Added:
    """Add the filters to a verb; it gets them as keywords and hands them to `filters_of`.

    Args:
        since, until: which time of a case the verb compares, in words.
    """
    # fmt: off
    options = [
        option("--process", multiple=True, metavar="X", shell_complete=offering(processes),
               words=L("只看某流程; 可写几次", "of one process; may be given again")),
        option("--state", metavar="X", words=L("只看某环节", "in one state")),
        option("--role", metavar="X", shell_complete=offering(roles), words=L("只看某岗位的", "of one role")),
        option("--person", metavar="P", shell_complete=offering(people), words=L("只看某人的", "of one person")),
        option("--subject", metavar="TEXT", words=L("只看名称含此字样的", "whose subject holds this text")),
        option("--since", metavar="T", words=since),
        option("--until", metavar="T", words=until),
        option("--limit", type=Number(1), metavar="N", words=L("最多几条", "at most so many")),
    ]
    # fmt: on

    def add_all(callback: Callback) -> Callback:
        for add in reversed(options):
            callback = add(callback)
        return callback

    return add_all


def filters_of(desk: "Desk", given: dict[str, Any]) -> "Filters":
    """The filters that were given, names resolved and times read."""
    from cuiban.office import Filters

    processes = tuple(dict.fromkeys(process_named(desk, name) for name in given["process"]))
    since, until = _span(desk, given["since"], given["until"])
    return Filters(
        process=processes or None,
        state=state_named(desk, given["state"], processes) if given["state"] else None,
        role=role_named(desk, given["role"]) if given["role"] else None,
        person=person_named(desk, given["person"]) if given["person"] else None,
        subject=given["subject"],
        since=since,
        until=until,
        limit=given["limit"],
    )


def _span(desk: "Desk", since: str | None, until: str | None) -> tuple[datetime | None, datetime | None]:
    """The instants from and until which; a bare date's start, and its end. Raises Usage where they are the wrong way round."""
    begin = desk.when("--since", since, "past").at if since else None
    end = desk.when("--until", until, "past").end(desk.calendar) if until else None
    if begin is not None and end is not None and begin >= end:
        raise Usage("usage", L(
            "--since {since} 与 --until {until} 之间没有时间", "nothing lies between --since {since} and --until {until}"
        ).fill(since=since, until=until))  # fmt: skip
    return begin, end


def person_named(desk: "Desk", text: str) -> str:
    """The id of a person; `me` is who asks."""
    return desk.person if text in ("me", "我") else desk.office.person(text)
