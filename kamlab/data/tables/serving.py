"""What serving customers takes: contacts, costs, capacity, people."""

from kamlab.data.columns import (
    EXTRACT,
    FIXED,
    ROW,
    Table,
    date_column,
    money_column,
    number_column,
    text_column,
)
from kamlab.data.vocabulary import ACTIVITIES, INTERACTION_TYPES

INTERACTIONS = Table(
    name="interactions",
    row="one contact with an account: a visit, a call, an e-mail, a meeting",
    key=("interaction_id",),
    known_from=("date", "posted_on"),
    lazy=True,
    moves_with_merger=True,
    columns=(
        text_column(
            "interaction_id",
            ROW,
            "Number of the contact",
            derived="counted in order",
        ),
        text_column("account_id", ROW, "The account", required=True),
        date_column("date", ROW, "Day of the contact", required=True),
        date_column(
            "posted_on",
            "posted_on",
            "Day on which it was entered, where that is later",
        ),
        text_column(
            "type", ROW, "How they met", required=True, allowed=INTERACTION_TYPES
        ),
        text_column("kam_id", ROW, "Who of us met the account"),
        text_column("contact_id", ROW, "Whom of the account", personal=True),
        text_column("direction", ROW, "Who began it", allowed=("in", "out")),
        number_column(
            "duration_minutes",
            ROW,
            "Working time it took us, travel included",
            unit="minutes",
            minimum=0,
        ),
        text_column(
            "topic",
            ROW,
            "What it was about",
            allowed=(
                "need",
                "complaint",
                "price",
                "payment",
                "innovation",
                "service",
                "relation",
                "other",
            ),
        ),
        text_column("outcome", ROW, "What came of it"),
        text_column("promised_action", ROW, "What we promised"),
        date_column("promised_due", ROW, "Day by which it was promised"),
        date_column("promised_done", "promised_done", "Day on which it was done"),
    ),
)

COSTS = Table(
    name="costs",
    row="one pool of people or machines in one period: its cost and its capacity",
    key=("pool", "period_start"),
    known_from=("period_end",),
    columns=(
        text_column("pool", ROW, "Name of the pool of resources", required=True),
        date_column("period_start", ROW, "First day of the period", required=True),
        date_column("period_end", ROW, "Last day of the period", required=True),
        money_column("cost", ROW, "All it cost in the period", required=True),
        number_column(
            "capacity_minutes",
            ROW,
            "Practical capacity: minutes really to be had for customers",
            required=True,
            unit="minutes",
            minimum=0,
        ),
    ),
)

ACTIVITY_MINUTES = Table(
    name="activity_minutes",
    row="the standard minutes that one activity takes one pool",
    key=("activity", "pool", "valid_from"),
    known_from=("valid_from",),
    columns=(
        text_column("activity", ROW, "What is done", required=True, allowed=ACTIVITIES),
        text_column("pool", ROW, "The pool whose time it takes", required=True),
        number_column(
            "minutes",
            ROW,
            "Standard time each; for a contact used where no duration was entered",
            required=True,
            unit="minutes",
            minimum=0,
        ),
        date_column(
            "valid_from", ROW, "First day on which the standard holds", required=True
        ),
    ),
)

ACCOUNT_COSTS = Table(
    name="account_costs",
    row="one cost that was booked on one account directly",
    key=("cost_id",),
    known_from=("date", "posted_on"),
    lazy=True,
    moves_with_merger=True,
    columns=(
        text_column(
            "cost_id", ROW, "Number of the booking", derived="counted in order"
        ),
        text_column("account_id", ROW, "The account", required=True),
        date_column("date", ROW, "Day the cost belongs to", required=True),
        date_column(
            "posted_on",
            "posted_on",
            "Day on which it was booked, where that is later",
        ),
        text_column(
            "kind",
            ROW,
            "What was paid for",
            required=True,
            allowed=(
                "freight",
                "rush_freight",
                "packaging",
                "engineering",
                "customs",
                "warranty",
                "marketing",
                "training",
                "other",
            ),
        ),
        money_column("amount", ROW, "The cost, negative when refunded", required=True),
        text_column("order_id", ROW, "The order it belongs to"),
    ),
)

KAM_TEAM = Table(
    name="kam_team",
    row="one of us who looks after accounts",
    key=("kam_id",),
    known_from=("joined_on",),
    columns=(
        text_column("kam_id", FIXED, "Our person's code", required=True),
        text_column("kam_name", FIXED, "Name of the person", personal=True),
        text_column(
            "role",
            EXTRACT,
            "What the person does",
            allowed=("account_manager", "inside_sales", "engineer", "executive"),
        ),
        text_column("pool", EXTRACT, "The pool of resources the person belongs to"),
        text_column("region", EXTRACT, "Sales region"),
        date_column("joined_on", ROW, "First day in the team", required=True),
        date_column("left_on", "left_on", "Last day in the team, empty while there"),
        number_column(
            "capacity_hours",
            EXTRACT,
            "Hours a year really to be had for customers",
            unit="hours a year",
            minimum=0,
        ),
        money_column(
            "cost_per_hour", EXTRACT, "Full cost of an hour of the person", minimum=0
        ),
    ),
)
