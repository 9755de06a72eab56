"""How the pictures of the data are read, and what they do not say.

The sentences stand here, so that a report shows them only beside their picture.
"""

from kamlab.style.readings import reading_of

_READINGS = {
    "repeated contacts": (
        "Two of us who go together on one day are one visit and do not count.",
        "that every second contact is waste. An engineer who follows the account "
        "manager is team work; on the same topic it more often is not.",
    ),
    "restated quarters": (
        "The last quarter has not moved yet: that is no merit, its late lines are "
        "still to come.",
        "which of the two figures is right. The first is what was decided on, the "
        "second what happened.",
    ),
    "extracts": (
        "Each line is an extract with these columns; rows in groups that are too small "
        "would be left out of it.",
        "what two extracts give away together, nor what everybody in a group has in "
        "common.",
    ),
}


def how_to_read(picture: str) -> str:
    """Say how a picture of the data is read, and what it does not say.

    Parameters
    ----------
    picture : {"repeated contacts", "restated quarters", "extracts"}
        Which one.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If there is no such picture.

    Examples
    --------
    >>> how_to_read("extracts")[:58]
    'How to read it. Each line is an extract with these columns'
    """
    return reading_of(_READINGS, picture)
