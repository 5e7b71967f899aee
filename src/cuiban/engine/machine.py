"""The `transitions` machine of a topology, without what ours never has: callbacks, conditions, a queue, a log of each step.

The library keeps the states and the table of steps, finds the step and moves the object; its own `trigger` does the same by
way of a dozen lists of callbacks, each of them empty here, and takes 7 µs for it instead of 1 (docs/performance.md).
"""

from typing import Any

from transitions import Event, Machine as Library


class Trigger(Event):
    """A named step of the table."""

    def trigger(self, model: Any, *args: Any, **kwargs: Any) -> bool:
        """Move `model` by this step; False if the step does not leave where it stands."""
        found = self.transitions.get(model.state)
        to = found[0].dest if found else None
        if to is None:
            return False
        self.machine.set_state(self.machine.states[to], model)  # the state itself: a name would be looked up once more
        return True


class Machine(Library):
    """A machine of such steps."""

    event_cls = Trigger
