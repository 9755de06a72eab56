"""Lifetime value without a contract: who is still a customer, and what will they order.

Purchase models of the frequency/recency family (非契约关系的购买模型). Each learns
from three numbers of every account, `frequency`, `recency` and `T`, and answers with
the same verbs: `probability_alive`, `expected_orders`, `order_probability`,
`expected_residual_orders`, `discounted_orders`, `simulate`. Names load on first use.
"""

from importlib import import_module

_HOME_OF_NAME = {
    "BetaGeoBetaBinomial": "beta_geometric_beta_binomial",
    "BetaGeoNBD": "beta_geometric",
    "Bootstrap": "intervals",
    "CannotTellError": "counts",
    "CovariateModel": "covariates",
    "GammaGamma": "gamma_gamma",
    "GroupedModel": "groups",
    "Holdout": "holdout",
    "ModifiedBetaGeoNBD": "modified_beta_geometric",
    "ParetoNBD": "pareto_nbd",
    "PurchaseModel": "model",
    "RegularReorderingNBD": "regular_reordering",
    "beaten_by": "comparison",
    "bootstrap": "intervals",
    "calibration_and_holdout": "holdout",
    "compared_forecasts": "comparison",
    "continuous_rate": "discounting",
    "foretold_orders": "held_out",
    "holdout_by_frequency": "holdout",
    "order_counts": "holdout",
    "portfolio_held_out": "held_out",
    "simplest_not_beaten": "comparison",
    "wald_intervals": "parameter_intervals",
}

__all__ = list(_HOME_OF_NAME)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name in _HOME_OF_NAME:
        home = import_module(f"{__name__}.{_HOME_OF_NAME[name]}")
        return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
