"""What was planted: the figures that tests and lessons compare their findings with."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo import story
from kamlab.data.demo.characters import DECOYS, MERGED, cast
from kamlab.data.demo.competitor import COMPETITOR_EFFECT
from kamlab.data.demo.gearboxes import KOVOSTAV_FADES_FROM, KOVOSTAV_GONE, TURNED_LINES
from kamlab.data.demo.growth import REBATE
from kamlab.data.demo.kinds import KINDS
from kamlab.data.demo.lives import alive_share
from kamlab.data.demo.pricing import MARWITZ_PRICE_CHANGE, PRICE_CUT

#: How many times its revenue Haorui could buy.
HAORUI_WALLET_MULTIPLE = 4.0


def plain(value: object) -> object:
    """Return a value as JSON has it: rounded floats, dates as text, plain containers.

    Examples
    --------
    >>> plain({2025: (np.float64(1 / 3), date(2025, 1, 1))})
    {'2025': [0.3333, '2025-01-01']}
    """
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray, pd.Series)):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, np.generic):
        return plain(value.item())
    return round(value, 4) if isinstance(value, float) else value


def build_truth(
    roster: pd.DataFrame, lines: pd.DataFrame, events: pd.DataFrame, seed: int
) -> dict[str, object]:
    """Return everything that was planted, ready for truth.json.

    Parameters
    ----------
    roster : pandas.DataFrame
        The accounts with all their hidden traits.
    lines : pandas.DataFrame
        All lines of the extract.
    events : pandas.DataFrame
        The table of events.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> truth = generate(seed=1, accounts=30).truth
    >>> truth["characters"]["marwitz"]["price_change_a_year"]
    -0.03
    """
    last = lines[lines["net_cents"] > 0].groupby("account")["day"].max()
    truth = {
        "preset": "talbruck",
        "seed": seed,
        "accounts": len(roster),
        "groups": int((roster["head"] < 0).sum()),
        "active_accounts": _active(roster),
        "characters": _characters(roster),
        "decoys": _decoys(roster),
        "merged": _merged(roster),
        "losses": _losses(roster, last),
        "kinds": {name: _kind(each) for name, each in KINDS.items()},
        "currency_shares": story.CURRENCY_SHARES,
        "revenue_2025": story.REVENUE_2025 * len(roster) / story.FULL_SIZE,
        "year_index": story.YEAR_INDEX,
        "reordering": _reordering(roster),
        "prices": _prices(),
        "service": _service(),
        "gearbox_losses": _gearbox_losses(roster),
        "competitor": _competitor(),
        "programme": _programme(roster),
        "managers": _managers(),
        "rebates": {"average_rate": REBATE, "booked": "in January of the next year"},
        "events": dict(zip(events["event_id"], events["text"], strict=True)),
    }
    return plain(truth)


def _active(roster: pd.DataFrame) -> dict[str, int]:
    """Count the accounts alive on each year's first day, and on the last of all."""
    firsts = [story.day_number(date(year, 1, 1)) for year in story.YEARS]
    days = {str(year): day for year, day in zip(story.YEARS, firsts, strict=True)}
    days["end"] = story.N_DAYS - 1
    return {
        name: int((alive_share(roster, day, day) > 0).sum())
        for name, day in days.items()
    }


def _characters(roster: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Return account number, name and planned revenue of everybody with a story."""
    told = roster[
        (roster["character"] != "") & ~roster["character"].str.startswith("anchor")
    ]
    characters = {}
    for row in told.itertuples():
        plan = {year: getattr(row, f"plan_{year}") for year in story.YEARS}
        characters[row.character] = {
            "account_id": row.account_id,
            "name": row.account_name,
            "planned_net_revenue": plan,
        }
    characters["marwitz"] |= {
        "share_of_revenue": {"2022": 0.11, "2025": 0.17},
        "price_change_a_year": MARWITZ_PRICE_CHANGE,
    }
    characters["wetterau"] |= {
        "orders_a_year": 1400 * len(roster) / story.FULL_SIZE,
        "order_value": 700.0,
        "margin_2025": 300_000 * len(roster) / story.FULL_SIZE,
    }
    characters["haorui"] |= {"wallet_multiple": HAORUI_WALLET_MULTIPLE}
    characters["kovostav"] |= {
        "gearboxes_fade_from": KOVOSTAV_FADES_FROM,
        "gearbox_lines_gone_at_end": KOVOSTAV_GONE,
    }
    return characters


def _decoys(roster: pd.DataFrame) -> dict[str, str]:
    ids = roster.set_index("character")["account_id"]
    return {ids[key]: why for key, why in DECOYS.items()}


def _merged(roster: pd.DataFrame) -> list[dict[str, object]]:
    ids = roster.set_index("character")["account_id"]
    return [
        {"old": ids[old], "new": ids[new], "since": since}
        for old, (new, since) in MERGED.items()
    ]


def _losses(roster: pd.DataFrame, last: pd.Series) -> dict[str, dict[str, object]]:
    """Return each lost account with the day of its last order and its way out."""
    lost = roster[roster["lost"]]
    return {
        row.account_id: {
            "left": story.day_of(row.end_day),
            "last_order": story.day_of(last[row.Index]) if row.Index in last else None,
            "faded": row.fades,
            "key_account": row.is_key,
        }
        for row in lost.sort_values("account_id").itertuples()
    }


def _kind(kind: object) -> dict[str, float]:
    return {"account_share": kind.account_share, "revenue_share": kind.revenue_share}


def _reordering(roster: pd.DataFrame) -> dict[str, list[float]]:
    """Return Erlang shape, mean gap in days and yearly growth of every account."""
    return {
        row.account_id: [row.erlang_k, 365.25 / row.orders_per_year, row.growth]
        for row in roster.sort_values("account_id").itertuples()
    }


def _prices() -> dict[str, object]:
    rises = [
        {"since": since, "list": rise, "stuck": story.PRICE_STUCK[since]}
        for since, rise in story.PRICE_RISES.items()
    ]
    return {"rises": rises, "price_cut": PRICE_CUT}


def _service() -> dict[str, object]:
    return {
        "on_time_usual": story.ON_TIME_USUAL,
        "on_time_in_shortage": story.ON_TIME_SHORTAGE,
        "shortage": list(story.SHORTAGE),
    }


def _gearbox_losses(roster: pd.DataFrame) -> dict[str, object]:
    return {
        "since": story.GEARBOX_LOSSES_FROM,
        "share_of_lines_gone": TURNED_LINES,
        "accounts": sorted(roster.loc[roster["turned"], "account_id"]),
    }


def _competitor() -> dict[str, object]:
    return {
        "since": story.COMPETITOR_FROM,
        "region": "East China",
        "log_effect": COMPETITOR_EFFECT,
    }


def _programme(roster: pd.DataFrame) -> dict[str, object]:
    keys = roster[roster["is_key"]].sort_values("key_rank")
    told = [each.key for each in cast()]
    return {
        "since": story.PROGRAMME_FROM,
        "log_effect": story.PROGRAMME_EFFECT,
        "chosen_by": "rank",
        "key_accounts_2022": keys["account_id"],
        "members": keys.loc[keys["in_programme"], "account_id"],
        "planned_by_the_story": keys.loc[keys["character"].isin(told), "account_id"],
        "growth_of_key_accounts": {
            "since": story.KEY_GROWTH_FROM,
            "log_a_year_above_others": story.KEY_GROWTH,
        },
    }


def _managers() -> dict[str, object]:
    return {"left": story.MANAGERS_LEAVE, "orphaned_weeks": story.ORPHANED_WEEKS}
