"""The demo's dealership while it is lived in: its clock, its calendar, its dice, and the stories that go on in it.

A story is what happens to one case: it yields the instant at which it goes on, and then acts through the office, as people do.
Belongs here: time, chance, order.   Must never enter: what any story is about.
"""

import heapq
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from cuiban.calendar import Calendar, due as walk, is_working_day, worked_seconds
from cuiban.engine.case import Case
from cuiban.engine.facts import File
from cuiban.errors import CuibanError, Refused
from cuiban.office import Done, Office

Story = Generator[datetime, None, None]
T = TypeVar("T")

DAY = timedelta(days=1)
LUNCH = (12 * 60, 13 * 60 + 30)


class Shop:
    """A dealership in which time passes.

    Args:
        office: where everything is entered.
        dice: all chance.
        start, today: the first day, and the one as which begins the history ends.
        progress: is told how many events there are.

    Attributes:
        now: what the clock shows (UTC).
        stopped: what ended a story before its time; nothing should.
    """

    via = "demo"

    def __init__(
        self, office: Office, dice: Random, start: date, today: date, progress: Callable[[int], None] | None = None
    ) -> None:
        self.office, self.dice, self.start, self.today = office, dice, start, today
        self.calendar: Calendar = office.calendar
        self.now = self.midnight(start).astimezone(UTC)
        self.stopped: list[CuibanError] = []
        self._progress, self._acts = progress, 0
        self._told: list[tuple[datetime, int, Story]] = []
        self._number = 0
        self._decks: dict[str, list[Any]] = {}
        self._counts: dict[str, int] = {}
        self._drawn: set[tuple[str, str]] = set()

    # stories -------------------------------------------------------------------------------------------------------

    def tell(self, story: Story) -> None:
        """A story begins: at the first instant that it yields, which may be now."""
        first = next(story, None)
        if first is not None:
            self._put(story, first)

    def _put(self, story: Story, at: datetime) -> None:
        """Nobody acts twice in the same minute."""
        at = at.astimezone(UTC).replace(microsecond=0)
        if at <= self.now:
            at = self.now + timedelta(seconds=self.dice.randint(60, 240))
        self._number += 1
        heapq.heappush(self._told, (at, self._number, story))

    def live(self, until: datetime) -> None:
        """Let time pass until `until` (UTC): every story goes on when its time has come, in order."""
        while self._told and self._told[0][0] < until:
            self.now, _, story = heapq.heappop(self._told)
            try:
                following = next(story, None)
            except CuibanError as error:
                self.stopped.append(error)
                continue
            if following is not None:
                self._put(story, following)
        self.now = until.astimezone(UTC)

    # what people do ------------------------------------------------------------------------------------------------

    def open(self, process: str, by: str, fields: Mapping[str, Any], **rest: Any) -> Done:
        """Somebody opens a case, now."""
        self._counted()
        return self.office.open(process, actor=by, fields=fields, via=self.via, now=self.now, **rest)

    def do(
        self, ref: str, action: str, by: str, fields: Mapping[str, Any] | None = None, papers: Sequence[str] = (), **rest: Any
    ) -> Done:
        """Somebody does a step, now; `papers` were seen."""
        self._counted()
        seen: dict[str, File | None] = dict.fromkeys(papers)
        return self.office.fire(ref, action, actor=by, fields=fields, papers=seen, via=self.via, now=self.now, **rest)

    def enter(self, register: str, by: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Somebody enters rows in a register, now; the ids of all of them. Raises Refused if any is wrong."""
        done = self.office.register_put(register, rows, actor=by, via=self.via, now=self.now)
        if done.refused:
            raise Refused.because(*(why for _, reasons in done.refused for why in reasons))
        self._counted()
        return [str(result.ref) for result in done.results]

    def chase(self, ref: str, by: str, note: str) -> None:
        """Somebody reminds whoever has the case."""
        self._counted()
        self.office.chase(ref, actor=by, note=note, via=self.via, now=self.now)

    def scan(self, ref: str, kind: str, by: str, name: str, text: str) -> None:
        """Somebody attaches a scan."""
        self._counted()
        file = File(name, text.encode())
        self.office.fire(ref, "attach", actor=by, papers={kind: file}, via=self.via, now=self.now)

    def case(self, ref: str) -> Case:
        """A case as it stands."""
        return self.office.case(ref)

    def acting(self, person: str) -> str:
        """Who does what is the person's at present: who stands in, while the person is away."""
        absence = self.office.roster(self.now).absence(person, self.now)
        return absence.substitute if absence is not None and absence.substitute is not None else person

    def _counted(self) -> None:
        self._acts += 1
        if self._progress is not None:
            self._progress(self._acts)

    # chance --------------------------------------------------------------------------------------------------------

    def pick(self, some: Sequence[T]) -> T:
        """One of them."""
        return some[int(self.dice.random() * len(some))]

    def chance(self, share: float) -> bool:
        """Whether it happens this time."""
        return self.dice.random() < share

    def between(self, low: int, high: int) -> int:
        """A number, both ends included."""
        return low + int(self.dice.random() * (high - low + 1))

    def dealt(self, name: str, cards: Mapping[str, int]) -> str:
        """The next card of a deck, which is shuffled anew when it is used up: everything occurs, as often as it says."""
        deck = self._decks.get(name)
        if not deck:
            deck = self._decks[name] = [card for card, count in cards.items() for _ in range(count)]
            for last in range(len(deck) - 1, 0, -1):
                other = self.between(0, last)
                deck[last], deck[other] = deck[other], deck[last]
        card: str = deck.pop()
        return card

    def serial(self, name: str, first: int = 1) -> int:
        """The next number of a count of that name."""
        number = self._counts.get(name, first)
        self._counts[name] = number + 1
        return number

    def first_time(self, name: str, drawn: str) -> bool:
        """Whether nothing of that name was drawn so before."""
        there = len(self._drawn)
        self._drawn.add((name, drawn))
        return len(self._drawn) > there

    # time ----------------------------------------------------------------------------------------------------------

    @property
    def day(self) -> date:
        """The date at the dealership."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The date of an instant at the dealership."""
        return at.astimezone(self.calendar.zone).date()

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins."""
        return datetime.combine(day, time(), self.calendar.zone)

    def clock(self, day: date, clock: str) -> datetime:
        """A clock time of a day."""
        return datetime.combine(day, time.fromisoformat(clock), self.calendar.zone)

    def at(self, day: date, frm: str, to: str) -> datetime:
        """Some time of a day between two clock times, not over lunch."""
        low, high = (int(text[:2]) * 60 + int(text[3:]) for text in (frm, to))
        minute = low + self.dice.random() * (high - low)
        if LUNCH[0] <= minute < LUNCH[1] and low < LUNCH[0]:
            minute = max(low, LUNCH[0] - 1 - (minute - LUNCH[0]) / 2)
        elif LUNCH[0] <= minute < LUNCH[1]:
            minute = min(high, LUNCH[1] + 1 + (minute - LUNCH[0]) / 2)
        return self.midnight(day) + timedelta(seconds=int(minute * 60))

    def on(self, day: date) -> datetime:
        """Some time of a day on which people work; on a day off the shift is shorter."""
        return self.at(day, "08:40", "17:45") if self.works(day) else self.at(day, "09:10", "16:30")

    def later(self, low: float, high: float, after: datetime | None = None, calendar: Calendar | None = None) -> datetime:
        """Some working hours after an instant (None: now), by another calendar than the house's if one is given."""
        hours = low + self.dice.random() * (high - low)
        found = walk(calendar or self.calendar, after or self.now, round(hours, 3), "wh").at
        assert found is not None  # nothing pauses it
        return found

    def before(self, due: datetime, low: float, high: float, calendar: Calendar | None = None) -> datetime:
        """Some part, between `low` and `high` of 1, of the working time that is left until `due`."""
        hours = worked_seconds(calendar or self.calendar, self.now, due) / 3600
        return self.later(hours * low, hours * high, calendar=calendar)

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        return is_working_day(self.calendar, day)

    def working_day(self, day: date, count: int = 0) -> date:
        """0: the day itself, or the next working day; else that many working days after or before it."""
        if count == 0:
            while not self.works(day):
                day += DAY
        step = DAY if count > 0 else -DAY
        for _ in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day
