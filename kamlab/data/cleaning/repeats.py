"""Find rows that repeat earlier ones, in every cell or in some columns."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamlab.data.cleaning.cleaning import CleanTable


def exact_repeats(cleaned: "CleanTable") -> str:
    """Return SQL of the kept rows that repeat an earlier one in every cell.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    """
    cells = ", ".join(f"raw.{cell}" for cell in cleaned.raw.cells)
    # Comparing numbers leaves few rows whose cells have to be compared.
    return (
        f"SELECT unnest(list(seq ORDER BY seq)[2:]) FROM {cleaned.joined} "
        f"AND raw.content IN ({alike_contents(cleaned)}) "
        f"GROUP BY {cells} HAVING count(*) > 1"
    )


def alike_contents(cleaned: "CleanTable") -> str:
    """Return SQL of the numbers that stand for the cells of more than one kept row.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    """
    rows = cleaned.joined
    if cleaned.has_content:
        rows = f"{cleaned.name} WHERE dropped IS NULL"
    return f"SELECT content FROM {rows} GROUP BY content HAVING count(*) > 1"


def later_rows(cleaned: "CleanTable", by: str) -> str:
    """Return SQL of the kept rows that agree with an earlier one in the columns `by`.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    by : str
        Columns, separated by commas.
    """
    return (
        f"SELECT unnest(list(seq ORDER BY seq)[2:]) FROM {cleaned.name} "
        f"WHERE dropped IS NULL GROUP BY {by} HAVING count(*) > 1"
    )
