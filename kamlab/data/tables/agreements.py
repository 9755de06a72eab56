"""What was agreed with customers, and what was offered to them."""

from kamlab.data.columns import (
    EXTRACT,
    ROW,
    Table,
    date_column,
    flag_column,
    integer_column,
    money_column,
    number_column,
    text_column,
)
from kamlab.data.vocabulary import OPPORTUNITY_STAGES

CONTRACTS = Table(
    name="contracts",
    row="one contract of one term; its renewal is a row of its own",
    key=("contract_id",),
    known_from=("signed_on",),
    else_known_from="start",
    moves_with_merger=True,
    columns=(
        text_column("contract_id", ROW, "Number of the contract", required=True),
        text_column("account_id", ROW, "The account", required=True),
        date_column(
            "signed_on",
            ROW,
            "Day on which it was signed",
            derived="first day of the term",
        ),
        date_column("start", ROW, "First day of the term", required=True),
        date_column("end", ROW, "Last day of the term", required=True),
        integer_column(
            "term_months", ROW, "Length of the term", unit="months", minimum=1
        ),
        money_column("value", ROW, "Purchases agreed for the whole term", minimum=0),
        flag_column("auto_renew", ROW, "Goes on unless one side gives notice"),
        integer_column(
            "notice_days",
            ROW,
            "Days before the end by which notice has to be given",
            unit="days",
            minimum=0,
        ),
        date_column(
            "renewal_date",
            "renewal_date",
            "Day on which it was settled whether it is renewed",
        ),
        text_column(
            "renewed",
            "renewal_date",
            "Whether it was renewed; pending or empty while that is open",
            allowed=("yes", "no", "pending"),
        ),
        text_column("price_clause", ROW, "What it says of prices"),
        flag_column("exclusivity", ROW, "The account buys from us alone"),
        text_column("sla_tier", ROW, "Level of service agreed"),
        number_column(
            "rebate_pct",
            ROW,
            "Year-end rebate agreed",
            unit="share 0–1",
            minimum=0,
            maximum=1,
        ),
    ),
)

_STAGE_WORDS = {
    "need": "Day on which the need was heard of",
    "screening": "Day on which we decided to go for it",
    "inquiry": "Day on which the account asked for an offer",
    "quotation": "Day of our offer",
    "contract": "Day on which the account accepted",
    "order": "Day of the order",
    "acceptance": "Day on which the account accepted the delivery",
}

OPPORTUNITIES = Table(
    name="opportunities",
    row="one piece of business that may be won: a need, an inquiry, a quotation",
    key=("opp_id",),
    known_from=("created",),
    moves_with_merger=True,
    columns=(
        text_column("opp_id", ROW, "Number of the opportunity", required=True),
        text_column("account_id", ROW, "The account", required=True),
        date_column("created", ROW, "Day on which it was entered", required=True),
        text_column("kam_id", ROW, "Who of us entered it"),
        text_column("category", ROW, "Product category"),
        money_column("amount", ROW, "What it is worth if won", minimum=0),
        flag_column("tender", ROW, "Awarded by a formal tender"),
        integer_column(
            "dmu_roles", ROW, "Roles of the account that have a say", minimum=0
        ),
        text_column(
            "stage",
            EXTRACT,
            "How far it has come, where stages have no days of their own",
            allowed=OPPORTUNITY_STAGES,
        ),
        *[
            date_column(f"{stage}_on", f"{stage}_on", words)
            for stage, words in _STAGE_WORDS.items()
        ],
        integer_column(
            "competitors",
            "quotation_on",
            "Rivals that quoted, as known when we did",
            minimum=0,
        ),
        money_column("bid_price", "quotation_on", "Price that we offered", minimum=0),
        money_column(
            "cost_est", "quotation_on", "Our cost as estimated for it", minimum=0
        ),
        date_column("closed_on", "closed_on", "Day on which it was won or lost"),
        flag_column("won", "closed_on", "Won, or lost; empty while it is open"),
        money_column(
            "best_rival_price",
            "closed_on",
            "Best price of the others, as learnt afterwards",
            minimum=0,
        ),
        text_column("lost_to", "closed_on", "Who won it in our place"),
    ),
)
