"""What is still to come: goods that were ordered, and money for those delivered."""

from kamlab.data.columns import (
    ROW,
    Table,
    date_column,
    money_column,
    text_column,
)

OPEN_ORDERS = Table(
    name="open_orders",
    row="one order line that was not delivered at once, until it is",
    key=("order_id", "line_id"),
    known_from=("ordered_on", "posted_on"),
    moves_with_merger=True,
    columns=(
        text_column("order_id", ROW, "Number of the order", required=True),
        text_column(
            "line_id",
            ROW,
            "Number of the line within its order",
            derived="counted within the order",
        ),
        text_column("account_id", ROW, "The account that ordered", required=True),
        date_column("ordered_on", ROW, "Day of the order", required=True),
        date_column(
            "posted_on",
            "posted_on",
            "Day on which it was entered in the order book, where that is later",
        ),
        date_column("promised_date", ROW, "Delivery day promised"),
        money_column("amount", ROW, "Amount without VAT", required=True),
        date_column(
            "closed_on",
            "closed_on",
            "Day on which it was delivered or cancelled, empty while open",
        ),
    ),
)

RECEIVABLES = Table(
    name="receivables",
    row="one invoice not paid yet, as it stood on the day of the list",
    key=("as_of", "account_id", "invoice_id", "due"),
    known_from=("as_of",),
    snapshot="as_of",
    moves_with_merger=True,
    columns=(
        date_column(
            "as_of", ROW, "Day of the list; a view shows the last one", required=True
        ),
        text_column("account_id", ROW, "The account that owes", required=True),
        text_column("invoice_id", ROW, "Number of the invoice", required=True),
        date_column("invoice_date", ROW, "Day of the invoice"),
        date_column("due", ROW, "Last day of payment in time", required=True),
        money_column(
            "amount", ROW, "What is open, negative on a credit note", required=True
        ),
        text_column("currency", ROW, "Currency of the invoice, before conversion"),
    ),
)

COLLECTIONS = Table(
    name="collections",
    row="money that came from one account on one day, matched to no invoice",
    key=("collection_id",),
    known_from=("date", "posted_on"),
    moves_with_merger=True,
    columns=(
        text_column(
            "collection_id", ROW, "Number of the payment", derived="counted in order"
        ),
        text_column("account_id", ROW, "The account that paid", required=True),
        date_column("date", ROW, "Day on which the money came", required=True),
        date_column(
            "posted_on",
            "posted_on",
            "Day on which it was booked, where that is later",
        ),
        money_column(
            "amount", ROW, "The money, negative when paid back", required=True
        ),
        text_column(
            "method",
            ROW,
            "How it was paid",
            allowed=("cash", "transfer", "credit", "acceptance"),
        ),
    ),
)
