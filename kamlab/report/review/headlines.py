"""The figures of a review that the next report is compared with."""

from typing import Any

from kamlab.churn.watch import total_at_stake
from kamlab.language import _
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.value.concentration import top_n_share
from kamlab.value.receivables import overdue_share, receivables_position


def headlines(review: Review) -> list[dict[str, Any]]:
    """Return the figures of the page as `kamlab.report.record` takes them.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of dict
        Names that stay the same from report to report; what the data do not have is
        left out.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [figure["name"] for figure in headlines(Review(portfolio))][:3]
    ['net_revenue', 'earned', 'gross_revenue_retention']
    """
    found = [*_booked(review), *_retention(review), *_stake(review), *_overdue(review)]
    return [*found, *_dependence(review)]


def _figure(name: str, value: float, label: str, **how: Any) -> dict[str, Any]:
    return {
        "name": name,
        "value": float(value),
        "label": label,
        "kind": "ledger",
        **how,
    }


def _booked(review: Review) -> list[dict[str, Any]]:
    history, now = review.history, review.now.label
    money = {"unit": "money", "currency": review.currency, "better": "higher"}
    many = {"n": int((history.revenue[now] > 0).sum()), "of": _of(review)}
    revenue = history.total_revenue[now]
    found = [
        _figure(
            "net_revenue", revenue, _("Net revenue"), headline=True, **money, **many
        )
    ]
    earned = history.total_earned
    if earned is not None and earned[now] == earned[now]:
        label = basis_words(history.basis)
        found.append(_figure("earned", earned[now], label, headline=True, **money))
    return found


def _retention(review: Review) -> list[dict[str, Any]]:
    found = review.retention
    if found is None:
        return []
    how = {"unit": "share", "better": "higher", "n": found.n, "of": _of(review)}
    return [
        _figure("gross_revenue_retention", found.grr, _("Gross retention"), **how),
        _figure("net_revenue_retention", found.nrr, _("Net retention"), **how),
    ]


def _stake(review: Review) -> list[dict[str, Any]]:
    if review.portfolio.grain == "month":
        return []
    shown = review.alerts
    how = {"unit": "money", "currency": review.currency, "better": "lower"}
    how |= {"n": int(shown.iloc[:, 0].nunique()), "of": _of(review)}
    return [_figure("at_stake", total_at_stake(shown), _("At stake"), **how)]


def _overdue(review: Review) -> list[dict[str, Any]]:
    if not review.portfolio.has("receivables"):
        return []
    position = review.own(receivables_position(review.portfolio, review.by))
    share = overdue_share(position)
    if share != share:
        return []
    how = {"unit": "share", "better": "lower", "n": int((position["open"] > 0).sum())}
    return [_figure("overdue", share, _("Overdue > 30 days"), of=_of(review), **how)]


def _dependence(review: Review) -> list[dict[str, Any]]:
    revenue = review.year_revenue
    if not (revenue > 0).any():
        return []
    n = int((revenue > 0).sum())
    how = {"unit": "share", "better": "lower", "n": n, "of": _of(review)}
    return [_figure("top1", top_n_share(revenue, 1), _("Largest account"), **how)]


def _of(review: Review) -> str:
    return "groups" if review.by == "parent" else "accounts"
