"""What the claims amount to, in a sentence each, for any company's data."""

import math
from collections.abc import Sequence

import pandas as pd

from kamlab.orientation.judgements import (
    CANNOT_TELL,
    NOT_SUPPORTED,
    SUPPORTED,
    Judgement,
    as_claimed,
)
from kamlab.orientation.key_accounts import KeyAccounts
from kamlab.style.formats import (
    format_count,
    format_days,
    format_money,
    format_number,
    format_points,
    format_share,
)

#: Of what key accounts may bring more than half, in words.
_WHOLE = {"margin": "gross margin", "contribution": "contribution"}

#: Claims whose comparison is kept for the next period.
_RECORDED = (
    "large_orders",
    "steady",
    "steady_for_their_size",
    "loyal",
    "potential",
    "good_margin",
    "worth_the_time",
)


def key_share_sentence(
    measures: pd.DataFrame, chosen: KeyAccounts, currency: str = ""
) -> str:
    """Say what the key accounts bring, and what share of accounts they are.

    Parameters
    ----------
    measures : DataFrame of shape (n_accounts, n_measures)
        With ``revenue`` and, where known, ``margin``.
    chosen : KeyAccounts
        Who is a key account, or stands in for one, on the same accounts.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> measures = pd.DataFrame({"revenue": [60.0, 30.0, 10.0]})
    >>> largest = measures["revenue"] > 50
    >>> named = KeyAccounts(largest, date(2024, 12, 31), False, "", "1 largest of 2024")
    >>> print(key_share_sentence(measures, named, "EUR"))
    The data name no key accounts; the 1 largest of 2024 stand in: they are 33.3 % of
    the 3 accounts with revenue and bring 60.0 % of EUR 100.
    """
    revenue, is_key = measures["revenue"], chosen.is_key
    buys = revenue > 0
    many, all_of_them = int((is_key & buys).sum()), int(buys.sum())
    told = (
        f"{_who_bought(chosen, many)}: they are {format_share(many / all_of_them)} of "
        f"the {format_count(all_of_them)} accounts with revenue and bring "
        f"{format_share(float(revenue[is_key].sum() / revenue.sum()))} of "
        f"{format_money(float(revenue.sum()), currency)}"
    )
    if "margin" not in measures:
        return f"{told}."
    margin = measures["margin"]
    of_margin = format_share(float(margin[is_key].sum() / margin.sum()))
    return f"{told}, and {of_margin} of the gross margin."


def _who_bought(chosen: KeyAccounts, many: int) -> str:
    in_all = len(chosen.accounts)
    if chosen.named:
        some = "All" if many == in_all else f"{format_count(many)} of the"
        return f"{some} {format_count(in_all)} {chosen.phrase} bought"
    told = f"The data name no key accounts; the {chosen.phrase} stand in"
    return told if many == in_all else f"{told}, and {format_count(many)} still bought"


def share_label(what: str, chosen: KeyAccounts | None = None) -> str:
    """Say on a card whose share a figure is.

    Parameters
    ----------
    what : str
        Of what it is the share, such as "revenue".
    chosen : KeyAccounts, optional
        Who is a key account, or stands in for one.

    Returns
    -------
    str

    Examples
    --------
    >>> share_label("revenue")
    "Key accounts' share of revenue"
    """
    if chosen is None or chosen.named:
        return f"Key accounts' share of {what}"
    return f"{what.capitalize()} share of the {chosen.phrase}"


def claims_sentence(judgements: Sequence[Judgement]) -> str:
    """Say how many claims hold, how many do not, and how many nobody can tell.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.

    Returns
    -------
    str
        Counts the claims that the data can be asked about as the table and the picture
        of them do.

    Examples
    --------
    >>> from kamlab.orientation.judgements import judge_claims
    >>> measures = pd.DataFrame({"revenue": [60.0, 30.0, 10.0]})
    >>> judged = judge_claims(measures, measures["revenue"] > 50)
    >>> print(claims_sentence(judged))
    Of 19 claims on key accounts, 1 can be held against these data (1 booked share): 1
    is supported. The other 18 cannot be asked of these data.
    """
    asked = [each for each in judgements if each.was_asked]
    if not asked:
        return (
            f"None of {len(judgements)} claims on key accounts can be held against "
            "these data."
        )
    told = (
        f"Of {len(judgements)} claims on key accounts, {len(asked)} can be held "
        f"against these data ({_kinds(asked)}): {_verdicts(asked)}."
    )
    unasked = len(judgements) - len(asked)
    rest = f"The other {unasked} cannot be asked of these data."
    return f"{told} {rest}" if unasked else told


def _kinds(asked: Sequence[Judgement]) -> str:
    """Count booked shares and comparisons apart: only the latter are drawn."""
    compared = sum(each.comparison is not None for each in asked)
    counts = {"booked share": len(asked) - compared, "comparison": compared}
    return " and ".join(
        f"{many} {word}{'' if many == 1 else 's'}"
        for word, many in counts.items()
        if many
    )


def _verdicts(asked: Sequence[Judgement]) -> str:
    supported, refuted, unknown = (
        [each for each in asked if each.verdict == word]
        for word in (SUPPORTED, NOT_SUPPORTED, CANNOT_TELL)
    )
    named = ", ".join(f"“{each.claim.statement}”" for each in refuted)
    parts = [
        f"{_are(supported)} supported" if supported else "",
        f"{_are(refuted)} not ({named})" if refuted else "",
        f"{len(unknown)} cannot be told" if unknown else "",
    ]
    return ", ".join(filter(None, parts))


def undecided_sentence(
    judgements: Sequence[Judgement], called: str = "key accounts"
) -> str:
    """Name the claims that were tested without an answer, and what that means.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.
    called : str
        What the accounts are called: key accounts, or the largest that stand in.

    Returns
    -------
    str
        Empty if every tested claim got an answer.

    Examples
    --------
    >>> undecided_sentence([])
    ''
    """
    open_ones = [
        each
        for each in judgements
        if each.verdict == CANNOT_TELL and each.comparison is not None
    ]
    if not open_ones:
        return ""
    named = "; ".join(_open_in_words(each, called) for each in open_ones)
    return (
        f"Cannot tell: {named}. That is no proof of equality: a difference of some "
        "size could stay hidden."
    )


def claim_figures(
    judgements: Sequence[Judgement], chosen: KeyAccounts | None = None
) -> list[dict[str, object]]:
    """Return what was found of every claim as figures to record.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.
    chosen : KeyAccounts, optional
        Who is a key account, or stands in for one.

    Returns
    -------
    list of dict
        As `kamlab.report.record` takes them: booked shares of the whole (but that of
        revenue, which stands elsewhere), then the comparisons of the claims that
        companies ask about most; the table holds all of them. The share furthest down
        the profit is a headline.

    Examples
    --------
    >>> from kamlab.orientation.judgements import judge_claims
    >>> measures = pd.DataFrame({"order_value": range(40), "revenue": 1.0})
    >>> figure = claim_figures(judge_claims(measures, measures["order_value"] > 29))[0]
    >>> figure["name"], figure["label"]
    ('claim_large_orders', 'Comparisons that go as claimed: They place large orders')
    """
    shares = [
        each
        for each in judgements
        if each.claim.column in _WHOLE and not math.isnan(each.share)
    ]
    booked = [
        {
            "name": f"claim_{each.claim.name}",
            "value": each.share,
            "label": share_label(_WHOLE[each.claim.column], chosen),
            "unit": "share",
            "headline": each is shares[-1],
        }
        for each in shares
    ]
    compared = [
        {
            "name": f"claim_{each.claim.name}",
            "value": as_claimed(each),
            "label": f"Comparisons that go as claimed: {each.claim.statement}",
        }
        for each in judgements
        if each.comparison is not None and each.claim.name in _RECORDED
    ]
    return booked + compared


def selection_sentence(table: pd.DataFrame, many: int) -> str:
    """Say what became of the lead of the accounts that were the largest of a year.

    Parameters
    ----------
    table : DataFrame
        From `chosen_by_size`.
    many : int
        How many were chosen.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = ["into", "out of", "others into", "others out of"]
    >>> table = pd.DataFrame([[0.16, -0.05, -0.1, -0.07]], index=["2024"],
    ...                      columns=columns)
    >>> print(selection_sentence(table, 28))
    On the way into 2024 its 28 largest accounts grew by 26.0 points more than all
    others on average; on the way out of it, by 2.0 points more. By themselves they went
    from 16.0 % to −5.0 %, the others from −10.0 % to −7.0 %: whoever looks at the
    largest alone sees them fade.
    """
    last = table.iloc[-1]
    into, out_of = (
        _lead(last[name] - last[f"others {name}"]) for name in ("into", "out of")
    )
    year = table.index[-1]
    return (
        f"On the way into {year} its {format_count(many)} largest accounts grew by "
        f"{into} than all others on average; on the way out of it, by {out_of}. "
        f"{_by_themselves(last)}"
    )


def _by_themselves(last: pd.Series) -> str:
    """Say how the largest grew, seen without the others they are to be held against."""
    own, others = (
        f"from {format_share(last[way_in])} to {format_share(last[way_out])}"
        for way_in, way_out in (("into", "out of"), ("others into", "others out of"))
    )
    told = f"By themselves they went {own}, the others {others}"
    if last["out of"] < min(last["into"], 0):
        return f"{told}: whoever looks at the largest alone sees them fade."
    return f"{told}."


def _lead(difference: float) -> str:
    return f"{format_points(abs(difference)).lstrip('+')} " + (
        "more" if difference >= 0 else "less"
    )


def one_customer_sentence(orders: pd.DataFrame, names: pd.Series) -> str:
    """Warn where one customer places so many orders that the middle order is its own.

    What is promised to the others is told beside it, where the orders say it.

    Parameters
    ----------
    orders : DataFrame of shape (n_orders, …)
        From `orders_of`: column ``account_id`` and, if there, ``promised``.
    names : Series of str
        Name by account.

    Returns
    -------
    str
        Empty if no customer places a fourth of the orders.

    Examples
    --------
    >>> orders = pd.DataFrame({"account_id": list("AAB"), "promised": [8, 8, 30]})
    >>> print(one_customer_sentence(orders, pd.Series({"A": "Adler"})))
    Adler alone places 66.7 % of these orders: the middle order says more about Adler
    than about the group. Without it the median time promised is 30 days.
    """
    counts = orders["account_id"].value_counts(normalize=True)
    if counts.empty or counts.iloc[0] < 0.25:
        return ""
    who = names.get(counts.index[0], counts.index[0])
    return (
        f"{who} alone places {format_share(counts.iloc[0])} of these orders: the "
        f"middle order says more about {who} than about the group."
        f"{_promised_to_others(orders, counts.index[0])}"
    )


def _promised_to_others(orders: pd.DataFrame, account: object) -> str:
    """Say what time is promised to all but one account, where it is known."""
    if "promised" not in orders:
        return ""
    days = orders["promised"][orders["account_id"] != account].dropna()
    if days.empty:
        return ""
    return f" Without it the median time promised is {format_days(days.median())}."


def _are(judgements: Sequence[Judgement]) -> str:
    return f"{len(judgements)} {'is' if len(judgements) == 1 else 'are'}"


def _open_in_words(judgement: Judgement, called: str) -> str:
    compared = judgement.comparison
    write = format_share if judgement.claim.unit == "share" else format_number
    if compared.chance.interval is None:
        return f"“{judgement.claim.statement}” ({judgement.why})"
    return (
        f"“{judgement.claim.statement}” ({called} {write(compared.key)}, others "
        f"{write(compared.others)})"
    )
