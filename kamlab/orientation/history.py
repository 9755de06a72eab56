"""How key-account management came to be what it is, with what to read of each time."""

import pandas as pd

_HISTORY = (
    (
        "1960s–70s",
        "national accounts",
        "one person for a customer with many sites",
        "Shapiro and Moriarty (1982–84), Marketing Science Institute",
    ),
    (
        "1983–94",
        "relationship marketing",
        "keeping counts as much as winning; trust and commitment",
        "Berry (1983); Grönroos (1994); Morgan and Hunt (1994)",
    ),
    (
        "1990s",
        "global accounts",
        "one price and one plan across countries",
        "Yip and Madsen (1996), International Marketing Review 13(3)",
    ),
    (
        "1998–2003",
        "key-account management",
        "profit by customer; teams; surveys of what works",
        "Kaplan and Cooper (1998); Homburg, Workman and Jensen (2002), "
        "Journal of Marketing 66(2)",
    ),
    (
        "from 2004",
        "value co-creation",
        "the customer takes part in making value",
        "Vargo and Lusch (2004), Journal of Marketing 68(1)",
    ),
    (
        "from 2005",
        "analytics",
        "lifetime value, churn, effects measured by experiments",
        "Fader, Hardie and Lee (2005), Marketing Science 24(2)",
    ),
)


def history_table() -> pd.DataFrame:
    """List the stages of key-account management since the 1960s.

    Returns
    -------
    pandas.DataFrame of str
        Columns ``years``, ``name``, ``what was new``, ``to read``.

    Examples
    --------
    >>> history_table().loc[0, "name"]
    'national accounts'
    """
    return pd.DataFrame(_HISTORY, columns=["years", "name", "what was new", "to read"])
