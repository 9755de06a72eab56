"""Purchase models by their names in print, and how each is fitted to counts."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.modified_beta_geometric import ModifiedBetaGeoNBD
from kamlab.value.lifetime.pareto_nbd import ParetoNBD
from kamlab.value.lifetime.regular_reordering import RegularReorderingNBD

#: Purchase models by their names in print, the one with least to learn first.
PURCHASE_MODELS: Mapping[str, type[PurchaseModel]] = MappingProxyType(
    {
        "BG/NBD": BetaGeoNBD,
        "MBG/NBD": ModifiedBetaGeoNBD,
        "Pareto/NBD": ParetoNBD,
        "MBG/CNBD-k": RegularReorderingNBD,
    }
)


def fitted_model(counts: pd.DataFrame, unit: str, model: str) -> PurchaseModel:
    """Fit a purchase model by its name in print.

    Parameters
    ----------
    counts : DataFrame
        Columns ``frequency``, ``recency``, ``T``; for MBG/CNBD-k ``log_gaps`` as well.
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.
    model : {"BG/NBD", "MBG/NBD", "Pareto/NBD", "MBG/CNBD-k"}
        The purchase model.

    Returns
    -------
    PurchaseModel

    Raises
    ------
    UsageError
        If the model is unknown.
    CannotTellError
        If there is too little to learn from.

    Examples
    --------
    >>> made = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.2, b=8)
    >>> counts = made.simulate(pd.Series(150.0, index=range(80)), random_state=1)
    >>> fitted_model(counts, "W", "BG/NBD").n_accounts_
    80
    """
    if model not in PURCHASE_MODELS:
        hint = did_you_mean(model, PURCHASE_MODELS)
        raise UsageError(f"model = {model!r} is no purchase model; {hint}")
    triple = counts["frequency"], counts["recency"], counts["T"]
    fitted = PURCHASE_MODELS[model](unit=unit)
    if isinstance(fitted, RegularReorderingNBD):
        return fitted.fit(*triple, log_gaps=counts["log_gaps"])
    return fitted.fit(*triple)
