"""What takes revenue back: returns, value credits, cancellations, year-end rebates."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.growth import REBATE
from kamlab.data.demo.kinds import CATEGORIES, DISTRIBUTOR
from kamlab.data.demo.story import N_DAYS, YEARS, day_number, weekday_before, year_of
from kamlab.data.demo.streams import stream

RETURN_CHANCE = 0.011
CREDIT_CHANCE = 0.012
CANCELLATION_CHANCE = 0.003
_SERVICE = CATEGORIES.index("service")


def add_deductions(
    lines: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the lines together with everything that takes revenue back.

    Parameters
    ----------
    lines : pandas.DataFrame
        Sale lines with ``order_id``.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``line_type``, ``ref_order_id`` and, on rebates, ``posted_day``.
    """
    service = lines["category"] == _SERVICE
    lines = lines.assign(line_type=np.where(service, "service", "sale"))
    lines, cancellations = _cancel(lines, stream(seed, "cancellations"))
    kept = lines[~service & lines["delivered_day"].notna()]
    parts = [
        lines,
        cancellations,
        _returns(kept, stream(seed, "returns")),
        _credits(kept, stream(seed, "credits")),
    ]
    parts.append(_rebates(pd.concat(parts), roster, stream(seed, "rebates")))
    return pd.concat(parts, ignore_index=True)


def _document(lines: pd.DataFrame, letter: str, line_type: str) -> pd.DataFrame:
    """Give lines that refer to an order numbers of their own."""
    lines = lines.sort_values(["day", "order_id", "line_id"], kind="stable")
    year = year_of(lines["day"].to_numpy())
    number = lines.groupby(year).cumcount() + 1
    numbers = [
        f"{letter}{each % 100}{n:05d}" for each, n in zip(year, number, strict=True)
    ]
    return lines.assign(
        ref_order_id=lines["order_id"],
        order_id=numbers,
        line_id=1,
        line_type=line_type,
        promised_day=np.nan,
        delivered_day=np.nan,
    )


def _cancel(
    lines: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cancel a few lines within two weeks; what is cancelled is never delivered."""
    hit = rng.random(len(lines)) < CANCELLATION_CHANCE
    day = weekday_before(lines["day"] + rng.integers(1, 15, len(lines)))
    hit &= (day < N_DAYS).to_numpy() & (lines["delivered_day"] > day).to_numpy()
    against = lines[hit].assign(
        day=day[hit],
        quantity=-lines["quantity"][hit],
        net_cents=-lines["net_cents"][hit],
        cogs_cents=-lines["cogs_cents"][hit],
    )
    open_ended = lines["delivered_day"].mask(hit)
    return lines.assign(delivered_day=open_ended), _document(
        against, "C", "cancellation"
    )


def _returns(lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Send part of a line back some weeks after its delivery."""
    hit = rng.random(len(lines)) < RETURN_CHANCE
    day = weekday_before(lines["delivered_day"] + rng.integers(7, 60, len(lines)))
    share = rng.uniform(0.3, 1.0, len(lines))
    hit &= (day < N_DAYS).to_numpy()
    back = lines[hit]
    quantity = np.ceil(back["quantity"] * share[hit]).astype(np.int64)
    cost = back["cogs_cents"] * quantity / back["quantity"]
    back = back.assign(
        day=day[hit].astype(np.int64),
        quantity=-quantity,
        net_cents=-quantity * back["unit_cents"],
        cogs_cents=-np.round(cost).astype(np.int64),
    )
    return _document(back, "R", "return")


def _credits(lines: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Credit part of a line's value: for late deliveries and wrong prices."""
    late = lines["delivered_day"] > lines["promised_day"]
    hit = rng.random(len(lines)) < CREDIT_CHANCE * np.where(late, 3.0, 0.8)
    day = weekday_before(lines["delivered_day"] + rng.integers(3, 40, len(lines)))
    share = rng.uniform(0.05, 0.4, len(lines))
    hit &= (day < N_DAYS).to_numpy()
    amount = -np.round(lines["net_cents"][hit] * share[hit]).astype(np.int64)
    return _document(
        _value_only(lines[hit], day[hit].astype(np.int64), amount), "G", "price_credit"
    )


def _rebates(
    lines: pd.DataFrame, roster: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Book each distributor's rebate as of a year's last day, in the next January.

    Rebates of the last year are not booked yet when the extract is made.
    """
    rate = np.where(
        roster["kind"] == DISTRIBUTOR, rng.uniform(0.5, 1.5, len(roster)) * REBATE, 0.0
    )
    year = year_of(lines["day"].to_numpy())
    net = lines["net_cents"].groupby([lines["account"], year]).sum()
    net.index.names = ["account", "year"]
    due = net.reset_index()
    due = due[(rate[due["account"]] > 0) & (due["net_cents"] > 0)]
    due = due[due["year"] < YEARS[-1]]
    ends = {each: day_number(date(each, 12, 31)) for each in YEARS}
    day = due["year"].map(ends).to_numpy()
    amount = -np.round(due["net_cents"] * rate[due["account"]]).astype(np.int64)
    rows = pd.DataFrame({"account": due["account"], "order_id": "", "line_id": 1})
    rebates = _document(_value_only(rows, day, amount), "B", "rebate")
    posted = rebates["day"] + rng.integers(12, 24, len(rebates))
    return rebates.assign(posted_day=posted, ref_order_id=None)


def _value_only(
    lines: pd.DataFrame, day: pd.Series | np.ndarray, amount: pd.Series
) -> pd.DataFrame:
    """Return lines that move money and no goods."""
    return lines.assign(
        day=day,
        product=-1,
        quantity=np.nan,
        list_cents=np.nan,
        unit_cents=np.nan,
        discount_pct=np.nan,
        net_cents=amount,
        cogs_cents=0,
    )
