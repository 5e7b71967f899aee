"""What is kept in registers beside any case: machines, licences, policies, visitors, supplies. [B9, B18, B22, C3-C20, D]

Holds: rows, and when somebody enters them. Never: what becomes of the cases that they open (lost.py), customers and repairs.
"""

from datetime import date, timedelta
from typing import Any

from cuiban.demo import customers
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import CLERK, consultants
from cuiban.demo.stock import MODELS, Stock
from cuiban.demo.workshop import Workshop

Row = dict[str, Any]
ENGINEER, MANAGER, SHOWROOM, FINANCE, CALLER = "wu", "han", "jiang", "qian", "chen"
# fmt: off
ASSETS = (  # tag, what, kind, holder, department, place
    ("DN-001", "回访室电脑",   "computer", "chen", "售后部", "回访室"),
    ("DN-002", "前台电脑",     "computer", "li",   "售后部", "接待前台"),
    ("DN-003", "信息员电脑",   "computer", "wang", "售后部", "售后办公室"),
    ("DN-004", "车间电脑",     "computer", "tao",  "车间",   "调度台"),
    ("DN-005", "销售部电脑",   "computer", "guo",  "销售部", "销售办公室"),
    ("DN-006", "收银台电脑",   "computer", "qian", "财务部", "收银台"),
    ("FW-001", "售后服务器",   "server",   "wu",   "信息部", "机房"),
    ("DY-001", "前台打印机",   "printer",  None,   "售后部", "接待前台"),
    ("DY-002", "财务扫描仪",   "printer",  None,   "财务部", "财务室"),
    ("WL-001", "宽带专线",     "network",  None,   "信息部", "机房"),
    ("QT-001", "收银台POS机",  "other",    "meng", "财务部", "收银台"),
)
LICENCES = (("Windows", "10 专业版", 24, 900), ("Office", "2019 标准版", 18, 420), ("杀毒软件", "企业版 12", 30, 160),
            ("售后管理系统", "6.2", 12, 240))  # software, release, seats, valid for days
ACCESS = (("guo", "dol", "查询和CALL车"), ("guo", "doss_warehouse", "出入库"), ("han", "doss_sales", "审核"),
          ("xu", "doss_admin", "管理"), ("wang", "service", "回访登记"))  # who, in what, may do what
REBATES = (("季度进货返利", 2_000), ("置换补贴", 5_000), ("按揭贴息", 3_000))  # policy, yuan a car
PAY_RULES = (("单车提成", 300), ("精品提成", 80), ("按揭提成", 120), ("满意度奖", 200))  # rule, yuan
SUPPLIES = (("A4纸", 6, 14), ("碳粉盒", 1, 3), ("工单纸", 10, 30), ("脚垫纸", 100, 260))  # item, used from, to
INSURERS = ("平安产险", "人保财险", "太平洋产险")
OILS = ("5W-30 全合成", "5W-40 半合成")
PAPERS = (("in", "厂家服务通知", "厂家"), ("out", "季度促销申请", "大区"), ("in", "保险合作函", "保险公司"))  # way, title, party
CALLS = ("question", "booking", "outbound", "other")
AREAS = ("城东新村", "江滨小区", "县政府家属院", "青山路")
VISITORS = {"bought": 2, "neighbour": 1, "price": 2, "stock": 1, "other_brand": 2, "undecided": 3, "call": 3}
# fmt: on


class Books:
    """The registers that somebody keeps by hand or by file.

    Attributes:
        visits: the rows of the showroom, by id.
    """

    def __init__(self, shop: Shop, stock: Stock, workshop: Workshop) -> None:
        self.shop, self.stock, self.workshop = shop, stock, workshop
        self.visits: dict[str, Row] = {}

    def begin(self) -> None:
        """What is there as the books begin."""
        shop, since = self.shop, self.shop.start.isoformat()
        shop.enter("asset", ENGINEER, [
            {"tag": tag, "what": what, "kind": kind, "department": department, "place": place, "state": "running",
             "bought_on": (shop.start - timedelta(days=shop.between(200, 1500))).isoformat(),
             **({"holder": holder} if holder else {}), **({"antivirus": "企业版 12"} if kind in ("computer", "server") else {})}
            for tag, what, kind, holder, department, place in ASSETS
        ])  # fmt: skip
        shop.enter("licence", ENGINEER, [
            {"software": software, "release": release, "seats": seats, "valid_to": (shop.today + timedelta(days=days)).isoformat()}
            for software, release, seats, days in LICENCES
        ])  # fmt: skip
        shop.enter("access", ENGINEER, [
            {"holder": holder, "system": system, "permission": permission, "account": f"{system}-{holder}", "granted_on": since}
            for holder, system, permission in ACCESS
        ])  # fmt: skip
        models = dict.fromkeys(model for model, _, _ in MODELS)
        shop.enter("model_year", "guo", [{"model": model, "since": since, "model_year": f"{shop.start:%y}"} for model in models])
        shop.enter("rebate_policy", MANAGER, [
            {"policy": policy, "model": model, "since": since, "amount": yuan * 100}
            for policy, yuan in REBATES for model in list(models)[:2]
        ])  # fmt: skip
        shop.enter("pay_rule", MANAGER, [{"rule": rule, "since": since, "amount": yuan * 100} for rule, yuan in PAY_RULES])

    # every week ------------------------------------------------------------------------------------------------------

    def week(self, day: date) -> Story:
        """Who came to the showroom or called in the week; a neighbour's row opens a case."""
        shop = self.shop
        yield shop.at(day, "16:40", "17:40")
        rows = [self._visit(day, number) for number in range(1, shop.between(3, 5))]
        self.visits |= zip(shop.enter("showroom", SHOWROOM, rows), rows, strict=True)
        for row in (one for one in rows if one.get("near")):  # who is to be won has a card
            shop.enter("customer", row["consultant"], [{"name": row["name"], "phone": row["phone"], "kind": "private"}])

    def _visit(self, day: date, number: int) -> Row:
        shop = self.shop
        kind = shop.dealt("visitors", VISITORS)
        row: Row = {
            "number": f"LD{day:%y%m%d}{number:02d}", "came_on": (day - shop.between(0, 3) * DAY).isoformat(),
            "kind": "call" if kind == "call" else "visit", "name": customers.name(shop), "phone": customers.phone(shop),
            "model": shop.pick(MODELS)[0], "consultant": shop.pick(consultants(shop)), "bought": kind == "bought",
        }  # fmt: skip
        if kind == "neighbour":
            row |= {"near": True, "area": shop.pick(AREAS), "why_not": "price"}
        elif kind not in ("bought", "call"):
            row["why_not"] = kind
        return row

    # every month -----------------------------------------------------------------------------------------------------

    def month(self, day: date) -> Story:
        """As a month begins: what the last one used, sold and paid; what this one is to bring."""
        shop = self.shop
        yield shop.at(day, "14:00", "16:30")
        last = day.replace(day=1) - DAY
        first, following = day.replace(day=1), (day.replace(day=1) + timedelta(days=31)).replace(day=1)
        shop.enter("target", MANAGER, [
            {"kind": "retail", "what": "月交车台次", "since": first.isoformat(), "until": (following - DAY).isoformat(),
             "goal": shop.between(16, 24), "unit": "台", "responsible": MANAGER}
        ])  # fmt: skip
        shop.enter("payout", FINANCE, [
            {"policy": REBATES[0][0], "vin": car.vin, "paid_on": day.isoformat(), "amount": REBATES[0][1] * 100}
            for _, car in self.stock.came[-3:]
        ])  # fmt: skip
        shop.enter("supplies", CLERK, [
            {"month": f"{last:%Y-%m}", "department": "售后部", "item": item, "used": shop.between(low, high), "drawn": high}
            for item, low, high in SUPPLIES
        ])  # fmt: skip
        shop.enter("paper", CLERK, [
            {"number": f"SF{last:%y%m}-{number:02d}", "way": way, "title": title, "party": party, "day": self._within(last),
             "filed": f"售后部{number}号夹"}
            for number, (way, title, party) in enumerate(PAPERS, 1)
        ])  # fmt: skip
        self._insurance(last)
        self._machines(last)

    def _within(self, last: date) -> str:
        """Some day of the month that ends with that one."""
        return last.replace(day=self.shop.between(1, last.day)).isoformat()

    def _insurance(self, last: date) -> None:
        """Policies issued, an accident, oil sold. [B9]"""
        shop = self.shop
        insured = [self.workshop.regulars.somebody() for _ in range(2)] + self.stock.sold[-2:]
        policies: list[Row] = [
            {"number": f"BD{last:%y%m}{number:03d}", "insurer": shop.pick(INSURERS), "customer": one.phone, "vin": one.vin,
             "premium": shop.between(2_600, 7_400) * 100, "issued_on": (issued := self._within(last)),
             "ends_on": f"{int(issued[:4]) + 1}{issued[4:8]}{min(int(issued[8:]), 28):02d}", "papers_complete": shop.chance(0.9)}
            for number, one in enumerate(insured, 1)
        ]  # fmt: skip
        shop.enter("policy", CLERK, policies)
        hit = policies[0]
        shop.enter("accident", CLERK, [{"vin": hit["vin"], "policy": hit["number"], "happened_on": last.isoformat(),
                                        "amount": shop.between(900, 8_000) * 100, "remark": "追尾, 后保险杠"}])  # fmt: skip
        done = list(self.workshop.rows.values())[-60:]
        shop.enter("oil_sale", CLERK, [
            {"number": f"JY{last:%y%m}{number:03d}", "sold_on": last.isoformat(), "product": shop.pick(OILS), "litres": 4,
             "amount": shop.between(280, 460) * 100, "repair": shop.pick(done).number}
            for number in (1, 2)
        ])  # fmt: skip

    def _machines(self, last: date) -> None:
        """Calls to the service desk; the server's log. [C3, C10, C17]"""
        shop = self.shop
        shop.enter("service_call", CALLER, [
            {"number": f"FW{last:%y%m}{number:03d}", "at": shop.at(last, "09:00", "17:00"), "kind": kind,
             "name": (one := self.workshop.regulars.somebody()).name, "phone": one.phone}
            for number, kind in enumerate(CALLS, 1)
        ])  # fmt: skip
        shop.enter("run_log", ENGINEER, [{"machine": "售后服务器", "at": shop.at(last, "08:40", "09:00"), "state": "normal"}])
