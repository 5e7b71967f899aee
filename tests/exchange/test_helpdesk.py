"""The real log of examples/, whose numbers its publisher and others have counted."""

from collections import Counter
from datetime import UTC, datetime

from cuiban.exchange.logs import read_log, survey_log
from cuiban.exchange.mapfile import read_map
from cuiban.workflows.incident import incident
from tests.exchange.logfiles import EXAMPLES

LOG = EXAMPLES / "helpdesk.xes.gz"
MAP = read_map(EXAMPLES / "helpdesk.map.toml")


def test_it_holds_what_is_known_of_it() -> None:
    """Every case and event is read, under its own activity."""
    survey = survey_log(LOG, MAP)

    assert (survey.cases, survey.events, survey.variants) == (4580, 21348, 226)
    assert survey.activities == {
        ("Take in charge ticket", None): 5060,
        ("Resolve ticket", None): 4983,
        ("Assign seriousness", None): 4938,
        ("Closed", None): 4574,
        ("Wait", None): 1463,
        ("Require upgrade", None): 119,
        ("Insert ticket", None): 118,
        ("Create SW anomaly", None): 67,
        ("Resolve SW anomaly", None): 13,
        ("Schedule intervention", None): 5,
        ("VERIFIED", None): 3,
        ("RESOLVED", None): 2,
        ("INVALID", None): 2,
        ("DUPLICATE", None): 1,
    }
    assert survey.first == datetime(2010, 1, 13, 8, 40, 25, tzinfo=UTC)
    assert survey.last == datetime(2014, 1, 3, 13, 20, 58, tzinfo=UTC)


def test_the_commonest_ways_are_those_known() -> None:
    """The order of the events within a case is the publisher's."""
    ways = Counter(tuple(event.activity for event in trace.events) for trace in read_log(LOG, MAP))

    (first, n1), (second, n2) = ways.most_common(2)
    assert (n1, first) == (2366, ("Assign seriousness", "Take in charge ticket", "Resolve ticket", "Closed"))
    assert (n2, second[1:]) == (552, ("Take in charge ticket", "Wait", "Resolve ticket", "Closed"))


def test_an_event_keeps_all_that_the_log_says_of_it() -> None:
    """Attributes, resource and line of the file stay with the event; where the log is silent, so are we."""
    trace = next(read_log(LOG, MAP))

    event = trace.events[3]
    assert (trace.case, trace.attributes, trace.line) == ("Case 1", {"concept:name": "Case 1"}, 7)
    assert (event.activity, event.resource, event.lifecycle) == ("Resolve ticket", "Value 1", None)
    assert (event.at, event.line) == (datetime(2012, 10, 25, 11, 54, 26, tzinfo=UTC), 51)
    assert event.attributes["service_level"] == "Value 2"
    assert len(event.attributes) == 12


def test_the_last_line_number_is_right_too() -> None:
    """A fault far down a long file is told at its own line."""
    *_, last = read_log(LOG, MAP)

    assert last.events[-1].line > 65_535
    assert line_of_text(last.events[-1].line) == "<event>"
    assert line_of_text(last.line) == "<trace>"


def line_of_text(number: int) -> str:
    """Return that line of the unpacked log."""
    import gzip

    with gzip.open(LOG, "rt", encoding="utf-8") as lines:
        return next(line for i, line in enumerate(lines, 1) if i == number).strip()


def test_only_the_developers_own_words_are_unmapped() -> None:
    """The example's map covers every activity of the ticket itself."""
    meanings = Counter(MAP.step(event).meaning.value for trace in read_log(LOG, MAP) for event in trace.events)

    assert meanings == {"fire": 21340, "unmapped": 8}


def test_the_map_fits_the_process() -> None:
    """Every action and field that it names is one of `incident`."""
    actions = {transition.name for transition in incident.transitions}

    MAP.check_against("incident", actions, {field.name for field in incident.fields})


def test_a_case_is_told_by_what_it_is_about() -> None:
    """The subject names case, product and customer."""
    assert MAP.subject_of(next(read_log(LOG, MAP))) == "Case 1: Value 1, Value 1"
