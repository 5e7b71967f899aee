"""An entry of the to-do list. A list has hundreds and shows thirty: what is told of one is worked out when it is asked for."""

from collections.abc import Callable
from datetime import date
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cuiban.engine.acts import may_assign
from cuiban.engine.authority import ids
from cuiban.engine.labels import L
from cuiban.engine.language import Rung, Transition
from cuiban.engine.program import ACT_LABELS
from cuiban.engine.todo import Day, ladder_of
from cuiban.engine.who import System
from cuiban.office.listed import Row, subject_of, titled
from cuiban.office.offers import offers
from cuiban.office.views import Action

if TYPE_CHECKING:
    from cuiban.office import Office

MakeItem = Callable[[tuple[Any, ...]], "Item"]
CHASER, ESCALATED = "chaser", "escalated"
CHASER_ACTIONS = [Action(name, ACT_LABELS[name]) for name in ("chase", "assign")]
ATTEMPTED = '"attempts":{'
CANCELLING = '"cancelling":true'  # how canonical JSON has it


class About:
    """What is the same of every entry that stands in one state of one definition for one reason.

    Args:
        person: who reads the list; None: it is everybody's.
        mine: why the entries stand there.
    """

    def __init__(self, office: "Office", day: Day, person: str | None, definition: str, state: str, mine: str | None) -> None:
        self.day, self.person, self.mine = day, person, mine
        self.program = office.store.program(definition)
        self.roster = office.world().roster
        self.state = self.program.states[state]
        self.ladder = ladder_of(self.program, state)
        self.by_calendar = isinstance(self.program.process.opening.who, System)
        self.counted = {name: t.tried for name, t in self.program.offered(state).items() if t.tried is not None}
        self.by_role = state in self.program.by_role
        self._usual: list[Action] | None = None

    def actions(self, item: "Item") -> list[Action]:
        """What the reader may try with an entry: the same for all, unless it rests on who stands in its fields."""
        if self.mine == CHASER:
            return CHASER_ACTIONS
        return [*self._steps(item), *self._over(item)] if self.mine == ESCALATED else self._steps(item)

    def way_on(self, item: "Item") -> Action | None:
        """The step on the way that the reader may try; None for whoever is to see to it that another does it."""
        if self.mine in (CHASER, ESCALATED):
            return None
        cancelling = CANCELLING in item.data
        steps = {t.name: t for t in self.program.offered(item.state).values() if self._leads_on(t, cancelling)}
        usual = [action for action in self._steps(item) if action.name in steps]
        # a step out of several states is a way out of each, before it is the way on
        return min(usual, key=lambda one: steps[one.name].sources != [item.state], default=None)

    def _leads_on(self, step: Transition, cancelling: bool) -> bool:
        if cancelling:
            return step.undoes is not None
        gives_up = self.program.states[step.to].outcome == "cancelled" if step.to != "=" else True
        return step.undoes is None and not step.reason and not gives_up

    def _over(self, item: "Item") -> list[Action]:
        """What whoever an entry was escalated to may do about its holder."""
        reader, roster = self.person or "", self.roster
        hands_over = may_assign(item.case(), reader, roster, self.day.now)
        return [one for one in CHASER_ACTIONS if hands_over or one.name != "assign"]

    def _steps(self, item: "Item") -> list[Action]:
        """The steps of an entry that the reader may try."""
        if not self.by_role or CANCELLING in item.data:
            return offers(self.program, item.case(), self.person, self.roster, self.day.now)
        if self._usual is None:
            self._usual = offers(self.program, item.case(), self.person, self.roster, self.day.now)
        return self._usual


class Item(Row):
    """An entry of the to-do list: a case as lists show it, and why it stands on this list.

    Attributes:
        acting_for: the absent person in whose place the reader has it.
    """

    __slots__ = ()

    # Everything that is told of an entry, in the order of the contract [cli.md 2].
    KEYS = (
        "ref", "process", "process_label", "title", "subject", "state", "state_label", "open", "role", "assignee",
        "acting_for", "opened_at", "state_since", "due", "due_day", "provisional", "paused", "overdue", "late_s", "level",
        "version", "group", "mine", "not_before", "waits_for", "chased", "actions", "late_days", "left_s", "tried", "told",
    )  # fmt: skip

    # Beside the columns of its row, at the end of the same tuple.
    _about: About = property(itemgetter(len(Row._fields)))  # type: ignore[assignment]
    acting_for: str | None = property(itemgetter(len(Row._fields) + 1))  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Item({', '.join(f'{key}={getattr(self, key)!r}' for key in self.KEYS)})"

    @property
    def mine(self) -> str | None:
        """Why it stands here: assignee, role, substitute, escalated, chaser; None: another's (`--all`)."""
        return self._about.mine

    @property
    def ladder(self) -> list[Rung]:
        """Who is told of it when."""
        return self._about.ladder

    @property
    def process_label(self) -> L:
        """What the process is called."""
        return self._about.program.process.label

    @property
    def state_label(self) -> L:
        """What the state is called."""
        return self._about.state.label

    @property
    def subject(self) -> L:
        """What the case is about."""
        return subject_of(self.parts)

    @property
    def title(self) -> L:
        """The process and the subject."""
        return titled(self._about.program, self.subject)

    @property
    def group(self) -> str:
        """overdue, today, upcoming or undated."""
        return self._about.day.group(self.due)

    @property
    def due_day(self) -> date | None:
        """The day to which the due belongs."""
        return self._about.day.day(self.due)

    @property
    def overdue(self) -> bool:
        """Whether its due has passed."""
        return bool(self.is_open) and self.due_us is not None and self.due_us < self._about.day.overrun.now

    @property
    def late_s(self) -> int:
        """Working time since the due, in seconds."""
        overrun, due = self._about.day.overrun, self.due_us
        return overrun.seconds(due) if due is not None and due < overrun.now and self.is_open else 0

    @property
    def late_days(self) -> int:
        """Full working days since the due (not part of the contract's minimum)."""
        overrun, due = self._about.day.overrun, self.due_us
        return overrun.full_days(due) if due is not None and due < overrun.now and self.is_open else 0

    @property
    def left_s(self) -> int | None:
        """Seconds until the due; None where there is none, or it has passed."""
        due = self.due
        return None if due is None or self.overdue else int((due - self._about.day.now).total_seconds())

    @property
    def level(self) -> int:
        """On how many superiors' lists it stands."""
        return self._about.day.level(self._about.ladder, self.due, self.cycle) if self.is_open else 0

    @property
    def tried(self) -> dict[str, int]:
        """How often each step that lists count was tried in this cycle."""
        if not self._about.counted or ATTEMPTED not in self.data:
            return {}
        attempts = self.case().data.attempts
        return {name: len(attempts[name]) for name in self._about.counted if attempts.get(name)}

    @property
    def tried_words(self) -> dict[str, L]:
        """The word under which a list counts each of them."""
        return self._about.counted

    @property
    def told(self) -> list[str]:
        """Onto whose lists it has climbed, as ids."""
        if not self.level:
            return []
        about, case = self._about, self.case()
        passed = (rung for rung in about.ladder if rung.lists and about.day.passed(rung, self.due, self.cycle))
        found = [id for rung in passed for id in ids(rung.tell, case, case.data.fields, about.roster, about.day.now)]
        return list(dict.fromkeys(found))

    @property
    def waits_for(self) -> list[str]:
        """Whose turn it is, as ids; or the outside party that it waits for, in English."""
        about = self._about
        if about.state.waits is not None:
            return [about.state.waits.en]
        found = [self.holder] if self.holder is not None else []
        return found + self.case().data.also if self.state in about.program.signing else found

    @property
    def actions(self) -> list[Action]:
        """What the reader may try; guards are not asked."""
        return self._about.actions(self)

    @property
    def way_on(self) -> Action | None:
        """The first step declared that brings the matter on: no undo, no attempt, none that gives it up or asks for a reason."""
        return self._about.way_on(self)


# From the columns of a row, its About and acting_for. Straight to the tuple: hundreds of entries are made to show thirty.
make_item: MakeItem = partial(tuple.__new__, Item)
