"""Requirement: surveyed and written down, agreed, made, tried by who asked, trained with manual and video. [C16]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Field, Opening, Paper, Process, Setting, State, Transition, wd
from cuiban.engine.who import Opener, any_of, person, role

ENGINEER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
REQUESTER = person("requester")
WORK_DAYS, STEP_DAYS = wd(Setting("requirement_days")), wd(Setting("it_step_days"))

# fmt: off
requirement = Process("requirement", L("需求", "Requirement"), prefix="XQ", rows=["C16"],
    subject=["title", "requester"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, ENGINEER), needs=["title", "wish"], asks=["requester", "department"],
        appoints={"requester": Opener()}),
    states=[
        State("asked",     L("待调研", "To be surveyed"),     due=WORK_DAYS, owner=ENGINEER),
        State("written",   L("待确认", "To be confirmed"),    due=STEP_DAYS),
        State("agreed",    L("开发中", "Being made"),         due=WORK_DAYS, todo=L("完成开发", "finish it")),
        State("made",      L("待试用", "To be tried"),        due=STEP_DAYS, todo=L("试用", "try it")),
        State("accepted",  L("待培训", "To be trained"),      due=STEP_DAYS),
        End("done",        L("已交付", "Handed over")),
        End("declined",    L("不做", "Declined"),             outcome="declined"),
        End("cancelled",   L("已作废", "Cancelled"),          outcome="cancelled"),
    ],
    transitions=[
        Transition("write",     L("写需求", "Write it down"),      "asked",    "written",  ENGINEER,
                   needs=["need", "flow", "way"], papers=["requirement"], row="C16"),
        Transition("decline",   L("不做", "Decline"),              "asked",    "declined", SUPERVISOR, reason=True),
        Transition("confirm",   L("确认需求", "Confirm"),          "written",  "agreed",   REQUESTER, signed=True),
        Transition("send_back", L("退回", "Send back"),            "written",  "asked",    REQUESTER, reason=True,
                   cycle=True),
        Transition("make",      L("完成开发", "Make"),             "agreed",   "made",     ENGINEER, needs=["made"],
                   row="C16"),
        Transition("accept",    L("试用通过", "Accept"),           "made",     "accepted", REQUESTER),
        Transition("not_right", L("试用不通过", "Not right"),      "made",     "agreed",   REQUESTER, reason=True,
                   cycle=True),
        Transition("hand_over", L("培训交付", "Train and hand over"), "accepted", "done",  ENGINEER,
                   needs=["trained", "trained_on"], papers=["manual", "video"], row="C16"),
    ],
    cancel=Cancel(any_of(REQUESTER, SUPERVISOR), "cancelled", at_once=["asked", "written"],
        never=["agreed", "made", "accepted"]),
    fields=[
        Field("title",      L("需求", "Requirement"),             high=100),
        Field("wish",       L("想要什么", "What is wished for"),  "note"),
        Field("requester",  L("提出人", "Requester"),             "person"),
        Field("department", L("部门", "Department"),              high=40),
        Field("need",       L("业务需求", "Business need"),       "note"),
        Field("flow",       L("业务流程", "How the work runs"),   "note"),
        Field("way",        L("实现方式", "How it is met"),       "choice", choices=[
            Choice("setting", L("现有系统设置", "Set in a system that is there")),
            Choice("program", L("简单编程", "A small program")), Choice("vendor", L("请软件商", "The vendor"))]),
        Field("made",       L("完成内容", "What was made"),       "note"),
        Field("trained",    L("已培训", "Trained"),               "persons"),
        Field("trained_on", L("培训日期", "Trained on"),          "day", past=True),
    ],
    papers=[
        Paper("requirement", L("需求说明", "Requirement document"), supplier=ENGINEER),
        Paper("manual",      L("使用手册", "Manual"),              supplier=ENGINEER, waiver="it_manager"),
        Paper("video",       L("教学视频", "Training video"),      supplier=ENGINEER, waiver="it_manager"),
    ])
# fmt: on
