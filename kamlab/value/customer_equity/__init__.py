"""What accounts are worth from here on, and what the whole book is worth.

Everything that can be told of an account (its orders, its contract, its contribution)
goes into one value, once (客户资产). Names load on first use.
"""

from importlib import import_module

_HOME_OF_NAME = {
    "AheadQuarters": "quarters",
    "LifetimeValues": "lifetime_values",
    "PurchaseHistory": "purchases",
    "RunningContracts": "bound_accounts",
    "Scorecard": "scorecard",
    "ValuePlan": "scenarios",
    "ValueStreams": "streams",
    "compared_plans": "scenarios",
    "equity_sensitivity": "sensitivity",
    "lifetime_value": "valuation",
    "plan_value": "scenarios",
    "portfolio_lifetime_value": "valuation",
    "purchase_history": "purchases",
    "quarters_ahead": "quarters",
    "running_contracts": "bound_accounts",
    "scorecard_measures": "scorecard",
    "value_levers": "levers",
    "value_scorecard": "scorecard",
}

__all__ = list(_HOME_OF_NAME)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name in _HOME_OF_NAME:
        home = import_module(f"{__name__}.{_HOME_OF_NAME[name]}")
        return getattr(home, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
