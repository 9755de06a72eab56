"""Words with a fixed meaning: line types, dated attributes, stages, activities."""

LINE_TYPES = (
    "sale",
    "return",
    "price_credit",
    "debit",
    "rebate",
    "freight",
    "surcharge",
    "service",
    "sample",
    "cancellation",
    "intercompany",
)

#: Line types that take revenue back; all others but intercompany bring it in.
DEDUCTIONS = ("return", "price_credit", "rebate", "cancellation")

#: Line types on which a customer buys: what counts as an order of the account.
PURCHASES = ("sale", "service")

#: Attributes of an account that change and may be dated in `account_history`.
DATED_ATTRIBUTES = (
    "account_name",
    "parent_id",
    "merged_into",
    "kind",
    "industry",
    "region",
    "tier",
    "key_account_flag",
    "kam_id",
    "service_level",
    "strategic_fit",
    "innovation_score",
    "brand_influence",
    "cooperation_intent",
)

#: How people meet a customer: types of the rows of `interactions`.
INTERACTION_TYPES = (
    "visit",
    "call",
    "email",
    "social",
    "meeting",
    "event",
    "qbr",
    "training",
)

#: How far a piece of business has come, in order.
OPPORTUNITY_STAGES = (
    "need",
    "screening",
    "inquiry",
    "quotation",
    "contract",
    "order",
    "acceptance",
)

#: Work that order lines cause, counted from `orders`.
ORDER_ACTIVITIES = ("order", "order_line", "rush_order", "return", "credit_note")

#: Everything that takes people time and is done for an account.
ACTIVITIES = (*ORDER_ACTIVITIES, *INTERACTION_TYPES)
