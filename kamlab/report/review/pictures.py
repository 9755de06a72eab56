"""The one picture of a review."""

from matplotlib.axes import Axes

from kamlab.language import _
from kamlab.report.review.numbers import Review
from kamlab.style import COLOURS, finish, money_axis, new_axes, plain
from kamlab.style.formats import format_day, format_money
from kamlab.value.revenue_bridge_plots import plot_revenue_bridge

#: Inches of the picture: half the width of a sheet of A4, a little enlarged.
_PICTURE = (4.4, 2.6)


def picture(review: Review) -> Axes:
    """Draw the revenue bridge of the period, or revenue where there is no year before.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.style import alternative_text
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     "2024Q4" in alternative_text(picture(Review(portfolio)))
    True
    """
    through = format_day(review.portfolio.as_of)
    source = f"{review.portfolio.name}, {through}"
    # As small as its slot, so that letters can be read in print.
    axes = new_axes(size=_PICTURE)
    if not review.has_year_before:
        return _revenue_so_far(review, source, axes)
    return plot_revenue_bridge(
        review.bridge, review.currency, review.names, source, axes
    )


def _revenue_so_far(review: Review, source: str, axes: Axes) -> Axes:
    """Draw revenue by period: the book is too young for a bridge."""
    revenue = review.history.total_revenue
    axes.bar(range(len(revenue)), revenue, color=COLOURS["blue"])
    axes.set_xticks(range(len(revenue)), revenue.index)
    money_axis(axes.yaxis, review.currency)
    finding = _("Net revenue of {period} is {money}; last year is not known").format(
        period=review.now.label,
        money=format_money(float(revenue.iloc[-1]), review.currency),
    )
    each = [
        _("{period}: {money}").format(
            period=label, money=format_money(float(amount), review.currency)
        )
        for label, amount in revenue.items()
    ]
    return finish(axes, plain(finding), f"{finding}. {_('; ').join(each)}.", source)
