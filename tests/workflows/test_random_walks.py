"""Whatever people try in whatever order: a step is done or refused in words, and what must hold, holds. [R-style walk]

The walk tries the offered steps of a random case with what they ask for, sometimes without, by people who may and others.
"""

import random
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from cuiban.engine.authority import people
from cuiban.engine.case import Case
from cuiban.engine.language import Field, Need
from cuiban.engine.program import CANCEL, KEEP
from cuiban.workflows.duties import DUTIES
from tests.workflows.desk import Desk, Refused, shown, vin

STARTS = ("vehicle", "vehicle", "delivery", "delivery", "complaint", "callback", "call_order", "colour_order", "incident")


class Walk:
    """A desk at which somebody tries things, and the dice that decide which."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.desk = Desk("2026-03-02 09:00")
        self.done = 0

    def value(self, spec: Field, case: Case | None) -> Any:
        """Something that the field would take."""
        dice = self.dice
        match spec.type:
            case "vin":
                own = case.data.fields.get("vin") if case is not None and dice.random() < 0.95 else None
                return own or vin(dice.randint(1, 6))
            case "yes":
                return dice.random() < 0.9
            case "choice":
                return dice.choice(spec.choices).name
            case "choices":
                return [choice.name for choice in spec.choices]
            case "rating":
                return dice.randint(1, 5)
            case "number" | "money":
                return dice.randint(max(1, spec.low or 1), min(spec.high or 9000, 9000))
            case "person" | "persons":
                able = self.desk.roster.holders(spec.role or "device_user", self.desk.now)
                return dice.choice(able)
            case "day":
                return self.desk.now.date().isoformat()
            case "instant":
                return self.desk.now + timedelta(hours=dice.randint(-5, 80))
            case "week":
                return (self.desk.now + timedelta(weeks=dice.randint(-1, 1))).date()
            case "phone":
                return "13800000000"
            case "id_number":
                return "11010519491231002X"
            case "plate":
                return "皖H3D905"
            case "rows":
                return [{c.name: self.value(c, case) for c in spec.columns} for _ in range(dice.randint(1, 2))]
            case _:
                return dice.choice("甲甲甲甲甲甲甲乙") if spec.high else f"{spec.name} {dice.randint(1, 9)}"

    def given(self, process: str, case: Case | None, needs: list[str | Need], asks: list[str]) -> dict[str, Any]:
        """What a step asks for; now and then something is left out."""
        program = self.desk.programs[process]
        names = [item.field if isinstance(item, Need) else item for item in needs]
        names += [name for name in asks if self.dice.random() < 0.3]
        return {n: self.value(program.fields[n], case) for n in names if self.dice.random() < 0.99}

    def open(self) -> None:
        """Open some case."""
        name = self.dice.choice(STARTS)
        opening = self.desk.programs[name].process.opening
        actor = self.dice.choice(people(opening.who, None, {}, self.desk.roster, self.desk.now))
        self.try_(lambda: self.desk.open(name, actor, **self.given(name, None, opening.needs, opening.asks)))

    def step(self) -> None:
        """Try some step of some case."""
        case = self.dice.choice([c for c in self.desk.cases.values() if c.open] or list(self.desk.cases.values()))
        program = self.desk.programs[case.process]
        offered = list(program.offered(case.state).values())
        if program.process.cancel is not None and self.dice.random() < 0.1:
            return self.try_(lambda: self.desk.do(case.ref, self.dice.choice([CANCEL, KEEP]), "feng", reason="不要了"))
        if not offered:
            return None
        step = self.dice.choice(offered)
        able = people(step.who, case, case.data.fields, self.desk.roster, self.desk.now) or ["admin"]
        actor = self.dice.choice(able if self.dice.random() < 0.9 else list(self.desk.roster.members))
        papers = [p.name for p in program.process.papers] if self.dice.random() < 0.8 else []
        reason = "有原因" if self.dice.random() < 0.9 else None
        given = self.given(case.process, case, step.needs, step.asks)
        return self.try_(lambda: self.desk.do(case.ref, step.name, actor, papers=papers, reason=reason, **given))

    def act(self) -> None:
        """Try something that every case takes."""
        case = self.dice.choice(list(self.desk.cases.values()))
        actor = self.dice.choice(list(self.desk.roster.members))
        program = self.desk.programs[case.process]
        action = self.dice.choice(["withdraw", "correct", "claim", "release", "assign", "chase"])
        more: dict[str, Any] = {}
        if action == "correct":
            spec = self.dice.choice(program.process.fields)
            more = {"reason": "写错", spec.name: self.value(spec, case)}
        if action == "assign":
            more = {"assignee": self.dice.choice(list(self.desk.roster.members))}
        self.try_(lambda: self.desk.do(case.ref, action, actor, **more))

    def try_(self, wish: Any) -> None:
        """It is done, or refused with words in both languages and nothing unfilled."""
        refused = None
        try:
            wish()
            self.done += 1
        except Refused as refusal:
            refused = refusal
        if refused is not None:
            assert refused.blockers
            for one in refused.blockers:
                assert one.message.zh
                assert "{" not in one.message.zh + one.message.en

    def holds(self) -> None:
        """What is true of every dealership at every moment."""
        cases = self.desk.cases.values()
        held = [(kind, thing) for case in cases for kind, thing in case.data.holds.items()]
        assert len(held) == len(set(held)), "two cases have one thing"
        keys = [(case.process, case.key) for case in cases if case.key is not None]
        assert len(keys) == len(set(keys)), "two cases have one key"
        used = [n for case in cases for e, _ in self.desk.events[case.ref] for n in e.numbers.values()]
        assert sorted(used) == [f"{n:07}" for n in range(1, len(used) + 1)], "a number is missing or drawn twice"
        for case in cases:
            program = self.desk.programs[case.process]
            assert case.open == (case.state not in program.finals)
            assert case.open or (case.due, case.timer, case.holder, case.data.holds) == (None, None, None, {})
            assert case.paused == (case.state in program.waiting)
        self.vehicles_and_deliveries_agree()

    def vehicles_and_deliveries_agree(self) -> None:
        """A car is where its delivery says."""
        cars = {case.key: case for case in self.desk.cases.values() if case.process == "vehicle" and case.key}
        where = {"allocated": ("held", "network_held"), "invoiced": ("held", "network_held"), "out": ("out",),
                 "reported": ("out",), "closed": ("sold",)}  # fmt: skip
        for case in self.desk.cases.values():
            if case.process == "delivery" and case.state in where:
                assert cars[case.data.fields["vin"]].state in where[case.state], case.ref


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_any_order_of_steps_leaves_a_sound_dealership(seed: int) -> None:
    """Numbers without a gap, one holder a car, one case a key, clocks only where a case is open. [D2, D4]"""
    walk = Walk(seed)
    for duty in DUTIES[:3]:
        walk.try_(lambda duty=duty: walk.desk.comes_round(duty, "2026-03-02"))
    for _ in range(6):
        walk.open()
    for _ in range(150):
        walk.dice.choices([walk.step, walk.act, walk.open], [8, 1, 1])[0]()
        later = walk.desk.now + timedelta(minutes=walk.dice.choice([1, 30, 200]))
        walk.desk.tick(str(shown(later)))
        walk.holds()

    assert walk.done > 30
