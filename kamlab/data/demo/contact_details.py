"""What a contact was about: person met, topic, outcome, and how long it took."""

import numpy as np
import pandas as pd

from kamlab.data.demo.places import EAST_CHINA
from kamlab.data.demo.pools import STANDARD_MINUTES
from kamlab.data.demo.story import COMPETITOR_FROM, PRICE_RISES, day_number
from kamlab.data.demo.streams import stream

#: Share of contacts whose duration was entered: few people time a call.
RECORDED_SHARES = {
    "visit": 0.7,
    "meeting": 0.7,
    "qbr": 0.9,
    "training": 0.7,
    "event": 0.6,
    "call": 0.25,
    "email": 0.05,
    "social": 0.05,
}
DURATION_SPREAD = 0.35

TOPICS = {
    "need": 0.29,
    "service": 0.23,
    "price": 0.13,
    "relation": 0.20,
    "innovation": 0.06,
    "payment": 0.04,
    "other": 0.05,
}
OUTCOMES = {
    "need": ("offer wanted", "order announced", "nothing needed now"),
    "service": ("delivery day told", "problem solved", "appointment made"),
    "price": ("offer wanted", "agreed", "discount asked for", "no agreement"),
    "relation": ("good talk", "new person met", "appointment made"),
    "innovation": ("sample wanted", "pilot planned", "no interest"),
    "payment": ("payment promised", "paid", "no answer"),
    "complaint": ("problem solved", "being looked into", "credit asked for"),
    "other": ("noted",),
}
#: Prices are talked about more around a new price list, by a competitor, by Marwitz.
_PRICE_TALK = {"price list": 0.42, "competitor": 0.30, "marwitz": 0.45}
_DAYS_AROUND_PRICE_LIST = 40


def add_details(
    contacts: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Add person, topic, outcome and duration where the story does not tell them.

    Parameters
    ----------
    contacts : pandas.DataFrame
        ``account``, ``day`` and ``type``; ``topic`` and ``outcome`` where told.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``contact_id``, ``topic``, ``outcome`` and ``duration_minutes``.
    """
    return contacts.assign(
        contact_id=_persons(contacts, roster, stream(seed, "persons met")),
        topic=_topics(contacts, roster, stream(seed, "topics")),
    ).pipe(_with_outcome_and_duration, seed)


def _persons(
    contacts: pd.DataFrame, roster: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Return an anonymous code for the person met; Marwitz has only one."""
    most = np.where(roster["is_key"], 6, np.where(roster["size"] > 1.1e5, 4, 2))
    known = rng.integers(np.ceil(most / 2).astype(np.int64), most + 1)
    known = np.where(roster["character"] == "marwitz", 1, known)
    account = contacts["account"].to_numpy()
    place = rng.random(len(contacts)) ** 1.6
    number = (place * known[account]).astype(np.int64) + 1
    ids = roster["account_id"].to_numpy()[account]
    return np.array([f"{i}-{n}" for i, n in zip(ids, number, strict=True)])


def _topics(
    contacts: pd.DataFrame, roster: pd.DataFrame, rng: np.random.Generator
) -> pd.Series:
    """Draw topics by their usual shares; price comes up where there is a reason."""
    names, shares = list(TOPICS), np.array(list(TOPICS.values()))
    drawn = pd.Series(rng.choice(names, len(contacts), p=shares), index=contacts.index)
    about_price = rng.random(len(contacts)) < _price_talk(contacts, roster)
    drawn = drawn.mask(about_price, "price")
    return contacts["topic"].fillna(drawn)


def _price_talk(contacts: pd.DataFrame, roster: pd.DataFrame) -> np.ndarray:
    account, day = contacts["account"].to_numpy(), contacts["day"].to_numpy()
    chance = np.zeros(len(contacts))
    marwitz = (roster["character"] == "marwitz").to_numpy()[account]
    chance[marwitz] = _PRICE_TALK["marwitz"]
    attacked = (roster["region"] == EAST_CHINA).to_numpy()[account]
    attacked &= day >= day_number(COMPETITOR_FROM)
    chance[attacked] = _PRICE_TALK["competitor"]
    for since in PRICE_RISES:
        near = np.abs(day - day_number(since)) <= _DAYS_AROUND_PRICE_LIST
        chance[near] = _PRICE_TALK["price list"]
    return chance


def _with_outcome_and_duration(contacts: pd.DataFrame, seed: int) -> pd.DataFrame:
    drawn = stream(seed, "outcomes").random(len(contacts))
    outcomes = [
        OUTCOMES[topic][int(place * len(OUTCOMES[topic]))]
        for topic, place in zip(contacts["topic"], drawn, strict=True)
    ]
    outcome = contacts["outcome"].fillna(pd.Series(outcomes, index=contacts.index))
    rng = stream(seed, "durations")
    usual = contacts["type"].map({t: max(m.values()) for t, m in _MINUTES.items()})
    noise = np.exp(rng.normal(-(DURATION_SPREAD**2) / 2, DURATION_SPREAD, len(drawn)))
    minutes = np.maximum(5 * np.round(usual * noise / 5), 5)
    recorded = rng.random(len(drawn)) < contacts["type"].map(RECORDED_SHARES)
    return contacts.assign(outcome=outcome, duration_minutes=minutes.where(recorded))


_MINUTES = {kind: STANDARD_MINUTES[kind] for kind in RECORDED_SHARES}
