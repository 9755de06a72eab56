"""Who of us could meet an account on a day: its owner, or somebody in its place."""

import numpy as np
import pandas as pd

from kamlab.data.demo.ownership import INSIDE_SALES
from kamlab.data.demo.places import CURRENCY_OF_REGION
from kamlab.data.demo.story import day_number
from kamlab.data.demo.team import ACCOUNT_MANAGEMENT, TEAM
from kamlab.data.demo.team import ENGINEERING as ENGINEERS


def owner_on(
    history: pd.DataFrame, account_id: np.ndarray, dates: np.ndarray
) -> np.ndarray:
    """Return who owned each account on each day; nobody is an empty text.

    Who was named as owner and has not joined the team yet is nobody.

    Parameters
    ----------
    history : pandas.DataFrame
        The table account_history.
    account_id, dates : numpy.ndarray
        Accounts and days, one for each contact.

    Examples
    --------
    >>> history = pd.DataFrame({
    ...     "account_id": ["A1"], "attribute": "kam_id", "value": "K04",
    ...     "valid_from": pd.Timestamp(2020, 1, 1),
    ...     "valid_to": pd.Timestamp(2025, 3, 14),
    ... })
    >>> days = np.array(["2025-03-14", "2025-03-15"], dtype="datetime64[D]")
    >>> owner_on(history, np.array(["A1", "A1"]), days).tolist()
    ['K04', '']
    """
    owned = history[history["attribute"] == "kam_id"].sort_values("valid_from")
    asked = pd.DataFrame({"account_id": account_id, "date": dates})
    asked["account_id"] = asked["account_id"].astype(owned["account_id"].dtype)
    asked["date"] = asked["date"].astype(owned["valid_from"].dtype)
    found = pd.merge_asof(
        asked.reset_index().sort_values("date", kind="stable"),
        owned[["account_id", "value", "valid_from", "valid_to"]],
        left_on="date",
        right_on="valid_from",
        by="account_id",
    ).set_index("index")
    gone = found["valid_to"].notna() & (found["date"] > found["valid_to"])
    joins = found["value"].map({person.kam_id: person.joined for person in TEAM})
    gone |= pd.to_datetime(joins) > found["date"]
    owner = found["value"].where(~gone).fillna("")
    return owner.reindex(range(len(asked))).to_numpy(dtype=object)


def managers_on(
    currency: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return an account manager of each area who was in the team on each day.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> managers_on(np.array(["USD"]), np.array([900]), rng)[0] in ("K08", "K09")
    True
    """
    return _somebody(ACCOUNT_MANAGEMENT, currency, day, rng)


def engineers_on(
    currency: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Return an application engineer of each area who was in the team on each day.

    Examples
    --------
    >>> engineers_on(np.array(["CNY"]), np.array([900]), np.random.default_rng(1))[0]
    'E03'
    """
    return _somebody(ENGINEERS, currency, day, rng)


def inside_sales_of(currency: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return somebody of inside sales of each area, who answers when nobody owns it.

    Examples
    --------
    >>> inside_sales_of(np.array(["CNY"]), np.random.default_rng(1)).tolist()
    ['I03']
    """
    place = rng.random(len(currency))
    chosen = [
        INSIDE_SALES[area][int(where * len(INSIDE_SALES[area]))]
        for area, where in zip(currency, place, strict=True)
    ]
    return np.array(chosen, dtype=object)


def _somebody(
    pool: str, currency: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw one person of the pool who works in the area and was there on the day."""
    people = [person for person in TEAM if person.pool == pool]
    weight = rng.random((len(day), len(people)))
    for column, person in enumerate(people):
        here = CURRENCY_OF_REGION[person.region] == np.asarray(currency)
        here &= day >= day_number(person.joined)
        if person.left:
            here &= day <= day_number(person.left)
        weight[~here, column] = -1.0
    codes = np.array([person.kam_id for person in people], dtype=object)
    return codes[weight.argmax(axis=1)]
