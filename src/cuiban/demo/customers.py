"""The customers of the demo and the cars that they have: names, plates, phones, numbers, all made up.

Holds: who, what car. Never: what becomes of them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cuiban.demo.shop import Shop

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
    """

    name: str
    phone: str
    plate: str
    vin: str
    use: str
    member: bool
    mileage: int


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
    """A person's name."""
    return shop.pick(SURNAMES) + shop.pick(GIVEN)


def customer(shop: Shop, called: str | None = None, plate: str | None = None) -> Customer:
    """Somebody new, with an older car."""
    company = called is None and shop.chance(0.12)
    number = shop.serial("old_car", 210_004)
    return Customer(
        name=called or (f"{shop.pick(COMPANIES)} {name(shop)}" if company else name(shop)),
        phone=phone(shop), plate=plate or _plate(shop), vin=vin(number, shop.today.year - shop.between(1, 6)),
        use="company" if company else "private", member=shop.chance(0.3), mileage=shop.between(3, 90) * 1000,
    )  # fmt: skip


def _plate(shop: Shop) -> str:
    number = shop.serial("plate", 1301) * 37 % 9973
    return f"皖H{shop.pick(LETTERS)}{number:04d}"


class Regulars:
    """Who comes to the workshop: people who come again, and new ones."""

    def __init__(self, shop: Shop, count: int) -> None:
        self._shop = shop
        self._known = [customer(shop) for _ in range(count)]

    def next(self) -> Customer:
        """Who comes now."""
        if self._shop.chance(0.08):
            self._known.append(customer(self._shop))
            return self._known[-1]
        found = self._shop.pick(self._known)
        found.mileage += self._shop.between(1, 9) * 500
        return found
