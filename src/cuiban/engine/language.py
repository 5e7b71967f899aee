"""The process language: a process is a table of states, steps, fields and papers. Nothing here runs.

Start at `Process`. How to use it: docs/author.md; what each construct does when a case runs: decide.py; until when: dues.py.
"""

from typing import Any, Literal, Union

import msgspec

from cuiban.engine.conditions import Guard, Test
from cuiban.engine.dues import (
    After as After,
    Amount as Amount,
    At as At,
    Before as Before,
    Due as Due,
    First as First,
    On as On,
    Roll as Roll,
    Setting as Setting,
    Unit as Unit,
    before as before,
    cd as cd,
    field as field,
    first as first,
    hours as hours,
    on as on,
    wd as wd,
    wh as wh,
)
from cuiban.engine.labels import L
from cuiban.engine.who import Chaser, Holder, Superior, Who

FieldType = Literal[
    "text", "note", "name", "phone", "id_number", "plate", "vin", "number", "money", "day", "instant", "yes", "choice",
    "choices", "rating", "person", "persons", "week", "month", "quarter", "clock", "label", "rows", "case", "hash", "texts",
]  # fmt: skip
Paths = Union[str, list[str]]  # noqa: UP007 - a union of quoted names, or as its kin


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """One of the values that a field may take."""

    name: str
    label: L


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """A typed value of a case. `note`, `name`, `phone`, `id_number` are personal: kept aside, only a commitment in history.

    Attributes:
        low, high: bounds of a number, money (fen), rating (default 1-5) or the length of a text; rows with `low=0` may be none.
        columns: of `rows`.
        role: a `person` must have it.
        personal: says otherwise than the type does.
        past: a day or instant that cannot lie ahead; without its year it is the last one that was.
    """

    name: str
    label: L
    type: FieldType = "text"
    choices: list[Choice] = []
    low: int | None = None
    high: int | None = None
    columns: list["Field"] = []
    role: str | None = None
    personal: bool | None = None
    past: bool = False

    @property
    def kept_aside(self) -> bool:
        """Whether the value is personal data."""
        return self.type in {"note", "name", "phone", "id_number"} if self.personal is None else self.personal


class Need(msgspec.Struct, frozen=True, omit_defaults=True, tag="need"):
    """A field that a step requires if `when` holds; `anew`: with this very step, though it was given before."""

    field: str
    when: Test | None = None
    anew: bool = False


class Paper(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item of the checklist: missing, present, void or waived. [D3]

    Attributes:
        step: the step that yields it; undoing that step voids it.
        supplier: who hands it in.
        form: original, copy, or which copy (white, blue).
        waiver: the role that may waive it with a reason.
    """

    name: str
    label: L
    supplier: Who | None = None
    step: str | None = None
    form: str = "original"
    waiver: str | None = None


class Rung(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step of the escalation ladder: from `amount` `unit` after the due (negative: before) `tell` is told.

    With `lists` the case also stands on their list. `cycle`: from that cycle on, at once.
    """

    tell: Who
    amount: Amount = 0
    unit: Unit = "wd"
    lists: bool = False
    cycle: int | None = None


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a case stands.

    Attributes:
        due: until when it should have been left.
        owner: who holds the case; None: who may do its first step. `System()`: it rests, on nobody's list.
        waits: for whom the case waits; the relative clocks of the case pause meanwhile.
        todo: what is to be done until the due, where the first step out of it does not say so: an outcome, one way of several.
        ladder: None: the process's.
        fixes: fields that cannot be corrected while the case is here: others rest on them.
        final: the case is closed; `outcome` says how it ended.
    """

    name: str
    label: L
    due: Due | None = None
    owner: Who | None = None
    waits: L | None = None
    todo: L | None = None
    ladder: list[Rung] | None = None
    fixes: list[str] = []
    final: bool = False
    outcome: str | None = None


def End(  # noqa: N802 - reads as a kind of State in a definition
    name: str, label: L, outcome: str = "done", fixes: list[str] = []  # noqa: B006 - a definition is never changed
) -> State:  # fmt: skip
    """A final state."""
    return State(name, label, final=True, outcome=outcome, fixes=fixes)


class Signers(msgspec.Struct, frozen=True, omit_defaults=True):
    """Signatures on one version of the content: `k` of `of` (None: all), in the given order if `sequence`. Each by another.

    A signer named in a field that is empty falls away. [C11]
    """

    of: list[Who]
    k: int | None = None
    sequence: bool = False


class Open(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step opens a case of `process`, linked as `relation`, and does not wait. One whose key is open is linked instead.

    Attributes:
        sets: field of the new case -> path in this one, or a constant as `[value]`.
        each: a `persons`, `choices` or `rows` field: one case an entry, which `sets` reaches as `each` or `each.column`.
            None where it is empty.
        when: only if this holds; with `each` also for which entries, by `each` or `each.column`.
        papers: handed on, as far as they are there; the scan stays with this case.
    """

    process: str
    relation: str
    sets: dict[str, Any] = {}
    each: str | None = None
    when: Test | None = None
    papers: list[str] = []


class Drive(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step fires `action` on every case linked as `link`, in the same commit; its blockers are ours.

    Attributes:
        open_only: leaves alone those that have ended, and asks for none to be there.
    """

    link: str
    action: str
    sets: dict[str, Any] = {}
    when: Test | None = None
    open_only: bool = False


class Draw(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step takes the next number of `book` into `field` (only if `when` holds); no gap, no double. [D4]"""

    book: str
    field: str
    digits: int = 7
    when: Test | None = None


class Enter(msgspec.Struct, frozen=True, omit_defaults=True, tag="enter"):
    """A step enters a row in `register`, or brings the one of the same key up to date; what the register refuses blocks the step.

    Attributes:
        sets: field of the row -> path in this case, or a constant as `[value]` (`[None]` empties it). What the step empties
            is still seen. Of the step itself: `@case` (reference), `@at` (instant), `@day`, `@month`, `@opened` (day of the
            opening); of a week, month or quarter its days `quarter.first`, `quarter.last`.
        mode: `set`; `new`: no such row may be there; `missing`: one that is there stays as it is; `known`: one that is there is
            changed, none is made; `end`: it holds no longer, and blocks where it is not found. Both mean the row that this case
            wrote, whatever key it got by hand since; where it has none, the one of that key, unless another case wrote it.
        each, when: as of `Open`.
        loose: fields left out where what they name is not in its register.
        adds: fields whose number is added to what stands there.
        revives: a row that ended holds again; otherwise it blocks the step.
    """

    register: str
    sets: dict[str, Any]
    mode: Literal["set", "new", "missing", "known", "end"] = "set"
    each: str | None = None
    when: Test | None = None
    loose: list[str] = []
    adds: list[str] = []
    revives: bool = False


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """The case of `process` whose key is the value of the field `by` is linked as `name`.

    Attributes:
        weeks: of a week: the one that many weeks later (negative: earlier).
    """

    name: str
    process: str
    by: str
    weeks: int = 0


class FromRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """Each row of `register` opens a case of the process by itself, once, as soon as its time has come. [A2, A4, A9]

    Attributes:
        at: the day or instant in the row from which its time is counted.
        sets: field of the case -> path in the row: a field, or one of the row that it refers to (`vin.plate`); a constant as
            `[value]`; of several the first that has a value.
        when: only rows of which this holds.
        after: calendar days from `at` until its time has come.
        within: rows whose time came more days ago open nothing.
        last_of: a field: of the rows that have the same in it, only the newest opens a case.
        supersedes: the step done on the open case of an older such row; `tells`: with which fields, as `sets`.
    """

    register: str
    at: str
    sets: dict[str, Any]
    when: Test | None = None
    after: Amount = 0
    within: Amount = Setting("from_row_days")
    last_of: str | None = None
    supersedes: str | None = None
    tells: dict[str, Any] = {}


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where registers do not agree by the matching rule `rule`, looked up for a step that asks: its path is `name.differences`.

    They are rows (`found`, `vin`, `remark`): `Agree` wants none, `Count` counts them, `takes` fills a field with them.

    Attributes:
        by: the field with the day, week, month or quarter in question; None: of all time.
        until: the field with the last day; `by` then has the first.
        of: the field that names the rules (`texts`), in the place of `rule`; empty: nothing has to agree.
    """

    name: str
    rule: str | None = None
    by: str | None = None
    until: str | None = None
    of: str | None = None


class Sheet(msgspec.Struct, frozen=True, omit_defaults=True):
    """Rows of `register` as they stand, looked up for a step that asks: `takes` fills a field with them by the path `name.rows`.

    Attributes:
        sets: column -> path in the row: a field, or one of the row that it refers to (`vin.model`).
        when: only rows of which this holds.
    """

    name: str
    register: str
    sets: dict[str, str]
    when: Test | None = None


class Compare(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list that was expected against what was found: `name.rows` has every entry with its verdict, `name.present` is how many
    were found. [D17]

    The verdict is `there`, `missing`, `wrong` (a column of `agree` is another) or `extra` (it was not expected).

    Attributes:
        expected, seen, said: paths of lists. Where nothing was `seen`, everything is there but what was `said` to be otherwise;
            what was said of an entry counts.
        key: the column by which entries belong together; the last of several counts.
        verdict, remark: the columns in which it stands what was found, and (None: nowhere) what both say.
    """

    name: str
    expected: str
    seen: str
    said: str
    key: str
    agree: list[str] = []
    verdict: str = "found"
    remark: str | None = "remark"


class Transition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step from one of `source` ("*": any open state) to `to` ("=": where it stands: an attempt).

    Attributes:
        needs: fields required, asked anew in each cycle; `asks`: fields that may be given with it.
        papers: papers that must be present.
        unlike: steps whose last doer must be another person (four eyes).
        signs: the step is a signature; the last one needed moves the case.
        signed: doing it is signing for it: recorded as a signature of the doer.
        in_person: nobody may stand in for an absent person here.
        reason: a reason must be given.
        not_before: from when it may be done; `until`: till when.
        at: it fires itself at this instant.
        outside: the outside party whose act it is; who enters it records its date, with `papers` as proof.
        undoes: the step whose inverse it is: new cycle, frees its holds, voids its numbers and papers.
        cycle: a new cycle begins: what steps require is asked anew, attempts count from 0.
        content: the step edits what is signed: signatures start anew.
        claims: who does it has claimed the case.
        clears: fields emptied; `holds`, `frees`: fields whose object the case then has, or no longer has, alone.
        voids: books whose number that the case has becomes void: it stays used, and names who and why.
        sets: constants put into fields.
        tried: of an attempt: the word under which lists count it (拨: 已拨2次; tried: tried twice).
        takes: fields filled, unless given, with the value at a path; of several paths: with their rows in a row.
        appoints: fields filled, unless given, with the person whom `who` means at that moment; nobody: left empty.
        brings: papers that come along from a linked case (`relation.paper`), as far as they are there. [D4]
        enters: rows of registers that it writes, in the same commit.
    """

    name: str
    label: L
    source: str | list[str]
    to: str
    who: Who
    needs: list[str | Need] = []
    asks: list[str] = []
    papers: list[str] = []
    guards: list[Guard] = []
    unlike: list[str] = []
    signs: Signers | None = None
    signed: bool = False
    in_person: bool = False
    reason: bool = False
    not_before: Due | None = None
    until: Due | None = None
    at: Due | None = None
    outside: str | None = None
    undoes: str | None = None
    cycle: bool = False
    content: bool = False
    claims: bool = False
    clears: list[str] = []
    tried: L | None = None
    sets: dict[str, Any] = {}
    takes: dict[str, Paths] = {}
    appoints: dict[str, Who] = {}
    brings: dict[str, str] = {}
    holds: list[str] = []
    frees: list[str] = []
    draws: list[Draw] = []
    voids: list[str] = []
    opens: list[Open] = []
    drives: list[Drive] = []
    enters: list[Enter] = []
    row: str = ""

    @property
    def sources(self) -> list[str]:
        """The states it leaves, as written."""
        return [self.source] if isinstance(self.source, str) else self.source


class Opening(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a case is opened: by whom, in which state (None: the first), with which fields; what it opens, holds, drives, enters."""

    who: Who
    to: str | None = None
    needs: list[str | Need] = []
    asks: list[str] = []
    guards: list[Guard] = []
    sets: dict[str, Any] = {}
    takes: dict[str, Paths] = {}
    appoints: dict[str, Who] = {}
    holds: list[str] = []
    draws: list[Draw] = []
    opens: list[Open] = []
    drives: list[Drive] = []
    enters: list[Enter] = []


class Cancel(msgspec.Struct, frozen=True, omit_defaults=True):
    """Cancelling: at once where nothing is to be undone (`at_once`), else asked first: undos only, cancelled after the last.

    Attributes:
        never: states from which it is refused.
        enters: rows of registers that it writes.
    """

    who: Who
    to: str
    at_once: list[str]
    never: list[str] = []
    enters: list[Enter] = []


class Process(msgspec.Struct, frozen=True, omit_defaults=True):
    """One business process.

    Attributes:
        prefix: starts the reference of its cases (`TS` in TS-260306-002).
        rows: catalogue rows that it carries.
        subject: fields that tell its cases apart in a list.
        key: fields that together name the one open case they belong to; opening a second is a no-op (by the calendar)
            or refused (by hand). With `key_forever` also after it closed.
        chaser: who chases; None: the opener.
        ladder: None: `USUAL_LADDER`.
        late_days: how many calendar days back an entry may lie.
        from_rows: rows of registers that open cases by themselves.
        checks: matching rules that its steps look at; `sheets`: rows of registers; `compares`: lists that they hold to others.
        ledger: whose months close: nothing is entered late into a month of it that is closed. [D22]
    """

    name: str
    label: L
    prefix: str
    rows: list[str]
    subject: list[str]
    states: list[State]
    transitions: list[Transition]
    opening: Opening
    fields: list[Field] = []
    papers: list[Paper] = []
    links: list[Link] = []
    key: list[str] = []
    key_forever: bool = False
    cancel: Cancel | None = None
    chaser: Who | None = None
    ladder: list[Rung] | None = None
    late_days: Amount = Setting("late_days")
    from_rows: list[FromRow] = []
    checks: list[Check] = []
    sheets: list[Sheet] = []
    compares: list[Compare] = []
    ledger: str | None = None


class Preset(msgspec.Struct, frozen=True):
    """A choice of the business: what a `Setting` is until the dealership sets it itself.

    Attributes:
        field: its key, label, type and bounds.
        why: why this value.
    """

    field: Field
    default: Any
    why: L

    @property
    def key(self) -> str:
        """The name by which a `Setting` means it."""
        return self.field.name

    @property
    def label(self) -> L:
        """What people call it."""
        return self.field.label


# Where a process says nothing: at the due the chaser is told, then the holder's superior sees it, then the superior's.
USUAL_LADDER = [
    Rung(Chaser()),
    Rung(Superior(Holder()), Setting("superior_after_days"), lists=True),
    Rung(Superior(Holder(), 2), Setting("next_superior_after_days"), lists=True),
]


def need(name: str, when: Test) -> Need:
    """The field is required if `when` holds."""
    return Need(name, when)


def anew(name: str) -> Need:
    """The field is required with this very step, though it was given before."""
    return Need(name, anew=True)
