"""Large logs: their cases come out whole, and memory does not grow with them. `--full`: 262,000 events."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.synthetic import write_csv, write_xes

# Peak memory of a process of its own, as the system counts it from its start.
READ = """
import sys
from pathlib import Path
from cuiban.exchange.logs import survey_log
from cuiban.exchange.mapfile import read_map

survey = survey_log(Path(sys.argv[1]), read_map(Path(sys.argv[2])))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(survey.cases, survey.events, survey.counted, survey.variants, int(peak) // 1024)
"""
MAP = """
[log]
case = "{case}"
activity = "{activity}"
timestamp = "{timestamp}"
lifecycle = "{lifecycle}"
zone = "Asia/Shanghai"
[activities]
Closed = "close"
"""
CSV_NAMES = {"case": "Case ID", "activity": "Activity", "timestamp": "Complete Timestamp", "lifecycle": "lifecycle"}
XES_NAMES = {"case": "concept:name", "activity": "concept:name", "timestamp": "time:timestamp"}


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_memory_is_flat(tmp_path: Path, full: bool, form: str) -> None:
    """Cases scattered over a whole CSV, or a XES, are read in a fraction of 300 MB."""
    cases, per_case = (13_100, 20) if full else (2_500, 20)
    log, told = tmp_path / f"log.{form}", tmp_path / "map.toml"
    (write_csv if form == "csv" else write_xes)(log, cases, per_case)
    names = CSV_NAMES if form == "csv" else {**XES_NAMES, "lifecycle": "lifecycle:transition"}
    told.write_text(MAP.format(**names), "utf-8")

    run = subprocess.run([sys.executable, "-c", READ, log, told], capture_output=True, text=True, check=True)

    *found, peak = map(int, run.stdout.split())
    assert found == [cases, cases * per_case, cases * 6, 1]
    assert peak < (100 if full else 80)


def test_a_log_beyond_memory_goes_through_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorting outside memory gives what sorting in it gives, and leaves no file behind."""
    from cuiban.exchange import grouping
    from cuiban.exchange.logs import read_log
    from cuiban.exchange.mapfile import parse_map

    log, mapping = tmp_path / "log.csv", parse_map(MAP.format(**CSV_NAMES))
    write_csv(log, 200, 10)
    at_once = list(read_log(log, mapping))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(grouping, "IN_MEMORY", 20_000)

    through_files = list(read_log(log, mapping))

    assert through_files == at_once
    assert len(at_once) == 200
    assert list((tmp_path / "temporary").iterdir()) == []


def test_no_room_for_temporary_files_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or missing temporary folder is no traceback."""
    from cuiban.errors import BadInput
    from cuiban.exchange import grouping
    from cuiban.exchange.logs import read_log
    from cuiban.exchange.mapfile import parse_map

    write_csv(tmp_path / "log.csv", 200, 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    monkeypatch.setattr(grouping, "IN_MEMORY", 20_000)

    with pytest.raises(BadInput) as caught:
        list(read_log(tmp_path / "log.csv", parse_map(MAP.format(**CSV_NAMES))))

    assert caught.value.code == "no_room"
