"""Customers, and who came or called before being one. [A2, A3, A8, A9, C10, D11, D32]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Register
from cuiban.registers.columns import MODEL, REMARK, day, text

# fmt: off
customer = Register("customer", L("客户", "Customers"), prefix="KH", rows=["A2", "A3", "A8", "C10"],
    key=["phone"], needs=["name"], subject=["name", "phone"], find=["name", "phone"], past=["since"],
    roles=["after_sales_clerk", "customer_service", "service_advisor", "sales_clerk", "sales_consultant"],
    fields=[
        Field("name",      L("姓名", "Name"),              "name"),
        Field("phone",     L("电话", "Phone"),             "phone"),
        Field("kind",      L("客户类型", "Kind"),          "choice", choices=[
            Choice("private", L("私人", "Private")), Choice("company", L("单位", "Company"))]),
        Field("advisor",   L("服务顾问", "Advisor"),       "person", role="service_advisor"),     # 一对一
        Field("club",      L("俱乐部会员", "Club member"), "yes"),
        Field("hours",     L("方便时间", "Hours"),         "note"),
        Field("id_number", L("身份证号", "ID number"),     "id_number"),
        Field("address",   L("地址", "Address"),           "note"),
        day("since",       "建档日期", "Customer since"),
        REMARK,
    ])

showroom = Register("showroom", L("来店登记", "Showroom visits and calls"), prefix="LD", rows=["A9", "D11", "D32"],
    key=["number"], needs=["came_on", "kind"], subject=["came_on", "name"], find=["name", "phone"],
    past=["came_on"], times=["came_on"],
    roles=["sales_clerk", "sales_consultant", "showroom_manager", "dcc_team"],
    fields=[
        text("number",   "登记号", "Number", 40),
        day("came_on",   "日期", "Day"),
        Field("kind",    L("来店来电", "Visit or call"),   "choice", choices=[
            Choice("visit", L("来店", "Visit")), Choice("call", L("来电", "Call"))]),
        Field("name",    L("姓名", "Name"),                "name"),
        Field("phone",   L("电话", "Phone"),               "phone"),
        MODEL,
        Field("consultant", L("销售顾问", "Consultant"),   "person", role="sales_consultant"),
        Field("near",    L("附近居民", "Lives nearby"),    "yes"),
        text("area",     "住址片区", "Area", 40),
        Field("bought",  L("成交", "Bought"),              "yes"),
        Field("why_not", L("未购原因", "Why not"),         "choice", choices=[
            Choice("price", L("价格", "Price")), Choice("stock", L("无现车", "No car")),
            Choice("other_brand", L("买了别的品牌", "Another brand")), Choice("undecided", L("未定", "Undecided")),
            Choice("other", L("其他", "Other"))]),
        REMARK,
    ])
# fmt: on
