"""Callback: six questions within three days of the repair; a problem is solved, reported upward or made a complaint.

Holds: states, who, by when, what is asked. Never: SQL, files, a clock, the rules of another process. [A4, A5, A7, A8, A16]
"""

from cuiban.engine.conditions import AtLeast, Attempts, Guard, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Drive,
    End,
    Enter,
    Field,
    FromRow,
    Need,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    cd,
    need,
    wh,
)
from cuiban.engine.who import System, any_of, role
from cuiban.workflows.customer import CUSTOMER, DEPARTMENT, PHONE, PLATE, REPAIR, VIN

CALLER, DIRECTOR = role("customer_service"), role("service_director")
MEMBER = is_("member", True)

# fmt: off
# What every callback asks, in the order of the text: six questions, the reminder, then A5, A16, A8 and A7.
ANSWERS: list[str | Need] = [
    "speed_reception", "speed_completion", "speed_settlement",
    "price_parts", "price_labour",
    "staff", "quoted_first", "explained_items",
    "quality_repair", need("quality_paint", is_("work", "paint")), "quality_cleaning",
    "visit",
    "overall",
    "booking_reminded",
    "item_rating", "next_item", "next_mileage",
    "card_matches", need("card_difference", is_("card_matches", False)),
    need("club_answer", not_(MEMBER)),
    need("weaknesses", MEMBER), need("other_shops", MEMBER), need("proposals", MEMBER),
]
REST = ["opinion", "advice", "further_items", "lost_found", "lost_reason"]
PROBLEM = ["topic", "department", "description"]

REMINDED = Guard("not_reminded", is_("booking_reminded", True),
                 L("还没有提醒预约服务", "the customer was not reminded to book ahead"), CALLER)
CONTENT  = Guard("low_rating", AtLeast("overall", Setting("callback_low_rating")),
                 L("总体评价 {overall} 分, 请登记问题", "a rating of {overall} is a problem: note it"), CALLER)
TRIED    = Guard("too_few_attempts",
                 Attempts("no_answer", Setting("callback_attempts"), Setting("callback_attempt_days")),
                 L("拨了 {tried} 次, 在 {tried_days} 天里; 要拨 {times} 次, 分在 {days} 天里",
                   "calls made: {tried}, days: {tried_days}; needed: {times} calls on {days} days"), CALLER)

COMPLAINT = Open("complaint", "complaint", papers=["quick_form"], sets={
    "customer": "customer", "phone": "phone", "plate": "plate", "vin": "vin", "repair": "repair",
    "topic": "topic", "department": "department", "description": "description", "responsible": "responsible"})

UPWARD    = Open("assignment", "upward", sets={
    "what": "topic", "details": "description", "doer": ["role:service_director"], "kind": ["report"]})
LOST      = Open("churn", "churn", when=is_("lost_found", True), sets={
    "customer": "customer", "phone": "phone", "plate": "plate", "vin": "vin", "advisor": "advisor",
    "found_by": ["callback"], "suspicion": "lost_reason"})


# What the answers write: a score a topic, laid at the door of the department that it is about; the customer's card.
TOPICS = {
    "speed_reception": "reception", "speed_completion": "workshop", "speed_settlement": "reception", "price_parts": "parts",
    "price_labour": "workshop", "staff": "reception", "quality_repair": "workshop", "quality_paint": "paint",
    "quality_cleaning": "cleaning", "item": None, "overall": None,
}
SCORES = [
    Enter("score", {"source": "@case", "topic": [topic], "department": [department], "at": "@at", "repair": "repair",
                    "rating": path}, when=has(path), loose=["repair"])
    for topic, department in TOPICS.items()
    for path in ["item_rating" if topic == "item" else topic]
]
CARD = [
    Enter("customer", {"name": "customer", "phone": "phone", "kind": "car_use", "advisor": "advisor", "club": "member"}, "missing",
          revives=True),
    Enter("customer", {"phone": "phone", "club": [True]}, when=is_("club_answer", "joins"), revives=True),
    Enter("vehicle", {"vin": "vin", "plate": "plate", "customer": "phone", "next_item": "next_item",
                      "next_mileage": "next_mileage"}, when=has("vin"), revives=True),
]


def rating(name: str, zh: str, en: str) -> Field:
    """A rating from 1 to 5."""
    return Field(name, L(zh, en), "rating")


callback = Process("callback", L("回访", "Callback"), prefix="HF", rows=["A4", "A5", "A7", "A8", "A16"],
    subject=["car_use", "item", "customer", "plate"],        # private cars first: the list shows which they are
    key=["repair"], key_forever=True, chaser=role("after_sales_clerk"),
    opening=Opening(any_of(CALLER, role("after_sales_clerk")),
        needs=["customer", "phone", need("plate", not_(has("vin"))), "repair", "settled_at", "item", "work", "car_use", "member"],
        asks=["vin", "advisor", "mileage"]),
    from_rows=[FromRow("repair", at="settled_at", last_of="vin", supersedes="supersede", tells={"newer_repair": "number"}, sets={
        "customer": ["customer.name", "vin.customer.name"], "phone": ["customer.phone", "vin.customer.phone"],
        "plate": "vin.plate", "vin": "vin", "repair": "number", "settled_at": "settled_at", "advisor": "advisor",
        "item": ["item", "number"], "work": ["work", ["repair"]], "mileage": "mileage",
        "car_use": ["customer.kind", "vin.customer.kind", ["private"]],
        "member": ["customer.club", "vin.customer.club", [False]]})],
    states=[
        State("due",         L("待回访", "To be called"),        due=cd(Setting("callback_days"), since="settled_at"),
              todo=L("回访", "call")),
        State("problem",     L("待处理", "Problem to solve"),    due=wh(Setting("at_once_hours")),
              todo=L("解决问题", "solve the problem")),
        State("reported_up", L("已报上级", "Reported upward"),   due=wh(Setting("at_once_hours")), owner=CALLER,
              waits=L("上级批示", "the superior's instruction"), todo=L("得到批示", "get the instruction")),
        End("answered",      L("已回访", "Answered")),
        End("solved",        L("已解决", "Solved"),              outcome="solved"),
        End("complained",    L("已转投诉", "Became a complaint"), outcome="complained"),
        End("unreached",     L("联系不上", "Not reached"),       outcome="unreached"),
        End("declined",      L("客户拒访", "Declined"),          outcome="declined"),
        End("superseded",    L("已有新维修", "Superseded"),      outcome="superseded"),
        End("cancelled",     L("已作废", "Cancelled"),           outcome="cancelled"),
    ],
    transitions=[
        Transition("record",       L("记录", "Record"),                  "due", "answered",   CALLER,
                   needs=ANSWERS, asks=REST, guards=[REMINDED, CONTENT], opens=[LOST],
                   enters=[*CARD, *SCORES], row="A4"),
        Transition("no_answer",    L("未接通", "No answer"),             "due", "=",          CALLER, tried=L("拨", "tried")),
        Transition("note_problem", L("登记问题", "Note a problem"),      "due", "problem",    CALLER,
                   needs=[*ANSWERS, *PROBLEM], asks=REST, guards=[REMINDED], opens=[LOST],
                   enters=[*CARD, *SCORES], row="A5"),
        Transition("complain",     L("转投诉", "Make it a complaint"),   ["due", "problem"], "complained", CALLER,
                   needs=["overall", *PROBLEM, "responsible"], asks=REST, papers=["quick_form"], opens=[COMPLAINT],
                   enters=SCORES, row="A6"),
        Transition("give_up",      L("联系不上", "Give up"),             "due", "unreached",  CALLER, guards=[TRIED]),
        Transition("decline",      L("客户拒访", "Declined"),            "due", "declined",   CALLER, reason=True),
        Transition("supersede",    L("已有新维修", "A newer repair"),    "due", "superseded", CALLER,
                   needs=["newer_repair"], row="A4"),
        Transition("solve",        L("已解决", "Solved"),                "problem", "solved", CALLER,
                   needs=["remedy"], papers=["quick_form"], row="A4"),
        Transition("report_up",    L("上报上级", "Report upward"),       "problem", "reported_up", CALLER,
                   papers=["quick_form"], opens=[UPWARD], row="A5"),
        Transition("instruct",     L("批示", "Instruct"),                "reported_up", "problem", System(),
                   needs=["instruction"], row="A5"),                      # with the assignment that went upward
        Transition("solve",        L("已解决", "Solved"),                "reported_up", "solved",  any_of(CALLER, DIRECTOR),
                   needs=["remedy"], drives=[Drive("upward", "settle", open_only=True)], row="A5"),
    ],
    cancel=Cancel(CALLER, "cancelled", at_once=["due"], never=["problem", "reported_up"]),
    fields=[
        CUSTOMER, PHONE, PLATE, VIN, REPAIR, DEPARTMENT,
        Field("settled_at",       L("结算时间", "Settled at"),                     "instant", past=True),
        Field("item",             L("维修项目", "Repair item"),                    high=60),
        Field("work",             L("维修类别", "Kind of work"),                   "choice", choices=[
            Choice("upkeep", L("保养", "Upkeep")), Choice("repair", L("维修", "Repair")),
            Choice("paint",  L("钣喷", "Body and paint")), Choice("campaign", L("活动免费", "Free campaign"))]),
        Field("car_use",          L("车辆性质", "Use of the car"),                 "choice", choices=[
            Choice("private", L("私家车", "Private")), Choice("company", L("单位车", "Company"))]),
        Field("member",           L("俱乐部会员", "Club member"),                  "yes"),
        Field("advisor",          L("服务顾问", "Advisor"),                        "person", role="service_advisor"),
        Field("mileage",          L("里程", "Mileage"),                            "number", low=0, high=2_000_000),
        # 1 to 6
        rating("speed_reception",  "接待速度", "Speed at reception"),
        rating("speed_completion", "完工速度", "Speed of completion"),
        rating("speed_settlement", "结帐速度", "Speed of settlement"),
        rating("price_parts",      "配件价格", "Price of parts"),
        rating("price_labour",     "工时价格", "Labour hours"),
        rating("staff",            "人员服务", "Staff"),
        Field("quoted_first",     L("接待时主动报价", "Price quoted at reception"), "yes"),
        Field("explained_items",  L("完工后逐项讲解", "Work explained item by item"), "yes"),
        rating("quality_repair",   "维修质量", "Quality of repair"),
        rating("quality_paint",    "喷漆质量", "Quality of paint"),
        rating("quality_cleaning", "清洁程度", "Cleanliness"),
        Field("visit",            L("到店情况", "How the visit went"),             "note"),
        rating("overall",          "总体评价", "Overall"),
        Field("opinion",          L("用户意见", "Opinion"),                        "note"),
        # the reminder, then what A5, A16, A8 and A7 add
        Field("booking_reminded", L("已提醒预约", "Reminded to book ahead"),       "yes"),
        rating("item_rating",      "维修项目满意度", "Satisfaction with the item"),
        Field("further_items",    L("其他项目满意度", "Further items"),            "rows", columns=[
            Field("item", L("项目", "Item"), low=1), Field("rating", L("满意度", "Rating"), "rating", low=1)]),
        Field("next_item",        L("下次保养项目", "Next upkeep item"),           high=60),
        Field("next_mileage",     L("下次保养里程", "Next upkeep at"),             "number", low=0, high=2_000_000),
        Field("advice",           L("驾驶保养建议", "Advice given"),               "note"),
        Field("card_matches",     L("信息卡相符", "Customer card agrees"),         "yes"),
        Field("card_difference",  L("不符之处", "Where the card differs"),         "note"),
        Field("lost_found",       L("发现流失", "Found to be lost"),               "yes"),
        Field("lost_reason",      L("疑似流失原因", "Why perhaps"),                "note"),
        Field("club_answer",      L("入会意向", "Answer to the club offer"),       "choice", choices=[
            Choice("joins", L("加入", "Joins")), Choice("thinks", L("考虑", "Thinks about it")),
            Choice("declines", L("不加入", "Declines"))]),
        Field("weaknesses",       L("本店不足", "Our weaknesses"),                 "note"),
        Field("other_shops",      L("别店长处", "Strengths of other shops"),       "note"),
        Field("proposals",        L("会员建议", "Proposals"),                      "note"),
        # a problem
        Field("topic",            L("问题", "Problem"),                            high=100, personal=True),
        Field("description",      L("详细说明", "Description"),                    "note"),
        Field("responsible",      L("责任人", "Responsible person"),               "person"),
        Field("remedy",           L("处理结果", "Remedy"),                         "note"),
        Field("instruction",      L("上级批示", "Instruction"),                    "note"),
        Field("newer_repair",     L("新维修单号", "Newer repair order"),           high=40),
    ],
    papers=[Paper("quick_form", L("快速处理表", "Quick-handling form"), supplier=CALLER)])
# fmt: on
