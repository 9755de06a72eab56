"""How pictures and tables are read, and what they do not say, in fixed words.

The same words hold whatever the data are. They stand in modules and not in notebooks,
so that a section whose data are missing closes up whole.
"""

from collections.abc import Mapping

from kamlab.errors import UsageError, did_you_mean


def reading_of(readings: Mapping[str, tuple[str, str]], picture: str) -> str:
    """Say how a picture is read, and what it does not say.

    Parameters
    ----------
    readings : mapping of str to (str, str)
        By picture: how it is read, and what it does not say, both ending in a stop.
    picture : str
        One of them.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> readings = {"bars": ("Each bar is one customer.", "whether it earns anything.")}
    >>> print(reading_of(readings, "bars"))
    How to read it. Each bar is one customer. What it does not say: whether it earns
    anything.
    """
    if picture not in readings:
        raise UsageError(
            f"picture {picture!r} is unknown: {did_you_mean(str(picture), readings)}"
        )
    says, says_not = readings[picture]
    return f"How to read it. {says} What it does not say: {says_not}"
