"""What customers order, line by line."""

from kamlab.data.columns import (
    ROW,
    Table,
    date_column,
    flag_column,
    integer_column,
    money_column,
    number_column,
    text_column,
)
from kamlab.data.vocabulary import LINE_TYPES

ORDERS = Table(
    name="orders",
    row="one line of an order or invoice",
    key=("order_id", "line_id"),
    known_from=("order_date", "posted_on"),
    lazy=True,
    moves_with_merger=True,
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
        number_column(
            "net_amount_original",
            ROW,
            "The amount in the document's currency, before conversion",
            unit="currency of the document",
            derived="the net amount before it was converted",
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
        flag_column("rush_flag", ROW, "Ordered to leave on the same or the next day"),
        text_column(
            "channel", ROW, "How it was sold", allowed=("direct", "agent", "online")
        ),
        text_column(
            "currency",
            ROW,
            "Currency of the document, before conversion",
            derived="the column by which amounts were converted",
        ),
        text_column("sales_org", ROW, "The selling company or branch"),
        text_column("sold_to_id", ROW, "Who ordered, where the account is another"),
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

SALES_MONTHLY = Table(
    name="sales_monthly",
    row=(
        "one month of one account, in place of order lines; an import makes an order "
        "line of it that is dated the last day of the month"
    ),
    key=("account_id", "month", "category"),
    known_from=("month",),
    columns=(
        text_column("account_id", ROW, "The account that bought", required=True),
        date_column(
            "month",
            ROW,
            "The month: its last day, when its sum is known",
            required=True,
        ),
        text_column("category", ROW, "What was bought; orders.product_id afterwards"),
        money_column(
            "net_amount",
            ROW,
            "Sum without VAT, net of what went back",
            required=True,
        ),
        money_column("cost", ROW, "Cost of the goods; orders.cogs afterwards"),
        number_column("quantity", ROW, "Units"),
    ),
)
