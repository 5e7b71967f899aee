"""A dealership on a database, and short words for what people do in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from cuiban import Office
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import Case, Event
from cuiban.engine.facts import File
from cuiban.errors import Refused
from cuiban.office.items import Item
from cuiban.office.views import Done
from tests.support.chance import salts
from tests.support.clock import Clock
from tests.support.raw import Raw
from tests.support.soundness import unsound
from tests.support.ways import WAYS, Step

DEALERSHIP = "安庆"


@dataclass
class House:
    """A dealership with people in it.

    Attributes:
        sound: whether every stored case must be what its history says when the test is over; a test that does harm to
            the database says False.
    """

    url: str
    clock: Clock
    office: Office
    seed: int
    modules: list[ModuleType] | None = None
    sound: bool = True
    _others: list[Office] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """What the clock shows (UTC)."""
        return self.clock.now

    def another(self, **how: Any) -> Office:
        """Open a second door to the same dealership, as another process would."""
        office = Office(self.url, DEALERSHIP, chance=salts(self.seed + 1 + len(self._others)), modules=self.modules, **how)
        self._others.append(office)
        return office

    def close(self) -> None:
        """Close every door."""
        for office in [self.office, *self._others]:
            office.close()

    def raw(self) -> Raw:
        """Open a connection to the database that knows nothing of Cuiban."""
        return Raw(self.url)

    # what people do ------------------------------------------------------------------------------------------------

    def opened(
        self, process: str = "complaint", by: str | None = None, *, given: Mapping[str, Any] | None = None, **rest: Any
    ) -> str:
        """Open a case with the usual fields and those of `given` (None: left out); its reference."""
        way = WAYS[process]
        fields = {k: v for k, v in {**way.fields, **(given or {})}.items() if v is not None}
        return self.office.open(process, actor=by or way.by, fields=fields, **{"now": self.now, **rest}).ref

    def brought(self, process: str, to: str, *, given: Mapping[str, Any] | None = None, **rest: Any) -> str:
        """Open a case and take it the usual way until it stands in `to`; fields of `given` replace the usual ones."""
        ref = self.opened(process, given={k: v for k, v in (given or {}).items() if k in WAYS[process].fields}, **rest)
        return self.on_to(ref, to, given=given)

    def on_to(self, ref: str, to: str, *, given: Mapping[str, Any] | None = None) -> str:
        """Take a case on, the usual way, from where it stands until it stands in `to`."""
        case = self.case(ref)
        for step in _left(case, to):
            mine = {k: v for k, v in (given or {}).items() if k in step.fields}
            self.office.fire(ref, step.action, actor=step.by, fields={**step.fields, **mine},
                             papers=dict.fromkeys(step.papers), reason=step.reason, now=self.now)  # fmt: skip
        assert self.case(ref).state == to
        return ref

    def fired(
        self, ref: str, action: str, by: str, fields: Mapping[str, Any] | None = None, *, papers: Any = (), **rest: Any
    ) -> Done:
        """Do a step; `papers` are kinds that were seen, or files by kind."""
        had: Mapping[str, File | None] = papers if isinstance(papers, Mapping) else dict.fromkeys(papers)
        return self.office.fire(ref, action, actor=by, fields=fields, papers=had, **{"now": self.now, **rest})

    def refused(self, ref: str, action: str, by: str, fields: Mapping[str, Any] | None = None, **rest: Any) -> dict[str, Blocker]:
        """Try a step that is refused; its blockers by code. Nothing may have been written."""
        before = self.rows()
        try:
            done = self.fired(ref, action, by, fields, **rest)
        except Refused as refused:
            after = self.rows()
            assert after == before, f"refused, but written: {before} -> {after}"
            return {blocker.code: blocker for blocker in refused.blockers}
        raise AssertionError(f"{action} was done: {done}")

    # what there is -------------------------------------------------------------------------------------------------

    def case(self, ref: str) -> Case:
        """A case as it stands."""
        return self.office.case(ref)

    def events(self, ref: str) -> list[Event]:
        """The history of a case, or of a stream of reference data."""
        return [event for event, _ in self.office.store.history(ref)]

    def item(self, ref: str, reader: str) -> Item | None:
        """The entry of a case on somebody's list, if it stands there."""
        return next((item for item in self.office.todo(actor=reader, now=self.now) if item.ref == ref), None)

    def rows(self) -> dict[str, int]:
        """How many rows of each kind there are: what a refusal must leave alone."""
        with self.raw() as raw:
            return {table: raw.count(table) for table in GROWING}

    def assert_sound(self) -> None:
        """Every stored case is what its history says, byte for byte; so is the reference data, and every row beside them."""
        unequal = [(one.ref, one.differences) for one in self.office.replay_all().unequal]
        assert unequal == [], f"not what the history says: {unequal}"
        found = unsound(self.url)
        assert found == [], f"not what the history says: {found}"


GROWING = ("cases", "events", "personal", "files", "numbers", "holds", "keys", "outbox", "subjects", "also_held")


def _left(case: Case, to: str) -> list[Step]:
    """The steps of the usual way from where the case stands to `to`."""
    steps = list(WAYS[case.process].steps)
    signed = sum(1 for s in case.data.signatures if s.content == case.data.content)
    reached = [number for number, step in enumerate(steps, 1) if step.to == case.state and step.to != "signing"]
    if case.state == "signing":
        reached = [1 + signed]
    start = reached[0] if reached else 0
    last = max((number for number, step in enumerate(steps, 1) if step.to == to), default=start)
    if to == "signing":
        last = start or 1
    return steps[start:last]
