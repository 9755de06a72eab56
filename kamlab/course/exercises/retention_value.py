"""Exercises of notebook 12: what retention is worth, and what it may cost."""

from kamlab.course.exercises.lifetime_value import read_accounts
from kamlab.course.verdicts import Verdict, judge_number, wrong
from kamlab.portfolio import Portfolio
from kamlab.style import format_money, format_number, format_share
from kamlab.value.contracts.margin_retention import (
    margin_multiple,
    retention_elasticity,
)
from kamlab.value.contracts.retention_spending import (
    RetentionCurve,
    best_retention_spending,
    retention_curve,
)

#: Retention and discount of exercise 12.1, and what rises in exercise 12.4.
RETENTION, DISCOUNT, POINT = 0.8, 0.12, 0.01
#: Decimals to which multiples are printed, and often taken over.
_PRINTED = 2
#: Exercise 12.6: part of the contribution spent now, share kept, ceiling, discount.
SPENT, KEPT, CEILING, RATE = 0.05, 0.85, 0.95, 0.10

_CANNOT = wrong(
    "these data cannot be asked: the exercise needs order lines with their days"
)


def value_by_the_sheet(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge what the sheet says of the account that left most last year (12.1).

    Parameters
    ----------
    answer : object
        Money; right within 5, so that a contribution read off a table will do.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     value_by_the_sheet(2.5, portfolio).message
    'that is the multiple: take it times the contribution'
    """
    if portfolio.grain == "month":
        return _CANNOT
    left = float(read_accounts(portfolio)["contribution"].max())
    multiple = margin_multiple(RETENTION, DISCOUNT)
    truth = left * multiple
    one_more = 1 / (1 + DISCOUNT - RETENTION)
    return judge_number(
        answer,
        truth,
        tolerance=5.0,
        meaning=f"{format_money(left, portfolio.currency)} a year is worth "
        f"{format_number(multiple)} times as much, "
        f"{format_money(truth, portfolio.currency)}, if the guess of retention holds.",
        near_misses={
            "that is the multiple: take it times the contribution": multiple,
            "that lets the first contribution come at once and for certain: here it "
            "comes after a year, from those who stay": left * one_more,
            "that is without discount: a year of waiting costs 12 %":
                left * RETENTION / (1 - RETENTION),
            "that is at 10 %: the discount of this exercise is 12 %":
                left * margin_multiple(RETENTION, 0.10),
            "that is the contribution of the year alone: it comes again and again":
                left,
            "that is without leaving: only 80 % stay from year to year":
                left / DISCOUNT,
            "that turns retention and leaving round: 80 % stay":
                left * margin_multiple(1 - RETENTION, DISCOUNT),
        },
        otherwise="take the largest contribution of the last twelve months times "
        "r / (1 + i − r).",
    )  # fmt: skip


def worth_of_a_point_of_retention(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge what one point of retention adds to the sheet of those who earn (12.4).

    Parameters
    ----------
    answer : object
        Money; right within 0.1 %.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     worth_of_a_point_of_retention("much", portfolio).message
    "'much' is no number: give one number, such as 0.25"
    """
    if portfolio.grain == "month":
        return _CANNOT
    contribution = read_accounts(portfolio)["contribution"]
    earned, left = contribution[contribution > 0].sum(), contribution.sum()
    before = margin_multiple(RETENTION, RATE)
    gain = margin_multiple(RETENTION + POINT, RATE) - before
    one_per_cent = margin_multiple(RETENTION * (1 + POINT), RATE) - before
    printed = round(before + gain, _PRINTED) - round(before, _PRINTED)
    slope = before * retention_elasticity(RETENTION, RATE) * POINT / RETENTION
    truth = float(earned * gain)
    of_value = gain / before
    return judge_number(
        answer,
        truth,
        tolerance=0.001 * abs(truth),
        meaning=f"one point of retention adds {format_share(of_value)} to the value; "
        "one per cent more contribution adds 1 %. Ask what each costs.",
        near_misses={
            "that is one per cent, 80.8 %: a point leads from 80 % to 81 %":
                float(earned * one_per_cent),
            "that takes multiples of two decimals: their difference needs all digits":
                float(earned * printed),
            "that is the elasticity at 80 %, which grows on the way: take the value at "
            "81 % less that at 80 %": float(earned * slope),
            "that is of all accounts: leave out those that cost money":
                float(left * gain),
            "that is the whole value at 81 %: take the difference to 80 %":
                float(earned * (before + gain)),
            "that is a point less: retention rises to 81 %":
                float(earned * (margin_multiple(RETENTION - POINT, RATE) - before)),
            "that is at 12 %: the discount of this exercise is 10 %":
                float(earned * (margin_multiple(RETENTION + POINT, DISCOUNT)
                                - margin_multiple(RETENTION, DISCOUNT))),
            "that is a share: give money": float(of_value),
        },
        otherwise="take the contribution of those who earn times the difference of "
        "the multiples at 81 % and at 80 %.",
    )  # fmt: skip


def best_spending_on_keeping(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge how much to spend a year on keeping an average account (12.6).

    Parameters
    ----------
    answer : object
        Money a year and account; right within 0.2 %.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     best_spending_on_keeping(0.1, portfolio).right
    False
    """
    if portfolio.grain == "month":
        return _CANNOT
    contribution = read_accounts(portfolio)["contribution"]
    margin = float(contribution[contribution > 0].mean())
    now = SPENT * margin
    curve = retention_curve(now, KEPT, CEILING)
    best = best_retention_spending(curve, margin, RATE)
    return judge_number(
        answer,
        best.spending,
        tolerance=0.002 * best.spending,
        meaning=f"{format_share(best.spending / margin)} of the contribution keeps "
        f"{format_share(best.retention)}; beyond it another unit of money brings back "
        "less than it costs. It is a judgement drawn out, not a measurement.",
        near_misses={
            "that is what is spent now: ask where the value is highest": now,
            "that is the worth of an account: give the spending": best.value,
            "that is a share of accounts: give the spending, money": best.retention,
            "that takes the mean of all accounts: leave out those that cost money":
                float(best.spending * contribution.mean() / margin),
            "that is the part of the contribution: give money":
                best.spending / margin,
            "that takes the spending off the contribution first: the mean is what is "
            "left before it": _best_at(margin - now, curve),
            "that adds the spending to the contribution: the mean is what is left "
            "before it": _best_at(margin + now, curve),
        },
        otherwise="draw retention_curve(5 % of the mean contribution, 0.85, 0.95), and "
        "take spending of best_retention_spending(curve, mean, 0.10).",
    )  # fmt: skip


def _best_at(margin: float, curve: RetentionCurve) -> float:
    return best_retention_spending(curve, margin, RATE).spending
