"""The floor: what no program on this database can beat, for it does nothing but write.

The rows are those that Cuiban wrote a moment before into the twin of this database: same tables, indexes, triggers,
settings and contents. A compare-and-set UPDATE, the INSERT of the event, COMMIT; straight on the driver.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

SET = ("state", "version", "head", "state_since", "holder", "role", "assignee", "due", "data")
EVENT = ("dealership", "ref", "seq", "process", "action", "from_state", "to_state", "at", "recorded_at", "actor", "stay_s",
         "text", "hash")  # fmt: skip

Pair = tuple[Sequence[Any], Sequence[Any]]  # what the UPDATE and the INSERT are given


def statements(mark: str) -> tuple[str, str, str, str]:
    """UPDATE and INSERT, and the SELECTs of what they are given; `mark` stands for a value (? or %s)."""
    columns = ", ".join(f"{column} = {mark}" for column in SET)
    update = f"UPDATE cases SET {columns} WHERE dealership = {mark} AND ref = {mark} AND version = {mark}"
    insert = f"INSERT INTO events ({', '.join(EVENT)}) VALUES ({', '.join(mark for _ in EVENT)})"
    case = f"SELECT {', '.join(SET)}, dealership, ref, version - 1 FROM cases WHERE dealership = 1 AND ref = {mark}"
    event = f"SELECT {', '.join(EVENT)} FROM events WHERE dealership = 1 AND ref = {mark} ORDER BY seq DESC LIMIT 1"
    return update, insert, case, event


class Floor:
    """The twin database, open on the driver.

    Args:
        raw: the driver's connection, in autocommit.
        begin: how a transaction that writes begins.
    """

    def __init__(self, raw: Any, begin: str, mark: str) -> None:
        self.raw, self.begin = raw, begin
        self.update, self.insert, self.case, self.event = statements(mark)

    def written(self, raw: Any, refs: Sequence[str]) -> list[Pair]:
        """What the last step on each of `refs` wrote, read from Cuiban's database over `raw`."""
        found = []
        for ref in refs:
            case = raw.execute(self.case, (ref,)).fetchone()
            found.append((case, raw.execute(self.event, (ref,)).fetchone()))
        return found

    def steps(self, pairs: Sequence[Pair]) -> float:
        """Write each pair in a transaction of its own: four statements, on PostgreSQL four round trips."""
        execute, update, insert, begin = self.raw.execute, self.update, self.insert, self.begin
        start = perf_counter()
        for case, event in pairs:
            execute(begin)
            if execute(update, case).rowcount != 1:
                raise RuntimeError("the twin differs")
            execute(insert, event)
            execute("COMMIT")
        return (perf_counter() - start) / len(pairs)

    def batch(self, pairs: Sequence[Pair]) -> float:
        """Write all pairs in one transaction, each statement once with all its rows."""
        cursor = self.raw.cursor()
        start = perf_counter()
        cursor.execute(self.begin)
        cursor.executemany(self.update, [case for case, _ in pairs])
        if cursor.rowcount != len(pairs):
            raise RuntimeError("the twin differs")
        cursor.executemany(self.insert, [event for _, event in pairs])
        cursor.execute("COMMIT")
        return (perf_counter() - start) / len(pairs)
