"""Logs made for tests: as large as wanted, the same every time, their cases interleaved as systems write them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ACTIVITIES = ("登记", "Assess application", "W_Call after offers", "O_SENT_BACK", "Closed")
LIFECYCLES = ("SCHEDULE", "START", "COMPLETE")
START = datetime(2011, 9, 30, 22, 38, 44, 546000, tzinfo=UTC)
HEADING = "Case ID,Activity,Resource,Complete Timestamp,lifecycle,Amount,Remark"


def events(cases: int, per_case: int) -> Iterator[tuple[int, int, datetime]]:
    """Yield (case, step, instant) by time, the cases mixed: case n begins n minutes late and takes a step an hour."""
    for minute in range(cases + 60 * per_case):
        for step in range(per_case):
            case = minute - 60 * step
            if 0 <= case < cases:
                yield case, step, START + timedelta(minutes=minute)


def write_csv(path: Path, cases: int, per_case: int) -> None:
    """Write a CSV of cases * per_case events."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADING + "\r\n")
        for case, step, at in events(cases, per_case):
            activity, lifecycle = ACTIVITIES[step % 5], LIFECYCLES[step % 3]
            row = f"A{case:06},{activity},R{case * 7 % 68},{at:%Y/%m/%d %H:%M:%S.%f},{lifecycle},{case * 13 % 50000},"
            file.write(f'{row}"客户 {case} 来电, 询问第 {step} 次"\r\n')


def write_xes(path: Path, cases: int, per_case: int) -> None:
    """Write a XES of cases * per_case events."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n')
        for case in range(cases):
            file.write(f'<trace>\n<string key="concept:name" value="A{case:06}"/>\n')
            file.write(f'<int key="AMOUNT_REQ" value="{case * 13 % 50000}"/>\n')
            for step in range(per_case):
                at = START + timedelta(minutes=case + 60 * step)
                file.write(
                    f'<event>\n<string key="org:resource" value="R{case * 7 % 68}"/>\n'
                    f'<string key="lifecycle:transition" value="{LIFECYCLES[step % 3]}"/>\n'
                    f'<string key="concept:name" value="{ACTIVITIES[step % 5]}"/>\n'
                    f'<date key="time:timestamp" value="{at.isoformat()}"/>\n'
                    f'<string key="remark" value="客户 {case} 来电, 询问第 {step} 次"/>\n</event>\n'
                )
            file.write("</trace>\n")
        file.write("</log>\n")
