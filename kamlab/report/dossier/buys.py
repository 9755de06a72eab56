"""What an account buys: its categories against a year ago, and against its peers."""

import pandas as pd

from kamlab.language import _
from kamlab.report.dossier.facts import Bought
from kamlab.report.dossier.lines import categories
from kamlab.report.dossier.numbers import Dossier
from kamlab.value.activity import account_products

#: With fewer peers nobody can tell what is usual among them.
FEWEST_PEERS = 5

#: A category has grown, or shrunk, where it moved by more than this share.
_MOVED = 0.2

#: Categories that never were bought; more would hide what is.
_MOST_MISSED = 2

#: Share of the peers that buy a category for it to be missed.
_USUAL = 0.5


def peers_of(dossier: Dossier) -> tuple[str, list[str]]:
    """Return what the peers of an account have in common, and their numbers.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    shared : str
        Their industry, or their kind where too few share the industry; "" for none.
    numbers : list of str
        Of the other accounts (groups, for the dossier of a group).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     shared, numbers = peers_of(Dossier(portfolio, "A10284"))
    >>> shared, len(numbers) >= FEWEST_PEERS
    ('machine tools', True)
    """
    accounts = dossier.portfolio.accounts
    if dossier.level == "parent":
        accounts = accounts.loc[dossier.portfolio.parent_of.unique()]
    for column in ("industry", "kind"):
        shared = dossier.about.get(column)
        if shared is None or pd.isna(shared):
            continue
        alike = accounts.index[accounts[column] == shared].drop(dossier.key)
        if len(alike) >= FEWEST_PEERS:
            return str(shared), alike.tolist()
    return "", []


def peer_shares(dossier: Dossier) -> tuple[pd.DataFrame, str]:
    """Return what share of the peers' purchases each category has, and of how many.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its lines name products.

    Returns
    -------
    shares : DataFrame
        By category: ``share`` (mean over the peers that bought within twelve months,
        0–1) and ``buyers`` (share of them that buy it). Without rows where there are
        too few peers.
    said : str
        Who they are and how many, for the foot of the table.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     shares, said = peer_shares(Dossier(portfolio, "A10284"))
    >>> round(float(shares["share"].sum()), 6)
    1.0
    """
    shared, peers = peers_of(dossier)
    start, end = dossier.year.start, dossier.year.end
    table = account_products(dossier.portfolio, start, end, dossier.level)
    category = categories(dossier.portfolio)
    revenue = table["revenue"].reset_index()
    revenue["category"] = revenue["product_id"].map(category)
    own = revenue[revenue.iloc[:, 0].isin(peers)]
    wide = own.pivot_table("revenue", own.columns[0], "category", "sum", fill_value=0)
    bought = wide.clip(lower=0)
    bought = bought[bought.sum(axis=1) > 0]
    if len(bought) < FEWEST_PEERS:
        empty = pd.DataFrame(columns=["share", "buyers"], dtype="float64")
        return empty, ""
    shares = bought.div(bought.sum(axis=1), axis=0)
    said = _("Peers: mean share of {n} others of “{shared}”.").format(
        n=len(bought), shared=shared
    )
    return pd.DataFrame({"share": shares.mean(), "buyers": (bought > 0).mean()}), said


def bought(dossier: Dossier) -> list[Bought]:
    """List the categories an account buys, the ones that say something first.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its lines name products.

    Returns
    -------
    list of Bought
        Fading or lost ones, then those that never were bought though most peers do,
        then growing ones, then the rest, the largest first.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     first = bought(Dossier(portfolio, "A10284"))[0]
    >>> first.category, first.verdict
    ('gearboxes', 'fading')
    """
    table = _own(dossier)
    table["peers"], table["buyers"] = float("nan"), 0.0
    if dossier.is_internal:
        shares, _said = peer_shares(dossier)
        table = table.reindex(table.index.union(shares.index))
        money = ["now", "before", "ever"]
        table[money] = table[money].fillna(0.0)
        if table["now"].sum() > 0:  # who buys nothing at all is compared with nobody
            table["peers"] = shares["share"]
        table["buyers"] = shares["buyers"]
    total = table["now"].clip(lower=0).sum()
    table["share"] = table["now"] / total if total > 0 else float("nan")
    table["size"] = table[["now", "before"]].max(axis=1)
    table["missed"] = _missed(table, total)
    table["rank"] = [_rank(dossier, row) for row in table.itertuples()]
    ranked = table.sort_values(["rank", "size"], ascending=[True, False])
    shown = ranked[(ranked["size"] > 0) | ranked["missed"]]
    return [_line(dossier, row) for row in shown.itertuples()]


def _missed(table: pd.DataFrame, total: float) -> pd.Series:
    """Tell which categories most peers buy, and the account never did."""
    never = (table["ever"] <= 0) & (table["buyers"] >= _USUAL) & (total > 0)
    dearest = table.loc[never, "peers"].nlargest(_MOST_MISSED).index
    return pd.Series(table.index.isin(dearest), table.index)


def _own(dossier: Dossier) -> pd.DataFrame:
    """Return own revenue by category: this year, the year before, and ever."""
    lines = dossier.lines.dropna(subset="category")
    parts = {"now": dossier.between(lines, "order_date", dossier.year)}
    if dossier.year_before is not None:
        parts["before"] = dossier.between(lines, "order_date", dossier.year_before)
    parts["ever"] = lines
    sums = {k: p.groupby("category")["net_amount"].sum() for k, p in parts.items()}
    table = pd.DataFrame(sums).fillna(0.0)
    return table.reindex(columns=["now", "before", "ever"], fill_value=0.0)


def _rank(dossier: Dossier, row: tuple) -> int:
    """Return the place of a category: lost, missed, growing, all others."""
    if _is_fading(dossier, row.Index) or _is_lost(row):
        return 0
    if row.missed:
        return 1
    return 2 if _grew(row) else 3


def _is_lost(row: tuple) -> bool:
    return row.before > 0 and row.now <= 0


def _grew(row: tuple) -> bool:
    return row.now > (1 + _MOVED) * row.before


def _is_fading(dossier: Dossier, category: str) -> bool:
    if not dossier.is_internal:
        return False
    return any(each["category"] == category for each in dossier.alerts)


def _has_finished(dossier: Dossier) -> bool:
    rhythm = dossier.rhythm
    return rhythm is not None and rhythm["reason"] == "finished_project"


def _line(dossier: Dossier, row: tuple) -> Bought:
    known_before = dossier.year_before is not None
    return Bought(
        category=str(row.Index),
        now=float(row.now),
        before=float(row.before) if known_before else None,
        share=None if pd.isna(row.share) else float(row.share),
        peers=None if pd.isna(row.peers) else float(row.peers),
        verdict=_verdict(dossier, row) if dossier.is_internal and known_before else "",
    )


def _verdict(dossier: Dossier, row: tuple) -> str:
    if _is_lost(row):
        return _("project finished") if _has_finished(dossier) else _("lost")
    if _is_fading(dossier, row.Index):
        return _("fading")
    if row.missed:
        return _("never bought")
    if _grew(row):
        return _("growing") if row.before > 0 else _("new")
    return _("shrinking") if row.now < (1 - _MOVED) * row.before else ""
