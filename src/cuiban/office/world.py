"""What holds for every case at a moment: people, calendar, settings, definitions, duties. Built from the reference data.

Kept until the reference data changes; a transaction that finds a newer version builds it anew.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cuiban.calendar import Calendar, standard
from cuiban.engine import calendars, reference
from cuiban.engine.duty import Duty, bind_duty
from cuiban.engine.labels import L
from cuiban.engine.language import Process
from cuiban.engine.program import Program, bind
from cuiban.engine.roster import Roster
from cuiban.errors import DatabaseTrouble, NotFound
from cuiban.office.registry import Registry


def zone_of(name: str) -> ZoneInfo:
    """The dealership's time zone. Raises DatabaseTrouble where a foreign hand put something else there."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DatabaseTrouble("damaged", L(
            "库里的时区 {name} 不存在: 被改坏了, 请从备份恢复", "the stored time zone {name} does not exist: restore a backup"
        ).fill(name=name)) from None  # fmt: skip


class Programs(Mapping[str, Program]):
    """The present definition of every process, with the dealership's settings; each made when it is first asked for."""

    def __init__(self, processes: Mapping[str, Process], settings: dict[str, Any]) -> None:
        self._processes, self._settings = processes, settings
        self._made: dict[str, Program] = {}

    def __getitem__(self, name: str) -> Program:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = Program(bind(self._processes[name], self._settings))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._processes)

    def __len__(self) -> int:
        return len(self._processes)


class World:
    """Reference data at one version, ready to be asked.

    Args:
        version: counts every change of reference data.
        streams: name -> (version, head, data text) of each stream.
        zone: the dealership's time zone.
    """

    def __init__(self, version: int, streams: dict[str, tuple[int, str, str]], zone: str, registry: Registry) -> None:
        self.version, self.streams, self.zone, self.registry = version, streams, zone, registry

    def data(self, stream: str) -> Any:
        """The data of a stream of reference data."""
        found = self.streams.get(stream)
        return reference.read(stream, found[2]) if found is not None else reference.empty(stream)

    @cached_property
    def roster(self) -> Roster:
        """Who works here."""
        return reference.roster_of(self.data("@people"), self.data("@absences"))

    @cached_property
    def calendar(self) -> Calendar:
        """When people work here: the built-in calendar, or the dealership's, with its overrides."""
        data = self.data("@calendar")
        made = Calendar.from_json(data.base) if data.base is not None else standard()
        if data.base is None and made.tz != self.zone:
            made = Calendar.from_json({**made.to_json(), "tz": self.zone})
        for year, days in sorted(data.published.items()):
            off = [date.fromisoformat(day) for day, kind in days.items() if kind == "off"]
            makeup = [date.fromisoformat(day) for day, kind in days.items() if kind == "makeup"]
            made = made.with_year(int(year), off, makeup)
        if data.overrides:
            made = Calendar.from_json({**made.to_json(), "overrides": data.overrides})
        return made

    def calendar_of(self, name: str | None) -> Calendar:
        """The calendar of that name, with the days settled for it; None: the house's.

        Raises:
            NotFound: there is none of that name.
        """
        if name is None:
            return self.calendar
        if name not in self._calendars:
            named = self.registry.calendars.get(name)
            if named is None:
                known = ", ".join(self.registry.calendars) or "-"
                none = L(f"没有 {name} 这本日历; 有: {known}", f"there is no calendar {name}; there are: {known}")
                raise NotFound("not_found", none)
            overrides = self.data("@calendar").named.get(name, {})
            self._calendars[name] = calendars.made(named, self.calendar, self.settings, overrides)
        return self._calendars[name]

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Every choice of the business: the dealership's own, else the default."""
        own = self.data("@settings").values
        return {key: own[key].value if key in own else choice.default for key, choice in self.registry.choices.items()}

    @cached_property
    def closed(self) -> dict[str, frozenset[str]]:
        """The closed months of each ledger."""
        return {ledger: frozenset(months) for ledger, months in self.data("@months").closed.items()}

    @cached_property
    def programs(self) -> Programs:
        """The present definitions."""
        return Programs(self.registry.processes, self.settings)

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """The recurring duties, with the dealership's settings."""
        return {name: bind_duty(duty, self.settings) for name, duty in self.registry.duties.items()}
