"""How to read each picture of lifetime value, and what it does not say.

The same words hold whatever the data are; they stand here and not in the notebook, so
that a section whose data are missing closes up whole.
"""

from kamlab.style.readings import reading_of

_READINGS = {
    "sheet": (
        "Each value is last year's contribution times a multiple that depends on "
        "retention and discount alone, the same for everybody.",
        "that all stay equally long. A customer of ten years and one of ten weeks get "
        "the same multiple here; the sections below tell them apart.",
    ),
    "alive": (
        "A probability near 100 % means that the silence fits the account's own "
        "rhythm; near 0 %, that it is far too long for it. “Doubt after” is the "
        "silence from which on the account is more likely gone than not.",
        "why somebody is silent. A season, a finished project and a lost customer "
        "look the same; ask before you mourn.",
    ),
    "silence": (
        "Each curve is one account, and the dot is today. The more regularly an "
        "account has ordered, the steeper its curve.",
        "what it orders. Who still orders on the day but takes half as much looks as "
        "alive as before.",
    ),
    "orders": (
        "Expected orders already contain the chance that an account is gone. Of "
        "twenty such intervals one or so will miss.",
        "which orders. A number of orders says nothing of their size, and nobody "
        "orders half an order.",
    ),
    "order worth": (
        "What an order leaves is the net revenue of the account's order days times "
        "its contribution margin; accounts with few orders are drawn to the others.",
        "that the next order will be like the last. Prices, mix and service may "
        "change; the levers below ask what if.",
    ),
    "contracts": (
        "Until the end of its term an account is taken to stay; after it the chance "
        "to renew comes in, decision by decision.",
        "that a contract keeps an account buying. It binds the relationship, and "
        "seldom the quantity.",
    ),
    "equity": (
        "Each account is valued once, by its contract or by its repeat orders, and "
        "the values add up to the customer equity. The intervals hold the chance of "
        "orders and renewals and what the models do not know.",
        "what a customer might buy beyond its present pattern, whom it recommends, "
        "or what happens if you treat it differently.",
    ),
    "sensitivity": (
        "Each bar changes one thing by one point and leaves the rest. The longest is "
        "where a point is worth most.",
        "what a point costs. A point of retention may be dear, and a point of price "
        "may cost the customer.",
    ),
    "levers": (
        "Each line changes one lever by the same part and leaves the others.",
        "which lever can be moved. That takes somebody who knows the account.",
    ),
    "spending": (
        "The curve is a judgement: what is spent and kept now, and what would be kept "
        "if money were no matter. Beyond the best spending another unit brings back "
        "less than it costs.",
        "what spending really does. Only an experiment can, and half a year of visits "
        "to one half of the accounts is one.",
    ),
    "scenarios": (
        "Each line is one plan against going on as before, over the same quarters and "
        "at the same discount; the break-even is the effect at which it pays.",
        "that the plan has the assumed effect. The effect is an assumption, the "
        "arithmetic is not.",
    ),
    "scorecard": (
        "Each component is the account's place among all, from 0 to 100; the score is "
        "their mean with the weights that are said.",
        "how far one account is from the next in money. A place is no amount.",
    ),
    "histogram": (
        "Each pair of bars is the number of accounts with so many repeat orders: "
        "those there are, and those the model expects.",
        "whether it foretells well. What it learnt from it may fit and still not go "
        "on.",
    ),
    "tracking": (
        "The line of what the model expects should follow that of what came, also "
        "behind the day from which on nothing was shown to it.",
        "whether it is right account by account. Errors of accounts even out in a sum.",
    ),
    "by frequency": (
        "Accounts with equal past stand together; the lines should lie upon one "
        "another. A group of few accounts may miss by chance.",
        "what to do about an account of the group.",
    ),
    "calibration": (
        "Each point is a width of interval: it should hold as many accounts as it "
        "says, and lie on the straight line.",
        "how wide the intervals are. One that says “anything” holds everybody.",
    ),
    "held out": (
        "Each line foretold the same quarters from the same earlier days. The bias is "
        "the error of the sum, the absolute error that of one account.",
        "which model will win next year. Where intervals overlap, take the simpler.",
    ),
}


def how_to_read(picture: str) -> str:
    """Say how a picture of lifetime value is read, and what it does not say.

    Parameters
    ----------
    picture : str
        One of "sheet", "alive", "silence", "orders", "order worth", "contracts",
        "equity", "sensitivity", "levers", "spending", "scenarios", "scorecard",
        "histogram", "tracking", "by frequency", "calibration" and "held out".

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> print(how_to_read("levers"))
    How to read it. Each line changes one lever by the same part and leaves the others.
    What it does not say: which lever can be moved. That takes somebody who knows the
    account.
    """
    return reading_of(_READINGS, picture)
