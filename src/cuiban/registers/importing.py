"""Taking in a file of rows: a transaction a chunk, a result a row; the good rows go in, the bad ones come back with why.

Twice changes nothing: a row of a key that is there is brought up to date, and one that says the same is left alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from cuiban.engine.blockers import Blocker
from cuiban.engine.labels import L, Lang
from cuiban.engine.register import AGAIN, Record
from cuiban.errors import DatabaseTrouble
from cuiban.exchange.tables import Column, write_table
from cuiban.registers.faults import fault
from cuiban.registers.sheet import WHY, Line, columns_of
from cuiban.registers.writing import NOTHING, Fault, Form, Hand, Known, Outcome, Writer
from cuiban.store.database import Connection

CHUNK = 1_000  # rows a transaction
HALF = L("{why}: 第{line}行起; 之前已读入 {rows} 行, 再读一次同一文件就接着读入其余",
         "{why}, from line {line} on; {rows} rows before it are in: read the same file again for the rest")  # fmt: skip
Transact = Callable[[Callable[[Connection], list["Result"]]], list["Result"]]


Once = Callable[[Connection, Record], None]


class Wrong(msgspec.Struct):
    """What is wrong with a row, and in which column."""

    column: L | str | None
    code: str
    message: L
    value: Any


class Result(msgspec.Struct):
    """What became of a row of a file."""

    row: int
    ok: bool
    ref: str | None
    action: str
    errors: list[Wrong]


@dataclass(slots=True)
class Imported:
    """What became of a file; `refused`: its bad rows as they stood, with why."""

    results: list[Result] = field(default_factory=list)
    refused: list[tuple[dict[str, Any], list[Blocker]]] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many rows are in, or were already."""
        return sum(result.ok for result in self.results)

    @property
    def revived(self) -> int:
        """How many rows had ended, and hold again."""
        return sum(result.action == AGAIN for result in self.results)


def take_in(form: Form, lines: Iterable[Line], transact: Transact, hand: Callable[[Connection], Hand], *, dry_run: bool,
            progress: Callable[[int], None] | None = None, once: Once | None = None) -> Imported:  # fmt: skip
    """Take rows in, a chunk a transaction.

    Args:
        once: is told, in its transaction, which event is the first that the file causes, if the hand has a key.
    """
    done = Imported()
    seen: dict[tuple[Any, ...], int] = {}
    known: Known = {}
    reading = iter(lines)
    while chunk := list(islice(reading, CHUNK)):
        begun = dict(seen)

        def work(connection: Connection, chunk: list[Line] = chunk, begun: dict[tuple[Any, ...], int] = begun) -> list[Result]:
            writer = Writer(form, connection, hand(connection), known)
            writer.foresee([line.given for line in chunk])
            lines_of = dict(begun)
            found = []
            for line in chunk:
                outcome = _entered(form, writer, line, lines_of)
                found.append(_result(form, line, outcome))
                if writer.hand.command is not None and outcome.row is not None and outcome.action != NOTHING:
                    writer.hand.command = None  # it stands on the first event alone
                    if once is not None and not dry_run:
                        once(connection, outcome.row)
            if not dry_run:
                writer.flush()
            seen.update(lines_of)
            return found

        try:
            results = transact(work)
        except DatabaseTrouble as trouble:
            if not done.accepted:
                raise
            message = HALF.fill(why=trouble.message, line=chunk[0].number, rows=done.accepted)
            raise DatabaseTrouble(trouble.code, message) from trouble
        done.results += results
        bad = [(line, result) for line, result in zip(chunk, results, strict=True) if not result.ok]
        done.refused += [(line.cells, [Blocker(e.code, e.message) for e in result.errors]) for line, result in bad]
        if progress is not None:
            progress(len(done.results))
    return done


class Answer(msgspec.Struct):
    """What is kept of an import under its key: nothing of what the file holds. `whole`: it was read to its end."""

    whole: bool
    results: list[Result]


def answer_of(done: Imported) -> Answer:
    """What is kept of a whole import."""
    bare = msgspec.structs.replace
    return Answer(True, [bare(one, errors=[bare(e, value=None) for e in one.errors]) for one in done.results])


def told_again(form: Form, lines: Iterable[Line], answer: Answer) -> Imported:
    """The first answer once more, with what the same file says in its bad cells."""
    done = Imported(answer.results)
    bad = {result.row: result for result in answer.results if not result.ok}
    names = {each.label: each.name for each in form.register.fields}
    for line in lines if bad else ():
        if line.number in bad:
            for error in bad[line.number].errors:
                name = names.get(error.column, "") if isinstance(error.column, L) else str(error.column or "")
                error.value = _plain(line.cells.get(name))
            done.refused.append((line.cells, [Blocker(e.code, e.message) for e in bad[line.number].errors]))
    return done


def _entered(form: Form, writer: Writer, line: Line, lines_of: dict[tuple[Any, ...], int]) -> Outcome:
    """What becomes of a row; one whose key stood in the file before is refused, whichever is right."""
    values, _ = form.read({name: line.given.get(name) for name in form.register.key}, writer.hand)
    key = tuple(values.get(name) for name in form.register.key)
    first = lines_of.setdefault(key, line.number) if None not in key else line.number
    if first != line.number:
        return Outcome(faults=[Fault(form.register.key[0], fault("row_twice", line=first)), *line.faults])
    return writer.put(line.given, beside=line.faults)


def _result(form: Form, line: Line, outcome: Outcome) -> Result:
    errors = [
        Wrong(form.fields[one.field].label if one.field in form.fields else one.field, one.blocker.code, one.blocker.message,
              _plain(line.cells.get(one.field or "")))
        for one in outcome.faults
    ]  # fmt: skip
    return Result(line.number, outcome.row is not None, outcome.row.id if outcome.row else None, outcome.action, errors)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def write_refused(path: Path, form: Form, done: Imported, lang: Lang) -> None:
    """Write the rows that were refused, with why, to be put right and read again."""
    columns = [*columns_of(form.register, lang), Column("", WHY[lang])]
    rows = ({**cells, "": "; ".join(one.message[lang] for one in why)} for cells, why in done.refused)
    write_table(path, columns, rows)


__all__ = ["Answer", "Imported", "Result", "answer_of", "take_in", "told_again", "write_refused"]
