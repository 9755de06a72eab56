"""What single orders cost beyond their goods: engineering to measure, and warranty.

A few accounts of middling size have nearly everything made to measure, at volumes that
never pay for it.
"""

import numpy as np
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.demo.kinds import MACHINE_BUILDER, PROJECT
from kamlab.data.demo.story import FULL_SIZE, N_DAYS, YEARS, dates_of, year_of
from kamlab.data.demo.streams import stream

#: Of each kind's orders, the share that needs engineering in 2025, and what that costs
#: as a share of the order's value.
ENGINEERING = {PROJECT: (0.75, 0.085), MACHINE_BUILDER: (0.30, 0.085)}
#: More is made to measure every year: share of such orders against 2025.
ENGINEERING_INDEX = {2022: 0.70, 2023: 0.82, 2024: 0.86, 2025: 1.0}
#: What engineering costs in all, EUR a year at 300 accounts.
ENGINEERING_TOTALS = {2022: 700e3, 2023: 830e3, 2024: 900e3, 2025: 1_120e3}
#: Small accounts want as much engineering as large ones: by how much its share of the
#: value falls with an account's size (EUR), and how far accounts lie apart (log).
_ELASTICITY, _USUAL_SIZE, _SPREAD = -0.4, 400_000.0, 0.7
#: Accounts that have nearly everything made to measure: how many at 300 accounts, their
#: sizes in EUR, share of their orders in 2025, and cost as a share of the value.
MADE_TO_MEASURE = 8
_MEASURED_SIZES = (130e3, 450e3)
_MEASURED = (0.85, 0.46)
#: Nobody's engineering costs more than this share of an order.
_MOST = 0.55
#: Chance that a line delivered comes back to us as a claim, and what that costs.
WARRANTY_CHANCE = 0.014
WARRANTY_SHARE = (0.15, 0.75)


def engineering_costs(
    lines: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the engineering spent on orders made to measure, order by order.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account``, ``date``, ``kind``, ``amount`` in EUR and ``order_id``.

    Examples
    --------
    >>> roster = pd.DataFrame({
    ...     "kind": ["workshop"], "size": [4e4], "made_to_measure": False,
    ... })
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1"], "account": 0, "day": 3, "line_type": "sale",
    ...     "net_cents": 100_000,
    ... })
    >>> len(engineering_costs(lines, roster, seed=1))
    0
    """
    bought = lines[lines["line_type"].isin(PURCHASES)]
    orders = bought.groupby("order_id", as_index=False).agg(
        account=("account", "first"),
        day=("day", "first"),
        cents=("net_cents", "sum"),
    )
    year = year_of(orders["day"].to_numpy())
    share = _shares(orders, roster, year, seed)
    fixed = roster["made_to_measure"].to_numpy()[orders["account"]]
    value = orders["cents"].to_numpy() / 100
    amount = _meet_totals(share, value, year, fixed, len(roster))
    costs = orders.assign(
        kind="engineering",
        amount=amount,
        date=dates_of(orders["day"].to_numpy()),
    )
    return costs.loc[share > 0, ["account", "date", "kind", "amount", "order_id"]]


def _shares(
    orders: pd.DataFrame, roster: pd.DataFrame, year: np.ndarray, seed: int
) -> np.ndarray:
    """Draw how much of each order's value engineering takes; 0 for most orders."""
    rng = stream(seed, "engineering")
    account = orders["account"].to_numpy()
    kind = pd.Series(roster["kind"].to_numpy()[account])
    chance, share = (
        kind.map({name: told[i] for name, told in ENGINEERING.items()}).fillna(0.0)
        for i in (0, 1)
    )
    share = share * _own_wishes(roster, seed)[account]
    measured = roster["made_to_measure"].to_numpy()[account]
    chance, share = chance.mask(measured, _MEASURED[0]), share.mask(measured, 1.0)
    hit = rng.random(len(orders)) < chance * pd.Series(year).map(ENGINEERING_INDEX)
    noise = np.exp(rng.normal(-0.08, 0.4, len(orders)))
    noise = np.where(measured, _MEASURED[1], noise)
    return np.where(hit, share * noise, 0.0)


def choose_made_to_measure(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Mark the accounts of middling size that have nearly everything made to measure.

    Adds ``made_to_measure``.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> int(assemble_roster(1, 300)[0]["made_to_measure"].sum())
    8
    """
    may = roster["kind"].isin(ENGINEERING) & (roster["character"] == "")
    may &= ~roster["is_key"] & ~roster["lost"] & (roster["start_day"] < 0)
    may &= roster["size"].between(*_MEASURED_SIZES)
    drawn = pd.Series(stream(seed, "made to measure").random(len(roster)))
    rank = drawn.where(may).rank()
    wanted = max(round(MADE_TO_MEASURE * len(roster) / FULL_SIZE), 1)
    return roster.assign(made_to_measure=rank <= wanted)


def _own_wishes(roster: pd.DataFrame, seed: int) -> np.ndarray:
    """Return each account's engineering a euro of value against that of its kind."""
    rng = stream(seed, "engineering wishes")
    noise = np.exp(rng.normal(-(_SPREAD**2) / 2, _SPREAD, len(roster)))
    size = roster["size"].clip(lower=30_000).to_numpy() / _USUAL_SIZE
    return size**_ELASTICITY * noise


def _meet_totals(
    share: np.ndarray,
    value: np.ndarray,
    year: np.ndarray,
    fixed: np.ndarray,
    accounts: int,
) -> np.ndarray:
    """Return the amounts; those not fixed meet each year's total as far as they can."""
    amount = share * value
    for each in YEARS:
        here = (year == each) & ~fixed
        wanted = ENGINEERING_TOTALS[each] * accounts / FULL_SIZE
        wanted -= amount[(year == each) & fixed].sum()
        for _ in range(4):  # what the limit takes from some is spread over the others
            reached = max(amount[here].sum(), 1.0)
            limit = _MOST * value[here] * (share[here] > 0)
            amount[here] = np.minimum(amount[here] * max(wanted, 0) / reached, limit)
    return amount


def warranty_costs(lines: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the claims on delivered goods, within five months of delivery.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1"], "account": 0, "delivered_day": float("nan"),
    ...     "line_type": "sale", "net_cents": 100_000,
    ... })
    >>> len(warranty_costs(lines, seed=1))
    0
    """
    rng = stream(seed, "warranty")
    drawn, share = rng.random(len(lines)), rng.uniform(*WARRANTY_SHARE, len(lines))
    day = lines["delivered_day"] + rng.integers(15, 150, len(lines))
    hit = (drawn < WARRANTY_CHANCE) & (day < N_DAYS) & (lines["line_type"] == "sale")
    claims = lines[hit].assign(
        kind="warranty",
        amount=share[hit] * lines.loc[hit, "net_cents"] / 100,
        date=dates_of(day[hit].to_numpy()),
    )
    return claims[["account", "date", "kind", "amount", "order_id"]]
