"""One stream of random numbers for each planted process, all from one seed."""

import zlib

import numpy as np


def stream(seed: int, process: str) -> np.random.Generator:
    """Return the random numbers of one planted process.

    The stream depends on the seed and the process's own name alone, so a process that
    is added later does not shift what the others draw.

    Parameters
    ----------
    seed : int
        The portfolio's seed, 0 or more.
    process : str
        Name of the process, such as ``"losses"``.

    Examples
    --------
    >>> first = stream(7, "losses").integers(1000, size=3)
    >>> again = stream(7, "losses").integers(1000, size=3)
    >>> bool((first == again).all())
    True
    """
    key = zlib.crc32(process.encode("utf-8"))
    return np.random.default_rng(np.random.SeedSequence([seed, key]))
