"""What becomes of a row that somebody enters: every fault in it, or the event that adds or changes it.

All of a register's writers wait for each other (its serial is locked first), so what is looked at here is not overtaken.
"""

import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Event, event_hash, event_text
from cuiban.engine.decision import Kept, commitment
from cuiban.engine.fields import Reader, WrongValue, instant_text, reader
from cuiban.engine.labels import Named, listing
from cuiban.engine.language import Choice, Enter, Field
from cuiban.engine.plan import Sealed
from cuiban.engine.register import ADD, AGAIN, END, SET, Record, Refer, Register, Row, applied
from cuiban.engine.roster import ADMINISTRATOR, AUDITOR, Roster
from cuiban.registers.faults import fault
from cuiban.registers.finding import SOURCE, case_of, meant
from cuiban.store.database import Connection
from cuiban.store.registers import Shelf

NOTHING = "none"
BOOK = "book"  # the field that names a book of numbers, in whatever register
Known = dict[tuple[str, Any], Any]  # field and what was given for it -> the value by which it is referred to


class Fault(NamedTuple):
    """What is wrong with a row, and in which of its fields."""

    field: str | None
    blocker: Blocker


@dataclass(slots=True)
class Outcome:
    """What becomes of a row: `action` of its event, or `none` where nothing changes; or its faults.

    Attributes:
        keeps: what does not follow, and is to be looked at.
    """

    action: str = NOTHING
    row: Record | None = None
    faults: list[Fault] = field(default_factory=list)
    keeps: list[Blocker] = field(default_factory=list)


@dataclass(slots=True)
class Hand:
    """Who enters something, when, and what is known of the house at that moment.

    Attributes:
        shelf: gives the shelf of a register; salt: 32 random bytes a call.
        written: is told of each register that something was written to, in the same transaction.
        at: since when what is entered holds (UTC); None: since now.
        command: commitment of the key under which it is done once.
        origin: what of another history an entry comes from.
        entered: whether the case whose step it is has entered rows in a register.
        beside: writers of other registers in the same transaction: what they will write can be referred to.
    """

    actor: str
    now: datetime
    zone: tzinfo
    roster: Roster
    shelf: Callable[[str], Shelf]
    salt: Callable[[], bytes]
    written: Callable[[str, Connection], None]
    via: str | None = None
    reason: str | None = None
    at: datetime | None = None
    command: str | None = None
    origin: dict[str, str] = field(default_factory=dict)
    entered: Callable[[str], bool] = lambda register: False
    beside: "dict[str, Writer]" = field(default_factory=dict)


def barred(register: Register, hand: Hand) -> list[Blocker]:
    """Why somebody may not enter anything in a register by hand or by a file."""
    roster, actor = hand.roster, hand.actor
    if not roster.active(actor, hand.now):
        return [blocker("not_active", actor=roster.named(actor))]
    mine = roster.roles(actor, hand.now)
    if mine & {*register.roles, ADMINISTRATOR}:
        return []
    if mine == {AUDITOR}:
        return [blocker("reads_only")]
    who = [f"role:{role}" for role in register.roles]
    return [blocker("not_allowed", who, who=[roster.named(one) for one in who], actor=roster.named(actor))]


class Form:
    """A register's fields, ready to read what was given for them.

    Args:
        books: the books of numbers that there are: what a field `book` takes, by id or label, and keeps as the id.
    """

    def __init__(self, register: Register, books: Sequence[Choice] = ()) -> None:
        self.register = register
        self.named: dict[str, Field] = {}
        for each in register.fields:
            for name in (each.label.en, each.label.zh, each.name):
                self.named[name] = each
        self.fields = {each.name: each for each in register.fields}
        self.readers: dict[str, Reader] = {each.name: reader(each) for each in register.fields}
        if BOOK in self.fields:  # which there are is known to the house, not to its database
            self.readers[BOOK] = reader(structs.replace(self.fields[BOOK], type="choice", choices=list(books)))
        self.refers = {refer.field: refer for refer in register.refers}
        self.past = frozenset(register.past)
        self.people = frozenset(each.name for each in register.fields if each.type == "person")
        self.aside = frozenset(each.name for each in register.fields if each.kept_aside)
        self.keys = [register.key, *register.unique]

    def read(self, given: Mapping[str, Any], hand: Hand) -> tuple[dict[str, Any], list[Fault]]:
        """The values in the form that is kept, by name (None: emptied), and what is wrong with them."""
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, raw in given.items():
            spec = self.named.get(name)
            if spec is None:
                faults.append(Fault(name, blocker("unknown_field", field=name, fields=listing(self.register.fields))))
            elif raw is None or (isinstance(raw, str) and not raw.strip()):
                values[spec.name] = None
            else:
                self._read(spec, raw, hand, values, faults)
        return values, faults

    def _read(self, spec: Field, raw: Any, hand: Hand, values: dict[str, Any], faults: list[Fault]) -> None:
        name = spec.name
        try:
            value = self.readers[name](raw)
        except WrongValue as error:
            faults.append(Fault(name, blocker("wrong_value", field=spec, why=error.message)))
            return
        if name in self.past and _ahead(spec, value, hand):
            faults.append(Fault(name, blocker("in_future", at=value)))
        elif name in self.people and (found := _somebody(spec, value, hand.roster, hand.now)) is not None:
            if isinstance(found, Blocker):
                faults.append(Fault(name, found))
            else:
                values[name] = found
        else:
            values[name] = value


def _ahead(spec: Field, value: str, hand: Hand) -> bool:
    if spec.type == "instant":
        return value > instant_text(hand.now)
    return value > hand.now.astimezone(hand.zone).date().isoformat()


def _somebody(spec: Field, text: str, roster: Roster, now: datetime) -> str | Blocker:
    """The id of whom a text means; people who left may stand in old rows."""
    found = roster.find(text)
    if len(found) != 1:
        return blocker("unknown_person", field=spec, person=text)
    if spec.role is not None and roster.active(found[0], now) and not roster.has(found[0], spec.role, now):
        return blocker("person_lacks_role", field=spec, person=roster.named(found[0]), role=f"role:{spec.role}")
    return found[0]


class Writer:
    """One transaction's rows of one register: entered one after the other, written together by `flush`.

    Args:
        known: what rows refer to and was found before; whoever imports keeps it over all transactions.
    """

    def __init__(self, form: Form, connection: Connection, hand: Hand, known: Known | None = None) -> None:
        self.form, self.connection, self.hand = form, connection, hand
        self.shelf = hand.shelf(form.register.name)
        self.serial = self.shelf.next_serial(connection)
        self._mine: dict[tuple[str, ...], dict[tuple[Any, ...], Record]] = {}
        self._was: dict[str, int] = {}  # id -> the version that its row has in the table; 0: it is not there yet
        self._rows: dict[str, Record] = {}
        self._events: list[Sealed] = []
        self._kept: list[tuple[str, int, Kept]] = []
        self._there = known if known is not None else {}
        self.tells_of_past = known is not None  # a file may tell of a time when what has ended since still held
        self._foreseen: dict[Any, Record | None] = {}  # what was looked up ahead, by the one field of the key

    def foresee(self, many: Sequence[Mapping[str, Any]]) -> None:
        """Look up, in a few questions, which of many rows are there, and what they refer to; a file asks before each chunk."""
        register = self.form.register
        if len(register.key) == 1:
            keys = self._texts(many, register.key[0])
            self._foreseen = {**dict.fromkeys(keys), **self.shelf.among(self.connection, register.key[0], keys)}
        for refer in register.refers:
            asked = [text for text in self._texts(many, refer.field) if (refer.field, text) not in self._there]
            there = self.hand.shelf(refer.register)
            for text in there.there(self.connection, refer.by or "id", asked) if asked else ():
                self._there[refer.field, text] = text

    def _texts(self, many: Sequence[Mapping[str, Any]], field: str) -> list[str]:
        """What rows have in a field, as it is kept; what cannot be read is told when its row comes."""
        found: dict[str, None] = {}
        for given in many:
            with suppress(WrongValue):
                if given.get(field) is not None and isinstance(value := self.form.readers[field](given[field]), str):
                    found[value] = None
        return list(found)

    # what is asked of a row ----------------------------------------------------------------------------------------

    def put(self, given: Mapping[str, Any], *, anew: bool = False, beside: Sequence[Fault] = ()) -> Outcome:
        """Add a row, or bring the one of the same key up to date; what is left empty stays as it is.

        Args:
            anew: by hand: a row of that key must not be there.
            beside: what is known to be wrong already, whatever the values.
        """
        values, faults = self.form.read(given, self.hand)
        faults += beside
        values = {name: value for name, value in values.items() if value is not None}
        return self._put(self._there_by_key(values), values, faults, anew)

    def enter(self, given: Mapping[str, Any], how: Enter) -> Outcome:
        """What a step of a case writes, as it declares; None empties a field."""
        values, faults = self.form.read(given, self.hand)
        values = {name: value for name, value in values.items() if name not in how.loose or self._resolves(name, value)}
        before = self._there_by_key(values)
        if how.mode in ("known", "end"):
            return self._change_known(before, values, faults, how)
        if how.mode == "missing" and before is not None and not before.ended:
            return Outcome(row=before)
        if before is None:
            values = {name: value for name, value in values.items() if value is not None}
        elif before.ended and not how.revives:
            faults.append(Fault(self.form.register.key[0], fault("row_has_ended", id=before.id, again=self._again(before))))
        elif not before.ended:
            values |= {name: before.values.get(name, 0) + values[name] for name in how.adds if name in values}
        return self._put(before, values, faults, how.mode == "new")

    def _change_known(self, by_key: Record | None, values: dict[str, Any], faults: list[Fault], how: Enter) -> Outcome:
        """Change or end the row that the case means; by whatever key it goes since, that stays."""
        register = self.form.register
        before, strange = self._meant(by_key, values)
        if strange or (before is None and how.mode == "end" and self.hand.entered(register.name)):
            key = "/".join(str(values.get(name)) for name in register.key)
            faults.append(Fault(register.key[0], fault("row_not_found", register=register.name, key=key)))
            return Outcome(faults=faults)
        if before is None or before.ended:
            return Outcome(row=before)
        if how.mode == "end":
            return self.end(before)
        values = {name: value for name, value in values.items() if name not in register.key}
        values |= {name: before.values.get(name, 0) + values[name] for name in how.adds if name in values}
        return self._put(before, values, faults, anew=False)

    def _meant(self, by_key: Record | None, values: Mapping[str, Any]) -> tuple[Record | None, bool]:
        """The row that the case of this step means by a key; whether one has that key which is another case's."""
        case = case_of(self.hand.origin)
        key = [values.get(name) for name in self.form.register.key]
        found = meant(self.form.register, case, key, by_key, self._history, lambda: self._of_case(case))
        return found.row, found.strange

    def _of_case(self, case: str) -> list[Record]:
        """The rows that have the case as their source, ended ones too."""
        listed = self.shelf.listed(self.connection, {SOURCE: case}, ended=None, limit=None)
        return [self._rows.get(row.id, row) for row in listed]

    def _history(self, id: str) -> list[Event]:
        """A row's events, those of this transaction too."""
        return [*(event for event, _ in self.shelf.store.history(id)), *(one.event for one in self._events if one.event.ref == id)]

    def correct(self, row: Row) -> Outcome:
        """Let a row follow the correction of what a step wrote; what says something else since stays as it is, and is told."""
        assert row.was is not None
        was, _ = self.form.read(row.was, self.hand)
        new, faults = self.form.read(row.values, self.hand)
        before = self._there_by_key(was)
        if row.enter.mode != "missing":
            before, _ = self._meant(before, was)
        before = self._rows.get(before.id, before) if before is not None else None
        if row.enter.mode == "missing" and (before is None or not self._entered_by(before, row.by)):
            return self.enter(row.values, row.enter)
        if before is None or before.ended or row.enter.mode == "end":
            lost = before is None and row.enter.mode in ("set", "new")
            return Outcome(row=before, keeps=[fault("row_lost", register=self.form.register)] if lost else [])
        changed: dict[str, Any] = {}
        by_hand: list[Field] = []
        for name in {**was, **new}:
            old, value, here = was.get(name), new.get(name), before.values.get(name)
            if name in row.enter.loose and not self._resolves(name, value):
                value = None
            if name in row.enter.adds and old is not None and value is not None:
                changed[name] = (here or 0) + value - old
            elif value != old and here == self._as_kept(name, old):
                changed[name] = value
            elif value != old and here not in (value, self._as_kept(name, value)):
                by_hand.append(self.form.fields[name])
        faults += self._referred(before, changed)
        outcome = self._judged(before, changed, faults, SET)
        if by_hand:
            outcome.keeps.append(fault("row_keeps", register=self.form.register, id=before.id, fields=listing(by_hand)))
        return outcome

    def _entered_by(self, before: Record, step: str) -> bool:
        """Whether it was that step which entered the row first."""
        events = self.shelf.store.history(before.id)
        return bool(events) and events[0][0].origin.get("step") == step

    def _as_kept(self, name: str, value: Any) -> Any:
        """A value as a row keeps it: of what is referred to by its id, that."""
        refer = self.form.refers.get(name)
        return value if refer is None or value is None else self._found(refer, value)

    def _there_by_key(self, values: Mapping[str, Any]) -> Record | None:
        key = [values.get(name) for name in self.form.register.key]
        return self._by(self.form.register.key, key) if None not in key else None

    def _put(self, before: Record | None, values: dict[str, Any], faults: list[Fault], anew: bool) -> Outcome:
        if before is not None and anew and not before.ended:
            faults.append(Fault(self.form.register.key[0], self._taken(before)))
        if before is None:
            lacking = [name for name in self.form.register.required if name not in values]
            told = {one.field for one in faults}
            faults += [Fault(n, blocker("field_missing", field=self.form.fields[n])) for n in lacking if n not in told]
        return self._judged(before, values, faults, ADD if before is None else AGAIN if before.ended else SET)

    def _resolves(self, name: str, value: Any) -> bool:
        return value is None or self._found(self.form.refers[name], value) is not None

    def change(self, before: Record, given: Mapping[str, Any]) -> Outcome:
        """Change fields of a row; an empty value empties its field."""
        values, faults = self.form.read(given, self.hand)
        register = self.form.register
        emptied = [n for n in register.required if n in values and values[n] is None]
        faults += [Fault(n, blocker("field_missing", field=self.form.fields[n])) for n in emptied]
        faults += self._referred(before, values)
        if before.ended:
            faults.append(Fault(None, fault("row_ended", id=before.id, again=self._again(before))))
        return self._judged(before, values, faults, SET)

    def end(self, before: Record) -> Outcome:
        """A row holds no longer; it stays, with its history."""
        return self._written(before, {}, END) if not before.ended else Outcome(row=before)

    # judging -------------------------------------------------------------------------------------------------------

    def _by(self, columns: Sequence[str], values: Sequence[Any]) -> Record | None:
        mine = self._mine.get(tuple(columns), {}).get(tuple(values))
        if mine is None and columns == self.form.register.key and len(columns) == 1 and values[0] in self._foreseen:
            return self._foreseen[values[0]]
        return mine if mine is not None else self.shelf.by(self.connection, columns, values)

    def _judged(self, before: Record | None, values: dict[str, Any], faults: list[Fault], action: str) -> Outcome:
        known = before.values if before is not None else {}
        changed = {n: v for n, v in values.items() if v != known.get(n)}
        for name in self.form.refers.keys() & changed.keys():
            if changed[name] is not None:
                self._refer(self.form.refers[name], changed, faults)
        changed = {n: v for n, v in changed.items() if v != known.get(n)}  # what was named otherwise may be the same
        after = {**known, **changed}
        for key in self.form.keys if before is not None else self.form.keys[1:]:
            if not changed.keys().isdisjoint(key) and (other := self._other(key, after, before)) is not None:
                faults.append(Fault(key[0], self._taken(other)))
        if faults:
            return Outcome(faults=faults)
        if not changed and action == SET:
            return Outcome(row=before)
        return self._written(before, changed, action)

    def _other(self, key: list[str], values: dict[str, Any], before: Record | None) -> Record | None:
        wanted = [values.get(name) for name in key]
        found = self._by(key, wanted) if None not in wanted else None
        return found if found is not None and (before is None or found.id != before.id) else None

    def _again(self, ended: Record) -> str:
        """The command that lets a row hold again, entered by its key once more; a personal one is not told."""
        register = self.form.register
        key = [word for name in register.key for word in ("--set", f"{name}={self._typed(name, ended.values[name])}")]
        return shlex.join(["cuiban", "register", "add", register.name, *key])

    def _typed(self, name: str, value: Any) -> str:
        """A value as it may be typed: a time by the dealership's clock."""
        if name in self.form.aside:
            return ".."
        if self.form.fields[name].type == "instant":
            return datetime.fromisoformat(value).astimezone(self.hand.zone).replace(tzinfo=None).isoformat()
        return str(value)

    def _taken(self, other: Record) -> Blocker:
        return fault("row_there", register=self.form.register, id=other.id)

    def _refer(self, refer: Refer, values: dict[str, Any], faults: list[Fault]) -> None:
        """Put in place of what names a row the value by which it is referred to; or note that there is none."""
        value = values[refer.field]
        if (refer.field, value) in self._there:
            values[refer.field] = self._there[refer.field, value]
            return
        found = self._found(refer, value)
        if found is None:
            label, there = self.form.fields[refer.field].label, self.hand.shelf(refer.register)
            code = "refers_ended" if self._named(there, refer, value, ended=True) is not None else "no_such_row"
            faults.append(Fault(refer.field, fault(code, field=Named(refer.field, label), register=there.register)))
            return
        values[refer.field] = self._there[refer.field, value] = found

    def _found(self, refer: Refer, value: Any) -> Any:
        """By what a row that `value` names is referred to; None: there is no such row, nor will be when all is written."""
        there = self.hand.shelf(refer.register)
        writer = self if refer.register == self.form.register.name else self.hand.beside.get(refer.register)
        coming = writer.coming(refer.by or there.register.key[0], value) if writer is not None else None
        if coming is not None:
            return value if refer.by is not None else coming.id
        return self._named(there, refer, value, ended=self.tells_of_past)

    def coming(self, column: str, value: Any) -> Record | None:
        """The row that this transaction enters or changes, by the value of a key."""
        return self._mine.get((column,), {}).get((value,))

    def _named(self, there: Shelf, refer: Refer, value: Any, *, ended: bool) -> Any:
        """By what a row is referred to that is named by a field, or by its id or key; one that ended only if `ended`."""
        if refer.by is not None:
            found = there.by(self.connection, [refer.by], [value])
            return value if found is not None and (ended or not found.ended) else None
        found = there.by(self.connection, ["id"], [str(value).upper()])
        key = there.register.key
        spec = there.register.field(key[0])
        if found is None and len(key) == 1 and spec is not None:
            with suppress(WrongValue):
                found = there.by(self.connection, key, [reader(spec)(str(value))])
        return found.id if found is not None and (ended or not found.ended) else None

    def _referred(self, before: Record, values: dict[str, Any]) -> list[Fault]:
        """What other rows refer to stays as it is."""
        from cuiban.registers import every

        register = self.form.register
        return [
            Fault(refer.by, fault("row_referred", field=self.form.fields[refer.by], register=other))
            for other in every()
            for refer in other.refers
            if refer.register == register.name and refer.by is not None and refer.by in values
            and values[refer.by] != (old := before.values.get(refer.by)) and old is not None
            and self.hand.shelf(other.name).has(self.connection, refer.field, old)
        ]  # fmt: skip

    # writing -------------------------------------------------------------------------------------------------------

    def _written(self, before: Record | None, changed: dict[str, Any], action: str) -> Outcome:
        """The event, hashed onto the one before, and the row after it."""
        hand, register = self.hand, self.form.register
        if before is None:
            ref, seq, prev, entered = register.id_of(self.serial), 1, "", hand.now
            self.serial += 1
        else:
            ref, seq, prev, entered = before.id, before.version + 1, before.head, max(hand.now, before.recorded_at)
        said: dict[str, Any] = {}
        for name, value in changed.items():
            said[name] = self._aside(ref, seq, name, value) if name in self.form.aside and value is not None else value
        reason = self._aside(ref, seq, "reason", hand.reason) if hand.reason is not None else None
        event = Event(
            ref=ref, seq=seq, action=action, at=hand.at or hand.now, recorded_at=entered, by=hand.actor, prev=prev, via=hand.via,
            reason=reason, fields=said, process=register.process if before is None else None, origin=hand.origin,
            command=hand.command,
        )  # fmt: skip
        text = event_text(event)
        digest = event_hash(text)
        row = applied(before, event, digest, changed)
        self._events.append(Sealed(event, text, digest))
        self._was.setdefault(ref, before.version if before is not None else 0)
        self._rows[ref] = row
        for columns in {tuple(key) for key in self.form.keys}:
            self._mine.setdefault(columns, {})[tuple(row.values.get(name) for name in columns)] = row
        return Outcome(action, row)

    def _aside(self, ref: str, seq: int, slot: str, value: Any) -> dict[str, str]:
        salt = self.hand.salt()
        self._kept.append((ref, seq, Kept(slot, salt, value)))
        return {"#": commitment(salt, value)}

    def flush(self) -> None:
        """Write everything down, in the transaction that is open."""
        if not self._events:
            return
        added = [row for ref, row in self._rows.items() if self._was[ref] == 0]
        changed = [(self._was[ref], row) for ref, row in self._rows.items() if self._was[ref] > 0]
        self.shelf.write(self.connection, added, changed, self.serial, self._events, self._kept)
        self._events, self._kept = [], []
        self.hand.written(self.form.register.name, self.connection)


class RowView(msgspec.Struct, kw_only=True):
    """A row as lists show it: phones and ID numbers masked unless revealed."""

    register: str
    id: str
    version: int
    ended: bool
    action: str = NOTHING
    dry_run: bool = False
    fields: dict[str, Any]
