"""The data contract: which tables and columns a portfolio may hold, and since when.

`kamlab contract` prints it. What a declaration means is told in `kamlab.data.columns`.
"""

from kamlab.data.columns import (
    EXTRACT,
    FIXED,
    ROW,
    Column,
    Table,
    date_column,
    flag_column,
    integer_column,
    money_column,
    number_column,
    rubric_column,
    text_column,
)
from kamlab.errors import UsageError, did_you_mean

__all__ = [
    "DATED_ATTRIBUTES",
    "DEDUCTIONS",
    "EXTRACT",
    "FIXED",
    "LINE_TYPES",
    "PURCHASES",
    "ROW",
    "TABLES",
    "Column",
    "Table",
    "table",
]

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


ORDERS = Table(
    name="orders",
    row="one line of an order or invoice",
    key=("order_id", "line_id"),
    known_from=("order_date", "posted_on"),
    lazy=True,
    columns=(
        text_column("order_id", ROW, "Number of the order or invoice", required=True),
        text_column(
            "line_id",
            ROW,
            "Number of the line within its order",
            derived="counted within the order",
        ),
        text_column("account_id", ROW, "The account that bought", required=True),
        date_column(
            "order_date",
            ROW,
            "Day of the order, or of the invoice (portfolio.yml says which)",
            required=True,
        ),
        date_column(
            "posted_on",
            "posted_on",
            "Day on which the line was booked, where that is later",
        ),
        text_column("product_id", ROW, "The product bought"),
        number_column("quantity", ROW, "Units, negative on a return"),
        money_column("unit_list_price", ROW, "Price list's price for price_per units"),
        money_column("unit_net_price", ROW, "Price paid for price_per units"),
        number_column("price_per", ROW, "Units that the prices refer to", minimum=0),
        number_column(
            "discount_pct",
            ROW,
            "Share taken off the list price",
            unit="share 0–1",
            minimum=0,
            maximum=1,
        ),
        money_column(
            "net_amount",
            ROW,
            "Amount without VAT, negative when money goes back",
            required=True,
        ),
        money_column("cogs", ROW, "Cost of the goods on the line"),
        text_column(
            "line_type",
            ROW,
            "What the line is",
            allowed=LINE_TYPES,
            derived="'return' where the amount is negative, else 'sale'",
        ),
        text_column("document_type", ROW, "The source system's own document type"),
        text_column("ref_order_id", ROW, "The order that a return or credit refers to"),
        text_column(
            "channel", ROW, "How it was sold", allowed=("direct", "agent", "online")
        ),
        text_column("currency", ROW, "Currency of the document, before conversion"),
        text_column("sales_org", ROW, "The selling company or branch"),
        text_column("ship_to_id", ROW, "Where the goods went"),
        text_column("payer_id", ROW, "Who pays"),
        number_column(
            "tax_rate", ROW, "VAT rate", unit="share 0–1", minimum=0, maximum=1
        ),
        date_column("promised_date", ROW, "Delivery day promised when it was ordered"),
        date_column("delivered_date", "delivered_date", "Day of delivery"),
        flag_column("quality_flag", "delivered_date", "Delivered with a defect"),
        integer_column(
            "customised",
            ROW,
            "How far the product was made to the customer's wish",
            unit="0–3",
            minimum=0,
            maximum=3,
        ),
        money_column(
            "engineering_cost", "delivered_date", "Engineering spent on the line"
        ),
    ),
)

ACCOUNTS = Table(
    name="accounts",
    row="one customer: an organisation or a wealthy individual",
    key=("account_id",),
    known_from=("created_on",),
    else_first_order=True,
    columns=(
        text_column("account_id", FIXED, "The account's number", required=True),
        text_column("account_name", EXTRACT, "Name of the account", personal=True),
        text_column(
            "account_type",
            FIXED,
            "Company or person",
            allowed=("organisation", "individual"),
        ),
        date_column("created_on", "created_on", "Day on which the account was set up"),
        text_column("parent_id", EXTRACT, "The account above it in its group"),
        text_column(
            "merged_into", EXTRACT, "The customer number that replaced this one"
        ),
        text_column("kind", EXTRACT, "The company's own grouping of its accounts"),
        text_column("industry", EXTRACT, "Industry code"),
        text_column("region", EXTRACT, "Sales region"),
        text_column("country", EXTRACT, "Country code"),
        text_column("currency", EXTRACT, "Currency the account is invoiced in"),
        integer_column("size_employees", EXTRACT, "Employees", minimum=0),
        money_column("annual_revenue", EXTRACT, "The account's own revenue", minimum=0),
        text_column(
            "industry_position",
            EXTRACT,
            "Standing in its market",
            allowed=("leader", "challenger", "follower", "niche"),
        ),
        number_column(
            "own_market_share",
            EXTRACT,
            "Its share of its own market",
            unit="share 0–1",
            minimum=0,
            maximum=1,
        ),
        number_column("own_growth_pct", EXTRACT, "Its own growth a year", unit="share"),
        text_column(
            "acquisition_channel",
            FIXED,
            "How the account was won",
            allowed=("online", "offline", "referral", "tender", "agent"),
        ),
        rubric_column("strategic_fit", "Fit with our strategy"),
        rubric_column("innovation_score", "Readiness to take up new technology"),
        rubric_column("brand_influence", "Weight of its name in the market"),
        rubric_column("cooperation_intent", "Willingness to work together"),
        flag_column("key_account_flag", EXTRACT, "Managed as a key account"),
        text_column("tier", EXTRACT, "Tier of service"),
        text_column("service_level", EXTRACT, "Agreed level of service"),
        text_column("kam_id", EXTRACT, "The account manager who owns it"),
        flag_column("consent_flag", EXTRACT, "May be contacted for marketing"),
    ),
)

ACCOUNT_HISTORY = Table(
    name="account_history",
    row="one value of one attribute of one account, with the days it held",
    key=("account_id", "attribute", "valid_from"),
    known_from=("valid_from",),
    columns=(
        text_column("account_id", ROW, "The account", required=True),
        text_column(
            "attribute",
            ROW,
            "Which attribute of the account",
            required=True,
            allowed=DATED_ATTRIBUTES,
        ),
        text_column("value", ROW, "Its value from that day on"),
        date_column("valid_from", ROW, "First day on which it held", required=True),
        date_column(
            "valid_to", "valid_to", "Last day on which it held, empty while it does"
        ),
    ),
)

PRODUCTS = Table(
    name="products",
    row="one product",
    key=("product_id",),
    known_from=("launch_date",),
    else_first_order=True,
    columns=(
        text_column("product_id", FIXED, "The product's number", required=True),
        text_column("product_name", FIXED, "Its name"),
        text_column("category", EXTRACT, "Product category"),
        date_column("launch_date", "launch_date", "First day on which it was sold"),
        money_column("std_cost", EXTRACT, "Standard cost a unit", minimum=0),
        flag_column("service_flag", FIXED, "A service, not a good"),
        flag_column("codeveloped", FIXED, "Developed together with a customer"),
    ),
)

EVENTS = Table(
    name="events",
    row="something that happened and explains figures",
    key=("event_id",),
    known_from=("date",),
    columns=(
        text_column("event_id", ROW, "Number of the event", derived="counted in order"),
        date_column("date", ROW, "Day on which it began", required=True),
        date_column("end_date", "end_date", "Day on which it ended"),
        text_column(
            "scope",
            ROW,
            "What it touches",
            allowed=("portfolio", "region", "category", "account"),
            derived="'portfolio'",
        ),
        text_column("scope_value", ROW, "Which region, category or account"),
        text_column(
            "kind",
            ROW,
            "What sort of event",
            required=True,
            allowed=(
                "price_list",
                "shortage",
                "competitor",
                "shutdown",
                "organisation",
                "programme",
                "project",
                "merger",
                "system",
                "other",
            ),
        ),
        text_column("text", ROW, "What happened, in a sentence", required=True),
    ),
)

TARGETS = Table(
    name="targets",
    row="one target of one account, or of the whole portfolio, for one period",
    key=("account_id", "period_start", "period_end", "metric"),
    known_from=("set_on",),
    columns=(
        text_column("account_id", ROW, "The account; empty for the whole portfolio"),
        date_column("period_start", ROW, "First day of the period", required=True),
        date_column("period_end", ROW, "Last day of the period", required=True),
        text_column(
            "metric",
            ROW,
            "What is aimed at",
            required=True,
            allowed=("net_revenue", "gross_margin", "contribution", "order_days"),
        ),
        number_column("value", ROW, "The target", required=True),
        date_column(
            "set_on",
            ROW,
            "Day on which the target was set",
            derived="first day of the period",
        ),
    ),
)

#: Every table a portfolio may hold, by name.
TABLES: dict[str, Table] = {
    each.name: each
    for each in (ORDERS, ACCOUNTS, ACCOUNT_HISTORY, PRODUCTS, EVENTS, TARGETS)
}


def table(name: str) -> Table:
    """Return the declaration of the table called `name`.

    Raises
    ------
    UsageError
        If the contract has no such table; the message names the nearest one.

    Examples
    --------
    >>> table("orders").required
    ['order_id', 'account_id', 'order_date', 'net_amount']
    """
    if name not in TABLES:
        hint = did_you_mean(name, TABLES)
        raise UsageError(f"the data contract has no table {name!r}: {hint}")
    return TABLES[name]
