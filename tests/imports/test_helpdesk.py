"""The real log of examples/ through the process of incidents: the figures that docs/import-log.md shows."""

import re
from itertools import islice
from pathlib import Path

from cuiban.audit.tally import Deviation, Tally
from cuiban.exchange.logs import read_log
from cuiban.exchange.mapfile import read_map
from cuiban.office.imports import Imported
from cuiban.workflows.incident import incident
from tests.audit.traces import judge
from tests.support.house import House

ROOT = Path(__file__).parents[2]
LOG = ROOT / "examples" / "helpdesk.xes.gz"
MAP = ROOT / "examples" / "helpdesk.map.toml"


def test_most_of_it_conforms() -> None:
    """92 of 100 cases, 97 of 100 events; the commonest deviation is a ticket that is resolved twice."""
    by, tally = judge(incident, MAP.read_text("utf-8")), Tally()
    for trace in read_log(LOG, by.mapping):
        tally.add(trace.case, by.judge(trace).verdicts)

    report = tally.report()
    assert (report.cases, report.events, report.ignored) == (4580, 21348, 0)
    assert (report.conforming_cases, report.conforming_events) == (4216, 20720)
    assert report.deviations[0] == Deviation("not_possible_here", "Resolve ticket", "resolved", 249, "Case 1017")
    assert sum(one.count for one in report.deviations if one.code == "unmapped_activity") == 8


def test_its_first_cases_come_in(house: House) -> None:
    """On each engine, at the log's own times, twice without a change; each is what its history says."""
    mapping = read_map(MAP)

    def first() -> Imported:
        return house.office.import_log("incident", mapping, islice(read_log(LOG, mapping), 300), actor="wu", now=house.now)

    once, rows, twice = first(), house.rows(), first()

    assert rows["cases"] == 300
    assert house.rows() == rows
    assert once.report == twice.report
    assert house.case("SJ-260302-001").opened_at.isoformat() == "2012-10-09T14:50:17+00:00"


def test_the_page_says_so() -> None:
    """The shares in the text are those that the log comes to."""
    page = (ROOT / "docs" / "import-log.md").read_text("utf-8")

    assert re.search(r"4,216 of 4,580 cases \(92\.1 %\)", page)
    assert re.search(r"20,720 of 21,348 events \(97\.1 %\)", page)
