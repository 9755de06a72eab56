"""Who the customers are, and how that changed."""

from kamlab.data.columns import (
    EXTRACT,
    FIXED,
    ROW,
    Table,
    date_column,
    flag_column,
    integer_column,
    money_column,
    number_column,
    rubric_column,
    text_column,
)
from kamlab.data.vocabulary import DATED_ATTRIBUTES

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

ACCOUNT_ALIASES = Table(
    name="account_aliases",
    row="one customer number that another has replaced, with the day of it",
    key=("old_account_id", "valid_from"),
    known_from=("valid_from",),
    columns=(
        text_column("old_account_id", ROW, "The number that is gone", required=True),
        text_column(
            "account_id", ROW, "The number that stands for it since", required=True
        ),
        date_column("valid_from", ROW, "First day of the change", required=True),
        text_column("reason", ROW, "Why, such as a merger or a new system"),
    ),
)
