"""Between a case or an event and its row. A column says again what the text says; the text is what counts."""

from typing import Any

from cuiban.engine.case import Case, data_text, read_data
from cuiban.engine.plan import Sealed
from cuiban.store.types import instant, maybe_instant, maybe_micros, micros


def case_of(row: Any) -> Case:
    """The case of a row of `sql.CASE_COLUMNS` (further columns are left alone)."""
    return Case(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], instant(row[7]), instant(row[8]), bool(row[9]),
        row[10], row[11], row[12], maybe_instant(row[13]), maybe_instant(row[14]), maybe_instant(row[15]),
        bool(row[16]), bool(row[17]), row[18], row[19], row[20], read_data(row[21]),
    )  # fmt: skip


def moved(case: Case) -> dict[str, Any]:
    """The columns of a case that went on, as `new_*`."""
    data = case.data
    return {
        "new_definition": case.definition,
        "new_state": case.state,
        "new_version": case.version,
        "new_head": case.head,
        "new_state_since": micros(case.state_since),
        "new_open": case.open,
        "new_holder": case.holder,
        "new_role": case.role,
        "new_assignee": case.assignee,
        "new_chaser": case.chaser,
        "new_due": maybe_micros(case.due),
        "new_not_before": maybe_micros(case.not_before),
        "new_timer": maybe_micros(case.timer),
        "new_provisional": case.provisional,
        "new_paused": case.paused,
        "new_key": case.key,
        "new_duty": case.duty,
        "new_nominal": case.nominal,
        "new_chased": data.chased,
        "new_cycle": data.cycle,
        "new_data": data_text(data),
    }


def placed(case: Case) -> dict[str, Any]:
    """The columns of a new case, as `new_*`."""
    opened = {"new_ref": case.ref, "new_process": case.process, "new_opener": case.opener}
    return {**moved(case), **opened, "new_opened_at": micros(case.opened_at)}


def appended(dealership: int, process: str | None, sealed: Sealed) -> dict[str, Any]:
    """The row of an event."""
    event = sealed.event
    return {
        "dealership": dealership,
        "ref": event.ref,
        "seq": event.seq,
        "process": process,
        "action": event.action,
        "from_state": event.from_,
        "to_state": event.to,
        "at": micros(event.at),
        "recorded_at": micros(event.recorded_at),
        "actor": event.by,
        "stay_s": sealed.stay_s,
        "text": sealed.text.decode(),
        "hash": sealed.hash,
    }
