"""Number series by themselves: what is drawn follows on, whatever is drawn, voided or refused between. [R5]"""

from datetime import UTC, datetime

from hypothesis import given, strategies as st

from cuiban.calendar import standard
from cuiban.engine.blockers import Blocker
from cuiban.engine.case import Case
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.labels import L
from cuiban.engine.language import Draw, End, Field, Opening, Process, State, Transition
from cuiban.engine.plan import Plan, plan_opening, plan_step
from cuiban.engine.program import Program, bind
from cuiban.engine.roster import Grant, Member, Roster
from cuiban.engine.who import role

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLERK = role("clerk")

# fmt: off
SLIP = Process("slip", L("单", "Slip"), prefix="DJ", rows=["T"], subject=[], late_days=7,
    opening=Opening(CLERK),
    states=[State("ready", L("待出", "Ready")), State("out", L("已出", "Out")), End("gone", L("已清", "Gone"))],
    transitions=[
        Transition("send", L("出", "Send"), "ready", "out", CLERK,
                   draws=[Draw("book", "number"), Draw("copies", "copy", digits=3)]),
        Transition("back", L("退", "Back"), "out", "ready", CLERK, undoes="send", reason=True),
        Transition("end",  L("清", "End"),  "out", "gone", CLERK),
    ],
    fields=[Field("number", L("号", "Number")), Field("copy", L("联", "Copy"))])
# fmt: on
PROGRAM = Program(bind(SLIP, {"superior_after_days": 1, "next_superior_after_days": 3}))
ROSTER = Roster({"sun": Member("sun", "孙丽", NOW, grants=[Grant("clerk", NOW)]), "li": Member("li", "李强", NOW)}, [])

wishes = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["send", "back", "end"]), st.sampled_from(["sun", "li"])), max_size=40
)


@given(wishes, st.integers(1, 9_000_000))
def test_what_is_drawn_follows_on(tried: list[tuple[int, str, str]], first: int) -> None:
    """No gap, no double, in both books; a refusal burns none; an undone step's number is void and never drawn again."""
    books = {"book": first, "copies": 1}
    facts = Facts(ROSTER, standard(), {"slip": PROGRAM}, lambda: bytes(32), books=books, serials={"DJ": 1})
    cases: list[Case] = []
    for _ in range(3):
        plan = plan_opening(PROGRAM, Fire("open", "sun", NOW, NOW), facts)
        assert isinstance(plan, Plan)
        cases.append(plan.main.after)
    drawn: list[int] = []
    void: list[int] = []
    for number, action, actor in tried:
        before = dict(books)
        plan = plan_step(PROGRAM, cases[number], Fire(action, actor, NOW, NOW, reason="x"), facts)
        if isinstance(plan, list):
            assert all(isinstance(one, Blocker) for one in plan)
            assert books == before
            continue
        event = plan.main.events[0].event
        cases[number] = plan.main.after
        drawn += [int(event.numbers["book"])] if event.numbers else []
        void += [int(event.voided["book"])] if event.voided else []

    assert drawn == list(range(first, first + len(drawn)))
    assert books == {"book": first + len(drawn), "copies": 1 + len(drawn)}
    assert len(set(void)) == len(void)
    assert set(void) <= set(drawn)
    standing = [int(case.data.numbers["book"]) for case in cases if case.data.numbers]
    assert sorted(standing) == sorted(set(drawn) - set(void))
