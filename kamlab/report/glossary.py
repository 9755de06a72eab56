"""The terms of the review and the dossier in English and Chinese, with their meaning.

The Chinese is that of the pages themselves: both come from one catalogue.
"""

import pandas as pd

from kamlab.language import _, in_language, translatable

#: Terms as the pages write them, each with what it means there.
TERMS: dict[str, str] = {
    translatable("Key accounts"): translatable(
        "The customers on whom most of the revenue hangs."
    ),
    translatable("Net revenue"): translatable(
        "Invoiced, without VAT, after returns, credits and rebates."
    ),
    translatable("Organic growth"): translatable(
        "Growth at last year's rates of exchange, without merged and renumbered ones."
    ),
    translatable("Revenue bridge"): translatable(
        "The way from last year's revenue to this year's, in steps that add up."
    ),
    translatable("Volume and mix"): translatable(
        "More or fewer goods, and dearer or cheaper ones, of accounts that go on."
    ),
    translatable("Gross retention"): translatable(
        "What last year's accounts bring again, at most as much as they brought."
    ),
    translatable("Net retention"): translatable(
        "What last year's accounts bring now, with the growth of those that stayed."
    ),
    translatable("Cost to serve"): translatable(
        "What orders, visits, returns and rush work of an account cost."
    ),
    translatable("Contribution"): translatable(
        "Net revenue without cost of goods, direct costs and cost to serve."
    ),
    translatable("At stake"): translatable(
        "What watched accounts, or their fading categories, left in the twelve months "
        "before; not times a probability."
    ),
    translatable("Watch list"): translatable(
        "Accounts that are silent beyond their own rhythm, or let a category fade."
    ),
    translatable("Usual range"): translatable(
        "Inside the limits of a control chart over earlier periods."
    ),
    translatable("booked"): translatable(
        "Recorded in the books, and therefore exact: no interval."
    ),
    translatable("estimate"): translatable(
        "Says something about what was not observed, with its interval and n."
    ),
    translatable("Dependence"): translatable("How much hangs on the largest accounts."),
    translatable("Effective number (1 / HHI)"): translatable(
        "As many accounts of equal size would be as concentrated."
    ),
    translatable("Kept word"): translatable(
        "What the last report warned of and expected, and what came of it."
    ),
    translatable("Overdue"): translatable(
        "Open for more than 30 days after it was due."
    ),
    translatable("Share of wallet"): translatable(
        "The part of an account's needs that it buys from us."
    ),
    translatable("On time in full"): translatable(
        "All lines of an order delivered by the promised day."
    ),
    translatable("Hangs on one person"): translatable(
        "Four fifths of the contacts or more go through one person."
    ),
    translatable("Peers"): translatable("Other accounts of the same trade."),
}


def glossary() -> pd.DataFrame:
    """Return the terms of both pages in English and Chinese, with their meaning.

    Returns
    -------
    DataFrame
        One row a term, in the order in which readers meet them: ``English``, ``中文``,
        and the meaning in the current language.

    Examples
    --------
    >>> table = glossary()
    >>> table.iloc[1].tolist()[:2]
    ['Net revenue', '净收入']
    """
    meaning = _("Meaning")
    with in_language("zh"):
        chinese = [_(term) for term in TERMS]
    return pd.DataFrame(
        {"English": list(TERMS), "中文": chinese, meaning: list(map(_, TERMS.values()))}
    )
