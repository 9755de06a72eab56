"""Which accounts belong together: 220 groups among 300 accounts."""

import numpy as np
import pandas as pd

from kamlab.data.demo.story import GROUPS_PER_ACCOUNT
from kamlab.data.demo.streams import stream

#: Sizes of ordinary groups, in turn.
_SIZES = (2, 3, 4, 3)


def form_groups(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Put some ordinary accounts into groups of two to four of one country and region.

    Adds ``head``: the row of the group's head, or -1 for heads and single accounts.
    Brackwell's first branch heads the other five. Key accounts and the other
    characters stand alone.

    Examples
    --------
    >>> roster = pd.DataFrame({
    ...     "character": ["brackwell_1", "brackwell_2", "marwitz"], "is_key": False,
    ...     "region": "DACH", "country": "DE", "size": 1.0,
    ... })
    >>> form_groups(roster, 1)["head"].tolist()
    [-1, 0, -1]
    """
    head = pd.Series(-1, index=roster.index)
    brackwell = roster.index[roster["character"].str.startswith("brackwell")]
    head[brackwell[1:]] = brackwell[0]
    wanted = len(roster) - round(GROUPS_PER_ACCOUNT * len(roster)) - len(brackwell) + 1
    candidates = roster[(roster["character"] == "") & ~roster["is_key"]]
    heads = _heads(candidates, stream(seed, "groups"))
    members = heads.index[heads != heads.index][: max(wanted, 0)]
    head[members] = heads[members]
    return roster.assign(head=head)


def _heads(candidates: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Cut the accounts of each place into blocks; the largest of a block is its head.

    Returns the head's row for each account, blocks in random order.
    """
    if candidates.empty:
        return pd.Series(dtype=np.int64)
    mixed = candidates.iloc[rng.permutation(len(candidates))]
    place = mixed["country"] + mixed["region"]
    turn = mixed.groupby(place.to_numpy()).cumcount().to_numpy()
    edges = np.cumsum(np.resize(_SIZES, len(mixed)))
    block = (
        place
        + "/"
        + pd.Series(np.searchsorted(edges, turn, "right")).astype("str").to_numpy()
    )
    heads = mixed["size"].groupby(block.to_numpy()).transform("idxmax")
    order = rng.permutation(len(np.unique(block)))
    codes = np.unique(block, return_inverse=True)[1]
    return heads.iloc[np.argsort(order[codes], kind="stable")].astype(np.int64)
