"""Half a year of a dealership, day by day: how much happens, and what is special.

Holds: how often. Never: what becomes of it (the stories), what is open at the end (morning.py).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cuiban.demo import callbacks, complaints, incidents
from cuiban.demo.books import Books
from cuiban.demo.customers import Regulars
from cuiban.demo.deliveries import delivery, sale
from cuiban.demo.duties import duty
from cuiban.demo.lost import churn, prospect
from cuiban.demo.morning import mornings
from cuiban.demo.orders import Orders, call_order, colour_order
from cuiban.demo.periods import reconciliation, sales_target, stocktake
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import ADMINISTRATOR, CALLERS, comings_and_goings, employ
from cuiban.demo.stock import Stock, first_cars, spoilt_slip, to_network
from cuiban.demo.transfers import transfer
from cuiban.demo.workshop import Workshop
from cuiban.office import Filters

FIRST_CARS, REGULARS = 24, 320
KEPT, KEPT_LATE = 4, 10  # cars that stay in stock: the last days' sales (morning.py) want one in every state
QUIET = 4  # days before today in which the usual stories are short, so that the desk is clear but for what is planned
ANSWERED = 8  # the same for callbacks: whom nobody reaches takes days
BUSY = 6  # repairs of a working day, at most; the least is two fewer
FROM_ROWS = ("callback", "churn", "prospect")  # processes whose cases rows of registers open
IN_CASE_OF_HOLIDAY, ON_WEEKEND = 1, 3


class Months:
    """The dealership between its first day and today."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.stock = Stock()
        self.orders = Orders(self.stock)
        self.workshop = Workshop(shop, Regulars(shop, REGULARS, self.stock.sold))
        self.books = Books(shop, self.stock, self.workshop)
        self.known: set[str] = set()  # cases that rows opened, and that have their story

    def live(self) -> None:
        """Everything from the first day on, up to the midnight with which today begins."""
        shop = self.shop
        self._begin()
        day = shop.start
        while day < shop.today:
            self._plan(day)
            day += DAY
            shop.live(shop.midnight(day))
            self._comes_round()

    def _begin(self) -> None:
        """The first morning: people, the cars that are there, what will be special."""
        shop = self.shop
        shop.now = shop.clock(shop.start, "08:05")
        employ(shop)
        self.books.begin()
        planned = [self.books.month(shop.start), first_cars(shop, self.stock, FIRST_CARS), *comings_and_goings(shop),
                   *self._specials(), *mornings(shop, self.stock, self.workshop)]  # fmt: skip
        self.workshop.begin()
        shop.office.catch_up(shop.now)
        self._tell_of_duties(None)
        for story in planned:
            shop.tell(story)

    def _comes_round(self) -> None:
        """What the calendar opens as a day begins; today's own stay as they are."""
        shop = self.shop
        shop.office.catch_up(shop.now)
        if shop.day < shop.today:
            self._tell_of_duties(Filters(since=shop.now))
            self._tell_of_rows()

    def _tell_of_duties(self, filters: Filters | None) -> None:
        shop = self.shop
        for case in reversed(shop.office.cases(filters=filters, now=shop.now)):
            story = self._story_of(case.process, case.ref)
            if story is not None:
                shop.tell(story)

    def _tell_of_rows(self) -> None:
        """What becomes of the cases that rows of registers opened: they count from when the row was entered."""
        shop = self.shop
        for process in FROM_ROWS:
            for case in reversed(shop.office.cases(filters=Filters(process=process, since=shop.now - DAY), now=shop.now)):
                if case.ref not in self.known:
                    self.known.add(case.ref)
                    story = self._story_of_row(process, case.ref, str(shop.case(case.ref).nominal))
                    if story is not None:
                        shop.tell(story)

    def _story_of_row(self, process: str, ref: str, row: str) -> Story | None:
        """What becomes of a case that the row of that id opened."""
        shop, workshop = self.shop, self.workshop
        match process:
            case "callback":
                return workshop.called_back(ref, row)
            case "churn":
                return churn(shop, workshop, workshop.rows[row].customer, ref)
        return prospect(shop, workshop, self.books.visits[row], ref)

    def _story_of(self, process: str, ref: str) -> Story | None:
        """What becomes of a case that the calendar opened."""
        shop = self.shop
        week = str(shop.case(ref).data.fields.get("week"))
        match process:
            case "duty":
                return duty(shop, ref)
            case "call_order":
                return call_order(shop, self.orders, ref, week)
            case "colour_order":
                return colour_order(shop, self.orders, ref, week)
            case "reconciliation":
                return reconciliation(shop, self.orders, ref, week)
            case "stocktake":
                return stocktake(shop, ref)
            case "sales_target":
                return sales_target(shop, ref)
        return None

    # a day ---------------------------------------------------------------------------------------------------------

    def _plan(self, day: date) -> None:
        """What happens on a day beside what the calendar opens."""
        shop = self.shop
        works = shop.works(day)
        left = (shop.today - day).days
        for _ in range(self._repairs(day, left)):
            self._repair(day, left)
        shop.tell(self.workshop.evening(day))
        if works and day == shop.working_day(day.replace(day=1)) != shop.start:
            shop.tell(self.books.month(day))
        if works and shop.working_day(day, 1).isocalendar()[:2] != day.isocalendar()[:2]:
            shop.tell(self.books.week(day))
        for _ in range(self._sales(day)):
            shop.tell(self._sale(shop.at(day, "10:00", "17:30")))
        if works and left > QUIET:
            if shop.chance(0.3):
                customer = self.workshop.regulars.somebody()
                shop.tell(complaints.by_phone(shop, customer, complaints.grievance(shop), shop.on(day)))
            for _ in range(shop.pick((0, 1, 1, 2))):
                shop.tell(incidents.incident(shop, shop.on(day)))

    def _repairs(self, day: date, left: int) -> int:
        shop = self.shop
        if not shop.works(day):
            return shop.between(0, ON_WEEKEND if day.weekday() >= 5 else IN_CASE_OF_HOLIDAY)
        return shop.between(2, 3) if left <= 2 else shop.between(BUSY - 2, BUSY)

    def _repair(self, day: date, left: int) -> None:
        shop, workshop = self.shop, self.workshop
        one = workshop.regulars.next()
        if left <= ANSWERED:
            workshop.repair(one, shop.on(day), partial(callbacks.soon, shop, shop.pick(("chen", "yang"))))
            return
        outcome, caller = shop.dealt("callbacks", callbacks.OUTCOMES), shop.pick((*CALLERS, None))
        tale = partial(callbacks.callback, shop, workshop, outcome, caller)
        workshop.repair(one, shop.on(day), tale, entered=callbacks.entered_on(shop, day))

    def _sales(self, day: date) -> int:
        shop = self.shop
        if day == shop.start or (shop.today - day).days <= QUIET:
            return 0
        if not shop.works(day):
            return int(shop.chance(0.35))
        return shop.pick((0, 0, 1, 1, 1, 2))

    def _sale(self, at: object) -> Story:
        """Somebody buys a car, if there is one: now and then one that stands at the second network."""
        shop = self.shop
        yield at  # type: ignore[misc]
        here = self.stock
        kept = KEPT_LATE if (shop.today - shop.day).days <= 15 else KEPT
        car = here.away.pop(0) if len(here.away) > 1 and shop.chance(0.3) else here.take(shop) if len(here.here) > kept else None
        if car is not None:
            shop.tell(delivery(shop, sale(shop, here, car), shop.now))

    # what is special -----------------------------------------------------------------------------------------------

    def _specials(self) -> Iterator[Story]:
        """What happens only now and then, spread over the months."""
        shop, here = self.shop, self.stock
        length = (shop.today - shop.start).days

        def morning(share: float) -> date:
            return shop.working_day(shop.start + timedelta(days=int(length * share)))

        for number in range(max(2, length // 12)):
            day = shop.working_day(shop.start + timedelta(days=8 + 12 * number))
            way = {1: "void", 3: "returns"}.get(number, "stays")
            if day < shop.working_day(shop.today, -3):
                yield to_network(shop, here, shop.on(day), way)
        for share, way in ((0.25, "received"), (0.4, "refused"), (0.55, "received"), (0.7, "undone")):
            yield transfer(shop, here, shop.on(morning(share)), way)
        yield spoilt_slip(shop, shop.on(morning(0.5)))
        yield _settings(shop, morning(0.35))
        yield _anniversary(shop, morning(0.45))
        yield _duty_moves(shop, morning(0.6))


def _settings(shop: Shop, day: date) -> Story:
    yield shop.on(day)
    shop.office.setting("incident_days", 3, actor=ADMINISTRATOR, reason="只有一名工程师, 两天办不完", via=shop.via, now=shop.now)


def _anniversary(shop: Shop, day: date) -> Story:
    """A Saturday on which everybody works, though the calendar says otherwise."""
    saturday = day + timedelta(days=(5 - day.weekday()) % 7 or 7)
    while shop.works(saturday) or saturday in shop.calendar.holidays:
        saturday += timedelta(days=7)
    yield shop.on(shop.working_day(saturday, -2))
    shop.office.calendar_set(saturday, [["09:00", "12:00"], ["13:30", "17:00"]], actor=ADMINISTRATOR, reason="店庆, 全员上班",
                             via=shop.via, now=shop.now)  # fmt: skip
    shop.calendar = shop.office.calendar


def _duty_moves(shop: Shop, day: date) -> Story:
    yield shop.on(day)
    shop.office.duty_set("b15_upgrades", start=shop.working_day(day, 3), due="16:30", actor=ADMINISTRATOR,
                         reason="厂家要求提前半小时", via=shop.via, now=shop.now)  # fmt: skip
