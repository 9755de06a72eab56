"""What to do about capacity that is paid for and used by nobody."""

import pandas as pd

from kamlab.style.formats import format_money, format_share


def capacity_step(pools: pd.DataFrame, currency: str = "") -> tuple[str, str]:
    """Say which pool's unused capacity to decide about first, and what it costs.

    Parameters
    ----------
    pools : DataFrame
        From `kamlab.value.cost_to_serve.CostToServe`.
    currency : str
        Code of the currency.

    Returns
    -------
    (str, str)
        What to do, and why; both empty if all capacity is used.

    Examples
    --------
    >>> columns = {"unused_cost": [125.0, -20.0], "utilisation": [0.75, 1.1]}
    >>> pools = pd.DataFrame(columns, index=["desk", "store"])
    >>> print(*capacity_step(pools, "EUR"))
    Decide what the unused capacity is for. EUR 125 is paid for time that no account
    took, EUR 125 of it in desk (75.0 % used): give it work, keep it as a reserve on
    purpose, or let it go when somebody leaves.
    """
    unused = pools["unused_cost"].clip(lower=0)
    if not unused.sum() > 0:
        return "", ""
    pool = unused.idxmax()
    return (
        "Decide what the unused capacity is for.",
        f"{format_money(unused.sum(), currency)} is paid for time that no account "
        f"took, {format_money(unused[pool], currency)} of it in {pool} "
        f"({format_share(pools.loc[pool, 'utilisation'])} used): give it work, keep it "
        "as a reserve on purpose, or let it go when somebody leaves.",
    )
