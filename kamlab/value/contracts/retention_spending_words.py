"""How much keeping an account may cost, in a sentence and a picture."""

from matplotlib.axes import Axes

from kamlab.style import (
    COLOURS,
    finish,
    format_money,
    format_share,
    money_axis,
    new_axes,
)
from kamlab.value.contracts.retention_spending import BestSpending, RetentionCurve

#: Within this part of the best spending nobody can say that more or less is better.
_NEAR = 0.1


def spending_sentence(
    now: float, curve: RetentionCurve, best: BestSpending, currency: str = ""
) -> str:
    """Say whether more or less should be spent on keeping an account.

    Parameters
    ----------
    now : float
        What is spent a year and account now, money.
    curve : RetentionCurve
        The judgement.
    best : BestSpending
        From `best_retention_spending`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.contracts import best_retention_spending, retention_curve
    >>> curve = retention_curve(spending=100, retention=0.6, ceiling=0.8)
    >>> best = best_retention_spending(curve, margin=500, discount_rate=0.1)
    >>> print(spending_sentence(100, curve, best, "EUR"))
    EUR 100 a year is spent on an account, and 60.0 % stay. If the curve holds, an
    account is worth most at EUR 174, where 72.9 % stay: more.
    """
    if best.spending <= 0:
        return (
            f"{format_money(now, currency)} a year is spent on an account, and nothing "
            "of it comes back: at this margin no spending pays."
        )
    near = abs(best.spending / now - 1) <= _NEAR
    side = "about what is spent" if near else "more" if best.spending > now else "less"
    return (
        f"{format_money(now, currency)} a year is spent on an account, and "
        f"{format_share(float(curve.at(now)))} stay. If the curve holds, an account is "
        f"worth most at {format_money(best.spending, currency)}, where "
        f"{format_share(best.retention)} stay: {side}."
    )


def plot_spending(
    now: float,
    curve: RetentionCurve,
    best: BestSpending,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the worth of an account by what is spent on keeping it.

    Parameters
    ----------
    now : float
        What is spent a year and account now, money.
    curve : RetentionCurve
        The judgement.
    best : BestSpending
        From `best_retention_spending`.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.contracts import best_retention_spending, retention_curve
    >>> curve = retention_curve(spending=100, retention=0.6, ceiling=0.8)
    >>> best = best_retention_spending(curve, margin=500, discount_rate=0.1)
    >>> ax = plot_spending(100, curve, best, "EUR")
    >>> alternative_text(ax)[:40]
    'EUR 100 a year is spent on an account, a'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    ax = new_axes(ax)
    values = best.compared["value"]
    ax.plot(values.index, values, color=COLOURS["blue"])
    ax.plot([best.spending], [best.value], "o", color=COLOURS["blue"])
    label = f"best: {format_share(best.retention)} stay"
    ax.annotate(label, (best.spending, best.value), (0, 8), textcoords="offset points")
    ax.axvline(now, color=COLOURS["grey"], linewidth=1, linestyle="--")
    kept = f"now: {format_share(float(curve.at(now)))} stay"
    low = float(values.min())
    ax.annotate(kept, (now, low), (4, 4), textcoords="offset points")
    ax.margins(y=0.15)
    money_axis(ax.xaxis)
    money_axis(ax.yaxis)
    in_money = f", {currency}" if currency else ""
    ax.set_xlabel(f"Spent on keeping an account, a year{in_money}")
    ax.set_ylabel(f"Worth of an account{in_money}")
    words = spending_sentence(now, curve, best, currency)
    finding = (
        f"An account is worth most at {format_money(best.spending, currency)} a year "
        f"for keeping it; {format_money(now, currency)} is spent"
    )
    return finish(ax, finding, words, source)
