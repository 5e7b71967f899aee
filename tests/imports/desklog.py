"""A help desk's log for tests, written as other systems write theirs: XES, or CSV with headings of its own."""

import gzip
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cuiban.exchange.logs import read_log
from cuiban.exchange.mapfile import read_map
from cuiban.office.imports import Imported
from tests.support.house import House

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2025, 6, 2, 9, tzinfo=SHANGHAI)
ACTIVITIES = """
[activities]
"登记" = "open"
"分级" = "classify"
"受理" = ["take", "take_over"]
"等待" = "wait"
"解决" = "resolve"
"关闭" = "close"
"查看" = "ignore"
"""
XES_MAP = '[case]\nsubject = "{case}"\n' + ACTIVITIES
CSV_MAP = '[log]\ncase = "工单号"\nactivity = "环节"\ntimestamp = "时间"\nresource = "经办人"\nzone = "Asia/Shanghai"\n' + XES_MAP
GOOD = ("登记", "分级", "受理", "解决", "关闭")
ODD = ("登记", "受理", "分级", "返工", "查看", "解决", "关闭", "关闭")  # 受理 too early, 返工 unknown, 关闭 once too often
Ways = Mapping[str, Iterable[str]]


def ways(cases: int) -> dict[str, tuple[str, ...]]:
    """Cases G000.., every fifth of them odd."""
    return {f"G{n:03}": ODD if n % 5 == 4 else GOOD for n in range(cases)}


def times(number: int, steps: Iterable[str]) -> list[tuple[datetime, str]]:
    """The steps of the n-th case, an hour apart; case n begins n minutes late."""
    return [(START + timedelta(minutes=number, hours=hour), step) for hour, step in enumerate(steps)]


def write_xes(path: Path, cases: Ways) -> Path:
    """Write a XES, packed if its name says so."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xmlns="http://www.xes-standard.org/">']
    for number, (case, steps) in enumerate(cases.items()):
        lines.append(f'<trace>\n<string key="concept:name" value="{case}"/>')
        for at, step in times(number, steps):
            lines.append(f'<event>\n<string key="concept:name" value="{step}"/>')
            lines.append(f'<string key="org:resource" value="张{number % 3}"/>')
            lines.append(f'<date key="time:timestamp" value="{at.isoformat(timespec="milliseconds")}"/>\n</event>')
        lines.append("</trace>")
    data = "\n".join([*lines, "</log>"]).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_csv(path: Path, cases: Ways, encoding: str = "gb18030") -> Path:
    """Write a CSV whose cases are mixed, in local time without an offset."""
    rows = [(at, case, n, step) for n, (case, steps) in enumerate(cases.items()) for at, step in times(n, steps)]
    lines = [f"{case};{step};{at:%Y/%m/%d %H:%M};张{n % 3}" for at, case, n, step in sorted(rows)]
    path.write_text("\n".join(["工单号;环节;时间;经办人", *lines]) + "\n", encoding)
    return path


def write_map(path: Path, text: str) -> Path:
    """Write a map."""
    path.write_text(text, "utf-8")
    return path


def imported(house: House, log: Path, mapping: Path, process: str = "incident", *, dry_run: bool = False) -> Imported:
    """Import a log as the engineer of the house."""
    meaning = read_map(mapping)
    return house.office.import_log(process, meaning, read_log(log, meaning), actor="wu", now=house.now, dry_run=dry_run)
