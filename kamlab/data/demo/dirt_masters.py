"""Faults beside the order lines: in the customer workbook, the CRM, the cost sheets."""

import dataclasses

import numpy as np
import pandas as pd

from kamlab.data.demo.dirt_export import Export, drawn

#: What the second number of a customer begins with.
SECOND = "Z"


def orphan_orders(export: Export, random: np.random.Generator) -> Export:
    """Take the customer with the least revenue off the master; its orders stay.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> before = example_export()
    >>> after = orphan_orders(before, np.random.default_rng(1))
    >>> len(before.customers) - len(after.customers)
    1
    """
    lines = export.billing.copy()
    smallest = lines.groupby("Kunde")["_net"].sum().abs().idxmin()
    lines.loc[lines["Kunde"] == smallest, "_kind"] = "orphan_orders"
    customers = export.customers
    kept = customers[customers["account_id"] != smallest].reset_index(drop=True)
    return dataclasses.replace(export, billing=lines, customers=kept)


def _mended(export: Export) -> list[str]:
    """Customers of whom another fault speaks already."""
    return [right for told in export.mends.values() for right in told.values()]


def two_numbers(export: Export, random: np.random.Generator) -> Export:
    """Give two customers a second number, with their name in another spelling.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = two_numbers(example_export(), np.random.default_rng(1))
    >>> len(export.mends["two_numbers"])
    2
    """
    free = export.free_lines().drop_duplicates("Beleg")
    several = free["Kunde"].value_counts()
    names = export.customers.set_index("account_id")["account_name"].dropna()
    known = sorted(set(several.index[several >= 4]) & set(names.index))
    known = pd.DataFrame(index=known).drop(_mended(export), errors="ignore")
    chosen = drawn(known, 2, random)
    lines, numbers = export.billing.copy(), {SECOND + one[1:]: one for one in chosen}
    for second, first in numbers.items():
        documents = free.loc[free["Kunde"] == first, "Beleg"]
        rows = lines["Beleg"].isin(documents.iloc[:2])
        lines.loc[rows, ["Kunde", "_kind"]] = [second, "two_numbers"]
    more = export.customers[export.customers["account_id"].isin(chosen)]
    more = more.assign(
        account_id=SECOND + more["account_id"].str[1:],
        account_name=more["account_name"].str.upper().str.replace(" ", "  "),
        _kind="two_numbers",
    )
    customers = pd.concat([export.customers, more], ignore_index=True)
    customers = customers.sort_values("region", kind="stable", ignore_index=True)
    mends = {**export.mends, "two_numbers": numbers}
    return dataclasses.replace(export, billing=lines, customers=customers, mends=mends)


def numbers_as_text(export: Export, random: np.random.Generator) -> Export:
    """Type the annual revenue of every fifth customer as a text with its currency.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = numbers_as_text(example_export(), np.random.default_rng(1))
    >>> rows = export.customers["_kind"] != ""
    >>> bool(export.customers.loc[rows, "annual_revenue"].str.endswith(" EUR").all())
    True
    """
    customers = export.customers.copy()
    typed = customers[customers["annual_revenue"].notna() & (customers["_kind"] == "")]
    rows = drawn(typed, len(customers) // 5 + 1, random)
    customers["annual_revenue"] = customers["annual_revenue"].astype(object)
    texts = customers.loc[rows, "annual_revenue"].map(lambda v: f"{v:,.0f} EUR")
    customers.loc[rows, "annual_revenue"] = texts.str.replace(",", ".")
    customers.loc[rows, "_kind"] = "numbers_as_text"
    return dataclasses.replace(export, customers=customers)


def merged_cells(export: Export, random: np.random.Generator) -> Export:
    """Merge the cells of each region, so that all but the first are empty.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> customers = merged_cells(example_export(), np.random.default_rng(1)).customers
    >>> bool((customers["_merged"] > 0).any())
    True
    """
    customers = export.customers
    region = customers["region"].fillna("")
    run = (region != region.shift()).cumsum()
    place = customers.groupby(run).cumcount()
    return dataclasses.replace(export, customers=customers.assign(_merged=place))


def ambiguous_dates(export: Export, random: np.random.Generator) -> Export:
    """Write some contacts' days month first, where day first could be meant too.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> contacts = ambiguous_dates(example_export(), np.random.default_rng(1)).contacts
    >>> texts = contacts.loc[contacts["_kind"] != "", "date"]
    >>> bool((texts.str[:2].astype(int) <= 12).all())
    True
    """
    contacts = export.contacts.copy()
    month, day = contacts["date"].str[5:7], contacts["date"].str[8:10]
    either = (day.astype(int) <= 12) & (day != month)
    rows = drawn(contacts[either], 12, random)
    year = contacts["date"].str[:4]
    contacts.loc[rows, "date"] = (month + "/" + day + "/" + year)[rows]
    contacts.loc[rows, "_kind"] = "ambiguous_dates"
    return dataclasses.replace(export, contacts=contacts)


def costs_in_thousands(export: Export, random: np.random.Generator) -> Export:
    """Write the cost sheets in thousands, as only their header says.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> costs_in_thousands(example_export(), np.random.default_rng(1)).thousands
    True
    """
    return dataclasses.replace(export, thousands=True)
