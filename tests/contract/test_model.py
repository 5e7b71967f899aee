"""The office against a model that fits on a page: whatever people try in whatever order, both say the same. [style.md 6]

The model knows states, holders, who did what, cars, slips. It knows no clock, no roles but those below, no database.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from cuiban import Office
from cuiban.errors import Conflict, Refused
from tests.support import ground
from tests.support.chance import salts
from tests.support.clock import Clock
from tests.support.house import DEALERSHIP, House
from tests.support.vins import vin
from tests.support.ways import WAYS

PEOPLE = ("li", "liu", "wang", "chen", "zhou", "sun")
CALLERS = {"wang", "chen"}
REPORTED, ACCEPTED, RESOLVED = "reported", "accepted", "resolved"
OPEN = {REPORTED, ACCEPTED, RESOLVED}


@dataclass
class Complaint:
    """A complaint as the model sees it; `before` is what the last step may be taken back to, by `doer`."""

    responsible: str
    state: str = REPORTED
    claimed: str | None = None
    resolver: str | None = None
    cycle: int = 1
    events: int = 1
    doer: str | None = None
    before: "Complaint | None" = None

    @property
    def holder(self) -> str | None:
        """Who has it."""
        if self.state in (REPORTED, ACCEPTED):
            return self.responsible
        return (self.claimed or "role:customer_service") if self.state == RESOLVED else None

    def steps(self, to: str, by: str) -> None:
        """Go on to `to`."""
        self.before, self.doer = deepcopy(self), by
        self.before.before = None
        if to != self.state:
            self.claimed = None
        self.state = to


@dataclass
class Order:
    """A delivery as the model sees it."""

    state: str = "reviewed"
    car: int | None = None
    slip: int | None = None


@dataclass
class Model:
    """All that the model knows."""

    complaints: dict[str, Complaint] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    slips: list[str] = field(default_factory=list)
    invoices: int = 0

    def taken(self) -> set[int | None]:
        """The cars that some order has."""
        return {order.car for order in self.orders.values() if order.car is not None}


def may(case: Complaint, action: str, by: str) -> str | None:
    """Where a step of `by` would lead; None: it is refused."""
    if action in ("accept", "resolve"):
        source, to = (REPORTED, ACCEPTED) if action == "accept" else (ACCEPTED, RESOLVED)
        return to if (case.state, case.responsible) == (source, by) else None
    if action == "drop":
        return "dropped" if case.state in OPEN and by in CALLERS and case.claimed in (None, by) else None
    if action == "cancel":
        return "cancelled" if case.state == REPORTED and by in CALLERS else None
    if case.state != RESOLVED or by not in CALLERS or by == case.resolver or case.claimed not in (None, by):
        return None
    return {"confirm": "satisfied", "refuse": REPORTED, "no_answer": RESOLVED}[action]


GIVEN: dict[str, dict[str, Any]] = {
    "accept": {"fields": {"promised_at": "2026-12-31T10:00:00+08:00"}},
    "resolve": {"fields": {"remedy": "换件"}, "papers": ["quick_form"]},
    "confirm": {},
    "refuse": {"fields": {"why": "还响"}},
    "no_answer": {},
    "drop": {"reason": "客户撤诉"},
    "cancel": {"reason": "重复"},
}


HERE = {REPORTED: ["accept", "drop"], ACCEPTED: ["resolve", "drop"], RESOLVED: ["confirm", "refuse", "no_answer"]}
UNDOING: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "take_back": ("out", "invoiced", "sun", {"return_entry": "TK1", "slip_copies_together": True}),
    "void_invoice": ("invoiced", "allocated", "qian", {"copies_back": True}),
    "deallocate": ("allocated", "reviewed", "sun", {}),
}


class Dealership(RuleBasedStateMachine):
    """People at work, and somebody who writes down what should come of it."""

    complaints = Bundle("complaints")
    orders = Bundle("orders")

    def __init__(self, template: Path, seed: int) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        url = ground.copy_of_file(template, Path(self.folder.name))
        self.house = House(url, Clock(), Office(url, DEALERSHIP, chance=salts(seed), durable=False), seed)
        self.model = Model()
        self.entered: dict[str, datetime] = {}

    def teardown(self) -> None:
        """What is stored is what its history says."""
        self.house.assert_sound()
        self.house.close()
        self.folder.cleanup()

    def tries(self, act: Callable[[], object], wanted: bool) -> None:
        """Do something that the model wants done, or refused; a refusal leaves every row alone."""
        before = self.house.rows()
        try:
            act()
            done = True
        except (Refused, Conflict):
            done = False
            assert self.house.rows() == before
        assert done == wanted

    # complaints ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.model.complaints) < 2)
    @rule(target=complaints, responsible=st.sampled_from(["li", "liu", "wang"]))
    def opens(self, responsible: str) -> str:
        """A complaint comes in."""
        ref = self.house.opened(given={"responsible": responsible})
        self.model.complaints[ref] = Complaint(responsible)
        return ref

    @rule(ref=complaints, data=st.data())
    def tries_a_step(self, ref: str, data: st.DataObject) -> None:
        """Somebody of those about tries something that makes sense here, or now and then anything."""
        case = self.model.complaints[ref]
        about = sorted({case.responsible, case.resolver or "sun", "wang", "chen"})
        action = data.draw(st.sampled_from(HERE.get(case.state, sorted(GIVEN))) | st.sampled_from(sorted(GIVEN)))
        self.steps(ref, action, data.draw(st.sampled_from(about) | st.sampled_from(PEOPLE)))

    def steps(self, ref: str, action: str, by: str) -> None:
        """Somebody tries a step."""
        case = self.model.complaints[ref]
        to = may(case, action, by)
        self.tries(lambda: self.house.fired(ref, action, by, **GIVEN[action]), to is not None)
        if to is not None:
            case.steps(to, by)
            case.events += 1
            if action == "resolve":
                case.resolver = by
            if action == "refuse":
                case.cycle += 1

    @rule(ref=complaints, data=st.data())
    def goes_on(self, ref: str, data: st.DataObject) -> None:
        """Somebody does a step that is his to do, or takes back what he did: so that cases get far."""
        case = self.model.complaints[ref]
        possible = [(action, by) for action in GIVEN for by in PEOPLE if may(case, action, by) in OPEN]
        if case.before is not None and case.doer is not None:
            possible.append(("withdraw", case.doer))
        if possible:
            action, by = data.draw(st.sampled_from(possible))
            self.withdraws(ref, by) if action == "withdraw" else self.steps(ref, action, by)

    @rule(ref=complaints, by=st.sampled_from(PEOPLE))
    def withdraws(self, ref: str, by: str) -> None:
        """Somebody takes the last step back."""
        case = self.model.complaints[ref]
        wanted = case.before is not None and case.doer == by and case.state != "cancelled"
        self.tries(lambda: self.house.fired(ref, "withdraw", by), wanted)
        if wanted and case.before is not None:
            case.before.events = case.events + 1
            self.model.complaints[ref] = case.before

    @rule(ref=complaints, by=st.sampled_from(PEOPLE))
    def claims(self, ref: str, by: str) -> None:
        """Somebody takes what anyone may do."""
        case = self.model.complaints[ref]
        wanted = case.state == RESOLVED and by in CALLERS and case.claimed in (None, by)
        self.tries(lambda: self.house.office.claim(ref, actor=by, now=self.house.now), wanted)
        if wanted:
            case.claimed = by
            case.events += 1

    @rule(ref=complaints, by=st.sampled_from(PEOPLE))
    def releases(self, ref: str, by: str) -> None:
        """Somebody gives it back."""
        case = self.model.complaints[ref]
        wanted = case.state == RESOLVED and case.claimed == by
        self.tries(lambda: self.house.office.release(ref, actor=by, now=self.house.now), wanted)
        if wanted:
            case.claimed = None
            case.events += 1

    @rule(ref=complaints, to=st.sampled_from(PEOPLE))
    def hands_over(self, ref: str, to: str) -> None:
        """The director hands it to somebody."""
        case = self.model.complaints[ref]
        wanted = case.state in (REPORTED, ACCEPTED) or (case.state == RESOLVED and to in CALLERS)
        above = case.holder in ("li", "liu", "wang", "chen", "zhou") or case.state == RESOLVED
        self.tries(lambda: self.house.office.assign(ref, to, actor="zhou", now=self.house.now), wanted and above)
        if wanted and above:
            case.events += 1
            if case.state == RESOLVED:
                case.claimed = to
            else:
                case.responsible = to

    @rule(ref=complaints, corrects=st.booleans())
    def notes_or_corrects(self, ref: str, corrects: bool) -> None:
        """A note moves nothing; a correction settles the last step."""
        case = self.model.complaints[ref]
        case.events += 1
        if corrects:
            self.house.fired(ref, "correct", "wang", {"topic": f"异响{case.events}"}, reason="听错")
            case.before = None
        else:
            self.house.fired(ref, "note", "wang", note="备注")

    # cars and orders -------------------------------------------------------------------------------------------------

    @initialize()
    def two_cars(self) -> None:
        """Two cars are in stock."""
        for number in (1, 2):
            self.house.brought("vehicle", "stock", given={"vin": vin(number)})

    @precondition(lambda self: len(self.model.orders) < 3)
    @rule(target=orders)
    def orders_come(self) -> str:
        """An order comes in and is reviewed."""
        contract = f"HT{len(self.model.orders)}"
        ref = self.house.brought("delivery", "reviewed", given={"contract_number": contract})
        self.model.orders[ref] = Order()
        return ref

    @rule(ref=orders)
    def goes_out(self, ref: str) -> None:
        """An order goes all the way."""
        for car in (1, 2):
            self.allocates(ref, car)
        self.invoices(ref)
        self.sends_out(ref)

    @rule(ref=orders, car=st.sampled_from([1, 2]))
    def allocates(self, ref: str, car: int) -> None:
        """An order is to have a car, and has it alone."""
        order = self.model.orders[ref]
        wanted = order.state == "reviewed" and car not in self.model.taken()
        self.tries(lambda: self.house.fired(ref, "allocate", "sun", {"vin": vin(car)}), wanted)
        if wanted:
            order.state, order.car = "allocated", car

    @rule(ref=orders)
    def invoices(self, ref: str) -> None:
        """Finance invoices it."""
        order = self.model.orders[ref]
        number = f"FP{self.model.invoices + 1:08}"  # an invoice's number is its own, the next after a void one too
        fields = {**WAYS["delivery"].steps[2].fields, "invoice_vin": vin(order.car or 1), "invoice_number": number}
        wanted = order.state == "allocated"
        self.tries(lambda: self.house.fired(ref, "invoice", "qian", fields, papers=["invoicing_notice"]), wanted)
        if wanted:
            order.state = "invoiced"
            self.model.invoices += 1

    @rule(ref=orders)
    def sends_out(self, ref: str) -> None:
        """The slip has the next number."""
        order = self.model.orders[ref]
        wanted = order.state == "invoiced"
        self.tries(lambda: self.house.fired(ref, "send_out", "sun"), wanted)
        if wanted:
            self.model.slips.append("used")
            order.state, order.slip = "out", len(self.model.slips)

    @rule(ref=orders, action=st.sampled_from(sorted(UNDOING)))
    def undoes(self, ref: str, action: str) -> None:
        """Newest first: the slip is void, the invoice too, the car is free."""
        order = self.model.orders[ref]
        source, to, by, fields = UNDOING[action]
        wanted = order.state == source
        self.tries(lambda: self.house.fired(ref, action, by, fields, reason="退"), wanted)
        if wanted:
            order.state = to
            if action == "take_back" and order.slip is not None:
                self.model.slips[order.slip - 1], order.slip = "void", None
            if action == "deallocate":
                order.car = None

    # time -------------------------------------------------------------------------------------------------------------

    @rule(minutes=st.integers(-120, 1440))
    def time_passes(self, minutes: int) -> None:
        """Mostly forward; a clock may go back."""
        self.house.clock.forward(minutes=minutes)

    @rule()
    def somebody_looks(self) -> None:
        """Duties come round meanwhile; they are none of the model's business."""
        self.house.office.catch_up(self.house.now)

    @invariant()
    def both_say_the_same(self) -> None:
        """State, holder, cycle, number of events of every complaint; states and cars of orders; the book."""
        for ref, case in self.model.complaints.items():
            real = self.house.case(ref)
            told = (real.state, real.holder, real.data.cycle, real.version, real.open)
            assert told == (case.state, case.holder, case.cycle, case.events, case.state in OPEN)
            assert real.data.recorded_at is not None
            assert real.data.recorded_at >= self.entered.get(ref, real.data.recorded_at)
            self.entered[ref] = real.data.recorded_at
        for ref, order in self.model.orders.items():
            assert self.house.case(ref).state == order.state
        book = [(int(row["number"]), row["state"]) for row in self.house.office.numbers("outbound_slip")]
        assert book == list(enumerate(self.model.slips, 1))
        held = {row[0] for row in self.house.office.database.connection().execute("SELECT thing FROM holds").fetchall()}
        assert held == {vin(car) for car in self.model.taken() if car is not None}


def test_the_office_does_what_the_model_says(sqlite_template: Path, seed: int, full: bool) -> None:
    """Quick: 40 walks of 50 steps; full: 2,000 of 100."""

    class Here(Dealership):
        def __init__(self) -> None:
            super().__init__(sqlite_template, seed)

    count, length = (2000, 100) if full else (40, 50)
    how = settings(
        max_examples=count, stateful_step_count=length, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Here, settings=how)
