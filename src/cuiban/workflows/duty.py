"""Duty: one process for everything that comes round; what comes round stands in duties.py.

Done late is no state: it is judged from the due. Holds: states, who. Never: a date, the name of a single duty.
"""

from cuiban.engine.conditions import Agree, Count, Guard, either, has, not_
from cuiban.engine.labels import L
from cuiban.engine.language import Check, End, Field, Opening, Paper, Process, State, Transition, field, need
from cuiban.engine.who import System, any_of, person, superior

DOER, CHASER = person("doer"), person("chaser")

# fmt: off
ENOUGH = Guard("too_few_recipients", either(not_(has("minimum")), Count("sent_to", "minimum")),
               L("至少要发给 {minimum} 人, 现在 {sent_to} 人", "to at least {minimum} people, so far {sent_to}"), DOER)

AGREED = Guard("registers_differ", Agree("registers"),
               L("台账对不上: {vin} {found} ({remark})", "registers differ: {vin}, {found} ({remark})"), DOER)

# Whose it is and when it is due comes from the table and `duties set`, not from who is late.
SCHEDULED = ["duty", "title", "nominal", "due_at", "missed_at", "start_at", "doer", "chaser", "minimum", "agree", "about_from",
             "about_last"]

duty = Process("duty", L("例行", "Duty"), prefix="LX",
    rows=["A7", "A10", "A11", "A12", "A13", "A14", "A15", "A17", "B4", "B8", "B9", "B10", "B11", "B13", "B14", "B15", "B16",
          "B17", "B18", "B19", "B21", "B23", "B24", "C2", "C3", "C4", "C10", "C13", "C17", "C19", "D5", "D6", "D7", "D11",
          "D12", "D16", "D18", "D19", "D20", "D21", "D22", "D23", "D27", "D29", "D33"],
    subject=["title"], key=["duty", "nominal"], key_forever=True, chaser=CHASER,
    checks=[Check("registers", of="agree", by="about_from", until="about_last")],
    opening=Opening(System(),                                              # the calendar does it
        needs=["duty", "title", "nominal", "due_at", "missed_at", "doer"],
        asks=["chaser", "start_at", "window", "about_from", "about_last", "recipients", "channel", "minimum", "agree"]),
    states=[
        State("open",  L("待报", "To be done"), due=field("due_at"), owner=DOER, fixes=SCHEDULED),
        End("done",    L("已报", "Done"),       fixes=SCHEDULED),
        End("waived",  L("免报", "Waived"),     outcome="waived", fixes=SCHEDULED),
        End("missed",  L("漏报", "Missed"),     outcome="missed", fixes=SCHEDULED),
    ],
    transitions=[
        Transition("submit", L("上报", "Submit"),  "open", "done",   DOER, not_before=field("start_at"),
                   needs=[need("sent_to", has("minimum"))], asks=["sent_by"], guards=[ENOUGH, AGREED]),
        Transition("waive",  L("免报", "Waive"),   "open", "waived", any_of(CHASER, superior(DOER)), reason=True),
        Transition("miss",   L("漏报", "Missed"),  "open", "missed", System(), at=field("missed_at")),
    ],
    fields=[
        Field("duty",       L("事项", "Duty"),                 high=100),
        Field("title",      L("名称", "Title"),                "label"),
        Field("nominal",    L("应报时间", "Nominally due"),    "instant"),
        Field("due_at",     L("到期", "Due"),                  "instant"),
        Field("missed_at",  L("漏报时间", "Missed at"),        "instant"),
        Field("start_at",   L("起办时间", "Not before"),       "instant"),
        Field("window",     L("时段", "Window"),               high=20),
        Field("doer",       L("经办", "Doer"),                 "person"),    # a person, or role:ID
        Field("chaser",     L("催办人", "Chaser"),             "person"),
        Field("about_from", L("所报期间自", "About, from"),    "day"),
        Field("about_last", L("所报期间至", "About, to"),      "day"),
        Field("recipients", L("报给", "To"),                   "label"),
        Field("channel",    L("渠道", "Channel"),              "label"),
        Field("minimum",    L("至少几人", "At least"),         "number", low=1, high=1000),
        Field("agree",      L("须对得上", "Has to agree"),     "texts"),     # matching rules of registers
        Field("sent_to",    L("已发给", "Sent to"),            "persons"),
        Field("sent_by",    L("发送方式", "Sent by"),          high=40),
    ],
    papers=[Paper("report", L("报表", "Report"), supplier=DOER, form="copy")])
# fmt: on
