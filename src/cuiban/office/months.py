"""Closing a month of a ledger: by the duty that closes it, or by hand; opening it again, with a reason. [D22]

A closed month takes no late entry into a process of its ledger (engine/entry.py). Corrections go on: they are entered today.
"""

import re
from typing import TYPE_CHECKING

from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.plan import Plan
from cuiban.engine.roster import ADMINISTRATOR
from cuiban.errors import NotFound, Refused
from cuiban.office.changing import Judge, Wish, append, change
from cuiban.office.views import ClosedMonth

if TYPE_CHECKING:
    from cuiban.engine.facts import Fire
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection

STREAM, CLOSE, REOPEN = "@months", "month_close", "month_reopen"
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def closing(office: "Office", case: Case) -> Duty | None:
    """The duty of a case that closes a month when it is done; None for any other case."""
    if case.duty is None:
        return None
    duty: Duty | None = office.registry.duties.get(case.duty)
    return duty if duty is not None and duty.closes is not None else None


def close_by(office: "Office", connection: "Connection", plan: Plan, fire: "Fire") -> bool:
    """Close the month that a duty is about, if the plan, which was just saved, does the duty; whether anything was closed."""
    duty = closing(office, plan.main.after)
    if duty is None or not _did(duty, plan):
        return False
    case, month = plan.main.after, _month(plan.main.after)
    world = office.world_in(connection)
    if month in world.closed.get(str(duty.closes), ()):
        return False
    wish = Wish(fire.actor, fire.now, fire.at, via=fire.via)
    append(office, connection, world, STREAM, CLOSE, {"ledger": duty.closes, "month": month, "case": case.ref}, wish)
    return True


def _did(duty: Duty, plan: Plan) -> bool:
    """Whether the duty is done by one of these events."""
    program = plan.main.program
    for sealed in plan.main.events:
        state = program.states.get(sealed.event.to or "")
        if sealed.event.action == duty.done_by or (
            duty.done_by is None and state is not None and state.final and state.outcome == "done"
        ):
            return True
    return False


def _month(case: Case) -> str:
    return str(case.data.fields.get("about_from") or case.data.fields.get("month"))[:7]


def refuse_if_kept(office: "Office", world: "World", case: Case, action: str) -> None:
    """Raise Refused where the step that closed a month is simply to be taken back."""
    duty = closing(office, case) if action == "withdraw" else None
    if duty is not None and _month(case) in world.closed.get(str(duty.closes), ()):
        raise Refused.because(blocker("closed_by_it", _who(office, str(duty.closes)), month=_month(case)))


# by hand -----------------------------------------------------------------------------------------------------------


def months(office: "Office") -> list[ClosedMonth]:
    """Every closed month, the newest first."""
    closed = office.world().data(STREAM).closed
    found: list[ClosedMonth] = [
        {"ledger": ledger, "month": month, "closed": True, "at": one.at, "by": one.by, "ref": one.case}
        for ledger, by_month in closed.items()
        for month, one in by_month.items()
    ]
    return sorted(found, key=lambda one: (one["month"], one["ledger"]), reverse=True)


def set_month(office: "Office", ledger: str, month: str, action: str, wish: Wish) -> ClosedMonth:
    """Close a month, or open it again; whoever chases the duty that closes it, or an administrator, with a reason.

    Raises:
        NotFound: no duty closes such a ledger, or it is no month.
        Refused: with every blocker.
    """
    known = office.registry.ledgers
    if ledger not in known:
        names = ", ".join(known)
        raise NotFound("not_found", L(f"没有 {ledger} 这本账; 有: {names}", f"there is no ledger {ledger}; there are: {names}"))
    if not MONTH.fullmatch(month):
        raise NotFound("not_found", L(f"没有 {month} 这个月, 应如 2026-03", f"there is no month {month}; 2026-03 is one"))

    def answer(_: "Connection", world: "World") -> ClosedMonth:
        return {"ledger": ledger, "month": month, "closed": action == CLOSE, "at": wish.at, "by": wish.actor, "ref": None}

    return change(office, STREAM, action, {"ledger": ledger, "month": month}, wish, _judge(office, ledger, month, action, wish),
                  ClosedMonth, answer)  # fmt: skip


def _judge(office: "Office", ledger: str, month: str, action: str, wish: Wish) -> Judge:
    def judge(world: "World") -> list[Blocker]:
        found: list[Blocker] = []
        who = _who(office, ledger)
        if not {one[5:] for one in who} & world.roster.roles(wish.actor, wish.now):
            named = [world.roster.named(one) for one in who]
            found.append(blocker("not_allowed", who, who=named, actor=world.roster.named(wish.actor)))
        if not wish.reason:
            found.append(blocker("reason_missing"))
        if (month in world.closed.get(ledger, ())) is (action == CLOSE):
            there, lacking = L(f"{month} 已结账", f"{month} is closed already"), L(f"{month} 没有结账", f"{month} is not closed")
            found.append(Blocker("nothing_to_change", there if action == CLOSE else lacking, {"month": month}))
        if action == CLOSE and month > wish.now.astimezone(office.zone).strftime("%Y-%m"):
            found.append(blocker("in_future", at=month))
        return found

    return judge


def _who(office: "Office", ledger: str) -> list[str]:
    chasers = [str(duty.chaser) for duty in office.registry.duties.values() if duty.closes == ledger and duty.chaser is not None]
    return [f"role:{role}" for role in dict.fromkeys([*chasers, ADMINISTRATOR])]
