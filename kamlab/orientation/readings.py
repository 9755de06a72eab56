"""How to read each table and picture of the first lesson: for every report."""

from kamlab.style.readings import reading_of

_READINGS = {
    "characteristics": (
        "Medians of key accounts and of all others, n accounts each. The room between "
        "list price and cost is what there is to share: the part that does not stay "
        "with us is what the customer gains by price.",
        "what the customer gains by using what was bought, and what people feel.",
    ),
    "claims": (
        "The table shows the middle account of each group. Shares of the whole are "
        "booked and exact; of everything else it says in which part of the comparisons "
        "the claim holds, with its interval.",
        "why. What made them key accounts may make the difference as well.",
    ),
    "selection": (
        "Mean growth of the accounts that were the largest of a period, into it and "
        "out of it, beside all others. Growth is the change over the mean of both "
        "periods: −200 % is an account that stopped, however small, so a mean can be "
        "negative while the total grew.",
        "that care is in vain. A comparison of before and after flatters or slanders "
        "whoever was chosen by the outcome.",
    ),
    "offer": (
        "Categories are means over those who bought; the discount is the share off "
        "the list price, weighted by money; services are a share of their revenue.",
        "who pressed for the discount, and how long the selling took.",
    ),
}


def how_to_read(picture: str) -> str:
    """Say how a table or picture of the first lesson is read.

    Parameters
    ----------
    picture : str
        Such as "claims" or "selection".

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> print(how_to_read("offer")[:67])
    How to read it. Categories are means over those who bought; the dis
    """
    return reading_of(_READINGS, picture)
