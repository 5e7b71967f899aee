"""Making a demo where nothing can go half: beside its place, whole, then put there at once."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cuiban.address import masked, of_file
from cuiban.calendar import is_working_day, standard
from cuiban.demo import Built
from cuiban.demo.marker import Marker, read
from cuiban.demo.months import Months
from cuiban.demo.shop import DAY, Shop
from cuiban.demo.staff import ADMINISTRATOR, ADMINISTRATOR_NAME, CLERK
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.office import Office, create
from cuiban.office.collecting import no_collecting
from cuiban.office.standing import demo_in, replace_demo

MOST_MONTHS = 60
ZONE = "Asia/Shanghai"
NAME = "江北别克"
Progress = Callable[[int], None]


def built(url: str, seed: int, months: int, now: datetime, lang: str, progress: Progress | None, dry_run: bool) -> Built:
    """The demo of that seed and day; see `cuiban.demo.build`."""
    if not 1 <= months <= MOST_MONTHS:
        raise Usage("usage", L("应为 1 至 {most} 个月", "a demo has 1 to {most} months").fill(most=MOST_MONTHS))
    wanted = Marker(CLERK, seed, months, now.astimezone(ZoneInfo(ZONE)).date())
    if read(demo_in(url)) != wanted:
        with TemporaryDirectory(prefix="cuiban-") as folder:
            path = Path(folder) / "demo.db"
            lived(of_file(path), wanted, lang, progress)
            if dry_run:
                return replace(_as_it_stands(of_file(path), wanted), database=masked(url))
            replace_demo(path, url)
    return _as_it_stands(url, wanted)


def lived(url: str, wanted: Marker, lang: str, progress: Progress | None) -> Shop:
    """Found the dealership in a new database and let it live until today; the dealership as it then is."""
    dice = Random(f"{wanted.seed} {wanted.months} {wanted.today}")
    salt = Random(f"salt {wanted.seed} {wanted.months} {wanted.today}")
    start = first_day(wanted.today, wanted.months)

    def chance() -> bytes:
        return salt.randbytes(32)

    founded = datetime.combine(start, datetime.min.time(), ZoneInfo(ZONE)).replace(hour=8)
    create(url, dealership=NAME, admin=ADMINISTRATOR, admin_name=ADMINISTRATOR_NAME, zone=ZONE, lang=lang, sandbox=True,
           demo=wanted.text, chance=chance, via=Shop.via, now=founded)  # fmt: skip
    with Office(url, chance=chance, durable=False) as office, no_collecting():
        shop = Shop(office, dice, start, wanted.today, progress)
        Months(shop).live()
        return shop


def first_day(today: date, months: int) -> date:
    """The first working day from so many months before today on."""
    years, month = divmod(today.month - 1 - months, 12)
    day = date(today.year + years, month + 1, min(today.day, 28))
    while not is_working_day(standard(), day):
        day += DAY
    return day


def _as_it_stands(url: str, marker: Marker) -> Built:
    with Office(url, NAME) as office:
        cases, events = office.size()
        shown = office.database.shown
    return Built(database=shown, seed=marker.seed, today=marker.today, cases=cases, events=events, user=marker.user)
