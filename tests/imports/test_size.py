"""A large log is imported in flat memory. `--full`: 262,000 events."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.synthetic import write_csv, write_xes
from tests.support.house import House

# Peak memory of a process of its own, as the system counts it from its start.
IMPORT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from cuiban import Office
from cuiban.exchange.logs import read_log
from cuiban.exchange.mapfile import read_map

url, log, mapping = sys.argv[1:]
meaning = read_map(Path(mapping))
with Office(url) as office:
    done = office.import_log("incident", meaning, read_log(Path(log), meaning), actor="wu", now=datetime(2026, 3, 2, tzinfo=UTC))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(done.opened, done.report.events, done.report.conforming_events, done.report.ignored, int(peak) // 1024)
"""
MAP = """
[log]
case = "{case}"
activity = "{activity}"
timestamp = "{timestamp}"
lifecycle = "{lifecycle}"
zone = "Asia/Shanghai"
[activities]
"登记" = ["classify", "take_over"]
"Assess application" = ["take", "take_over"]
"W_Call after offers" = "wait"
"O_SENT_BACK" = "resume"
"Closed" = "ignore"
"""
CSV = {"case": "Case ID", "activity": "Activity", "timestamp": "Complete Timestamp", "lifecycle": "lifecycle"}
XES = {"case": "concept:name", "activity": "concept:name", "timestamp": "time:timestamp", "lifecycle": "lifecycle:transition"}


@pytest.mark.parametrize(("form", "write", "names"), [("csv", write_csv, CSV), ("xes", write_xes, XES)])
def test_memory_is_flat(sqlite_house: House, tmp_path: Path, full: bool, form: str, write: object, names: dict[str, str]) -> None:
    """Several lifecycle values, cases scattered over the whole of a CSV: well under 300 MB."""
    cases, per_case = (13_100, 20) if full else (600, 20)
    log, mapping = tmp_path / f"log.{form}", tmp_path / "map.toml"
    assert callable(write)
    write(log, cases, per_case)
    mapping.write_text(MAP.format(**names), "utf-8")

    run = subprocess.run([sys.executable, "-c", IMPORT, sqlite_house.url, log, mapping], capture_output=True, text=True, check=True)

    opened, events, conforming, ignored, peak = map(int, run.stdout.split())
    assert (opened, events) == (cases, cases * per_case)
    assert conforming + ignored <= events
    assert ignored >= cases * per_case * 2 // 3 - cases
    assert peak < (200 if full else 150)
