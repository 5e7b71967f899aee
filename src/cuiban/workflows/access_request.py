"""Access: asked for, approved, granted, and ended again; who has which access stands in its register. [C12, D31]

No password ever stands here. Holds: states, who, by when, what is recorded. Never: SQL, files, a clock.
"""

from cuiban.engine.conditions import Guard, Same, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Field, Opening, Process, Setting, State, Transition, field, wd, wh
from cuiban.engine.who import Opener, System, any_of, person, role, superior
from cuiban.workflows.approval import APPROVER
from cuiban.workflows.entries import access, granted

ENGINEER, ANYBODY, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
USER, HEAD = person("user"), person("approver")

# fmt: off
NAMED   = Guard("approver_missing", has("approver"),
                L("使用人没有上级, 请写明审批人", "nobody is above the user: name who approves"), Opener())
ANOTHER = Guard("approver_is_user", not_(Same("approver", "user")),
                L("审批人不能是使用人自己", "nobody approves what he himself is given"), Opener())
SECRECY = Guard("no_secrecy_pledge", is_("pledged", True),
                L("还没签保密承诺", "the secrecy pledge is not signed yet"), USER)

SYSTEM  = Field("system", L("系统", "System"), "choice", choices=[
    Choice("dol",            L("DOL", "DOL")),
    Choice("doss_sales",     L("DOSS销售经理", "DOSS, sales manager")),
    Choice("doss_warehouse", L("DOSS库管", "DOSS, warehouse keeper")),
    Choice("doss_admin",     L("DOSS系统管理员", "DOSS, administrator")),
    Choice("onstar",         L("安吉星", "OnStar")),
    Choice("service",        L("销售服务系统", "Sales-service system")),
    Choice("office",         L("办公系统", "Office system")),
    Choice("network",        L("网络", "Network")),
    Choice("other",          L("其他", "Other"))])

access_request = Process("access_request", L("权限", "Access"), prefix="QX", rows=["C12", "D31"],
    subject=["system", "permission", "user"], key=["user", "system", "permission"], chaser=SUPERVISOR,
    opening=Opening(any_of(ANYBODY, ENGINEER, SUPERVISOR),
        needs=["user", "system", "permission", "purpose"], asks=["valid_until", "approver"],
        appoints={"approver": superior(USER)}, guards=[NAMED, ANOTHER]),
    states=[
        State("requested", L("待批准", "To be approved"), due=wd(Setting("approval_days")), todo=L("审批", "decide")),
        State("approved",  L("待开通", "To be granted"),  due=wh(Setting("at_once_hours")), owner=ENGINEER),
        State("granted",   L("已开通", "Granted"),        owner=System()),
        State("ending",    L("待收回", "To be withdrawn"), due=wh(Setting("at_once_hours")), owner=ENGINEER),
        End("ended",       L("已收回", "Withdrawn")),
        End("refused",     L("未批准", "Refused"),        outcome="refused"),
        End("cancelled",   L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("approve", L("批准", "Approve"),          "requested", "approved", HEAD, row="C12"),
        Transition("refuse",  L("不批准", "Refuse"),         "requested", "refused",  HEAD, reason=True),
        Transition("grant",   L("开通", "Grant"),            "approved",  "granted",  ENGINEER,
                   needs=["account", "pledged"], guards=[SECRECY],
                   enters=[granted(has("valid_until"), valid_until="valid_until"),
                           granted(not_(has("valid_until")), valid_until=[None])],
                   row="C12"),
        Transition("decline", L("不予开通", "Decline"),      "approved",  "refused",  ENGINEER, reason=True),
        Transition("reset",   L("重设密码", "Reset the password"), "granted", "=",    ENGINEER, row="C12"),
        Transition("end",     L("要求收回", "Ask to end it"), "granted",  "ending",
                   any_of(HEAD, ENGINEER, SUPERVISOR), reason=True),
        Transition("expire",  L("到期", "Expire"),           "granted",   "ending",   System(), at=field("valid_until")),
        Transition("revoke",  L("收回", "Revoke"),           "ending",    "ended",    ENGINEER,
                   enters=[access("end")], row="C12"),
        Transition("extend",  L("续期", "Extend"),           ["granted", "ending"], "granted", HEAD, needs=["valid_until"],
                   reason=True, enters=[access("known", valid_until="valid_until")]),
    ],
    cancel=Cancel(Opener(), "cancelled", at_once=["requested", "approved"], never=["granted", "ending"]),
    fields=[
        APPROVER,
        Field("user",        L("使用人", "User"),              "person"),
        SYSTEM,
        Field("permission",  L("权限", "Permission"),          high=60),
        Field("purpose",     L("用途", "Purpose"),             high=200, personal=True),
        Field("valid_until", L("有效期至", "Valid until"),     "day"),
        Field("account",     L("账号", "Account"),             high=60),
        Field("pledged",     L("已签保密承诺", "Secrecy pledge signed"), "yes"),
    ])
# fmt: on
