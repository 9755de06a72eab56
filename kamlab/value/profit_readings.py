"""How to read each picture of profit, and what it does not say: for every report.

The same words hold whatever the data are; they stand here and not in the notebook, so
that a section whose data are missing closes up whole.
"""

from kamlab.style.readings import reading_of

_READINGS = {
    "years": (
        "A step that grows faster than net revenue eats into profit. Unused capacity "
        "belongs to no account and is not part of the contribution.",
        "who caused a change.",
    ),
    "waterfall": (
        "The first bar is what was sold; each falling bar takes its part until the "
        "last one is left.",
        "that a list price was ever meant to be paid. Compare an account with itself "
        "a year ago before comparing it with others.",
    ),
    "prices": (
        "Each line is one account or group. The last column turns the fall into "
        "money: what it buys now, at the part of the list price it paid at first.",
        "that the old price could be had again, or that it bought the same goods: "
        "another mix of products changes the part as well.",
    ),
    "capacity": (
        "A bar is a pool's practical capacity, and its coloured part what accounts "
        "took. No account is charged with the grey rest: work saved adds to it, and "
        "saves no money until the capacity is cut or put to other use.",
        "that people are idle. A reserve for busy weeks is no waste.",
    ),
    "serving": (
        "Each line is what one account's orders, returns and contacts took, at the "
        "rates of those who did the work.",
        "whether that is too much. Who takes much and pays for it is a good customer.",
    ),
    "whale": (
        "The curve adds up profit from the best account to the worst. Where it turns "
        "down, accounts begin to cost money.",
        "that profit would be at the peak without them. Their margin would go at "
        "once, the people who serve them would not.",
    ),
    "bridge": (
        "The bars lead from the first period's profit to the last one's; together they "
        "leave no rest.",
        "who caused what. A discount may have won the volume beside it.",
    ),
    "time": (
        "Where the bar of profit is higher than the bar of time, hours go with more "
        "than average profit. Per head, 1 is the average customer.",
        "that time should follow profit: what one more hour brings, nobody has "
        "measured.",
    ),
    "grid": (
        "Each disc is one account or group. The dashed lines are the medians: from "
        "there on a price, or what serving takes, counts as high.",
        "that a low price is a bad one: a large customer may pay little and still "
        "leave most. And small ones are dear to serve, as a share, by arithmetic "
        "alone.",
    ),
    "stability": (
        "The smaller the variation, the steadier revenue is from quarter to quarter. "
        "Small accounts swing more because they order rarely; so compare at equal "
        "size.",
        "that being a key account makes revenue steady. They were chosen, and perhaps "
        "for that.",
    ),
    "what if": (
        "Each line changes one thing and leaves the rest as it was booked. Capacity "
        "that goes on without work is money saved only when somebody takes it out.",
        "what the customer will do. The volume lost is an assumption.",
    ),
}


def how_to_read(picture: str) -> str:
    """Say how a picture of profit is read, and what it does not say.

    Parameters
    ----------
    picture : str
        Such as "waterfall" or "whale".

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> print(how_to_read("bridge"))
    How to read it. The bars lead from the first period's profit to the last one's;
    together they leave no rest. What it does not say: who caused what. A discount may
    have won the volume beside it.
    """
    return reading_of(_READINGS, picture)
