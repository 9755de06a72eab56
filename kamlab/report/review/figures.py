"""The tiles of a review: six figures, each beside last year, target and usual range."""

from collections.abc import Sequence

import pandas as pd

from kamlab.churn.watch import total_at_stake
from kamlab.fiscal import Period
from kamlab.language import _, plural
from kamlab.report.review.numbers import Review
from kamlab.report.tiles import Tile
from kamlab.style.formats import format_days, format_money, format_share
from kamlab.value.organic_growth import organic_growth
from kamlab.value.receivables import overdue_share, receivables_position
from kamlab.value.usual_variation import UsualVariation, usual_variation

#: Less than this part of last year's figure is below last year.
_BEHIND = 0.99


def net_revenue(review: Review) -> list[Tile]:
    """Show net revenue of the period.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Tile

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(net_revenue(Review(portfolio))[0].compared)
    2024Q4: EUR 15.4 M (−0.1 %)
    """
    target = target_of(review, review.now)
    return [_booked(review, _("Net revenue"), review.history.total_revenue, target)]


def organic(review: Review) -> list[Tile]:
    """Show how much own accounts bought more, at last year's rates, without mergers.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Tile
        Without figure, and with the reason, where the year before is not there.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     organic(Review(portfolio))[0].label
    'Organic growth'
    """
    label = _("Organic growth")
    if not review.has_year_before:
        return [Tile(label, "", note=_("no year before to compare"))]
    found = organic_growth(review.portfolio, review.now, review.then, review.by)
    sums = review.own(found.by_key).sum()
    growth = float(sums["now"] / sums["then"] - 1) if sums["then"] > 0 else found.growth
    if growth != growth:
        return [Tile(label, "", note=_("no year before to compare"))]
    sign = "+" if growth > 0 else ""
    reported = found.reported
    signed = f"{'+' if reported > 0 else ''}{format_share(reported)}"
    note = _("reported {share}").format(share=signed) if not review.manager else ""
    return [Tile(label, f"{sign}{format_share(growth)}", note=note, unit="share")]


def contribution(review: Review) -> list[Tile]:
    """Show what the period left, as far down as the data reach.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Tile
        Named by what it is; empty without cost of goods.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(contribution(Review(portfolio))[0].label)
    Contribution after cost to serve
    """
    earned = review.history.total_earned
    if earned is None:
        return []
    return [_booked(review, basis_words(review.history.basis), earned)]


def retention(review: Review) -> list[Tile]:
    """Show gross and net revenue retention of twelve months.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Tile
        Without figure, and with the reason, where two years are not there.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(retention(Review(portfolio))[0].note)
    188 groups of the year before; 13 brought nothing since
    """
    label = _("Kept in 12 months: GRR / NRR")
    found = review.retention
    if found is None:
        return [Tile(label, "", note=_("two full years of orders are needed"))]
    value = f"{format_share(found.grr)} / {format_share(found.nrr)}"
    counted = (
        plural("{n} group of the year before", "{n} groups of the year before", found.n)
        if review.by == "parent"
        else plural(
            "{n} account of the year before", "{n} accounts of the year before", found.n
        )
    )
    if not found.n_lost:
        return [Tile(label, value, note=counted)]
    gone = _("{n} brought nothing since").format(n=found.n_lost)
    return [Tile(label, value, note=_("; ").join([counted, gone]))]


def at_stake(review: Review) -> list[Tile]:
    """Show what watched accounts brought before they were, without probability.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Tile
        Without figure in a book of months, which knows of no silence.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     tile = at_stake(Review(portfolio))[0]
    >>> tile.label, tile.note
    ('At stake', 'contribution of 12 months; 9 watched; 14 more faint')
    """
    label = _("At stake")
    if review.portfolio.grain == "month":
        return [Tile(label, "", note=_("order days are needed"))]
    shown = review.alerts
    money = format_money(total_at_stake(shown), review.currency)
    many = shown.iloc[:, 0].nunique()
    parts = [stake_words(shown["basis"].iloc[0])] if many else []
    parts.append(plural("{n} watched", "{n} watched", many))
    if review.faint:
        parts.append(plural("{n} more faint", "{n} more faint", review.faint))
    return [Tile(label, money, note=_("; ").join(parts))]


def overdue(review: Review) -> list[Tile]:
    """Show which part of the open items is past due for more than thirty days.

    Parameters
    ----------
    review : Review
        The numbers behind the page; its data hold `receivables`.

    Returns
    -------
    list of Tile
        Named with the account that owes most of it.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     tile = overdue(Review(portfolio))[0]
    >>> tile.label, "Lianhan" in tile.note
    ('Overdue > 30 days', True)
    """
    position = review.own(receivables_position(review.portfolio, review.by))
    label = _("Overdue > 30 days")
    share = overdue_share(position)
    if share != share:
        return [Tile(label, "", note=_("nothing is open"))]
    late = position["overdue_30"]
    value = f"{format_share(share)} · {format_money(late.sum(), review.currency)}"
    if late.max() <= 0:
        return [Tile(label, value, unit="share")]
    note = _("most: {account}, {money}, {days} late").format(
        account=review.short(late.idxmax()),
        money=format_money(float(late.max()), review.currency),
        days=format_days(float(position.loc[late.idxmax(), "days_late"])),
    )
    return [Tile(label, value, note=note, unit="share")]


def target_of(review: Review, period: Period) -> float | None:
    """Return the target for net revenue of a period; None where there is none.

    A manager's page adds up the targets of the own accounts, where each has one.

    Parameters
    ----------
    review : Review
        The numbers behind the page.
    period : Period
        The days it was set for.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     review = Review(portfolio)
    ...     target_of(review, review.now) > 0
    True
    """
    if not review.portfolio.has("targets"):
        return None
    targets = review.portfolio.table("targets")
    days = (targets["period_start"] == pd.Timestamp(period.start)) & (
        targets["period_end"] == pd.Timestamp(period.end)
    )
    of_period = targets[days & (targets["metric"] == "net_revenue")]
    if review.manager:
        of_period = review.own(
            of_period.dropna(subset="account_id").set_index("account_id")
        )
    else:
        of_period = of_period[of_period["account_id"].isna()]
    return float(of_period["value"].sum()) if len(of_period) else None


def basis_words(basis: str) -> str:
    """Return what a contribution is called, as far down as the data reach.

    Parameters
    ----------
    basis : {"contribution", "margin after direct costs", "gross margin", "revenue"}
        As `kamlab.value.profitability.AccountProfit` names it.

    Examples
    --------
    >>> basis_words("gross margin")
    'Gross margin'
    """
    called = {
        "contribution": _("Contribution after cost to serve"),
        "margin after direct costs": _("Margin after direct costs"),
        "gross margin": _("Gross margin"),
    }
    return called.get(basis, _("Net revenue"))


def stake_words(basis: str) -> str:
    """Return which money is at stake, in the current language.

    Parameters
    ----------
    basis : {"contribution", "margin after direct costs", "gross margin", "revenue"}
        As `kamlab.churn.watch.watch_list` names it.

    Examples
    --------
    >>> stake_words("gross margin")
    'gross margin of 12 months'
    """
    called = {
        "contribution": _("contribution of 12 months"),
        "margin after direct costs": _("margin after direct costs of 12 months"),
        "gross margin": _("gross margin of 12 months"),
    }
    return called.get(basis, _("revenue of 12 months"))


def _booked(
    review: Review, label: str, values: pd.Series, target: float | None = None
) -> Tile:
    """Show a booked figure beside last year's and its usual range."""
    now = float(values[review.now.label])
    usual = usual_variation(values.drop(review.now.label).dropna(), now)
    return Tile(
        label=label,
        value=format_money(now, review.currency),
        compared=_last_year(review, values, now),
        target=_target(now, target, review.currency),
        history=_shown(values),
        inside=usual.inside,
        unit="money",
        currency=review.currency,
        usual=_limits(usual),
        behind=bool(now < _BEHIND * values.get(review.then.label, float("nan"))),
    )


def _last_year(review: Review, values: pd.Series, now: float) -> str:
    before = values.get(review.then.label, float("nan"))
    if pd.isna(before):
        return _("no year before to compare")
    change = format_share(now / before - 1) if before > 0 else ""
    sign = "+" if before > 0 and now > before else ""
    return _("{period}: {money} ({change})").format(
        period=review.then.label,
        money=format_money(float(before), review.currency),
        change=f"{sign}{change}" if change else "–",
    )


def _target(now: float, target: float | None, currency: str) -> str:
    if not target:
        return ""
    gap = now / target - 1
    sign = "+" if gap > 0 else ""
    return _("target {money} ({gap})").format(
        money=format_money(target, currency), gap=f"{sign}{format_share(gap)}"
    )


def _shown(values: pd.Series) -> Sequence[float | None]:
    return [None if pd.isna(each) else float(each) for each in values]


def _limits(usual: UsualVariation) -> tuple[float, float] | None:
    return None if usual.inside is None else (usual.low, usual.high)
