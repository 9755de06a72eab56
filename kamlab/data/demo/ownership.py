"""Who looks after an account, and how that changed: managers, tiers, key accounts."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from kamlab.data.demo.story import (
    KEY_ACCOUNTS_PER_ACCOUNT,
    MANAGERS_LEAVE,
    ORPHANED_WEEKS,
    PROGRAMME_FROM,
    YEARS,
    day_number,
    year_of,
)
from kamlab.data.demo.streams import stream

#: Account managers and inside sales by the currency area they work in.
MANAGERS = {
    "EUR": ("K01", "K02", "K03", "K04"),
    "CNY": ("K05", "K06", "K07"),
    "USD": ("K08", "K09"),
}
INSIDE_SALES = {"EUR": ("I01", "I02"), "CNY": ("I03",), "USD": ("I04",)}
SUCCESSORS = {"K04": "K10", "K07": "K11"}
#: Accounts planned above this net revenue a year have an account manager.
_MANAGED_FROM = 110_000.0
#: Yearly review of tiers and key accounts: 15 January.
_REVIEW = (1, 15)
#: Shares of the accounts in the two upper tiers.
_TIER_SHARES = {"strategic": 0.05, "core": 0.25}


def assign_managers(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every account its account manager or inside sales person of 2022.

    Examples
    --------
    >>> roster = pd.DataFrame({
    ...     "currency": ["USD"], "size": [5e4], "is_key": [False], "head": [-1],
    ... })
    >>> assign_managers(roster, 1)["kam_id"].tolist()
    ['I04']
    """
    rng = stream(seed, "managers")
    managed = roster["is_key"] | (roster["size"] >= _MANAGED_FROM)
    kam = pd.Series("", index=roster.index, dtype="str")
    for staff, theirs in ((MANAGERS, managed), (INSIDE_SALES, ~managed)):
        for area, people in staff.items():
            rows = roster.index[theirs & (roster["currency"] == area)]
            kam[rows] = np.resize(people, len(rows))[rng.permutation(len(rows))]
    return roster.assign(kam_id=kam)


def _manager_history(roster: pd.DataFrame) -> pd.DataFrame:
    """Return who looked after each account, with the weeks in which nobody did.

    Returns
    -------
    pandas.DataFrame
        ``row`` of the roster, ``attribute``, ``value``, ``valid_from`` and
        ``valid_to`` (dates, NaT while it holds).
    """
    first = _spells(roster, "kam_id", roster["kam_id"], roster["created_on"])
    left = pd.to_datetime(first["value"].map(MANAGERS_LEAVE))
    here = left.notna().to_numpy() & (roster["created_on"] < left).to_numpy()
    first["valid_to"] = left.where(here)
    after = timedelta(weeks=ORPHANED_WEEKS, days=1)
    ended = first[here]  # a frame without rows would grow with longer columns
    second = ended.assign(
        value=ended["value"].map(SUCCESSORS),
        valid_from=ended["valid_to"] + after,
        valid_to=pd.NaT,
    )
    newly = ~here & left.notna().to_numpy()
    value = first["value"].mask(newly, first["value"].map(SUCCESSORS))
    return pd.concat([first.assign(value=value), second])


def _key_account_history(roster: pd.DataFrame, revenue: pd.DataFrame) -> pd.DataFrame:
    """Return who was a key account when: lost ones are replaced at the next review.

    Parameters
    ----------
    roster : pandas.DataFrame
        With ``is_key`` as of January 2022.
    revenue : pandas.DataFrame
        Net revenue, one row for each account, one column for each year.
    """
    flag = roster["is_key"].to_numpy(copy=True)
    text = pd.Series(flag).map({True: "true", False: "false"})
    parts = [_spells(roster, "key_account_flag", text, roster["created_on"])]
    for year in YEARS[1:]:
        review = date(year, *_REVIEW)
        there = (roster["end_day"] > day_number(review)).to_numpy()
        wanted = round(KEY_ACCOUNTS_PER_ACCOUNT * len(roster))
        gone = flag & ~there
        open_places = wanted - int((flag & there).sum())
        may = roster["may_be_key"].to_numpy() & there & ~flag
        may &= (roster["start_day"] < day_number(date(year - 1, 1, 1))).to_numpy()
        rank = revenue[year - 1].where(may).rank(ascending=False, method="first")
        new = (rank <= open_places).to_numpy()
        flag = (flag & there) | new
        for changed, value in ((gone, "false"), (new, "true")):
            rows = roster[changed]
            parts.append(_spells(rows, "key_account_flag", value, review))
    return pd.concat(parts)


def _tier_history(roster: pd.DataFrame, revenue: pd.DataFrame) -> pd.DataFrame:
    """Return each account's tier, reviewed every January by last year's revenue."""
    tier = _tiers(roster["size"].where(roster["start_day"] < 0, 0.0))
    parts = [_spells(roster, "tier", tier, roster["created_on"])]
    for year in YEARS[1:]:
        review = date(year, *_REVIEW)
        known = roster["created_on"] < pd.Timestamp(date(year - 1, 7, 1))
        now = _tiers(revenue[year - 1]).where(known, tier)
        changed = now != tier
        parts.append(_spells(roster[changed], "tier", now[changed], review))
        tier = now
    return pd.concat(parts)


def _tiers(revenue: pd.Series) -> pd.Series:
    """Cut accounts into tiers by their place in the order of revenue."""
    place = revenue.rank(ascending=False, method="first") / len(revenue)
    strategic = _TIER_SHARES["strategic"]
    core = strategic + _TIER_SHARES["core"]
    tier = np.select(
        [place <= strategic, place <= core], ["strategic", "core"], "general"
    )
    return pd.Series(tier, index=revenue.index, dtype="str")


def _service_history(roster: pd.DataFrame) -> pd.DataFrame:
    """Return each account's level of service; the programme's members rise in 2024."""
    level = np.where(roster["is_key"], "key account", "standard")
    level = pd.Series(level, index=roster.index, dtype="str")
    members = roster[roster["in_programme"]]
    return pd.concat(
        [
            _spells(roster, "service_level", level, roster["created_on"]),
            _spells(members, "service_level", "programme", PROGRAMME_FROM),
        ]
    )


def _standing_history(roster: pd.DataFrame) -> pd.DataFrame:
    """Return what never changed within the data: kind, region, parent."""
    parts = [
        _spells(roster, name, roster[name], roster["created_on"])
        for name in ("kind", "region")
    ]
    members = roster[roster["head"] >= 0]
    head_created = roster["created_on"].to_numpy()[members["head"]]
    since = np.maximum(members["created_on"].to_numpy(), head_created)
    parts.append(_spells(members, "parent_id", members["parent_id"], since))
    return pd.concat(parts)


def _merger_history(roster: pd.DataFrame) -> pd.DataFrame:
    """Return which customer number replaced which, and since when."""
    merged = roster[roster["merged_into"].notna()]
    return _spells(merged, "merged_into", merged["merged_into"], merged["merged_on"])


def _spells(
    roster: pd.DataFrame, attribute: str, value: object, since: object
) -> pd.DataFrame:
    """Return one row for each account: what the attribute was from a day on."""
    spells = pd.DataFrame({"row": roster.index, "attribute": attribute})
    spells["value"] = value if isinstance(value, str) else np.asarray(value, dtype=str)
    spells["valid_from"] = pd.to_datetime(np.asarray(since, dtype="datetime64[s]"))
    return spells.assign(valid_to=pd.NaT)


def build_history(roster: pd.DataFrame, revenue: pd.DataFrame) -> pd.DataFrame:
    """Return account_history: every dated attribute of every account.

    A value ends on the day before the next one begins; only a manager's departure ends
    one earlier.
    """
    parts = [
        _manager_history(roster),
        _key_account_history(roster, revenue),
        _tier_history(roster, revenue),
        _service_history(roster),
        _standing_history(roster),
        _merger_history(roster),
    ]
    history = pd.concat(parts, ignore_index=True)
    history["account_id"] = roster["account_id"].to_numpy()[history["row"]]
    keys = ["account_id", "attribute", "valid_from"]
    history = history.sort_values(keys, ignore_index=True)
    following = history.groupby(["account_id", "attribute"])["valid_from"].shift(-1)
    ends = following - pd.Timedelta(days=1)
    history["valid_to"] = history["valid_to"].fillna(ends)
    return history[[*keys[:2], "value", "valid_from", "valid_to"]]


def yearly_revenue(lines: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return net revenue in EUR, one row for each account, one column for each year.

    Examples
    --------
    >>> lines = pd.DataFrame({"account": [0], "day": [400], "net_cents": [250]})
    >>> yearly_revenue(lines, pd.DataFrame(index=[0])).loc[0].tolist()
    [0.0, 2.5, 0.0, 0.0]
    """
    year = year_of(lines["day"].to_numpy())
    cents = lines.assign(year=year).pivot_table(
        index="account", columns="year", values="net_cents", aggfunc="sum"
    )
    return cents.reindex(index=roster.index, columns=YEARS).fillna(0) / 100
