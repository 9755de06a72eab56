"""Books whose truth is known: who orders how often, for how much, and what is left."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.value.contracts import ShiftedBetaGeometric
from kamlab.value.customer_equity.bound_accounts import RunningContracts
from kamlab.value.customer_equity.purchases import PurchaseHistory
from kamlab.value.lifetime import BetaGeoNBD, GammaGamma

DAY = date(2025, 12, 31)
ORDERING = BetaGeoNBD(unit="W").with_parameters(r=2, alpha=9, a=0.3, b=7)
SPENDING = GammaGamma().with_parameters(p=4.0, q=4.0, gamma=600.0)
MARGIN = 0.3


def spent_by(orders: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """Return mean and variation of so many orders, and the accounts' long-run means."""
    p, q, gamma = SPENDING.parameters_
    rates = rng.gamma(q, 1 / gamma, len(orders))
    each = [
        pd.Series(rng.gamma(p, 1 / rate, int(n)))
        for n, rate in zip(orders, rates, strict=True)
    ]
    return pd.DataFrame(
        {
            "frequency": orders.astype(int),
            "mean_value": [values.mean() for values in each],
            "variation": [values.std() / values.mean() for values in each],
            "value": p / rates,
        },
        index=orders.index,
    )


def made_up(n: int = 100, seed: int = 0, **columns: object) -> PurchaseHistory:
    """Return a book of accounts that order and spend as the models say."""
    rng = np.random.default_rng(seed)
    weeks = pd.Series(rng.integers(60, 200, n), [f"A{i:03d}" for i in range(n)])
    counts = ORDERING.simulate(weeks.astype(float), random_state=rng)
    counts = counts[["frequency", "recency", "T"]]
    years = np.minimum(counts["T"] / 52.18, 1)
    own_orders = (counts["frequency"] * years * 52.18 / counts["T"]).round() + 1
    spent = spent_by(own_orders, rng)
    accounts = counts.assign(
        log_gaps=0.0,
        orders=own_orders.astype(int),
        own_orders=own_orders.astype(int),
        order_value=spent["mean_value"],
        order_variation=spent["variation"],
        true_value=spent["value"],
        contribution=own_orders * spent["mean_value"] * MARGIN,
        contribution_margin=MARGIN,
        margin_from="own",
        margin_spread=0.0,
        service_share=0.1,
    ).assign(**columns)
    return PurchaseHistory(accounts, "W", DAY, "contribution")


def bound_until(ends: dict[str, str], **columns: object) -> RunningContracts:
    """Return accounts under one-year contracts in their first term."""
    accounts = pd.DataFrame(
        {
            "end": pd.to_datetime(pd.Series(ends)),
            "term_months": 12,
            "renewals": 0,
            "leaves": False,
        }
    ).assign(**columns)
    model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
    model.convergence_ = ShiftedBetaGeometric().fit([1, 2] * 40, [True, False] * 40)
    model.convergence_ = model.convergence_.convergence_
    return RunningContracts(accounts, model, DAY)
