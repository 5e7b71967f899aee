"""Who there is: the roles of the house, the parties outside it, and the books that numbers come from.

Holds: ids and their labels, who keeps a book. Never: people, who has which role.
"""

from cuiban.engine.books import Book
from cuiban.engine.labels import L
from cuiban.engine.roster import ADMINISTRATOR, AUDITOR

# fmt: off
ROLES = {
    "after_sales_clerk": L("售后信息员", "After-sales clerk"),
    "customer_service":  L("客服代表", "Customer service"),
    "service_advisor":   L("服务顾问", "Service advisor"),
    "workshop_manager":  L("车间经理", "Workshop manager"),
    "service_director":  L("服务总监", "Service director"),   # the text's 上级领导, 本部门领导 of after-sales (choice)
    "sales_clerk":       L("信息员(售前)", "Sales clerk"),
    "sales_consultant":  L("销售顾问", "Sales consultant"),
    "sales_manager":     L("销售经理", "Sales manager"),
    "showroom_manager":  L("展厅经理", "Showroom manager"),
    "network_manager":   L("二网经理", "Second-network manager"),
    "dcc_team":          L("DCC小组", "DCC team"),
    "finance":           L("财务", "Finance"),
    "finance_manager":   L("财务经理", "Finance manager"),
    "general_manager":   L("总经理", "General manager"),
    "it_engineer":       L("IT工程师", "IT engineer"),
    "it_manager":        L("IT经理", "IT manager"),
    "department_head":   L("部门主管", "Department head"),
    "device_user":       L("IT设备使用人", "Device user"),
    ADMINISTRATOR:       L("系统管理员", "Administrator"),     # ours (choice): people, roles, calendar, settings
    AUDITOR:             L("审计员", "Auditor"),               # ours (choice): reads all, acts in nothing
}

# They never log in: somebody enters their act with its own date and the proof.
OUTSIDE = {
    "regional_manager": L("大区经理", "Regional manager"),
    "manufacturer":     L("厂家", "Manufacturer"),
    "dol":              L("DOL系统", "DOL"),
    "group":            L("集团", "Group"),
    "gmac":             L("GMAC", "GMAC"),
    "other_dealer":     L("目标经销商", "Other dealer"),
    "supplier":         L("供应商", "Supplier"),
    "customer":         L("客户", "Customer"),
}

BOOKS = {
    # white copies without a gap, one book for every purpose
    "outbound_slip": Book(L("出库单", "Outbound slip"), ["sales_clerk"]),
    "controlled_document": Book(L("受控文件", "Controlled document"), ["it_manager"], digits=4),  # C21
}

LEDGERS = {
    "sales": L("进销存账", "Sales and stock"),  # D22: what is closed with the month
}
# fmt: on
