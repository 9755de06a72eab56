"""A cell whose formula failed, and what its error is called."""

from dataclasses import dataclass

#: Names of the errors by the number that binary workbooks have for them.
ERROR_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class FailedCell:
    """A cell of a sheet whose formula failed.

    Parameters
    ----------
    row : int
        Of the sheet, from 1.
    column : int
        Of the sheet, from 0.
    error : str
        What a person sees there.

    Examples
    --------
    >>> FailedCell(7, 2, "#N/A").error
    '#N/A'
    """

    row: int
    column: int
    error: str
