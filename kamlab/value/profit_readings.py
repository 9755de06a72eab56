"""How to read each picture of profit, and what it does not say: for every report.

The same words hold whatever the data are; they stand here and not in the notebook, so
that a section whose data are missing closes up whole.
"""

from kamlab.errors import UsageError, did_you_mean

_READINGS = {
    "years": (
        "Read a row from left to right: a step that grows faster than net revenue eats "
        "into profit. Unused capacity, where it is known, belongs to no account and is "
        "not part of the contribution.",
        "who caused a change. Years in which something was not recorded yet do not "
        "compare; the sentence above leaves them out.",
    ),
    "waterfall": (
        "The first bar is what was sold; each falling bar takes its part until the "
        "last one is left. Where list prices are known, the first bar is what the "
        "goods would have brought at them.",
        "that a list price was ever meant to be paid, or what was booked after the "
        "last day. Compare an account with itself a year ago before comparing it with "
        "others.",
    ),
    "prices": (
        "Each line is one customer: which part of the list price it paid, window by "
        "window. The last column turns the fall into money: what it buys now, at the "
        "part it paid at first.",
        "that the old price could be had again, or that it bought the same goods: "
        "another mix of products changes the part as well.",
    ),
    "capacity": (
        "A bar is a pool's practical capacity, and its coloured part what accounts "
        "took. The grey rest is paid for and no account is charged with it: work saved "
        "adds to it, and saves no money until the capacity is cut or put to other use.",
        "that people are idle. Practical capacity and standard minutes are estimates, "
        "and a reserve for busy weeks is no waste.",
    ),
    "serving": (
        "Each bar is what one account's orders, returns and contacts took, at the "
        "rates of those who did the work.",
        "whether that is too much. A customer who takes much and pays for it is a "
        "good customer.",
    ),
    "whale": (
        "The curve adds up profit from the best account to the worst. Where it turns "
        "down, accounts begin to cost money; the distance between peak and end is "
        "what they take back.",
        "that profit would be at the peak without them. Their margin would go at "
        "once, the people who serve them would not, and some of them are young.",
    ),
    "bridge": (
        "Each bar leads from last period's profit to this one's; together they leave "
        "no rest. Price and cost steps are taken at what was bought now, volume and "
        "mix at the prices before.",
        "who caused what. A discount may have won the volume beside it.",
    ),
    "time": (
        "Where the bar of profit is higher than the bar of time, hours go with more "
        "than average profit: Profit ÷ time is above 1. Per head, 1 is the average "
        "customer: of time, and of profit before the time is paid for.",
        "that time should follow profit. That would need to know what one more hour "
        "brings, and a good customer may need little.",
    ),
    "grid": (
        "Each disc is one customer. The dashed lines are the medians: from there on a "
        "price, or what serving takes, counts as high. Who pays little and takes much, "
        "and loses money, is where price and service should be talked about.",
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
        "Each line changes one thing and leaves the rest as it was booked. The column "
        "of capacity that goes on without work is money that is saved only when "
        "somebody takes it out.",
        "what the customer will do. The volume lost is an assumption; the break-even "
        "says how wrong it may be.",
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
    How to read it. Each bar leads from last period's profit to this one's; together
    they leave no rest. Price and cost steps are taken at what was bought now, volume
    and mix at the prices before. What it does not say: who caused what. A discount may
    have won the volume beside it.
    """
    if picture not in _READINGS:
        raise UsageError(
            f"picture {picture!r} is unknown: {did_you_mean(str(picture), _READINGS)}"
        )
    says, says_not = _READINGS[picture]
    return f"How to read it. {says} What it does not say: {says_not}"
