"""Names for accounts: invented, of their country and trade, and never twice."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from kamlab.data.demo.streams import stream
from kamlab.data.demo.words import INDUSTRIES, WORDS, Words, pinyin


def name_accounts(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every account that has no name yet an industry and a name that fits.

    Members of a group carry the name of its head with another town.

    Parameters
    ----------
    roster : pandas.DataFrame
        With ``kind``, ``region``, ``country`` and ``head`` (row of the group's head,
        -1 for heads and single accounts).
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``industry`` and ``account_name``, the latter unique.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> roster["account_name"].is_unique
    True
    """
    rng = stream(seed, "names")
    roster = roster.assign(industry=_industries(roster, rng))
    pools = np.where(roster["country"] == "CN", roster["region"], roster["country"])
    unnamed = roster["account_name"].isna()
    names = roster["account_name"].to_dict()
    members = roster[unnamed].groupby("head").groups
    makers: dict[tuple[str, ...], Callable[[str], str]] = {}
    for row in roster.index[unnamed & (roster["head"] < 0)]:
        words = WORDS[pools[row]]
        # Countries of one language share their stems, so that no name comes twice.
        if words.beginnings not in makers:
            makers[words.beginnings] = _stem_maker(words, rng)
        stem_for = makers[words.beginnings]
        parts = _parts(words, roster["industry"][row], stem_for, rng)
        names[row] = words.pattern.format(**parts)
        names |= _member_names(members.get(row, ()), parts, words)
    return roster.assign(account_name=pd.Series(names, dtype="str"))


def _industries(roster: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Keep the characters' industries and draw the others by kind."""
    drawn = rng.random(len(roster))
    industries = [
        INDUSTRIES[kind][int(place * len(INDUSTRIES[kind]))]
        for kind, place in zip(roster["kind"], drawn, strict=True)
    ]
    return roster["industry"].fillna(pd.Series(industries, index=roster.index))


def _stem_maker(words: Words, rng: np.random.Generator) -> Callable[[str], str]:
    """Return a function that hands out stems in random order, never twice a trade."""
    stems = [
        begin + end
        for begin in words.beginnings
        for end in words.endings
        if begin != end  # no Chinese name of one character twice
    ]
    order = rng.permutation(len(stems))
    used: set[tuple[str, str]] = set()
    position = 0

    def stem_for(trade: str) -> str:
        nonlocal position
        while (stems[order[position % len(order)]], trade) in used:
            position += 1
        stem = stems[order[position % len(order)]]
        used.add((stem, trade))
        position += 1
        return stem

    return stem_for


def _parts(
    words: Words,
    industry: str,
    stem_for: Callable[[str], str],
    rng: np.random.Generator,
) -> dict[str, str]:
    """Return the parts of one new name."""
    trade = words.trade_of(industry)
    stem = stem_for(trade)
    form = words.forms[rng.integers(len(words.forms))]
    return {"stem": stem, "trade": trade, "form": form, "pinyin": pinyin(stem)}


def _member_names(
    rows: pd.Index | tuple[()], parts: dict[str, str], words: Words
) -> dict[int, str]:
    """Name the members of one group after its head, each by its own town."""
    towns = [town for town in words.towns if town != parts["form"]]
    return {
        row: words.site_pattern.format(**parts, town=towns[number % len(towns)])
        for number, row in enumerate(rows)
    }
