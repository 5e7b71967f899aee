"""The part of the public face that keeps registers: rows added, changed, ended, listed, found. Each change is an event."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from cuiban.engine.labels import L
from cuiban.errors import NotFound, Refused
from cuiban.office.changing import look_again
from cuiban.office.door import REASON, moment, origin, text, whole, word

if TYPE_CHECKING:
    from pathlib import Path

    from cuiban.engine.matching import Difference
    from cuiban.engine.register import Record, Register
    from cuiban.office import Office
    from cuiban.registers.cards import Car, Card, Found
    from cuiban.registers.importing import Imported
    from cuiban.registers.writing import Form, Hand, Outcome, RowView, Writer
    from cuiban.store.database import Connection
    from cuiban.store.registers import Shelf

Fields = Mapping[str, Any]
CANNOT = L("{register}: 不能这样登记, 有{n}处要改", "{register}: this cannot be entered, {n} {things} wrong")


class Registering:
    """Registers by hand and by file. Every method that names one raises NotFound where there is none of that name."""

    @property
    def _house(self) -> "Office":
        return cast("Office", self)

    def register(self, name: str) -> "Register":
        """The declaration of a register, by its name or label."""
        from cuiban.registers import MODULES, declared, every

        found = declared(name) or next((r for r in every() if name in (r.label.zh, r.label.en)), None)
        if found is None:
            known = ", ".join(MODULES)
            raise NotFound("not_found", L(f"没有 {name} 这个台账; 有: {known}", f"there is no register {name}; there are: {known}"))
        return found

    def shelf(self, name: str) -> "Shelf":
        """The rows of a register."""
        from cuiban.store.registers import Shelf

        shelves: dict[str, Shelf] = self.__dict__.setdefault("_shelves", {})
        if name not in shelves:
            shelves[name] = Shelf(self._house.store, self.register(name))
        return shelves[name]

    def form(self, name: str) -> "Form":
        """A register's fields, ready to read what is given for them."""
        from cuiban.engine.language import Choice
        from cuiban.registers.writing import Form

        forms: dict[str, Form] = self.__dict__.setdefault("_forms", {})
        if name not in forms:
            books = [Choice(book, one.label) for book, one in self._house.registry.books.items()]
            forms[name] = Form(self.register(name), books)
        return forms[name]

    def hand(self, actor: str, now: datetime | None, via: str | None = None, reason: str | None = None,
             connection: "Connection | None" = None) -> "Hand":  # fmt: skip
        """Who enters something, and what is known of the house at that moment."""
        from cuiban.registers.writing import Hand

        office = self._house
        roster = office.world_in(connection).roster if connection is not None else office.roster()
        return Hand(
            word(actor), moment(now), office.zone, roster, self.shelf, office.chance, self._written, origin(via),
            text(REASON, reason),
        )  # fmt: skip

    def _written(self, register: str, connection: "Connection") -> None:
        """A row that was entered or ended may change whose a duty is today, or open a case."""
        from cuiban.engine.subjects import Rows

        registry = self._house.registry
        sources = [duty.per for duty in registry.duties.values()]
        opens = any(register in registers for registers in registry.from_rows.values())
        if opens or any(isinstance(per, Rows) and per.register == register for per in sources):
            look_again(self._house, connection)

    # by hand ---------------------------------------------------------------------------------------------------------

    def register_add(self, name: str, fields: Fields, *, actor: str, reason: str | None = None, via: str | None = None,
                     dry_run: bool = False, key: str | None = None, now: datetime | None = None) -> "RowView":  # fmt: skip
        """Enter a new row, or let one that ended hold again; a register's own roles may, and an administrator.

        Args:
            key: the same key again does nothing and says what was done then, of the row as it stands.
        Raises:
            Refused: with everything that is wrong.
        """
        register = self.register(name)
        how, asked = (actor, now, via, reason), (key, ["add", dict(fields)])
        return self._entered(register, how, dry_run, lambda writer: writer.put(fields, anew=True), asked)

    def register_set(self, name: str, which: str, fields: Fields, *, actor: str, reason: str | None = None,
                     via: str | None = None, dry_run: bool = False, if_version: int | None = None, key: str | None = None,
                     now: datetime | None = None) -> "RowView":  # fmt: skip
        """Change fields of a row that holds, named by its id or key; an empty value empties its field. `key`: as register_add.

        What a step of a case wrote is changed only with a `reason`: the case says something else from then on.
        """
        from cuiban.engine.blockers import blocker
        from cuiban.registers.writing import Fault

        register = self.register(name)
        how, asked = (actor, now, via, reason), (key, ["set", which, dict(fields)])

        def entry(writer: "Writer") -> "Outcome":
            before = self._row(register, which, writer.connection, if_version)
            outcome = writer.change(before, fields)
            if not reason and (outcome.faults or outcome.action != "none") and self._is_of_a_step(before):
                outcome.row, outcome.faults = None, [*outcome.faults, Fault(None, blocker("reason_missing"))]
            return outcome

        return self._entered(register, how, dry_run, entry, asked)

    def _is_of_a_step(self, row: "Record") -> bool:
        """Whether a step of a case wrote to the row."""
        return any("step" in event.origin for event, _ in self._house.store.history(row.id))

    def register_end(self, name: str, which: str, *, actor: str, reason: str | None = None, via: str | None = None,
                     dry_run: bool = False, key: str | None = None, now: datetime | None = None) -> "RowView":  # fmt: skip
        """A row holds no longer; it stays, with its history, which says why: `reason` is needed. `key`: as register_add."""
        from cuiban.engine.blockers import blocker
        from cuiban.registers.writing import Fault, Outcome

        register = self.register(name)
        how, asked = (actor, now, via, reason), (key, ["end", which])

        def entry(writer: "Writer") -> Outcome:
            before = self._row(register, which, writer.connection)
            return Outcome(faults=[Fault(None, blocker("reason_missing"))]) if not reason else writer.end(before)

        return self._entered(register, how, dry_run, entry, asked)

    def _entered(self, register: "Register", how: tuple[str, datetime | None, str | None, str | None], dry_run: bool,
                 entry: "Callable[[Writer], Outcome]", asked: tuple[str | None, list[Any]]) -> "RowView":  # fmt: skip
        """What was entered, or would be, once under a key; in a transaction of its own."""
        from cuiban.office import keys
        from cuiban.registers.writing import Writer, barred

        actor, now, via, reason = how
        key, wish = asked[0], ascii([register.name, *asked[1], actor, reason]).encode()

        def work(connection: "Connection") -> "RowView":
            hand = self.hand(actor, now, via, reason, connection)
            found = barred(register, hand)
            if found:
                raise Refused.because(*found)
            writer = Writer(self.form(register.name), connection, hand)
            if key is not None and (before := keys.recall(self._house, connection, key, wish, list[str])) is not None:
                return self._view(register, self._row(register, before[0], connection), False, before[1], dry_run)
            hand.command = keys.key_hash(key) if key is not None else None
            outcome = entry(writer)
            if outcome.row is None:
                n = len(outcome.faults)
                things = "thing is" if n == 1 else "things are"
                said = CANNOT.fill(register=register.label, n=n, things=things)
                raise Refused(said, [fault.blocker for fault in outcome.faults])
            row = outcome.row
            if not dry_run:
                writer.flush()
                if key is not None and outcome.action != "none":
                    keys.keep(self._house, connection, key, wish, row.id, row.version, [row.id, outcome.action], hand.now)
            return self._view(register, row, False, outcome.action, dry_run)

        return self._house.store.transact(work)

    def _row(self, register: "Register", which: str, connection: "Connection", if_version: int | None = None) -> "Record":
        """The row that an id or the value of a key means. Raises NotFound, Conflict."""
        from cuiban.engine.fields import WrongValue
        from cuiban.errors import Conflict

        shelf = self.shelf(register.name)
        found = shelf.by(connection, ["id"], [which.strip().upper()])
        if found is None:
            parts = which.split("/") if len(register.key) > 1 else [which]
            readers = self.form(register.name).readers
            try:
                values = [readers[name](part) for name, part in zip(register.key, parts, strict=True)]
                found = shelf.by(connection, register.key, values)
            except (WrongValue, ValueError):
                found = None
        if found is None:
            raise NotFound("not_found", L(f"{register.label.zh}里没有 {which}", f"{register.label.en}: there is no {which}"))
        if if_version is not None and found.version != whole(if_version):
            raise Conflict("conflict", L(f"{found.id} 已改到第{found.version}版", f"{found.id} is at version {found.version} now"))
        return found

    # by file ---------------------------------------------------------------------------------------------------------

    def register_import(self, name: str, path: "Path", *, actor: str, reason: str | None = None, via: str | None = None,
                        dry_run: bool = False, progress: Callable[[int], None] | None = None, key: str | None = None,
                        now: datetime | None = None) -> "Imported":  # fmt: skip
        """Take in the rows of an xlsx or csv; the good ones go in, a transaction a thousand. Twice changes nothing.

        Args:
            progress: is told how many rows were read so far.
            key: the same key with the same file again says what was done then; one that was killed goes on. It stands on the first
                row that the file changes: a file that changes nothing keeps none.
        Raises:
            BadInput: the file or its heading cannot be used; nothing went in.
            Refused: somebody else enters this register.
        """
        from cuiban.office import importing
        from cuiban.registers.writing import barred

        register = self.register(name)
        found = barred(register, self.hand(actor, now, via, reason))
        if found:
            raise Refused.because(*found)
        how = importing.How(actor, now, via, text(REASON, reason), dry_run, progress, key)
        return importing.take_in_file(self._house, register, path, how)

    def register_put(self, name: str, rows: Iterable[Fields], *, actor: str, reason: str | None = None, via: str | None = None,
                     now: datetime | None = None) -> "Imported":  # fmt: skip
        """Take in many rows, by name of field, as a file of them: the good ones go in, a transaction a thousand.

        Raises:
            Refused: somebody else enters this register.
        """
        from cuiban.registers.importing import take_in
        from cuiban.registers.sheet import Line
        from cuiban.registers.writing import barred

        form, how = self.form(self.register(name).name), (actor, now, via, text(REASON, reason))
        found = barred(form.register, self.hand(*how))
        if found:
            raise Refused.because(*found)
        lines = (Line(number, dict(row), dict(row), []) for number, row in enumerate(rows, 1))
        return take_in(form, lines, self._house.store.transact, lambda c: self.hand(*how, c), dry_run=False)

    def register_rows(self, name: str, *, ended: bool | None = False) -> "Iterator[Record]":
        """Every row of a register, some at a time."""
        shelf = self.shelf(self.register(name).name)
        return (row for row in shelf.all(self._house.database.connection()) if ended is None or row.ended is ended)

    # questions -------------------------------------------------------------------------------------------------------

    def registers(self) -> "list[tuple[Register, int]]":
        """Every register, and how many rows it has, those that ended too."""
        from cuiban.registers import every

        connection = self._house.database.connection()
        return [(register, self.shelf(register.name).count(connection)) for register in every()]

    def register_get(self, name: str, which: str, *, actor: str, reveal: bool = False, now: datetime | None = None) -> "RowView":
        """A row, named by its id or by its key (several fields parted by `/`)."""
        register = self.register(name)
        row = self._row(register, which, self._house.database.connection())
        if reveal:
            self._house.revealed(row.id, actor=actor, now=now)
        return self._view(register, row, reveal)

    def register_list(self, name: str, *, part: str | None = None, where: Fields | None = None, ended: bool | None = False,
                      limit: int | None = None, reveal: bool = False, actor: str | None = None,
                      now: datetime | None = None) -> "list[RowView]":  # fmt: skip
        """Rows by a part of what is shown of them and by values of fields; `ended` None: those that ended too."""
        register = self.register(name)
        if reveal:
            self._house.revealed(f"register {register.name}", actor=actor or "", now=now)
        values = self._wanted(register, where or {})
        connection = self._house.database.connection()
        parts = self._looked_for(register, part) if part is not None and part.strip() else None
        rows = self.shelf(register.name).listed(connection, values, parts=parts, ended=ended, limit=limit)
        return [self._view(register, row, reveal) for row in rows]

    def card(self, customer: str, *, actor: str, reveal: bool = False, now: datetime | None = None) -> "Card":
        """All that is known of a customer, named by id, phone or name: cars, repairs, cases, papers, what comes next.

        Raises:
            NotFound: nobody is called so; `ambiguous` if several are.
        """
        from cuiban.registers.cards import card

        found = card(self._house, customer, moment(now), reveal)
        if reveal:
            self._house.revealed(str(found.customer["id"]), actor=actor, now=now)
        return found

    def car(self, which: str, *, actor: str, reveal: bool = False, now: datetime | None = None) -> "Car":
        """All that is known of a car, named by its VIN, plate or id: its whole way. Raises NotFound."""
        from cuiban.registers.cards import car

        if reveal:
            self._house.revealed(which, actor=actor, now=now)
        return car(self._house, which, moment(now), reveal)

    def find(self, text: str, *, limit: int = 50) -> "list[Found]":
        """Rows of every register of which `text` is a part: of a name, phone, plate or VIN; at most `limit` of each."""
        from cuiban.registers.cards import find

        return find(self._house, text, limit)

    def register_match(self, name: str, frm: date | None = None, to: date | None = None) -> "list[Difference]":
        """Where two registers do not agree by a rule, of the days [from, to) if they are given. Raises NotFound.

        Without days, a rule by periods (a month's count) looks at the last one that there is.
        """
        from cuiban.office.matching import EVER, differences, rule_named

        span = (frm or EVER[0], to or EVER[1]) if frm or to else None
        return differences(self._house, self._house.database.connection(), rule_named(name), span)

    def _wanted(self, register: "Register", where: Fields) -> dict[str, Any]:
        from cuiban.engine.blockers import blocker
        from cuiban.engine.fields import WrongValue
        from cuiban.engine.labels import listing

        found, readers = {}, self.form(register.name).readers
        for name, value in where.items():
            spec = register.field(name)
            if spec is None:
                raise Refused.because(blocker("unknown_field", field=name, fields=listing(register.fields)))
            try:
                found[spec.name] = readers[spec.name](value)
            except WrongValue as error:
                raise Refused.because(blocker("wrong_value", field=spec, why=error.message)) from None
        return found

    def _looked_for(self, register: "Register", text: str) -> dict[str, str | list[str]]:
        """What to look for in which column, so that a row is found by what a list shows of it: labels and names, not ids."""
        from cuiban.registers.cards import part_of

        wanted, registry = text.strip().casefold(), self._house.registry
        found: dict[str, str | list[str]] = {"id": text.strip().upper()}
        people = [one.id for one in self._house.roster().members.values() if wanted in one.name.casefold() or wanted == one.id]
        for spec in register.fields:
            labels = {choice.name: choice.label for choice in spec.choices}
            if spec.name == "book":
                labels = {book: one.label for book, one in registry.books.items()}
            if labels:
                found[spec.name] = [one for one, label in labels.items() if wanted in f"{label.zh}\n{label.en}\n{one}".casefold()]
            elif spec.type == "person":
                found[spec.name] = people
            elif spec.type in ("text", "note", "name", "plate", "vin", "day", "month") or spec.name in register.find:
                part = part_of(spec, text)
                found |= {spec.name: part} if part is not None else {}
        return found

    def _view(self, register: "Register", row: "Record", reveal: bool, action: str = "none", dry_run: bool = False) -> "RowView":
        from cuiban.registers.writing import RowView

        return RowView(register=register.name, id=row.id, version=row.version, ended=row.ended, action=action, dry_run=dry_run,
                       fields=shown(register, row, reveal))  # fmt: skip


def shown(register: "Register", row: "Record", reveal: bool) -> dict[str, Any]:
    """Every field of a row, None where it is empty; phones and ID numbers masked unless `reveal`."""
    from cuiban.office.reading import masked

    found: dict[str, Any] = {}
    for spec in register.fields:
        value = row.values.get(spec.name)
        hides = spec.type in ("phone", "id_number") and value is not None and not reveal
        found[spec.name] = masked(spec.type, value) if hides else value
    return found
