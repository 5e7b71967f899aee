"""Quarantine: nothing joins the network, and no file from outside is used, before it was scanned. [C7]

Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Enter, Field, Need, Opening, Process, Setting, State, Transition, wh
from cuiban.engine.who import System, any_of, role

ENGINEER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
AT_ONCE = wh(Setting("at_once_hours"))
SCAN: list[str | Need] = ["scanner", "signatures_of"]

# fmt: off
quarantine = Process("quarantine", L("病毒检疫", "Quarantine"), prefix="JY", rows=["C7"],
    subject=["kind", "thing"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, ENGINEER), needs=["kind", "thing"], asks=["origin"]),
    states=[
        State("waiting",   L("待检测", "To be scanned"),  due=AT_ONCE, todo=L("检测", "scan")),
        State("infected",  L("有病毒", "Infected"),       due=AT_ONCE, todo=L("杀毒", "clean")),
        End("cleared",     L("可联网可用", "Cleared")),
        End("barred",      L("禁止使用", "Barred"),       outcome="barred"),
        End("cancelled",   L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("clear",  L("检测通过", "Clear"),       "waiting",  "cleared",  ENGINEER, needs=SCAN,
                   enters=[Enter("asset", {"tag": "thing", "antivirus": "scanner"}, "known",
                                 when=is_("kind", "returned", "joining"))], row="C7"),
        Transition("infect", L("查出病毒", "Found a virus"), "waiting", "infected", ENGINEER, needs=[*SCAN, "virus"]),
        Transition("clean",  L("已杀毒", "Cleaned"),       "infected", "waiting",  ENGINEER, needs=["remedy"],
                   cycle=True),                                            # scanned once more
        Transition("bar",    L("禁止使用", "Bar"),         "infected", "barred",   any_of(ENGINEER, SUPERVISOR),
                   reason=True),
        Transition("call_off", L("退回不检", "Call off"),  ["waiting", "infected"], "cancelled", System()),  # sent back
    ],
    cancel=Cancel(any_of(ENGINEER, SUPERVISOR), "cancelled", at_once=["waiting"], never=["infected"]),
    fields=[
        Field("kind",          L("类别", "Kind"),                  "choice", choices=[
            Choice("returned", L("送修返回", "Back from outside repair")),
            Choice("joining",  L("将联网设备", "About to join the network")),
            Choice("file",     L("外来图纸文件", "Drawing or file from outside"))]),
        Field("thing",         L("检疫对象", "What is scanned"),    high=100),
        Field("origin",        L("来源", "Origin"),                 high=100, personal=True),
        Field("scanner",       L("杀毒软件", "Antivirus"),          high=60),
        Field("signatures_of", L("病毒库日期", "Virus signatures of"), "day", past=True),
        Field("virus",         L("病毒名称", "Virus"),              high=100),
        Field("remedy",        L("杀毒处理", "How it was cleaned"), "note"),
    ])
# fmt: on
