"""The customers of the demo and the cars that they have: names, plates, phones, numbers, all made up.

Holds: who, what car, their rows in the registers. Never: what becomes of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cuiban.demo.shop import Shop
from cuiban.demo.staff import ADMINISTRATOR_NAME, ADVISORS, NEW, PEOPLE

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
GIVEN = (
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平", "刚",
    "桂英", "建国", "建华", "志强", "国平", "文斌", "晓东", "海燕", "玉梅", "春梅", "雪琴", "婷婷", "思远", "子涵", "嘉怡", "俊杰",
    "立新", "永康", "美玲", "红梅", "少华", "德福", "长江", "新民", "小莉", "振宇", "宏伟", "凤英", "慧", "鑫", "浩", "宇", "倩",
)  # fmt: skip
COMPANIES = ("江北商贸", "宏达物流", "青山建材", "白水茶业", "顺达运输", "新华印务", "城东医药", "远景装饰", "恒通机电", "瑞丰农资")
COUNTIES = ("城东区", "城西区", "江北县", "青山县", "白水县")
OLD_MODELS = ("凯越", "英朗", "君威", "君越", "昂科拉", "GL8")
HOURS = ("晚上", "午休时间", "周末", "上午")
NAMED = ("孙丽", "何军", "赵敏")  # customers whom the morning (morning.py) calls by name
TAKEN = {*NAMED, ADMINISTRATOR_NAME, NEW.name, *(one.name for one in PEOPLE)}
AGAIN, UPKEEP = 25, 35  # days until somebody comes again; with a car that was bought here
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a plate: without I and O
REGION = "340801"  # of an ID number: a code under which none is issued

_VALUES = {**{str(n): n for n in range(10)}, **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
           **dict(zip("JKLMN", range(1, 6), strict=True)), "P": 7, "R": 9,
           **dict(zip("STUVWXYZ", range(2, 10), strict=True))}  # fmt: skip
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(slots=True)
class Customer:
    """Somebody with a car.

    Attributes:
        use: private or company.
        member: whether they are in the club.
        seen: the day on which they were here last, if that is known; repair: the number of what was done then.
        bought: how often a car that was bought here has been here for upkeep; None: it was bought elsewhere.
        new: the registers do not know them yet, or not all of it.
    """

    name: str
    phone: str
    plate: str
    vin: str
    use: str
    member: bool
    mileage: int
    model: str
    advisor: str
    seen: date | None = None
    repair: str | None = None
    bought: int | None = None
    new: bool = True

    def here_lately(self, day: date, within: int = AGAIN) -> bool:
        """Whether they were here in the last days, as seen from a day."""
        return self.seen is not None and (day - self.seen).days <= within


def vin(number: int, year: int) -> str:
    """The vehicle identification number of the car with that serial number; the ninth sign is the check digit."""
    bare = f"LSG{'ABCDEFGHJKLMNPRSTUVWXYZ'[number % 23]}A54U0{'RSTVWXY'[year % 7]}S{number % 1_000_000:06d}"
    rest = sum(_VALUES[sign] * weight for sign, weight in zip(bare, _WEIGHTS, strict=True)) % 11
    return bare[:8] + ("X" if rest == 10 else str(rest)) + bare[9:]


def id_number(shop: Shop) -> str:
    """An ID number whose check digit is right."""
    born = date(1984, 1, 1) + timedelta(days=shop.between(0, 7200))  # the code is known from 1983 on
    bare = f"{REGION}{born:%Y%m%d}{shop.between(1, 999):03d}"
    return bare + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(bare, _ID_WEIGHTS, strict=True)) % 11]


def phone(shop: Shop) -> str:
    """A phone number that nobody else has."""
    return f"139000{shop.serial('phone', 10_317) % 100_000:05d}"


def name(shop: Shop) -> str:
    """A person's name, that nobody else has: neither among customers nor in the house."""
    while True:
        drawn = shop.pick(SURNAMES) + shop.pick(GIVEN)
        if drawn not in TAKEN and shop.first_time("name", drawn):
            return drawn


def customer(shop: Shop, called: str | None = None, plate: str | None = None) -> Customer:
    """Somebody new, with an older car."""
    company = called is None and shop.chance(0.12)
    number, year = shop.serial("old_car", 210_004), shop.today.year - shop.between(1, 6)
    return Customer(
        name=called or named(shop, company), phone=phone(shop), plate=plate or _plate(shop), vin=vin(number, year),
        use="company" if company else "private", member=shop.chance(0.3), mileage=shop.between(3, 90) * 1000,
        model=shop.pick(OLD_MODELS), advisor=shop.pick(ADVISORS),
    )  # fmt: skip


def buyer(shop: Shop, company: bool, model: str) -> Customer:
    """Somebody who buys a new car; its VIN and plate are known later."""
    return Customer(
        name=named(shop, company), phone=phone(shop), plate=_plate(shop), vin="", use="company" if company else "private",
        member=False, mileage=0, model=model, advisor=shop.pick(ADVISORS), bought=0,
    )  # fmt: skip


def named(shop: Shop, company: bool) -> str:
    """What a customer is called; of a company with whoever speaks for it."""
    return f"{shop.pick(COMPANIES)} {name(shop)}" if company else name(shop)


def enter(shop: Shop, by: str, some: Sequence[Customer]) -> None:
    """Their cards and their cars, as a file of each."""
    shop.enter("customer", by, [_card(shop, one) for one in some])
    shop.enter("vehicle", by, [{"vin": one.vin, "plate": one.plate, "model": one.model, "customer": one.phone} for one in some])
    for one in some:
        one.new = False


def introduce(shop: Shop, by: str, one: Customer) -> None:
    """The card of somebody who has no car of ours yet."""
    shop.enter("customer", by, [_card(shop, one)])


def _card(shop: Shop, one: Customer) -> dict[str, Any]:
    card: dict[str, Any] = {"name": one.name, "phone": one.phone, "kind": one.use, "advisor": one.advisor}
    if one.member:
        card["club"] = True
    if one.seen is not None:
        card["since"] = one.seen.isoformat()
    if one.use == "private" and shop.chance(0.25):
        card["hours"] = shop.pick(HOURS)
    return card


def _plate(shop: Shop) -> str:
    number = shop.serial("plate", 1301) * 37 % 9973
    return f"皖H{shop.pick(LETTERS)}{number:04d}"


class Regulars:
    """Who comes to the workshop: people who come again, new ones, and those who bought their car here.

    Args:
        bought: buyers join it as soon as they have their car.
    """

    def __init__(self, shop: Shop, count: int, bought: list[Customer]) -> None:
        self._shop = shop
        self.known = [customer(shop) for _ in range(count)]
        self._bought = bought

    def next(self) -> Customer:
        """Who comes now: nobody who was here just now."""
        shop = self._shop
        found = None
        if not shop.chance(0.08):
            some = self._bought if self._bought and shop.chance(0.08) else self.known
            found = next((one for _ in range(20) if self._may_come(one := shop.pick(some))), None)
        if found is None:
            found = customer(shop)
            self.known.append(found)
        found.mileage += shop.between(1, 9) * 500
        found.seen = shop.day
        return found

    def _may_come(self, one: Customer) -> bool:
        return not one.here_lately(self._shop.day, AGAIN if one.bought is None else UPKEEP)

    def somebody(self) -> Customer:
        """Somebody who has been here before."""
        while (found := self._shop.pick(self.known)).new:
            pass
        return found
