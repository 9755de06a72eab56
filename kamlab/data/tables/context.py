"""What stands around the orders: products, events, targets, rates of exchange."""

from kamlab.data.columns import (
    EXTRACT,
    FIXED,
    ROW,
    Table,
    date_column,
    flag_column,
    money_column,
    number_column,
    text_column,
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
                "destocking",
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

FX_RATES = Table(
    name="fx_rates",
    row="what one unit of a currency was worth on one day, or in one month",
    key=("currency", "valid_on"),
    known_from=("valid_on",),
    columns=(
        text_column("currency", ROW, "Code of the currency", required=True),
        date_column(
            "valid_on",
            ROW,
            "Day of the rate; of a month's rate the last day, for it is known then",
            required=True,
        ),
        number_column(
            "rate",
            ROW,
            "What one unit is worth",
            required=True,
            unit="reporting currency for one unit",
            minimum=0,
        ),
    ),
)
