"""The rows that steps write into registers: judged together before anything is written, then written with the step.

Belongs here: from the engine's rows to the registers' writers and back to blockers.   Start at: Entering
Must never enter: which step writes what (the definitions say), SQL.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.engine.blockers import Blocker
    from cuiban.engine.facts import Fire
    from cuiban.engine.register import Row
    from cuiban.office import Office
    from cuiban.registers.writing import Fault, Writer
    from cuiban.store.database import Connection


class Entering:
    """What the steps of one wish write into registers, in the transaction that is open on `connection`.

    Attributes:
        keeps: what in rows does not follow a correction, to be told with what was done.
    """

    def __init__(self, office: "Office", connection: "Connection", fire: "Fire") -> None:
        self.office, self.connection, self.fire = office, connection, fire
        self.keeps: list[Blocker] = []
        self._writers: dict[str, Writer] = {}

    def judge(self, rows: "Iterable[Row]", *, partly: bool = False) -> "list[Blocker]":
        """Everything that the registers have against these rows.

        Args:
            partly: the step is refused anyway: what its rows lack is lacking in the step, and told there.
        """
        listed = list(rows)
        if not listed:
            return []
        order = self._begin({row.enter.register for row in listed})
        listed.sort(key=lambda row: order.index(row.enter.register))  # what is referred to comes first
        found: list[Blocker] = []
        for row in listed:
            writer = self._writers[row.enter.register]
            hand = writer.hand
            # a step by a clock that is behind counts from later than that clock shows: so does what it writes
            hand.at, hand.now, hand.origin = row.at, max(hand.now, row.at), {"step": f"{row.ref} {row.seq}"}
            hand.entered = partial(self._entered, row.ref)
            outcome = writer.enter(row.values, row.enter) if row.was is None else writer.correct(row)
            found += [_told(writer, one) for one in outcome.faults if not partly or one.blocker.code != "field_missing"]
            self.keeps += [one for one in outcome.keeps if one not in self.keeps]
        return list({(one.code, one.message.en): one for one in found}.values())

    def _begin(self, names: set[str]) -> list[str]:
        """A writer for each register; always in the same order, so that no two wait for each other. The order."""
        from cuiban.registers import MODULES
        from cuiban.registers.writing import Writer

        hand = self.office.hand(self.fire.actor, self.fire.now, self.fire.via, None, self.connection)
        for name in MODULES:
            if name in names:
                self._writers[name] = hand.beside[name] = Writer(self.office.form(name), self.connection, hand)
        return list(self._writers)

    def _entered(self, ref: str, register: str) -> bool:
        """Whether a step of the case was one that enters rows in the register; a log's facts enter none."""
        program = self.office.store.program(self.office.store.load(ref, self.connection).case.definition)
        done = [event for event, _ in self.office.store.history(ref) if event.to is not None and event.source != "log"]
        steps = [program.process.opening if event.from_ is None else program.find(event.from_, event.action) for event in done]
        entered = [enter for step in steps if step is not None for enter in step.enters]
        return any(enter.register == register and enter.mode not in ("known", "end") for enter in entered)

    def write(self) -> None:
        """Write all that was judged; what is referred to comes first."""
        for writer in self._writers.values():
            writer.flush()


def _told(writer: "Writer", fault: "Fault") -> "Blocker":
    """A row's fault as a reason against the step: it names the register; whoever enters that can clear it."""
    register, one = writer.form.register, fault.blocker
    message = L(f"{register.label.zh}: {one.message.zh}", f"{register.label.en}: {one.message.en}")
    who = [f"role:{role}" for role in register.roles]
    return replace(one, message=message, params={**one.params, "register": register.name}, who=who)
