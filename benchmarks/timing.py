"""Taking the time: contestants take turns, round by round; what counts is the median, of times and of ratios."""

import gc
from collections.abc import Callable, Mapping
from statistics import median

Round = Callable[[], float]


class Times:
    """What every contestant took in each round, in seconds for one operation."""

    def __init__(self, rounds: dict[str, list[float]]) -> None:
        self.rounds = rounds

    def seconds(self, name: str) -> float:
        """The median time of one operation."""
        return median(self.rounds[name])

    def rate(self, name: str) -> float:
        """Operations a second."""
        return 1 / self.seconds(name)

    def speed(self, name: str, against: str) -> float:
        """How fast `name` is, as a multiple of `against`: the median of the rounds' own ratios."""
        return median(theirs / ours for theirs, ours in zip(self.rounds[against], self.rounds[name], strict=True))


def take_turns(contestants: Mapping[str, Round], rounds: int, warm: int = 2) -> Times:
    """Run every contestant once a round; the order turns with each round. The first `warm` rounds do not count."""
    names = list(contestants)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(warm + rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            seconds = contestants[name]()
            if turn >= warm:
                taken[name].append(seconds)
    return Times(taken)
