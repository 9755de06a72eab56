"""What a relationship is worth when customers move between states, and when to stop.

Glossary
--------
state (状态)
    What matters of a customer now, such as the periods since the last purchase.
transition probability (转移概率)
    Chance to be in a state next period, given the state of this one.
optimal stop (最优停止)
    The recency from which keeping up the contact costs more than it brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import (
    checked_count,
    checked_discount,
    checked_number,
    checked_shares,
)

#: The state of a customer that was given up.
FORMER = "former"
_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class RecencyChain:
    """Customers by the periods since their last purchase, and what each brings.

    Parameters
    ----------
    transition : DataFrame of shape (n_states, n_states)
        Chance to come from the state of the row to that of the column; rows sum to 1.
    rewards : Series of shape (n_states,)
        Money that a customer in the state brings in the period.

    Examples
    --------
    >>> chain = recency_chain([0.3, 0.2], contribution=40, cost=4)
    >>> chain.rewards.to_dict()
    {1: 36.0, 2: -4.0, 'former': 0.0}
    """

    transition: pd.DataFrame
    rewards: pd.Series


@dataclass(frozen=True, eq=False)
class BestStop:
    """Up to which recency a customer is worth the contact.

    Parameters
    ----------
    recency : int
        Last recency with contact; 0 if not even fresh buyers are worth it.
    value : Series
        Value by state if contact stops after `recency`.
    compared : Series
        Value of a fresh buyer by the last recency with contact.

    Examples
    --------
    >>> best_stop([0.3, 0.2, 0.15, 0.05], 40, 4, 0.2).recency
    3
    """

    recency: int
    value: pd.Series
    compared: pd.Series


def recency_chain(
    return_chances: Sequence[float], contribution: float, cost: float
) -> RecencyChain:
    """Describe buyers who may pause and come back as a Markov chain.

    Parameters
    ----------
    return_chances : sequence of float of shape (n_recencies,)
        Chance to buy next period of a customer at recency 1 (bought this period), 2, …
    contribution : float
        Margin of a purchase before the cost of contact, money.
    cost : float
        Spent each period on a customer not given up, money.

    Returns
    -------
    RecencyChain
        With states 1 … n and "former", which nobody leaves.

    Raises
    ------
    UsageError
        If a chance is no share, or money no number.

    References
    ----------
    Pfeifer, P. E., & Carraway, R. L. (2000). Modeling customer relationships as Markov
    chains. Journal of Interactive Marketing 14(2), 43–55.

    Examples
    --------
    >>> recency_chain([0.3, 0.2], contribution=40, cost=4).transition
              1    2  former
    1       0.3  0.7     0.0
    2       0.2  0.0     0.8
    former  0.0  0.0     1.0
    """
    chances = np.atleast_1d(checked_shares(return_chances, "return_chances"))
    checked_number(contribution, "contribution")
    checked_number(cost, "cost")
    n = len(chances)
    moves = np.zeros((n + 1, n + 1))
    moves[np.arange(n), np.arange(n) + 1] = 1 - chances
    moves[:n, 0] += chances
    moves[n, n] = 1.0
    states = [*range(1, n + 1), FORMER]
    brings = np.full(n + 1, -float(cost))
    brings[0] += contribution
    brings[n] = 0.0
    return RecencyChain(
        pd.DataFrame(moves, states, states), pd.Series(brings, states, name="reward")
    )


def markov_value(
    transition: pd.DataFrame,
    rewards: pd.Series,
    discount_rate: float,
    horizon: int | None = None,
) -> pd.Series:
    """Value a customer by the state it is in now.

    Parameters
    ----------
    transition : DataFrame of shape (n_states, n_states)
        Chance to come from the state of the row to that of the column in one period.
    rewards : Series of shape (n_states,)
        Money that a customer in the state brings in a period, at its beginning.
    discount_rate : float
        A period's discount, as a share.
    horizon : int, optional
        Last period counted, the present one being 0; by default without end.

    Returns
    -------
    Series of shape (n_states,)
        Money of today.

    Raises
    ------
    UsageError
        If a row does not sum to 1, states differ, or an argument cannot be right.

    Notes
    -----
    V = Σ_{t=0}^{T} ((1 + d)^{−1} P)^t R; without end V = (I − (1 + d)^{−1} P)^{−1} R.

    References
    ----------
    Pfeifer, P. E., & Carraway, R. L. (2000). Modeling customer relationships as Markov
    chains. Journal of Interactive Marketing 14(2), 43–55.

    Examples
    --------
    >>> chain = recency_chain([0.3, 0.2, 0.15, 0.05], contribution=40, cost=4)
    >>> markov_value(chain.transition, chain.rewards, 0.2, horizon=4).round(2).tolist()
    [50.11, 4.22, 0.59, -1.98, 0.0]
    >>> markov_value(chain.transition, chain.rewards, 0.2).round(2).tolist()
    [52.32, 5.55, 1.25, -1.82, 0.0]
    """
    moves, brings = _checked_chain(transition, rewards)
    step = moves / (1 + checked_discount(discount_rate))
    if horizon is None:
        values = np.linalg.solve(np.eye(len(step)) - step, brings)
    else:
        values = brings
        for _period in range(checked_count(horizon, "horizon", least=0)):
            values = brings + step @ values
    return pd.Series(values, transition.index, name="value")


def best_stop(
    return_chances: Sequence[float],
    contribution: float,
    cost: float,
    discount_rate: float,
) -> BestStop:
    """Find the recency from which a silent customer is no longer worth the contact.

    Parameters
    ----------
    return_chances : sequence of float of shape (n_recencies,)
        Chance to buy next period at recency 1 (bought this period), 2, …, if contacted;
        without contact nobody comes back.
    contribution : float
        Margin of a purchase before the cost of contact, money.
    cost : float
        Spent each period on a customer not given up, money.
    discount_rate : float
        A period's discount, as a share.

    Returns
    -------
    BestStop
        Every last recency is tried, so nothing better exists: who is given up at one
        recency never reaches the next.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    References
    ----------
    Pfeifer, P. E., & Carraway, R. L. (2000). Modeling customer relationships as Markov
    chains. Journal of Interactive Marketing 14(2), 43–55.

    Examples
    --------
    >>> stop = best_stop([0.3, 0.2, 0.15, 0.05], 40, 4, 0.2)
    >>> stop.value.round(2).tolist()
    [53.15, 6.62, 2.64, 0.0, 0.0]
    """
    chances = np.atleast_1d(checked_shares(return_chances, "return_chances"))
    values = [
        _stopped_after(chances, last, contribution, cost, discount_rate)
        for last in range(len(chances) + 1)
    ]
    compared = pd.Series([each.iloc[0] for each in values], name="value")
    compared.index.name = "last_contact"
    # Of equal values the shorter contact: it is known what it costs.
    last = int(np.argmax(compared > compared.max() - _ROUNDING))
    return BestStop(last, values[last], compared)


def _stopped_after(
    chances: np.ndarray, last: int, contribution: float, cost: float, rate: float
) -> pd.Series:
    """Return values by state when nobody is contacted beyond recency `last`."""
    contacted = np.arange(1, len(chances) + 1) <= last
    chain = recency_chain(np.where(contacted, chances, 0.0), contribution, cost)
    spared = np.append(np.where(contacted, 0.0, cost), 0.0)
    return markov_value(chain.transition, chain.rewards + spared, rate)


def _checked_chain(
    transition: pd.DataFrame, rewards: pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    states = list(transition.index)
    if states != list(transition.columns) or states != list(rewards.index):
        raise UsageError(
            f"transition has rows {states}, columns {list(transition.columns)} and "
            f"rewards {list(rewards.index)}: name the same states in the same order"
        )
    for state in states:
        checked_shares(transition.loc[state], f"transition from {state!r}")
        checked_number(rewards[state], f"rewards[{state!r}]")
    sums = transition.sum(axis=1)
    wrong = (sums - 1).abs() > _ROUNDING
    if wrong.any():
        state = wrong.idxmax()
        raise UsageError(
            f"transition from {state!r} sums to {sums[state]:g}: chances of one row "
            "have to sum to 1"
        )
    return transition.to_numpy(dtype=float), rewards.to_numpy(dtype=float)
