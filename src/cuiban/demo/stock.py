"""What becomes of a car until it is sold: called or there already, stocked in, moved, sent to the second network. [D1, D4]

Holds: the cars and their stories. Never: their sale (deliveries.py, transfers.py), how they were called (orders.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cuiban.demo.customers import Customer, vin
from cuiban.demo.shop import Shop, Story

SALES_CLERK = "guo"
# fmt: off
MODELS = (  # model, configuration, price in yuan
    ("君越", "28T 豪华型", 209_900), ("君越", "28T 尊贵型", 229_900), ("君威", "28T 精英型", 179_900),
    ("威朗", "20T 进取型", 119_900), ("威朗", "20T 精英型", 131_900), ("英朗", "15T 进取型", 99_900),
    ("昂科威", "28T 四驱豪华型", 239_900), ("昂科旗", "28T 豪华型", 269_900), ("GL8", "28T 舒适型", 259_900),
    ("GL8", "28T 尊贵型", 329_900),
)
COLOURS = ("珍珠白", "雅士黑", "流光银", "宝石红", "星空蓝")
PLACES = ("展厅", "A区3排", "A区7排", "B区1排", "B区5排", "后库")
NETWORK = ("青山网点", "白水网点", "江北网点")
CALLED = {"arrives": 46, "cancelled": 1, "slow": 2}
# fmt: on


@dataclass(slots=True)
class Car:
    """A car in stock, or at the second network."""

    ref: str
    vin: str
    model: str
    configuration: str
    colour: str
    year: str
    network: str | None = None

    @property
    def price(self) -> int:
        """The list price in fen."""
        yuan = next(price for model, configuration, price in MODELS if (model, configuration) == (self.model, self.configuration))
        return yuan * 100


@dataclass
class Stock:
    """What can be sold at present: `here`, and `away` at the second network; what `came`, was `billed` and `sold`."""

    here: list[Car] = field(default_factory=list)
    away: list[Car] = field(default_factory=list)
    came: list[tuple[date, Car]] = field(default_factory=list)
    billed: list[tuple[date, Car, str]] = field(default_factory=list)
    sold: list[Customer] = field(default_factory=list)

    def like(self, car: Car) -> Car | None:
        """Another car that fits the same order."""
        same = (car.model, car.configuration, car.year)
        return next((c for c in self.here if (c.model, c.configuration, c.year) == same), None)

    def take(self, shop: Shop) -> Car | None:
        """The car that somebody buys: rather an old one."""
        if not self.here:
            return None
        return self.here.pop(min(shop.between(0, 5), len(self.here) - 1))


def model_year(shop: Shop) -> str:
    """The model year of a new car: this year's, or the half-year's of the last."""
    year = shop.day.year % 100
    return f"{year}" if shop.chance(0.8) else f"{year - 1}.5"


def first_cars(shop: Shop, stock: Stock, count: int) -> Story:
    """The cars that are there as the books begin."""
    yield shop.at(shop.day, "08:35", "08:50")
    for number in range(count):
        model, configuration, _ = MODELS[number % len(MODELS)]
        colour = shop.pick(COLOURS)
        by = shop.acting(SALES_CLERK)
        ref = shop.open("vehicle", by, {"model": model, "configuration": configuration, "colour": colour}).ref
        yield shop.now + timedelta(minutes=shop.between(1, 3))
        _stock_in(shop, stock, ref, model, configuration, colour)


def called_car(shop: Shop, stock: Stock, ref: str, wish: Mapping[str, Any], way: str | None = None) -> Story:
    """A car that was called, until it is here."""
    way = way or shop.dealt("called", CALLED)
    if way == "cancelled":
        yield shop.later(40, 60)
        shop.do(ref, "cancel", "han", reason="厂家停产此配色")
        return
    days = shop.between(32, 38) if way == "slow" else shop.between(8, 20)
    yield shop.on(shop.working_day(shop.day + timedelta(days=days)))
    _stock_in(shop, stock, ref, wish["model"], wish["configuration"], wish["colour"])
    if shop.chance(0.1):
        yield shop.later(10, 40)
        if shop.case(ref).state == "stock":
            shop.do(ref, "move", shop.acting(SALES_CLERK), {"place": shop.pick(PLACES)})


def _stock_in(shop: Shop, stock: Stock, ref: str, model: str, configuration: str, colour: str) -> None:
    year = model_year(shop)
    number = vin(shop.serial("new_car", 500_123), 2000 + int(year[:2]))
    known = {
        "vin": number, "model_year": year, "year_source": "dol" if shop.chance(0.1) else "usual", "colour": colour,
        "arrived_on": shop.day.isoformat(), "ledger_entered": True, "bag_labelled": True, "place": shop.pick(PLACES),
    }  # fmt: skip
    shop.do(ref, "stock_in", shop.acting(SALES_CLERK), known)
    car = Car(ref, number, model, configuration, colour, year)
    stock.here.append(car)
    stock.came.append((shop.day, car))


def to_network(shop: Shop, stock: Stock, at: datetime, way: str = "stays", stop: str | None = None) -> Story:
    """A car goes to the second network: stays there for sale, comes back unsold, or its dispatch is void."""
    yield at
    car = stock.take(shop)
    if car is None:
        return
    car.network = shop.pick(NETWORK)
    shop.do(car.ref, "send_to_network", shop.acting(SALES_CLERK), {"network_dealer": car.network})
    if stop == "dispatched":
        return
    if way == "void":
        yield shop.later(0.2, 1)
        shop.do(car.ref, "void_dispatch", shop.acting(SALES_CLERK), reason="网点写错")
        yield shop.later(0.1, 0.3)
        shop.do(car.ref, "send_to_network", shop.acting(SALES_CLERK), {"network_dealer": shop.pick(NETWORK)})
    yield shop.later(1, 7)
    shop.do(car.ref, "file_blue_slip", shop.acting(SALES_CLERK), papers=["blue_slip"])
    if way == "returns":
        yield shop.later(80, 160)
        shop.do(car.ref, "return_from_network", shop.acting(SALES_CLERK), {"return_entry": return_entry(shop)})
        stock.here.append(car)
    elif way == "stays":
        stock.away.append(car)


def spoilt_slip(shop: Shop, at: datetime) -> Story:
    """A pre-printed slip is spoilt: its number is void, with a reason."""
    yield at
    while shop.acting(SALES_CLERK) != SALES_CLERK:  # nobody stands in for that
        yield shop.on(shop.working_day(shop.day, 1))
    numbers = shop.office.numbers("outbound_slip")
    following = int(numbers[-1]["number"]) + 1 if numbers else 1201
    shop.office.number_void("outbound_slip", following, actor=SALES_CLERK, reason="打印机卡纸, 单据撕坏",
                            via=shop.via, now=shop.now)  # fmt: skip


def invoice_number(shop: Shop) -> str:
    """The number of the next invoice."""
    return f"{shop.serial('invoice', 20_318_411):08d}"


def return_entry(shop: Shop) -> str:
    """The number of the next return entry."""
    return f"TK-{shop.serial('return', 31):04d}"
