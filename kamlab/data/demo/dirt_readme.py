"""The letter that comes with an export: what it claims to be."""

from collections.abc import Mapping

from kamlab.data.demo.dirt_export import Export

_LETTER = """\
Talbruck Motion GmbH, sales controlling
Export of {year} for the customer analysis

billing_{year}_Q*.csv   ERP: one line an item. Windows text (cp1252), semicolon,
                      decimal comma, minus at the end, DD.MM.YYYY. Art is the type
                      of document: {types}.
                      PE: the price is for so many pieces. Storno X: cancelled later.
customers.xlsx        Sales office: customer list, header in two lines.
costs_by_month.xlsx   Sales office: freight and engineering booked on customers, a
                      sheet for each month, sum at the end.
crm_activities.csv    CRM: contacts. The office in Chicago types the month first.

"The files are complete and checked." (IT)
All amounts in EUR without VAT.

Finance reports as net revenue, without tests and without our own companies:
"""


def readme(export: Export, totals: Mapping[str, float]) -> str:
    """Return the letter of an export, with the totals that finance reports.

    Parameters
    ----------
    export : Export
        What is sent.
    totals : mapping of str to float
        Net amount by period, reporting currency.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> print(" ".join(readme(example_export(), {"2025": 7.5}).split()[-2:]))
    2025 7.50
    """
    types = "F2 sale, FS service, RE return, G2 credit"
    lines = [f"  {period:8}{amount:>16,.2f}" for period, amount in totals.items()]
    return _LETTER.format(year=export.year, types=types) + "\n".join(lines) + "\n"
