"""Announcement: the manufacturer's in DOSS, signed in by everyone on its list himself; the clerk sees to it. [D9]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Drive,
    End,
    Field,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    anew,
    field,
    wd,
    wh,
)
from cuiban.engine.who import Chaser, System, person, role

CLERK, SIGNER = role("sales_clerk"), person("signer")

# fmt: off
ALL_IN = Guard("not_all_signed_in", Linked("sign_ins"),
               L("还没全部签到 ({sign_ins})", "not everyone has signed in ({sign_ins})"))
SETS   = {"title": "title", "sign_by": "sign_by", "signer": "each"}
LISTED = Open("sign_in", "sign_ins", SETS, each="signers")
FURTHER = Open("sign_in", "sign_ins", SETS, each="further")

announcement = Process("announcement", L("厂家公告", "Announcement"), prefix="GG", rows=["D9"],
    subject=["title"], chaser=role("sales_manager"),
    opening=Opening(CLERK, needs=["title", "published_at"], asks=["number"]),
    states=[
        State("registered", L("已登记", "Registered"),    due=wh(Setting("at_once_hours")), todo=L("通知签到", "call to sign in")),
        State("signing",    L("签到中", "Being signed"),  due=field("sign_by"), owner=CLERK,
              todo=L("全部签到", "have all signed in")),
        State("complete",   L("已全部签到", "All signed in"), due=wd(1)),
        End("closed",       L("已办结", "Closed")),
        End("withdrawn",    L("公告撤回", "Withdrawn"),   outcome="withdrawn"),
        End("cancelled",    L("已作废", "Cancelled"),     outcome="cancelled"),
    ],
    transitions=[
        Transition("call",     L("通知签到", "Call"),             "registered", "signing",  CLERK,
                   needs=["content", "signers", "sign_by"], opens=[LISTED], row="D9"),
        Transition("add",      L("补充名单", "Add to the list"),  "signing",    "=",        CLERK,
                   needs=[anew("further")], opens=[FURTHER]),
        Transition("extend",   L("延期", "Extend"),               "signing",    "=",        CLERK,
                   needs=[anew("sign_by")], reason=True,
                   drives=[Drive("sign_ins", "extend", {"sign_by": "sign_by"}, open_only=True)]),
        Transition("complete", L("全部签到", "All signed in"),    "signing",    "complete", CLERK, guards=[ALL_IN]),
        Transition("close",    L("办结", "Close"),                "complete",   "closed",   CLERK),
        Transition("change",   L("公告有新内容", "New text"),     ["signing", "complete"], "signing", CLERK,
                   needs=[anew("content"), anew("signers"), anew("sign_by")], cycle=True, opens=[LISTED],
                   drives=[Drive("sign_ins", "replace", open_only=True)], row="D9"),
        Transition("take_off", L("公告撤回", "Withdrawn"),        ["registered", "signing"], "withdrawn", CLERK,
                   reason=True, drives=[Drive("sign_ins", "call_off", open_only=True)]),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["registered"], never=["signing", "complete"]),
    fields=[
        Field("title",        L("公告标题", "Title"),         high=100),
        Field("number",       L("公告编号", "Number"),        high=40),
        Field("published_at", L("发布时间", "Published at"),  "instant", past=True),
        Field("content",      L("公告内容", "Content"),       "note"),
        Field("signers",      L("签到名单", "To be signed by"), "persons"),
        Field("further",      L("补充人员", "Further people"), "persons"),
        Field("sign_by",      L("签到期限", "Sign in by"),    "instant"),
    ])

sign_in = Process("sign_in", L("公告签到", "Sign-in"), prefix="QD", rows=["D9"],
    subject=["title", "signer"],                                            # chased by the clerk who called
    opening=Opening(CLERK, needs=["title", "signer", "sign_by"]),
    states=[
        State("open",      L("待签到", "To be signed in"), due=field("sign_by"), owner=SIGNER),
        End("signed",      L("已签到", "Signed in")),
        End("excused",     L("免签", "Excused"),           outcome="excused"),
        End("replaced",    L("已换新", "Replaced"),        outcome="replaced"),
        End("called_off",  L("已取消", "Called off"),      outcome="called_off"),
    ],
    transitions=[
        Transition("sign",     L("签到", "Sign in"),   "open", "signed",   SIGNER,
                   signed=True, in_person=True),                            # DOSS knows no substitute
        Transition("excuse",   L("免签", "Excuse"),    "open", "excused",  Chaser(), reason=True),
        Transition("extend",   L("延期", "Extend"),    "open", "=",        System(), asks=["sign_by"]),
        Transition("replace",  L("换新", "Replace"),   "open", "replaced", System()),
        Transition("call_off", L("取消", "Call off"),  "open", "called_off", System()),
    ],
    fields=[
        Field("title",   L("公告标题", "Title"),      high=100),
        Field("signer",  L("签到人", "Signer"),       "person"),
        Field("sign_by", L("签到期限", "Sign in by"), "instant"),
    ])
# fmt: on
