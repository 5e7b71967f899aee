"""What one call works with: who asks, of which database, when, in which language, shown how.

Belongs here: the context of a call, each part made when it is first asked for.   Start at: Desk.
Must never enter: what any verb does; how an answer looks (output.py); what an error says (faults.py).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cuiban import address
from cuiban.commands import screen
from cuiban.commands.calling import Calling
from cuiban.commands.config import Sources
from cuiban.commands.language import asked_for, language_named, of_locale
from cuiban.commands.logbook import Logbook
from cuiban.commands.place import clock_is_set, login_and_host, login_name, may_be_there, url_of
from cuiban.commands.render import Reader
from cuiban.engine.labels import L, Lang
from cuiban.errors import CuibanError, NotFound, Usage

if TYPE_CHECKING:
    from cuiban.calendar import Calendar
    from cuiban.commands.lastlist import LastList
    from cuiban.commands.when import Toward, When
    from cuiban.office import Office

Clock = Callable[[], datetime]
BROKEN = L("{told}; 详见 cuiban check", "{told}; see cuiban check")


class Desk(Calling):
    """The context of one call.

    Args:
        argv: the words of the call; --lang and --json are looked for before they are parsed.
        environ: the environment.
        clock: the system's clock, in UTC; read once, save by a worker.
    """

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str], clock: Clock) -> None:
        self.argv, self.environ, self.clock = tuple(argv), environ, clock
        self.sources = Sources(environ)
        self.verb, self.writes = "cuiban", False
        self.way_out: L | None = None  # the call that would do, said below a refusal
        self.opened: Office | None = None
        self.log = Logbook(self.sources)
        self._told: set[str] = set()

    def begins(self, verb: str, *, writes: bool) -> None:
        """A verb begins: say so in the log, and remember whether it writes."""
        self.verb, self.writes = verb, writes
        if self.log.wanted:
            self.log.of(verb)
        if self.flag("json") and self.flag("csv"):
            raise Usage("usage", L("--json 和 --csv 只能选一个", "--json and --csv exclude each other"))

    # looks ---------------------------------------------------------------------------------------------------------

    @cached_property
    def lang(self) -> Lang:
        """The language: --lang, CUIBAN_LANG, config, locale, else the dealership's, else Chinese."""
        told = asked_for(self.argv, "--lang") or self.environ.get("CUIBAN_LANG") or self._config_lang()
        return language_named(told) or of_locale(self.environ) or self._dealership_lang()

    def _config_lang(self) -> str | None:
        try:
            return self.sources.config.lang
        except CuibanError:
            return None

    def _dealership_lang(self) -> Lang:
        try:
            return language_named(self.office.lang) or "zh" if self.has_database else "zh"
        except Exception:  # whatever is wrong with the database will be said, in some language
            return "zh"

    @cached_property
    def screen(self) -> screen.Screen:
        """The terminal, or what stands in its place."""
        pager = not self.flag("no_pager") and self.sources.config.pager is not False
        return screen.Screen(self.environ, self.sources.value("color") or "auto", pager)

    @property
    def wants_json(self) -> bool:
        """Whether JSON is asked for; known even where the words of the call cannot be parsed."""
        words = list(self.argv[: self.argv.index("--")] if "--" in self.argv else self.argv)
        return "--json" in words or self.flag("json")

    @property
    def is_for_people(self) -> bool:
        """Whether a person reads the answer: hints are given, readings echoed."""
        return not (self.wants_json or self.flag("csv"))

    def flag(self, name: str) -> bool:
        """Whether a common option is on."""
        return self.sources.flag(name)

    def hint(self, label: L, **params: object) -> None:
        """Say on stderr, once, what may help a person."""
        told = label.fill(**params)[self.lang]
        if self.is_for_people and told not in self._told:
            self._told.add(told)
            screen.note(told)

    def warns(self) -> None:
        """Name the packages of processes that could not be read: whoever was served, was served without them."""
        for one in self.opened.registry.broken if self.opened is not None else ():
            self.hint(BROKEN, told=one.message[self.lang])

    # time ----------------------------------------------------------------------------------------------------------

    @cached_property
    def now(self) -> datetime:
        """The instant of this call, in UTC; CUIBAN_NOW sets it."""
        told = self.environ.get("CUIBAN_NOW")
        if not told:
            return self.clock().astimezone(UTC).replace(microsecond=0)
        from cuiban.commands.when import read

        found = read(told, now=self.clock(), calendar=self.calendar, toward="past")
        if not found.plain:
            raise Usage(
                "usage",
                L(
                    "CUIBAN_NOW 要写全, 如 2026-03-11T08:40:00+08:00",
                    "CUIBAN_NOW has to be full, as 2026-03-11T08:40:00+08:00",
                ),
            )
        return found.at

    @cached_property
    def calendar(self) -> "Calendar":
        """The dealership's calendar, else the built-in one."""
        from cuiban.calendar import standard

        try:
            return self.office.calendar if self.has_database else standard()
        except CuibanError:
            return standard()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which instants are shown."""
        return self.calendar.zone

    def reader(self, *, native: bool = False) -> Reader:
        """For whom answers are put into JSON; what a case is about stays in the dealership's language."""
        subjects = language_named(self.opened.lang) if self.opened is not None else None
        return Reader(self.lang, subjects or self.lang, self.zone, native, self.spoken)

    @property
    def today(self) -> date:
        """The date at the dealership."""
        return self.now.astimezone(self.zone).date()

    def when(self, name: str, text: str, toward: "Toward", calendar: "Calendar | None" = None) -> "When":
        """Read a time that was typed for `name`, and echo the reading where something had to be guessed."""
        from cuiban.commands.when import read
        from cuiban.commands.words import moment_with_weekday, with_weekday

        calendar = calendar or self.calendar
        found = read(text, now=self.now, calendar=calendar, toward=toward)
        if not found.plain:
            told = with_weekday(found.day, self.lang) if found.bare else moment_with_weekday(found.at, calendar.zone, self.lang)
            self.hint(L("{name}: {told}", "{name}: {told}"), name=name, told=told)
        return found

    # who and where -------------------------------------------------------------------------------------------------

    @cached_property
    def url(self) -> str:
        """The database."""
        return url_of(self.sources)

    @property
    def has_database(self) -> bool:
        """Whether there is a database to ask."""
        return may_be_there(self.url)

    @property
    def shown_url(self) -> str:
        """The database as it may be shown."""
        return address.masked(self.url)

    @property
    def dealership(self) -> str | None:
        """The dealership that was named; None: the only one."""
        return self.sources.value("dealership")

    @property
    def office(self) -> "Office":
        """The office of the dealership; opened once.

        Raises:
            DatabaseTrouble: the database cannot be used.
            Refused: the verb writes, the clock is set, and the database is no sandbox.
        """
        if self.opened is None:
            from cuiban.office import Office

            self.opened = Office(self.url, self.dealership, durable=self.sources.config.durable)
        if self.writes and self.environ.get("CUIBAN_NOW") and not self.opened.sandbox:
            raise clock_is_set()
        return self.opened

    def close(self) -> None:
        """Give back what was opened: the office's connections, the log."""
        if self.opened is not None:
            self.opened.close()
        self.log.close()

    @cached_property
    def person(self) -> str:
        """The id of who asks; raises NotFound where nobody is called so."""
        told = self.sources.value("user") or self._clerk()
        if told is not None:
            return self.office.person(told)
        login = login_name()
        try:
            return self.office.person(login)
        except NotFound:
            raise NotFound("not_found", L(
                "没有 {login} 这个人; 用 --user 说明以谁的名义", "nobody is called {login}; say who you are by --user"
            ).fill(login=login)) from None  # fmt: skip

    def _clerk(self) -> str | None:
        """In a demo, whose morning it is."""
        if self.office.demo is None:
            return None
        from cuiban.demo.marker import read

        marker = read(self.office.demo)
        return marker.user if marker is not None else None

    @property
    def via(self) -> str:
        """Login and host, which events keep beside the name that was given."""
        return login_and_host()

    @property
    def act(self) -> dict[str, Any]:
        """Who does it, when, whether it is only tried: what every change wants to know."""
        return {"actor": self.person, "now": self.now, "via": self.via, "dry_run": self.flag("dry_run")}

    @property
    def change(self) -> dict[str, Any]:
        """What every change wants to know, and the key under which it is done once."""
        return {**self.act, "key": self.sources.options.get("key")}

    @cached_property
    def numbers(self) -> "LastList":
        """The numbers of the last list of this terminal."""
        from cuiban.commands.lastlist import LastList

        return LastList(f"{self.shown_url} {self.dealership or ''}".strip())
