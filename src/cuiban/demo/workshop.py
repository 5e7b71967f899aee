"""The workshop: repairs, and each evening's entry of what was settled, which opens the callbacks. [A2, A4]

Holds: what is repaired, for whom, the rows of it. Never: what becomes of a callback (callbacks.py), how often (months.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cuiban.demo import customers
from cuiban.demo.customers import Customer, Regulars
from cuiban.demo.shop import Shop, Story
from cuiban.demo.staff import ADVISORS

# fmt: off
WORK = (  # item, kind, price in yuan from, to
    ("保养", "upkeep", 320, 560), ("保养", "upkeep", 320, 560), ("大保养", "upkeep", 780, 1_380),
    ("换机油三滤", "upkeep", 380, 620), ("更换刹车片", "repair", 460, 1_150), ("更换电瓶", "repair", 480, 860),
    ("空调检修", "repair", 260, 1_900), ("更换轮胎", "repair", 620, 3_200), ("发动机异响检修", "repair", 350, 4_200),
    ("前保险杠喷漆", "paint", 600, 1_200), ("左前门钣喷", "paint", 700, 1_600), ("季节免费检测", "campaign", 0, 0),
)
FIRST, SECOND = ("首保", "upkeep", 0, 0), ("二保", "upkeep", 280, 420)  # of a car that was bought here
# fmt: on
Job = tuple[str, str, int, int]
Tale = Callable[["Repair", str], Story]  # what becomes of its callback, by the reference of that
LOST_AFTER = 365  # days
SEEN = 30, 170  # how many days before the books begin the regulars were last here


@dataclass
class Repair:
    """A repair order.

    Attributes:
        price: in fen; mileage: of the car as it came.
        entered: on which day it comes into the register at the earliest.
        tale: what becomes of its callback; None: it is left lying.
        member: whether the customer was in the club when the callback was opened.
    """

    customer: Customer
    item: str
    work: str
    price: int
    mileage: int
    settled: datetime
    number: str
    entered: date
    tale: Tale | None = None
    member: bool = False

    @property
    def row(self) -> dict[str, Any]:
        """What the register is told."""
        one = self.customer
        return {"number": self.number, "vin": one.vin, "customer": one.phone, "advisor": one.advisor, "settled_at": self.settled,
                "work": self.work, "item": self.item, "amount": self.price, "mileage": self.mileage}  # fmt: skip


class Workshop:
    """Who comes, what is done for them, and what of it is in the register.

    Attributes:
        rows: the repairs in the register, by id.
    """

    def __init__(self, shop: Shop, regulars: Regulars) -> None:
        self.shop, self.regulars = shop, regulars
        self.rows: dict[str, Repair] = {}
        self._guests: list[Customer] = []
        self._waiting: list[Repair] = []

    def guest(self, called: str | None = None, plate: str | None = None) -> Customer:
        """Somebody who has a card before the books begin, and comes only when it is planned: a private car, not in the club."""
        one = customers.customer(self.shop, called or customers.name(self.shop), plate)
        one.member = False
        self._guests.append(one)
        return one

    def begin(self) -> None:
        """As the books begin: everybody's card, car, and last visit; of one in each month to come that will be a year ago."""
        shop = self.shop
        length = min((shop.today - shop.start).days, LOST_AFTER)
        lost = max(2, length // 30)
        here = [*self.regulars.known, *self._guests]
        gone = [customers.customer(shop) for _ in range(lost)]
        for one in here:
            one.seen = shop.start - timedelta(days=shop.between(*SEEN))
        for number, one in enumerate(gone):
            one.seen = shop.start - timedelta(days=LOST_AFTER - 1 - (2 * number + 1) * length // (2 * lost))
        everybody = [*here, *gone]
        customers.enter(shop, "wang", everybody)
        visits = [self._visit(one) for one in everybody]
        self.rows |= zip(shop.enter("repair", "wang", [one.row for one in visits]), visits, strict=True)

    def _visit(self, one: Customer) -> Repair:
        assert one.seen is not None
        paid = WORK[:-1]  # the free ones do not count as a visit
        made = self._made(one, self.shop.at(one.seen, "08:40", "17:30"), self.shop.pick(paid))
        made.mileage -= self.shop.between(1, 5) * 500
        return made

    def repair(self, one: Customer, settled: datetime, tale: Tale | None, job: Job | None = None,
               entered: date | None = None) -> Repair:  # fmt: skip
        """A repair of somebody's car, settled at a time to come; it is entered that evening, or on a later day."""
        if job is None:
            job = FIRST if one.bought == 0 else SECOND if one.bought == 1 else self.shop.pick(WORK)
        if one.bought is not None:
            one.bought += 1
        made = self._made(one, settled, job)
        made.tale, made.entered = tale, entered or made.entered
        self._waiting.append(made)
        return made

    def _made(self, one: Customer, settled: datetime, job: Job) -> Repair:
        shop, day = self.shop, self.shop.day_of(settled)
        item, work, low, high = job
        one.repair = f"WX{day:%y%m%d}{shop.serial(f'repair {day}'):03d}"
        return Repair(one, item, work, shop.between(low, high) * 100, one.mileage, settled, one.repair, day)

    def evening(self, day: date) -> Story:
        """What was settled is entered, newcomers and their cars with it: on a day off by whoever is on duty."""
        shop = self.shop
        yield shop.at(day, "17:48", "18:25") if shop.works(day) else shop.at(day, "16:35", "17:10")
        ready = [one for one in self._waiting if one.settled <= shop.now and one.entered <= day]
        if not ready:
            return
        self._waiting = [one for one in self._waiting if one not in ready]
        by = shop.pick(ADVISORS)
        newcomers = {one.customer.vin: one.customer for one in ready if one.customer.new}
        if newcomers:
            customers.enter(shop, by, list(newcomers.values()))
        self.rows |= zip(shop.enter("repair", by, [one.row for one in ready]), ready, strict=True)

    def called_back(self, ref: str, id: str) -> Story | None:
        """What becomes of the callback that a row of the register opened; it is told once."""
        one = self.rows[id]
        if one.tale is None:
            return None
        tale, one.tale, one.member = one.tale, None, one.customer.member
        return tale(one, ref)
