"""IT: assets, licences, accounts, the run log, calls to the service desk. [C3, C5, C10, C12, C13, C17, C20, D31]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Register
from cuiban.registers.columns import REMARK, SOURCE, count, day, text
from cuiban.workflows.access_request import SYSTEM

IT = ["it_engineer", "it_manager"]

# fmt: off
asset = Register("asset", L("固定资产", "Assets"), prefix="ZC", rows=["C4", "C5", "C20"],
    key=["tag"], needs=["what"], subject=["tag", "what"], past=["bought_on"], roles=IT,
    fields=[
        text("tag",          "资产编号", "Tag", 40),
        text("what",         "设备", "What"),
        Field("kind",        L("类别", "Kind"), "choice", choices=[
            Choice("computer", L("电脑", "Computer")), Choice("server", L("服务器", "Server")),
            Choice("printer", L("打印复印传真", "Printer, copier, fax")), Choice("network", L("网络线路", "Network, lines")),
            Choice("other", L("其他", "Other"))]),
        Field("holder",      L("使用人", "Who has it"), "person"),
        text("department",   "部门", "Department", 40),
        text("place",        "位置", "Place", 40),
        Field("state",       L("运行状态", "State"), "choice", choices=[
            Choice("running", L("正常", "Running")), Choice("repair", L("在修", "In repair")),
            Choice("spare", L("备用", "Spare")), Choice("scrapped", L("报废", "Scrapped"))]),
        text("antivirus",    "杀毒软件", "Antivirus", 40),
        day("bought_on",     "购置日期", "Bought on"),
        day("warranty_ends", "保修到期", "Warranty ends"),
        REMARK,
    ])

licence = Register("licence", L("软件许可", "Licences"), prefix="XK", rows=["C13"],
    key=["software", "release"], subject=["software", "release"], roles=IT,
    fields=[
        text("software", "软件", "Software"),
        text("release",  "版本", "Version"),
        count("seats",   "授权数", "Seats", 100_000),
        day("valid_to",  "有效期至", "Valid until"),
    ])

access = Register("access", L("账号权限", "Accounts and access"), prefix="ZQ", rows=["C12", "D31"],
    key=["holder", "system", "permission"], subject=["holder", "system", "permission"], past=["granted_on"], roles=IT,
    fields=[                                                                      # never a password
        Field("holder",  L("使用人", "User"), "person"),
        SYSTEM,
        text("permission", "权限", "Permission"),
        text("account",    "账号", "Account"),
        day("granted_on",  "开通日期", "Granted on"),
        day("valid_until", "有效期至", "Valid until"),
        SOURCE,
    ])

run_log = Register("run_log", L("运行日志", "Run log"), prefix="RZ", rows=["C3", "C17"],
    key=["machine", "at"], needs=["state"], subject=["at", "machine"], past=["at"], roles=IT,
    fields=[
        text("machine", "设备", "Machine"),
        Field("at",     L("时间", "At"), "instant"),
        Field("state",  L("情况", "State"), "choice", choices=[
            Choice("normal", L("正常", "Normal")), Choice("warning", L("警告", "Warning")),
            Choice("fault", L("故障", "Fault"))]),
        REMARK,
    ])

service_call = Register("service_call", L("服务台来电", "Calls to the service desk"), prefix="FW", rows=["C10", "C17"],
    key=["number"], needs=["at", "kind"], subject=["at", "kind"], find=["phone"], past=["at"],
    roles=[*IT, "customer_service"],
    fields=[
        text("number", "来电编号", "Number", 40),
        Field("at",    L("时间", "At"), "instant"),
        Field("kind",  L("类别", "Kind"), "choice", choices=[
            Choice("question", L("咨询", "Question")), Choice("booking", L("预约", "Appointment")),
            Choice("outbound", L("外呼", "Outbound call")), Choice("other", L("其他", "Other"))]),
        Field("name",  L("姓名", "Name"), "name"),
        Field("phone", L("电话", "Phone"), "phone"),
        REMARK,
    ])
# fmt: on
