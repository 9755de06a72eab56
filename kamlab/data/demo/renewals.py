"""Frame contracts one after another: how long they run, and whether they go on.

Who is lost does not renew, and the characters do; so that each tier renews at its
planted rate all the same, the others' chance is set to what those leave.
"""

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.characters import MERGED
from kamlab.data.demo.kinds import MACHINE_BUILDER
from kamlab.data.demo.story import MERGER, N_DAYS, day_number
from kamlab.data.demo.streams import stream

#: Share of the contracts that are renewed, by the account's tier on the day.
RENEWAL_RATES = {"strategic": 0.94, "core": 0.85, "general": 0.70}
#: Length of a term in months, with its share, notice periods and share of auto-renewal.
TERMS = {
    12: (0.35, (30, 60), 0.70),
    24: (0.40, (60, 90), 0.40),
    36: (0.25, (90, 180), 0.15),
}
#: Contracts of the characters: first day of a term that the story knows, and months.
TOLD = {
    "marwitz": (date(2023, 5, 1), 36),
    "kovostav": (date(2024, 6, 1), 24),
    "price_cut": (date(2025, 1, 1), 36),
    "haorui": (date(2023, 3, 1), 12),
    "eisenhain": (MERGER, 24),
    "eisenhain_old": (MERGER, 24),
}
#: Marwitz has to be asked: nothing goes on by itself.
MARWITZ_NOTICE = 90
#: Months until an account that let its contract end signs another.
_PAUSE = (4, 10)

#: Tells the tier of an account, by its number, on a day.
TierOn = Callable[[str, int], str]


def draw_terms(roster: pd.DataFrame, history: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return every term of every frame contract, with what became of it.

    Parameters
    ----------
    roster : pandas.DataFrame
        The registered accounts; machine builders have contracts.
    history : pandas.DataFrame
        The table account_history, which tells tiers.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        One row a term: ``account`` (row of `roster`), ``months``, ``start_day``,
        ``end_day``, ``signed_day``, ``decided_day``, ``renewed`` (the last two empty
        while open), ``auto_renew``, ``notice_days``, ``tier`` and ``free`` (whether a
        draw decided).

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> contracts = generate(seed=1, accounts=30).tables["contracts"]
    >>> sorted(contracts["term_months"].unique().tolist())
    [12, 24, 36]
    """
    builders = roster[roster["kind"] == MACHINE_BUILDER]
    tier_on = tiers_by_day(history[history["account_id"].isin(builders["account_id"])])
    naive = _terms_of_all(builders, tier_on, RENEWAL_RATES, seed)
    return _terms_of_all(builders, tier_on, free_chances(naive), seed)


def tiers_by_day(history: pd.DataFrame) -> TierOn:
    """Return a function that tells an account's tier on a day.

    Examples
    --------
    >>> history = pd.DataFrame({
    ...     "account_id": ["A1", "A1"], "attribute": "tier",
    ...     "value": ["general", "core"],
    ...     "valid_from": pd.to_datetime(["2020-01-01", "2023-01-15"]),
    ... })
    >>> tier_on = tiers_by_day(history)
    >>> tier_on("A1", 0), tier_on("A1", 900)
    ('general', 'core')
    """
    tiers = history[history["attribute"] == "tier"].sort_values("valid_from")
    spells = {
        account: ([day_number(day.date()) for day in rows["valid_from"]], rows["value"])
        for account, rows in tiers.groupby("account_id")
    }

    def tier_on(account: str, day: int) -> str:
        since, values = spells[account]
        return values.iloc[max(int(np.searchsorted(since, day, side="right")) - 1, 0)]

    return tier_on


def free_chances(terms: pd.DataFrame) -> dict[str, float]:
    """Return the chance of renewal that the drawn terms need in each tier.

    Examples
    --------
    >>> terms = pd.DataFrame({
    ...     "tier": "core", "renewed": ["no"] + ["yes"] * 19,
    ...     "free": [False] + [True] * 19,
    ... })
    >>> round(free_chances(terms)["core"], 3)  # 17 of 20, and 1 of the 3 is lost
    0.895
    """
    decided = terms[terms["renewed"].notna()]
    chances = {}
    for tier, rate in RENEWAL_RATES.items():
        here = decided[decided["tier"] == tier]
        told = here[~here["free"]]
        wanted = rate * len(here) - (told["renewed"] == "yes").sum()
        free = len(here) - len(told)
        chances[tier] = float(np.clip(wanted / free, 0, 1)) if free else rate
    return chances


def _terms_of_all(
    builders: pd.DataFrame, tier_on: TierOn, chances: dict[str, float], seed: int
) -> pd.DataFrame:
    terms = [
        {"account": account.Index} | term
        for account in builders.itertuples()
        for term in _terms_of(account, tier_on, chances, seed)
    ]
    return pd.DataFrame(terms)


def _terms_of(
    account: tuple, tier_on: TierOn, chances: dict[str, float], seed: int
) -> Iterator[dict[str, object]]:
    """Yield one account's terms, from the one that runs when the data begin."""
    rng = stream(seed, f"contracts {account.Index}")
    month, fixed = _first_month(account, rng)
    signed = _day(month) - int(rng.integers(15, 60))
    last = min(account.end_day, N_DAYS - 1)
    while signed <= last and not _goes_on_elsewhere(account, month):
        term = _term(account, month, fixed, rng) | {"signed_day": signed}
        draws = rng.random(2)
        pause = int(rng.integers(*_PAUSE))
        day = _decision_day(term, draws[0])
        tier = tier_on(account.account_id, day)
        told = _told(account, day)
        renewed = told or ("yes" if draws[1] < chances[tier] else "no")
        is_open = day >= N_DAYS
        yield term | {
            "decided_day": np.nan if is_open else day,
            "renewed": None if is_open else renewed,
            "tier": tier,
            "free": not told,
        }
        month += term["months"] + (0 if renewed == "yes" else pause)
        signed = day if renewed == "yes" else _day(month) - 20


def _goes_on_elsewhere(account: tuple, month: int) -> bool:
    """Tell whether another customer number carries the contract on."""
    return account.character in MERGED and _day(month) > account.end_day


def _first_month(account: tuple, rng: np.random.Generator) -> tuple[int, int]:
    """Return the month in which the first term begins, and its length where told.

    Months are counted from the first one of the data.
    """
    since, months = TOLD.get(account.character, (None, 0))
    length = months or int(rng.choice(list(TERMS), p=[t[0] for t in TERMS.values()]))
    if since is not None:
        begins = (since.year - 2022) * 12 + since.month - 1
        return begins - months * -(-begins // months), months
    if account.start_day >= 0:
        arrived = np.datetime64("2022-01-01") + np.timedelta64(account.start_day, "D")
        return _month(arrived) + int(rng.integers(1, 6)), length
    begins = -int(rng.integers(0, length))
    return max(begins, _month(np.datetime64(account.created_on, "D")) + 1), length


def _term(
    account: tuple, month: int, fixed: int, rng: np.random.Generator
) -> dict[str, object]:
    """Return the length and the conditions of one term."""
    drawn = int(rng.choice(list(TERMS), p=[each[0] for each in TERMS.values()]))
    kept = account.character in TOLD or rng.random() < 0.6
    months = fixed if kept else drawn
    _, notices, automatic = TERMS[months]
    notice, auto = int(rng.choice(notices)), bool(rng.random() < automatic)
    if account.character == "marwitz":
        notice, auto = MARWITZ_NOTICE, False
    return {
        "months": months,
        "start_day": _day(month),
        "end_day": _day(month + months) - 1,
        "auto_renew": auto,
        "notice_days": notice,
    }


def _decision_day(term: dict[str, object], draw: float) -> int:
    """Return when it is settled: with the notice, or in the last weeks."""
    if term["auto_renew"]:
        return term["end_day"] - term["notice_days"]
    return term["end_day"] - 5 - int(70 * draw)


def _told(account: tuple, day: int) -> str:
    """Return what the story says of a renewal, or nothing."""
    if account.character in MERGED or account.character in TOLD:
        return "yes"
    return "no" if account.lost and day > account.end_day else ""


def _month(day: np.datetime64) -> int:
    return int((day.astype("datetime64[M]") - np.datetime64("2022-01")).astype(int))


def _day(month: int) -> int:
    """Return the number of a month's first day."""
    first = (np.datetime64("2022-01") + month).astype("datetime64[D]")
    return int((first - np.datetime64("2022-01-01")).astype(int))
