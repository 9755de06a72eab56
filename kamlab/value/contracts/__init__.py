"""Lifetime value under contract: who renews, for how long, and what that is worth.

Renewal models (契约关系的续约模型) learn from tenures: renewal decisions behind an
account, and whether it left at the last of them. Beside them stand the formulas that
need no data but a margin and a retention rate. Names load on first use.
"""

from importlib import import_module

_HOME_OF_NAME = {
    "BetaDiscreteWeibull": "discrete_weibull",
    "ProfitPath": "berger_nasr",
    "ShiftedBetaGeometric": "shifted_beta_geometric",
    "best_retention_spending": "retention_spending",
    "best_stop": "markov_chain",
    "changing_profit_value": "berger_nasr",
    "contract_renewals": "renewals",
    "due_renewals": "renewals_due",
    "due_terms": "renewals",
    "flowing_profit_value": "berger_nasr",
    "margin_multiple": "margin_retention",
    "markov_value": "markov_chain",
    "migrating_customer_value": "berger_nasr",
    "recency_chain": "markov_chain",
    "renewal_rates": "tenure_counts",
    "repeated_sales_value": "berger_nasr",
    "retention_curve": "retention_spending",
    "retention_elasticity": "margin_retention",
    "tenures": "renewals",
}

__all__ = list(_HOME_OF_NAME)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name in _HOME_OF_NAME:
        home = import_module(f"{__name__}.{_HOME_OF_NAME[name]}")
        return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
