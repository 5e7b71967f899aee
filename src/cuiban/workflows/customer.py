"""How a customer, his car and his repair are written down: the same fields in every process, so that they join.

Holds: fields. Never: steps, rules.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field

# fmt: off
CUSTOMER = Field("customer", L("客户", "Customer"),         "name")
PHONE    = Field("phone",    L("电话", "Phone"),            "phone")
PLATE    = Field("plate",    L("车牌", "Number plate"),     "plate")
VIN      = Field("vin",      L("车架号", "VIN"),            "vin")
REPAIR   = Field("repair",   L("维修单号", "Repair order"), high=40)

DEPARTMENT = Field("department", L("涉及部门", "Department"), "choice", choices=[
    Choice("reception", L("前台接待", "Reception")),
    Choice("workshop",  L("车间", "Workshop")),
    Choice("paint",     L("钣喷", "Body and paint")),
    Choice("parts",     L("配件", "Parts")),
    Choice("cleaning",  L("洗车", "Cleaning")),
    Choice("sales",     L("销售", "Sales")),
    Choice("other",     L("其他", "Other")),
])
# fmt: on
