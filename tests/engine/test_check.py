"""`check` finds what is wrong with a definition: each of its codes, by a definition that is broken just so."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from cuiban.engine import conditions as c
from cuiban.engine.books import Book
from cuiban.engine.check import Problem, check
from cuiban.engine.conditions import Guard, Within, has, is_
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Check,
    Choice,
    Compare,
    Draw,
    Drive,
    End,
    Enter,
    Field,
    FromRow,
    Link,
    Open,
    Opening,
    Paper,
    Preset,
    Process,
    Setting,
    Sheet,
    Signers,
    State,
    Transition,
    before,
    cd,
    field,
    first,
    on,
)
from cuiban.engine.matching import Match, Side
from cuiban.engine.problems import ERRORS, WARNINGS
from cuiban.engine.register import Register
from cuiban.engine.roster import Absence, Grant, Member, Roster
from cuiban.engine.subjects import Departments, Rows
from cuiban.engine.who import Doer, System, any_of, person, role, superior

A = L("甲", "A")
CLERK, BOSS = role("clerk"), role("boss")
ROLES = {"clerk": L("员工", "Clerk"), "boss": L("经理", "Boss")}
OUTSIDE = {"maker": L("厂家", "Maker")}
BOOKS = {"slip": Book(L("单", "Slip"), ["clerk"])}
CHOICES = [
    Preset(Field(key, A, "number"), 3, A) for key in ("late_days", "superior_after_days", "next_superior_after_days", "days")
]
SINCE = datetime(2026, 1, 1, tzinfo=UTC)

# Two processes with nothing wrong; every test breaks one of them in one place.
thing = Process("thing", A, prefix="TH", rows=["X1"], subject=["name"], key=["vin"], key_forever=True,
    opening=Opening(CLERK, needs=["vin"], asks=["name"]),
    states=[State("here", A, due=cd(3), owner=CLERK), State("gone", A, due=cd(1), owner=CLERK), End("over", A)],
    transitions=[
        Transition("take", A, "here", "gone", System(), sets={"name": "x"}),
        Transition("give", A, "gone", "here", System(), undoes="take"),
        Transition("finish", A, ["here", "gone"], "over", CLERK),
    ],
    fields=[Field("vin", A, "vin"), Field("name", A)])  # fmt: skip

work = Process("work", A, prefix="WO", rows=["X2"], subject=["title"], links=[Link("car", "thing", by="vin")],
    opening=Opening(CLERK, needs=["title"], asks=["secret"]),
    states=[
        State("new", A, due=cd(Setting("days"))),
        State("planned", A, due=field("by")),
        State("done", A, due=cd(1)),
        End("closed", A), End("void", A),
    ],
    transitions=[
        Transition("plan", A, "new", "planned", CLERK, needs=["by", "vin", "grade"], holds=["vin"],
                   guards=[Guard("bad_grade", is_("grade", "good"), L("{grade}", "{grade}"))],
                   drives=[Drive("car", "take", {"name": "title"})]),
        Transition("unplan", A, "planned", "new", CLERK, undoes="plan", drives=[Drive("car", "give")]),
        Transition("do", A, "planned", "done", CLERK, asks=["rows"], papers=["note"], draws=[Draw("slip", "number")]),
        Transition("undo", A, "done", "planned", CLERK, undoes="do"),
        Transition("approve", A, "done", "closed", BOSS, unlike=["do"]),
    ],
    cancel=Cancel(BOSS, "void", at_once=["new"]),
    fields=[Field("title", A), Field("by", A, "instant"), Field("vin", A, "vin"), Field("number", A),
            Field("secret", A, "note"), Field("grade", A, "choice", choices=[Choice("good", A), Choice("bad", A)]),
            Field("rows", A, "rows", columns=[Field("kind", A), Field("count", A, "number")])],
    papers=[Paper("note", A, supplier=CLERK, step="do")])  # fmt: skip


OF_ASSETS = [Field("tag", A), Field("kind", A), Field("holder", A, "person"), Field("count", A, "number"),
             Field("bought_on", A, "day"), Field("remark", A, "note")]  # fmt: skip
ASSETS = Register("asset", A, "ZC", [], OF_ASSETS, ["tag"], ["clerk"])


def staff(clerks: str = "ann bob", bosses: str = "carl", *absences: Absence, above: str | None = "carl") -> Roster:
    """People by role."""
    ids = [*((one, "clerk") for one in clerks.split()), *((one, "boss") for one in bosses.split())]
    members: dict[str, Member] = {}
    for id, name in ids:
        member = members.setdefault(id, Member(id, id.title(), SINCE, superior=above if id != above else None))
        member.grants = [*member.grants, Grant(name, SINCE)]
    return Roster(members, list(absences))


def found(*processes: Process, duties: tuple[Duty, ...] = (), roster: Roster | None = None, **more: Any) -> list[Problem]:
    """What is wrong with these."""
    world = {"roles": ROLES, "outside": OUTSIDE, "choices": CHOICES, **more}
    return check(processes, duties, world["roles"], world["outside"], roster, world["choices"], books=BOOKS, registers=[ASSETS])


def told(problems: list[Problem]) -> set[tuple[str, str]]:
    """Codes and elements."""
    return {(p.code, p.element) for p in problems}


def step(process: Process, name: str, **changes: Any) -> Process:
    """The process with a step changed."""
    steps = [replace(t, **changes) if t.name == name else t for t in process.transitions]
    assert steps != process.transitions
    return replace(process, transitions=steps)


def state(process: Process, name: str, **changes: Any) -> Process:
    """The process with a state changed."""
    return replace(process, states=[replace(s, **changes) if s.name == name else s for s in process.states])


def plus(process: Process, **more: list[Any]) -> Process:
    """The process with further states, steps, fields."""
    return replace(process, **{name: [*getattr(process, name), *items] for name, items in more.items()})


def parted(process: Process) -> Process:
    """The process, which opens a case for each row when it is done, and waits for them before it is approved."""
    process = step(process, "do", opens=[Open("thing", "parts", {"vin": "vin"}, each="rows")])
    return step(process, "approve", guards=[Guard("parts_open", c.Linked("parts"), A)])


def guarded(test: c.Test, message: L = A) -> Process:
    """The process `work` whose planning also rests on `test`."""
    return step(work, "plan", guards=[Guard("extra", test, message)])


def test_nothing_is_wrong_with_a_sound_definition() -> None:
    """Else the other tests would prove nothing."""
    duty = Duty("x1_report", A, "FREQ=DAILY", "17:00", "clerk", "boss", to=["maker", "boss"])

    assert found(thing, work, duties=(duty,), roster=staff()) == []


# A field that is known only once the case is over.
ended = plus(step(work, "approve", needs=["ended"]), fields=[Field("ended", A, "instant")])

BROKEN: list[tuple[str, str, Callable[[], Process]]] = [
    # kinds
    ("wrong_type", "field:plate", lambda: plus(work, fields=[Field("plate", A, "plait")])),  # type: ignore[arg-type]
    ("wrong_type", "field:plate", lambda: plus(work, fields=[Field("plate", A, low="1")])),  # type: ignore[arg-type]
    ("wrong_type", "state:done", lambda: state(work, "done", due=3)),
    ("wrong_type", "process", lambda: replace(work, late_days="seven")),
    # the graph
    ("no_states", "process", lambda: replace(work, states=[])),
    ("unknown_state", "transition:approve@done", lambda: step(work, "approve", to="nowhere")),
    ("unknown_state", "transition:approve@dome", lambda: step(work, "approve", source="dome")),
    ("unknown_state", "opening", lambda: replace(work, opening=replace(work.opening, to="nowhere"))),
    ("unknown_state", "cancel", lambda: replace(work, cancel=Cancel(BOSS, "void", at_once=["new", "nowhere"]))),
    ("unreachable_state", "state:lost", lambda: plus(work, states=[End("lost", A)])),
    ("no_way_to_end", "state:done", lambda: step(work, "approve", to="done")),
    ("dead_transition", "transition:revive@lost", lambda: plus(
        work, states=[State("lost", A, due=cd(1))], transitions=[Transition("revive", A, "lost", "new", CLERK)])),
    ("two_steps_one_trigger", "transition:approve@done", lambda: plus(
        work, transitions=[Transition("approve", A, "done", "void", BOSS)])),
    ("no_owner", "state:done", lambda: replace(
        step(step(work, "approve", who=System()), "undo", who=System()))),
    ("no_clock", "state:done", lambda: state(work, "done", due=None)),
    ("no_clock_waiting", "state:done", lambda: state(work, "done", due=None, waits=A)),
    ("cancel_not_final", "cancel", lambda: replace(work, cancel=Cancel(BOSS, "new", at_once=["new"]))),
    ("cancel_stuck", "cancel", lambda: step(work, "undo", undoes=None)),
    ("undo_not_inverse", "transition:unplan@planned", lambda: step(work, "unplan", to="done")),
    ("undo_not_inverse", "transition:unplan@done", lambda: step(work, "unplan", source="done")),
    ("undo_drives_nothing", "transition:unplan@planned", lambda: step(work, "unplan", drives=[])),
    ("number_not_undone", "transition:do@planned", lambda: step(work, "undo", undoes=None)),
    ("hold_not_freed", "transition:plan@new", lambda: step(work, "unplan", undoes=None)),
    ("children_left", "transition:undo@done", lambda: parted(work)),
    ("children_left", "transition:unplan@planned", lambda: parted(work)),
    ("child_not_cancelled", "cancel", lambda: parted(work)),
    ("circular_openings", "process", lambda: step(
        work, "approve", opens=[Open("work", "again", {"title": "title"})])),
    # names
    ("double_name", "field:title", lambda: plus(work, fields=[Field("title", A)])),
    ("double_name", "paper:note", lambda: plus(work, papers=[Paper("note", A)])),
    ("unknown_field", "transition:plan@new", lambda: step(work, "plan", needs=["by", "vin", "grade", "size"])),
    ("unknown_field", "transition:do@planned", lambda: step(work, "do", clears=["size"])),
    ("unknown_field", "process", lambda: replace(work, subject=["size"])),
    ("unknown_field", "state:planned", lambda: state(work, "planned", due=field("size"))),
    ("unknown_field", "state:planned", lambda: state(work, "planned", due=cd(1, since="size"))),
    ("unknown_field", "state:planned", lambda: state(work, "planned", due=on("size", "17:00"))),
    ("unknown_field", "state:planned", lambda: state(work, "planned", owner=person("size"))),
    ("unknown_field", "state:planned", lambda: state(work, "planned", fixes=["size"])),
    ("unknown_field", "link:car", lambda: replace(work, links=[Link("car", "thing", by="size")])),
    ("unknown_field", "transition:plan@new", lambda: guarded(has("size"))),
    ("unknown_field", "transition:plan@new", lambda: guarded(c.Not(has("car.size")))),
    ("unknown_field", "transition:plan@new", lambda: step(work, "plan", drives=[Drive("car", "take", {"size": "title"})])),
    ("unknown_field", "transition:plan@new", lambda: step(work, "plan", drives=[Drive("car", "take", {"name": "size"})])),
    ("unknown_field", "transition:approve@done", lambda: step(
        work, "approve", opens=[Open("thing", "next", {"vin": "vin", "size": "title"})])),
    ("unknown_column", "transition:plan@new", lambda: guarded(Within("rows", "rows", ["colour"], "count"))),
    ("unknown_column", "transition:approve@done", lambda: step(
        work, "approve", opens=[Open("thing", "next", {"vin": "each.vin"}, each="rows")])),
    ("unknown_paper", "transition:do@planned", lambda: step(work, "do", papers=["note", "form"])),
    ("unknown_paper", "transition:do@planned", lambda: step(work, "do", brings={"note": "car.form"})),
    ("unknown_link", "transition:do@planned", lambda: step(work, "do", brings={"note": "cart.note"})),
    ("unknown_paper", "transition:approve@done", lambda: step(
        work, "approve", opens=[Open("thing", "next", {"vin": "vin"}, papers=["note"])])),
    ("unknown_step", "transition:approve@done", lambda: step(work, "approve", unlike=["dig"])),
    ("unknown_step", "transition:undo@done", lambda: step(work, "undo", undoes="dig")),
    ("unknown_step", "paper:note", lambda: replace(work, papers=[Paper("note", A, step="dig")])),
    ("unknown_step", "transition:plan@new", lambda: guarded(c.Attempts("dig", 3))),
    ("unknown_step", "state:done", lambda: state(work, "done", owner=Doer("dig"))),
    ("unknown_link", "transition:plan@new", lambda: guarded(has("bike.name"))),
    ("unknown_link", "transition:plan@new", lambda: guarded(c.Linked("bike"))),
    ("unknown_link", "transition:plan@new", lambda: step(work, "plan", drives=[Drive("bike", "take")])),
    ("unknown_process", "link:car", lambda: replace(work, links=[Link("car", "lorry", by="vin")])),
    ("unknown_process", "transition:approve@done", lambda: step(work, "approve", opens=[Open("lorry", "next")])),
    ("unknown_role", "transition:approve@done", lambda: step(work, "approve", who=any_of(BOSS, superior(role("king"))))),
    ("unknown_role", "field:title", lambda: replace(
        work, fields=[Field("title", A, "person", role="king"), *work.fields[1:]])),
    ("unknown_role", "paper:note", lambda: replace(work, papers=[Paper("note", A, step="do", waiver="king")])),
    ("unknown_role", "transition:plan@new", lambda: step(work, "plan", guards=[Guard("g", has("vin"), A, override="king")])),
    ("unknown_outside", "transition:do@planned", lambda: step(work, "do", outside="moon")),
    ("unknown_setting", "state:new", lambda: state(work, "new", due=cd(Setting("weeks")))),
    ("unknown_setting", "transition:plan@new", lambda: guarded(c.Attempts("do", Setting("weeks")))),
    ("unknown_book", "transition:do@planned", lambda: step(work, "do", draws=[Draw("ledger", "number")])),
    ("unknown_action", "transition:plan@new", lambda: step(work, "plan", drives=[Drive("car", "fly")])),
    ("unknown_placeholder", "transition:plan@new", lambda: guarded(has("vin"), L("{vin}", "{title}"))),
    ("wrong_constant", "transition:plan@new", lambda: guarded(is_("grade", "fine"))),
    ("wrong_constant", "transition:do@planned", lambda: step(work, "do", sets={"grade": "fine"})),
    ("wrong_constant", "transition:approve@done", lambda: step(
        work, "approve", opens=[Open("thing", "next", {"vin": ["no VIN"]})])),
    ("opening_lacks", "transition:approve@done", lambda: step(work, "approve", opens=[Open("thing", "next")])),
    ("label_missing", "state:done", lambda: state(work, "done", label=L("完", ""))),
    ("label_missing", "field:grade", lambda: replace(
        work, fields=[*work.fields[:5], Field("grade", A, "choice", choices=[Choice("good", L("", "Good"))]), work.fields[6]])),
    ("label_not_gbk", "paper:note", lambda: replace(work, papers=[Paper("note", L("纸🙂", "paper"), step="do")])),
    # fields
    ("field_never_used", "field:spare", lambda: plus(work, fields=[Field("spare", A)])),
    ("field_never_set", "field:spare", lambda: plus(guarded(has("spare")), fields=[Field("spare", A)])),
    ("deadline_never", "state:new", lambda: state(ended, "new", due=field("ended"))),
    ("deadline_never", "state:new", lambda: state(ended, "new", due=before("ended", 1))),
    ("deadline_never", "state:new", lambda: state(ended, "new", due=first(cd(1), field("ended")))),
    ("deadline_never", "transition:plan@new", lambda: step(ended, "plan", not_before=field("ended"))),
    ("deadline_never", "transition:plan@new", lambda: step(ended, "plan", at=field("ended"))),
    ("deadline_unsure", "state:planned", lambda: step(work, "plan", needs=["vin", "grade"], asks=["by"])),
    ("deadline_unsure", "state:planned", lambda: plus(
        work, transitions=[Transition("skip", A, "new", "planned", CLERK)])),
    ("personal_in_test", "transition:plan@new", lambda: guarded(is_("secret", "x"))),
    ("personal_in_test", "process", lambda: replace(work, key=["secret"])),
    ("key_appointed", "process", lambda: replace(
        work, key=["by"], opening=replace(work.opening, appoints={"by": role("clerk")}))),
    ("personal_in_test", "transition:plan@new", lambda: step(work, "plan", takes={"title": "secret"})),
]  # fmt: skip


@pytest.mark.parametrize(("code", "element", "broken"), BROKEN, ids=[f"{c}-{e}" for c, e, _ in BROKEN])
def test_it_finds_what_is_wrong_and_where(code: str, element: str, broken: Callable[[], Process]) -> None:
    """One break, told at its element, with words in both languages and no hole in them."""
    problems = found(thing, broken())

    assert (code, element) in told(problems)
    for one in problems:
        assert one.severity == ("error" if one.code in ERRORS else "warning")
        assert "{" not in one.message.zh.replace("{title}", "") + one.message.en
        assert one.message.zh
        assert one.message.en


def test_children_that_are_settled_or_end_with_their_parent_are_no_fault() -> None:
    """Waited for, called off by each step that goes back, cancellable with the parent."""
    gone = Drive("parts", "call_off", open_only=True)
    one = step(step(parted(work), "undo", drives=[gone]), "unplan", drives=[Drive("car", "give"), gone])
    part = plus(thing, transitions=[Transition("call_off", A, ["here", "gone"], "over", System())])
    part = replace(part, cancel=Cancel(BOSS, "over", at_once=["here", "gone"]))

    assert {p.code for p in found(part, one)}.isdisjoint({"children_left", "child_not_cancelled"})


def test_a_circle_of_openings_is_told_once_with_its_way() -> None:
    """Two processes that open each other would never end."""
    one = step(work, "approve", opens=[Open("thing", "next", {"vin": "vin"})])
    other = step(thing, "finish", opens=[Open("work", "back", {"title": "name"})])

    circles = [p for p in found(other, one) if p.code == "circular_openings"]

    assert [p.message.en for p in circles] == ["cases open each other in a circle: thing -> work -> thing"]


def test_two_processes_do_not_share_a_name_or_prefix() -> None:
    """Their references would be mistaken for each other."""
    assert ("double_name", "process") in told(found(thing, work, replace(work)))
    assert ("double_name", "process") in told(found(thing, replace(work, prefix="TH")))


def test_a_value_that_only_another_process_drives_in_counts_as_set() -> None:
    """A field that a linked case fills is not "never set"."""
    driven = plus(step(thing, "take", guards=[Guard("g", has("colour"), A)]), fields=[Field("colour", A)])
    driving = step(work, "plan", drives=[Drive("car", "take", {"colour": "title"})])

    assert found(driven, driving) == []
    assert ("field_never_set", "field:colour") in told(found(driven, work))


# people


def away(person: str, until: str = "2026-12-31", substitute: str | None = None) -> Absence:
    """Somebody who is not here from March on."""
    return Absence(1, person, datetime(2026, 3, 1, tzinfo=UTC), datetime.fromisoformat(until).replace(tzinfo=UTC), substitute)


def signed(k: int | None = None) -> Process:
    """The process `work`, approved by two clerks and a boss."""
    return step(work, "approve", who=any_of(CLERK, BOSS), unlike=[], signs=Signers([CLERK, CLERK, BOSS], k))


@pytest.mark.parametrize(
    ("code", "process", "roster"),
    [
        ("role_nobody_has", work, staff(bosses="")),
        ("four_eyes_impossible", step(work, "approve", who=CLERK), staff("ann")),
        ("four_eyes_tight", work, staff("ann carl", "carl")),
        ("signatures_impossible", signed(), staff("ann")),
        ("signatures_impossible", signed(), staff("ann carl", "carl")),  # one person cannot be two of three
        ("signatures_impossible", signed(), staff("ann bob", "carl", away("bob"))),
        ("signatures_impossible", signed(), staff("ann bob", "carl", away("bob", substitute="ann"))),  # one pair of eyes
        ("signatures_impossible", signed(), staff("ann bob", "carl", away("bob", substitute="dan"))),  # who left long ago
        ("role_nobody_has", step(work, "approve", who=superior(BOSS)), staff(above=None)),
    ],
)
def test_it_says_what_these_people_cannot_do(code: str, process: Process, roster: Roster) -> None:
    """Today, or from when somebody is away."""
    if code == "role_nobody_has" and process is not work:
        assert ("role_nobody_has", "transition:approve@done") in told(found(thing, process, roster=roster))
    assert code in {p.code for p in found(thing, process, roster=roster)}


@pytest.mark.parametrize(
    ("process", "roster"),
    [
        (signed(), staff("ann bob", "carl")),
        (signed(), staff("ann bob", "carl dora", away("bob", substitute="dora"))),
        (signed(2), staff("ann", "carl")),
        (signed(), staff("ann bob dan", "carl", away("bob"))),
        (work, staff("ann carl", "carl dora")),
    ],
)
def test_enough_people_are_enough(process: Process, roster: Roster) -> None:
    """Two of three, a third clerk, another boss."""
    assert found(thing, process, roster=roster) == []


def test_signers_are_found_in_a_house_of_two_thousand() -> None:
    """Who could sign is not tried out one set of people after the other."""
    clerks = " ".join(f"clerk{number}" for number in range(2000))

    assert found(thing, signed(), roster=staff(clerks, clerks)) == []


def test_an_absence_is_told_with_its_day() -> None:
    """So that somebody can stand in."""
    (one,) = found(thing, signed(), roster=staff("ann bob", "carl", away("bob")))

    assert one.message.en == "A lacks 3 signers from 2026-03-01 on"


# rows of registers


@pytest.mark.parametrize(
    ("code", "enter"),
    [
        ("unknown_register", Enter("fleet", {"tag": "title"})),
        ("unknown_field", Enter("asset", {"tag": "title", "colour": ["red"]})),
        ("unknown_field", Enter("asset", {"tag": "label"})),
        ("unknown_field", Enter("asset", {"tag": "@moon"})),
        ("unknown_field", Enter("asset", {"tag": "each.tag"}, each="lines")),
        ("unknown_link", Enter("asset", {"tag": "title"}, loose=["kind"])),
        ("row_type", Enter("asset", {"tag": "title", "count": "grade"})),
        ("row_lacks", Enter("asset", {"kind": "title"})),
        ("row_lacks", Enter("asset", {"tag": [None]})),
        ("wrong_constant", Enter("asset", {"tag": "title", "count": ["many"]})),
    ],
)
def test_what_a_step_writes_into_registers_is_checked(code: str, enter: Enter) -> None:
    """The register, its fields, what they take, what a row needs; where a case is opened and cancelled too."""
    assert work.cancel is not None
    fine = Enter("asset", {"tag": "title", "kind": "grade", "holder": ["ann"]})
    assert told(found(thing, step(work, "plan", enters=[fine]))) == set()

    assert code in {one for one, _ in told(found(thing, step(work, "plan", enters=[enter])))}
    assert (code, "opening") in told(found(thing, replace(work, opening=replace(work.opening, enters=[enter]))))
    assert (code, "cancel") in told(found(thing, replace(work, cancel=replace(work.cancel, enters=[enter]))))


# rows that open cases

ARISES = FromRow("asset", at="bought_on", sets={"title": "tag"}, within=3)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("unknown_register", {"register": "fleet"}),
        ("unknown_field", {"at": "tag"}),
        ("unknown_field", {"last_of": "colour"}),
        ("unknown_field", {"when": has("colour")}),
        ("unknown_field", {"sets": {"title": "holder.name"}}),
        ("unknown_field", {"sets": {"title": "tag", "colour": "tag"}}),
        ("unknown_step", {"supersedes": "moon"}),
        ("unknown_setting", {"after": Setting("weeks")}),
        ("row_type", {"sets": {"title": "tag", "vin": "tag"}}),
        ("wrong_constant", {"when": is_("count", "many")}),
        ("wrong_constant", {"sets": {"title": "tag", "grade": ["kind", ["great"]]}}),
        ("test_of_rows", {"when": c.PapersComplete()}),
        ("opening_lacks", {"sets": {"secret": "tag"}}),
    ],
)
def test_what_opens_cases_is_checked(code: str, changes: dict[str, Any]) -> None:
    """The register, what counts the days, what is asked of a row, what the case is opened with."""
    assert told(found(thing, replace(work, from_rows=[ARISES]))) == set()

    assert (code, "process") in told(found(thing, replace(work, from_rows=[replace(ARISES, **changes)])))


# matching rules


AGREES = Match("agrees", A, [], Side("asset", "tag", "bought_on", has("kind")), Side("asset", "holder"), {"kind": "kind"})


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("unknown_register", {"left": Side("fleet", "tag")}),
        ("unknown_field", {"left": Side("asset", "colour")}),
        ("unknown_field", {"right": Side("asset", "tag", "colour")}),
        ("unknown_field", {"agree": {"kind": "colour"}}),
        ("unknown_field", {"left": Side("asset", "tag", when=has("colour"))}),
        ("test_of_rows", {"right": Side("asset", "tag", when=c.PapersComplete())}),
    ],
)
def test_a_matching_rule_is_checked(code: str, changes: dict[str, Any]) -> None:
    """Registers, paths, what is asked of a row."""
    assert told(check([], [], ROLES, OUTSIDE, None, CHOICES, registers=[ASSETS], rules=[AGREES])) == set()

    broken = check([], [], ROLES, OUTSIDE, None, CHOICES, registers=[ASSETS], rules=[replace(AGREES, **changes)])

    assert (code, "process") in told(broken)


def test_a_check_names_a_rule_and_a_field() -> None:
    """And a path of it leads to the differences alone."""
    looked = replace(work, checks=[Check("slips", "moon"), Check("cars", "agrees", by="colour")])
    broken = step(looked, "plan", guards=[Guard("open", c.Count("slips.rows", 1), L("x", "x"))])

    assert {("unknown_rule", "process"), ("unknown_field", "process")} <= told(found(thing, broken))
    assert ("unknown_field", "transition:plan@new") in {(one, e) for one, e in told(found(thing, broken))} | {
        ("unknown_field", e) for one, e in told(found(thing, broken)) if one == "unknown_link"}  # fmt: skip


def test_a_guard_that_wants_agreement_names_a_check() -> None:
    """Which has one rule, or a field that names several; what it says of a difference is there."""
    guard = Guard("g", c.Agree("slips"), L("{vin}", "{vin}"))
    fine = step(replace(work, checks=[Check("slips", of="title")]), "plan", guards=[guard])
    assert told(found(thing, fine)) == set()

    for broken in (Check("slips"), Check("slips", "agrees", of="title")):
        assert ("check_without_rule", "process") in told(found(thing, replace(fine, checks=[broken])))
    assert ("unknown_field", "process") in told(found(thing, replace(fine, checks=[Check("slips", of="title", until="moon")])))
    assert ("unknown_check", "transition:plan@new") in told(found(thing, replace(fine, checks=[])))
    worded = step(fine, "plan", guards=[Guard("g", c.Agree("slips"), L("{model}", "{model}"))])
    assert ("unknown_placeholder", "transition:plan@new") in told(found(thing, worded))


CARS = Sheet("cars", "asset", {"kind": "kind", "count": "count"}, when=is_("kind", "car"))
TALLY = Compare("tally", expected="rows", seen="rows", said="rows", key="kind", verdict="kind", remark=None)


@pytest.mark.parametrize(
    ("code", "element", "changes"),
    [
        ("unknown_register", "process", {"sheets": [replace(CARS, register="fleet")]}),
        ("unknown_field", "process", {"sheets": [replace(CARS, sets={"kind": "colour"})]}),
        ("unknown_field", "process", {"sheets": [replace(CARS, when=has("colour"))]}),
        ("test_of_rows", "process", {"sheets": [replace(CARS, when=c.Cycle(2))]}),
        ("personal_in_test", "process", {"sheets": [replace(CARS, sets={"kind": "remark"})]}),
        ("unknown_column", "transition:do@planned", {"sheets": [replace(CARS, sets={"tag": "tag"})]}),
        ("unknown_field", "transition:do@planned", {"sheets": []}),
        ("unknown_field", "process", {"compares": [replace(TALLY, seen="title")]}),
        ("unknown_column", "process", {"compares": [replace(TALLY, key="colour")]}),
        ("wrong_constant", "transition:approve@done", {"compares": [TALLY]}),
        ("unknown_column", "transition:approve@done", {"compares": [replace(TALLY, verdict="found")]}),
    ],
)
def test_lists_from_registers_and_their_comparison_are_checked(code: str, element: str, changes: dict[str, Any]) -> None:
    """Their register, columns, tests; what they fill has the columns, and takes every verdict."""
    taking = step(work, "do", takes={"rows": "cars.rows"}, asks=[])
    fine = replace(taking, sheets=[CARS])
    assert told(found(thing, fine)) == set()

    broken = replace(fine, **changes)
    if "compares" in changes:
        broken = step(broken, "approve", takes={"rows": "tally.rows"}, guards=[
            Guard("g", c.Same("tally.present", "number"), L("{tally_present}", "{number}"))])  # fmt: skip
    assert (code, element) in {(one, e) for one, e in told(found(thing, broken))} | {
        ("unknown_field", e) for one, e in told(found(thing, broken)) if one == "unknown_link"}  # fmt: skip


def test_what_another_case_does_looks_at_no_registers() -> None:
    """A step that is driven, an opening by another process: nobody would have looked for them."""
    looks = {"guards": [Guard("g", c.Agree("slips"), L("{vin}", "{vin}"))]}
    looking = replace(thing, checks=[Check("slips", of="name")])
    opened = step(work, "approve", opens=[Open("thing", "next", {"vin": "vin"})])

    assert ("looks_unseen", "transition:take@here") in told(found(step(looking, "take", **looks), work))
    assert told(found(step(looking, "finish", **looks), work)) == set()
    first = replace(looking, opening=replace(looking.opening, **looks))
    assert ("looks_unseen", "opening") in told(found(first, opened))


# duties and settings


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("unknown_role", {"doer": "king"}),
        ("unknown_role", {"chaser": "king"}),
        ("unknown_outside", {"to": ["moon"]}),
        ("unknown_setting", {"due": Setting("weeks")}),
        ("unknown_process", {"opens": "lorry"}),
        ("unknown_register", {"per": Rows("fleet")}),
        ("unknown_field", {"per": Rows("asset", c.Has("colour"))}),
        ("unknown_field", {"per": Rows("asset", doer="tag")}),
        ("unknown_role", {"per": Departments("king")}),
        ("unknown_calendar", {"calendar": "shop"}),
        ("unknown_ledger", {"closes": "fleet"}),
        ("unknown_rule", {"agree": ["moon"]}),
        ("duty_without_period", {"opens": "work"}),
        ("duty_rule", {"rrule": "FREQ=HOURLY"}),
        ("duty_rule", {"due": "25:00"}),
        ("label_missing", {"label": L("", "Report")}),
    ],
)
def test_a_duty_is_checked_too(code: str, changes: dict[str, Any]) -> None:
    """Names, dates, words."""
    duty = replace(Duty("x1_report", A, "FREQ=DAILY", "17:00", "clerk"), **changes)

    assert told(found(thing, work, duties=(duty,))) == {(code, "duty:x1_report")}


def test_a_duty_that_opens_a_case_leaves_it_to_that_what_has_to_agree() -> None:
    """One place says it."""
    taken = replace(work, opening=replace(work.opening, needs=["title", "day"]), fields=[*work.fields, Field("day", A, "day")])
    duty = Duty("x1_report", A, "FREQ=DAILY", "17:00", "clerk", opens="work", agree=["agrees"])

    wrong = check([thing, taken], (duty,), ROLES, OUTSIDE, None, CHOICES, books=BOOKS, registers=[ASSETS], rules=[AGREES])
    assert told(wrong) == {("agree_elsewhere", "duty:x1_report")}


def test_a_duty_that_nobody_does_is_told() -> None:
    """Its doer is a role that nobody has."""
    duty = Duty("x1_report", A, "FREQ=DAILY", "17:00", "boss")

    assert ("role_nobody_has", "duty:x1_report") in told(found(thing, duties=(duty,), roster=staff(bosses="")))


def test_a_default_has_to_fit_its_setting() -> None:
    """And to have words."""
    wrong = [*CHOICES, Preset(Field("hours", A, "number", low=1), 0, L("因为", ""))]

    assert told(found(thing, work, choices=wrong)) == {("wrong_default", "setting:hours"), ("label_missing", "setting:hours")}


def test_a_book_has_keepers_that_there_are() -> None:
    """Else nobody but an administrator could void a number."""
    wrong = check([thing, work], (), ROLES, OUTSIDE, None, CHOICES, books={"slip": Book(A, ["clark"])}, registers=[ASSETS])

    assert told(wrong) == {("unknown_role", "process")}


def test_every_code_is_shown_by_a_test_above() -> None:
    """A check that no test breaks is no check."""
    others = {
        "role_nobody_has", "four_eyes_impossible", "four_eyes_tight", "signatures_impossible", "duty_rule",
        "duty_without_period", "wrong_default", "row_lacks", "row_type", "test_of_rows", "unknown_rule",
        "unknown_register", "unknown_calendar",
        "unknown_ledger", "unknown_check", "check_without_rule", "looks_unseen", "agree_elsewhere",
    }  # fmt: skip

    assert {code for code, _, _ in BROKEN} | others == {*ERRORS, *WARNINGS}
