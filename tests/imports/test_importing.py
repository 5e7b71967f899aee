"""Importing a log: one case a trace, as far as it conforms; twice changes nothing. On both engines."""

from pathlib import Path

from cuiban.audit.tally import Deviation
from cuiban.office.imports import Imported
from tests.imports.desklog import (
    CSV_MAP,
    GOOD,
    ODD,
    XES_MAP,
    imported,
    times,
    ways,
    write_csv,
    write_map,
    write_xes,
)
from tests.support.house import House

ODDITIES = [
    ("after_close", "关闭", "closed"),
    ("not_possible_here", "受理", "registered"),
    ("unmapped_activity", "返工", "classified"),
]


def first(house: House, folder: Path, cases: int = 10) -> tuple[Path, Path, Imported]:
    """Import a XES of so many cases."""
    log, mapping = write_xes(folder / "log.xes", ways(cases)), write_map(folder / "map.toml", XES_MAP)
    return log, mapping, imported(house, log, mapping)


def test_a_log_becomes_cases(house: House, tmp_path: Path) -> None:
    """One case a trace, opened at its first event's time, moved by each event that conforms at that event's time."""
    _, _, done = first(house, tmp_path)

    report = done.report
    assert (report.cases, report.events, report.ignored) == (10, 8 * 5 + 2 * 8, 2)
    assert (report.conforming_cases, report.conforming_events) == (8, 8 * 5 + 2 * 4)
    assert report.deviations == [Deviation(*kind, 2, "G004") for kind in ODDITIES]
    found = house.office.cases(closed=None, now=house.now)
    assert [(one.state, one.subject.zh) for one in found if one.subject.zh == "G001"] == [("closed", "G001")]
    good = next(one for one in found if one.subject.zh == "G001")
    assert good.ref.startswith("SJ-260302-")
    assert [one.at for one in house.events(good.ref)] == [at for at, _ in times(1, GOOD)]
    assert {(one.by, one.recorded_at, one.source) for one in house.events(good.ref)} == {("wu", house.now, "log")}


def test_the_log_s_own_words_stay_in_the_history(house: House, tmp_path: Path) -> None:
    """What the log calls case and activity, and who did it there, an outside person."""
    first(house, tmp_path, cases=1)

    opened, taken, *_ = house.office.history("SJ-260302-001")

    assert opened.origin == {"case": "G000", "activity": "登记", "resource": "张0"}
    assert taken.origin == {"activity": "分级", "resource": "张0"}


def test_imported_cases_stand_on_nobody_s_list(house: House, tmp_path: Path) -> None:
    """Not to do, not to chase, not stuck; no clock fires, no notice goes out; none of our own figures moves."""
    log = write_xes(tmp_path / "log.xes", {"open": GOOD[:3], "waits": (*GOOD[:3], "等待")})
    imported(house, log, write_map(tmp_path / "map.toml", XES_MAP))
    house.clock.forward(days=60)

    before = house.rows()
    house.office.catch_up(house.now)

    incidents = [item for item in house.office.todo(actor=None, now=house.now) if item.process == "incident"]
    assert incidents == []
    assert [row for row in house.office.stuck(now=house.now) if row.key.startswith("incident")] == []
    assert {one.overdue for one in house.office.cases(now=house.now) if one.process == "incident"} == {False}
    assert house.rows()["outbox"] == before["outbox"] == 0
    with house.raw() as raw:
        assert raw.one("SELECT count(*) FROM events WHERE process = 'incident' AND stay_s IS NOT NULL") == 0


def test_a_second_run_changes_nothing(house: House, tmp_path: Path) -> None:
    """And says the same."""
    log, mapping, once = first(house, tmp_path)
    rows = house.rows()
    house.clock.forward(days=1)

    twice = imported(house, log, mapping)

    assert house.rows() == rows
    assert twice.report == once.report
    assert (twice.opened, twice.continued, twice.known) == (0, 0, 10)


def test_another_form_of_the_same_log_changes_nothing(house: House, tmp_path: Path) -> None:
    """A CSV in GB18030, its cases mixed, with other headings, minutes only and local time; a packed XES of another name."""
    _, mapping, once = first(house, tmp_path)
    rows = house.rows()

    csv = imported(house, write_csv(tmp_path / "导出.csv", ways(10)), write_map(tmp_path / "csv.toml", CSV_MAP))
    packed = imported(house, write_xes(tmp_path / "again.xes.gz", ways(10)), mapping)

    assert house.rows() == rows
    assert csv.report == packed.report == once.report
    assert csv.other_map == 0


def test_a_longer_version_goes_on(house: House, tmp_path: Path) -> None:
    """The case that is there takes the further events, and nothing twice; new cases come in beside it."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "may.xes", {"A": GOOD[:2], "B": ODD[:3]}), mapping)

    done = imported(house, write_xes(tmp_path / "june.xes", {"A": GOOD, "B": ODD, "C": GOOD}), mapping)

    assert (done.opened, done.continued, done.known) == (1, 2, 0)
    assert done.report.conforming_cases == 2
    assert {one.subject.zh: one.state for one in house.office.cases(closed=None, now=house.now)} == dict.fromkeys("ABC", "closed")
    assert house.rows()["cases"] == 3
    again = imported(house, tmp_path / "june.xes", mapping)
    assert (again.report, again.known) == (done.report, 3)


def test_a_shorter_version_takes_nothing_back(house: House, tmp_path: Path) -> None:
    """An older export of a log is known."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "june.xes", {"A": GOOD}), mapping)
    rows = house.rows()

    done = imported(house, write_xes(tmp_path / "may.xes", {"A": GOOD[:3]}), mapping)

    assert (done.known, done.report.conforming_events) == (1, 3)
    assert house.rows() == rows


def test_what_comes_before_known_events_is_told(house: House, tmp_path: Path) -> None:
    """History only grows: an event that a later export puts between others moves nothing, at any run."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "may.xes", {"A": ("登记", "查看", "受理")}), mapping)
    rows = house.rows()
    later = write_xes(tmp_path / "june.xes", {"A": ("登记", "分级", "受理")})

    once, twice = imported(house, later, mapping), imported(house, later, mapping)

    assert once.report == twice.report
    assert Deviation("time_backwards", "分级", "", 1, "A") in once.report.deviations
    assert house.rows() == rows


def test_the_same_name_elsewhere_is_another_case(house: House, tmp_path: Path) -> None:
    """Two systems both begin to count at 1."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "one.xes", {"A": GOOD}), mapping)

    done = imported(house, write_xes(tmp_path / "other.xes", {"B": GOOD, "A": GOOD}), mapping)

    assert (done.opened, done.known) == (2, 0)


def test_another_map_judges_and_leaves_what_is_in(house: House, tmp_path: Path) -> None:
    """Figures are always those of this log by this map; facts that are in stay as they came in."""
    log, _, _ = first(house, tmp_path, cases=5)
    rows = house.rows()
    mapping = write_map(tmp_path / "better.toml", XES_MAP + '"返工" = "take"\n')

    done = imported(house, log, mapping)

    assert (done.known, done.other_map) == (5, 5)
    assert "unmapped_activity" not in {one.code for one in done.report.deviations}
    assert house.rows() == rows


def test_a_dry_run_only_judges(house: House, tmp_path: Path) -> None:
    """The same figures, nothing written, also where nothing is known."""
    log, mapping = write_xes(tmp_path / "log.xes", ways(10)), write_map(tmp_path / "map.toml", XES_MAP)
    rows = house.rows()

    tried = imported(house, log, mapping, dry_run=True)

    assert house.rows() == rows
    assert imported(house, log, mapping).report == tried.report


def test_what_was_in_the_future_comes_in_when_it_is_past(house: House, tmp_path: Path) -> None:
    """An event of tomorrow is told today, and moves its case tomorrow."""
    log, mapping = write_xes(tmp_path / "log.xes", {"A": GOOD}), write_map(tmp_path / "map.toml", XES_MAP)
    house.clock.set("2025-06-02 11:30")
    today = imported(house, log, mapping)

    house.clock.set("2025-06-03 09:00")
    tomorrow = imported(house, log, mapping)

    assert [one.code for one in today.report.deviations] == ["in_future", "in_future"]
    assert (tomorrow.continued, tomorrow.report.conforming_events) == (1, 5)


def test_a_case_that_somebody_moved_meanwhile_goes_on_from_there(house: House, tmp_path: Path) -> None:
    """What we did ourselves is later than the log; its events come too late for the case."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "may.xes", {"A": GOOD[:2]}), mapping)
    house.fired("SJ-260302-001", "take", "wu")

    done = imported(house, write_xes(tmp_path / "june.xes", {"A": GOOD}), mapping)

    assert {one.code for one in done.report.deviations} == {"time_backwards"}
    assert house.case("SJ-260302-001").state == "in_progress"


def test_a_case_goes_on_under_the_definition_that_it_runs_under(house: House, tmp_path: Path) -> None:
    """A setting that changed meanwhile makes a new definition; the case keeps its own."""
    mapping = write_map(tmp_path / "map.toml", XES_MAP)
    imported(house, write_xes(tmp_path / "may.xes", {"A": GOOD[:2]}), mapping)
    before = house.case("SJ-260302-001").definition
    house.office.setting("incident_days", 9, actor="admin", reason="试", now=house.now)

    imported(house, write_xes(tmp_path / "june.xes", {"A": GOOD, "B": GOOD}), mapping)

    one, other = house.case("SJ-260302-001"), house.case("SJ-260302-002")
    assert (one.state, one.definition) == ("closed", before)
    assert other.definition != before


def test_two_imports_at_once_double_nothing(house: House, tmp_path: Path) -> None:
    """Whoever comes second waits, and then knows the cases."""
    from concurrent.futures import ThreadPoolExecutor

    from cuiban.exchange.logs import read_log
    from cuiban.exchange.mapfile import read_map

    log, mapping = write_xes(tmp_path / "log.xes", ways(60)), read_map(write_map(tmp_path / "map.toml", XES_MAP))
    doors = [house.office, house.another()]

    with ThreadPoolExecutor(2) as both:
        calls = [
            both.submit(door.import_log, "incident", mapping, read_log(log, mapping), actor="wu", now=house.now) for door in doors
        ]
        done = [call.result() for call in calls]

    assert sorted((one.opened, one.known) for one in done) == [(0, 60), (60, 0)]
    assert done[0].report == done[1].report
    assert house.rows()["cases"] == 60
