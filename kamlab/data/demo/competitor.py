"""A competitor enters East China in 2024: growth there slows, some accounts leave.

Key accounts hold. The accounts that leave are drawn with the other losses; `places`
puts many of them in East China.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.places import EAST_CHINA
from kamlab.data.demo.story import COMPETITOR_FROM, day_number

#: What ordinary accounts of East China buy less once the effect is complete (log).
COMPETITOR_EFFECT = -0.22
#: Days until it is complete.
_BUILD_UP = 365


def competitor_factor(
    roster: pd.DataFrame, account: np.ndarray, day: np.ndarray
) -> np.ndarray:
    """Return what the competitor leaves of each line.

    Examples
    --------
    >>> traits = {"region": ["East China"], "character": "", "is_key": False}
    >>> roster = pd.DataFrame(traits)
    >>> late = competitor_factor(roster, np.array([0]), np.array([1400]))
    >>> late.round(3)
    array([0.803])
    """
    touched = (
        (roster["region"] == EAST_CHINA)
        & (roster["character"] == "")
        & ~roster["is_key"]
    )
    built = np.clip((day - day_number(COMPETITOR_FROM)) / _BUILD_UP, 0, 1)
    return np.exp(COMPETITOR_EFFECT * built * touched.to_numpy()[account])
