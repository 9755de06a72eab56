"""A generated company: its tables, its description, and the truth behind them."""

from dataclasses import dataclass

import pandas as pd

from kamlab.data.folder import Description


@dataclass(frozen=True)
class DemoCompany:
    """A generated company, complete in memory.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of the data contract.
    description : Description
        What portfolio.yml is to say.
    truth : dict
        What was planted, ready for JSON.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> company = generate("clean_b2b", seed=1, accounts=30)
    >>> company.description.name, company.truth["preset"]
    ('Clean B2B', 'clean_b2b')
    """

    tables: dict[str, pd.DataFrame]
    description: Description
    truth: dict[str, object]
