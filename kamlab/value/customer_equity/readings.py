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
        "Each curve is one account, and the dot is today; one without a dot has been "
        "silent for longer than the picture shows. The more often and the more "
        "regularly an account has ordered, the sooner and the steeper its curve falls.",
        "what it orders. Who still orders on the day but takes half as much looks as "
        "alive as before.",
    ),
    "orders": (
        "Expected orders already contain the chance that an account is gone or "
        "leaves on the way; an interval that reaches far down holds that case. Of "
        "twenty such intervals one or so will miss.",
        "which orders. A number of orders says nothing of their size, and nobody "
        "orders half an order.",
    ),
    "hindsight": (
        "The sum may be used for planning if the model came nearer to it than the year "
        "before did; an account by itself only with its interval.",
        "that the next year will be like the last one. A model that was right once may "
        "have been lucky.",
    ),
    "money": (
        "What was expected is order days times what one was worth in the account's own "
        "year. The last two columns say which of the two was wrong: what came, against "
        "what was expected.",
        "why an order day was worth more or less. Prices, quantities and a large "
        "project look the same, and no trend of them is carried on here.",
    ),
    "order worth": (
        "What an order leaves is the net revenue of the account's order days times "
        "its contribution margin; accounts with few orders are drawn to the others.",
        "that the next order will be like the last. Prices, mix and service may "
        "change; the levers below ask what if.",
    ),
    "contracts": (
        "Until the end of its term an account is taken to stay; after it the chance "
        "to renew comes in, decision by decision, as often as accounts with as many "
        "renewals on record have renewed; earlier ones, not in the data, do not count.",
        "that a contract keeps an account buying. A frame contract fixes prices and "
        "terms and obliges nobody to order; one whose orders fade is worth less than "
        "its contract says.",
    ),
    "equity": (
        "Each account is valued once, by its contract or by its repeat orders, and "
        "the values add up to the customer equity. Who is under contract counts as a "
        "customer until the term ends. The intervals hold the chance of orders and "
        "renewals and what the models do not know.",
        "what a customer might buy beyond its present pattern, whom it recommends, "
        "what happens if you treat it differently, or what a year brings in which all "
        "margins fall at once.",
    ),
    "sensitivity": (
        "Each bar changes one thing by one point and leaves the rest. The longest is "
        "where a point is worth most.",
        "what a point costs. A point of retention may be dear, and a point of price "
        "may cost the customer.",
    ),
    "levers": (
        "Each line changes one lever by one per cent and leaves the others: more "
        "orders, higher prices, more gross profit from an order by selling better "
        "goods (mix), less cost to serve, more kept from year to year.",
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
        "at the same discount; the break-even is the effect at which it pays. No plan "
        "keeps more than everybody, and none before a contract ends.",
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
        "Each line foretold the same later days from the same earlier ones, and the "
        "smaller number is the better one. A dash is a method that found no answer for "
        "that book. Better and worse count only where chance does not explain it.",
        "which method will win next year. Where two are about as good, take the "
        "simpler.",
    ),
}


def how_to_read(picture: str) -> str:
    """Say how a picture of lifetime value is read, and what it does not say.

    Parameters
    ----------
    picture : str
        One of "sheet", "alive", "silence", "orders", "hindsight", "money", "order
        worth", "contracts", "equity", "sensitivity", "levers", "spending", "scenarios",
        "scorecard", "histogram", "tracking", "by frequency", "calibration" and "held
        out".

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> print(how_to_read("scorecard"))
    How to read it. Each component is the account's place among all, from 0 to 100; the
    score is their mean with the weights that are said. What it does not say: how far
    one account is from the next in money. A place is no amount.
    """
    return reading_of(_READINGS, picture)
