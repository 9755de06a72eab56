"""Faults in the lines of a billing extract: wrong, missing, or too many.

Each function takes an export and returns it with one kind of fault, on documents in
which nothing is wrong yet.
"""

import dataclasses

import numpy as np
import pandas as pd

from kamlab.data.demo.dirt_export import TWICE, Export, drawn
from kamlab.data.demo.dirt_texts import number_text

#: Numbers under which the company's own subsidiary and its tests are booked.
SUBSIDIARY, TESTER = "IC-CN01", "TEST"


def mixed_dates(export: Export, random: np.random.Generator) -> Export:
    """Write the days of some documents year first, as another system would.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> lines = mixed_dates(example_export(), np.random.default_rng(1)).billing
    >>> texts = lines.loc[lines["_kind"] != "", "Datum"]
    >>> bool(texts.str.fullmatch("....-..-..").all())
    True
    """
    lines = export.billing.copy()
    free = export.free_lines()
    documents = free.drop_duplicates("Beleg")
    chosen = documents.loc[drawn(documents, len(documents) // 50 + 1, random), "Beleg"]
    rows = lines["Beleg"].isin(chosen)
    day = lines.loc[rows, "Datum"].str.split(".")
    lines.loc[rows, "Datum"] = day.str[2] + "-" + day.str[1] + "-" + day.str[0]
    return _with(export, lines, rows, "mixed_dates")


def future_dates(export: Export, random: np.random.Generator) -> Export:
    """Mistype the year of three documents, so that they lie in the future.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = future_dates(example_export(), np.random.default_rng(1))
    >>> {wrong[-4:] for wrong in export.mends["future_dates"]}
    {'2052'}
    """
    lines = export.billing.copy()
    free = export.free_lines()
    single = free[~free["Beleg"].duplicated(keep=False)]
    rows = drawn(single.drop_duplicates("Datum"), 3, random)
    right = lines.loc[rows, "Datum"]
    later = right.str[:-4] + str(export.year + 27)
    lines.loc[rows, "Datum"] = later
    mends = dict(zip(later, right, strict=True))
    return _with(export, lines, rows, "future_dates", mends)


def missing_ids(export: Export, random: np.random.Generator) -> Export:
    """Leave the customer off second lines, as lists made for people do.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> lines = missing_ids(example_export(), np.random.default_rng(1)).billing
    >>> set(lines.loc[lines["_kind"] != "", "Kunde"])
    {''}
    """
    lines = export.billing.copy()
    free = export.free_lines()
    second = free[free["Beleg"].duplicated()].drop_duplicates("Beleg")
    rows = drawn(second, len(free) // 100 + 1, random)
    lines.loc[rows, "Kunde"] = ""
    return _with(export, lines, rows, "missing_ids")


def returns_without_reference(export: Export, random: np.random.Generator) -> Export:
    """Take off some returns the number of the order that they take back.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = returns_without_reference(example_export(), np.random.default_rng(1))
    >>> set(export.billing.loc[export.billing["_kind"] != "", "Art"])
    {'RE'}
    """
    lines = export.billing.copy()
    free = export.free_lines()
    rows = drawn(free[(free["Art"] == "RE") & (free["Bezug"] != "")], 3, random)
    lines.loc[rows, "Bezug"] = ""
    return _with(export, lines, rows, "returns_without_reference")


def unit_errors(export: Export, random: np.random.Generator) -> Export:
    """Book the price of a hundred as that of one piece, on 2 % of the lines.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> lines = unit_errors(example_export(), np.random.default_rng(1)).billing
    >>> round(float((lines["_kind"] != "").mean()), 2)
    0.02
    """
    lines = export.billing.copy()
    free = export.free_lines()
    sales = free[(free["Art"] == "F2") & (free["Preis"] != "")]
    # What is priced by the hundred is small: the cheaper half of the lines.
    cheap = sales[sales["_net"] <= sales["_net"].median()]
    rows = drawn(cheap, round(len(lines) / 50), random)
    price = lines.loc[rows, "Preis"].str.replace(".", "").str.replace(",", ".")
    lines.loc[rows, "Preis"] = (100 * price.astype(float)).map(number_text)
    return _with(export, lines, rows, "unit_errors")


def spelled_ids(export: Export, random: np.random.Generator) -> Export:
    """Write a customer's number in another way on three of its documents.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = spelled_ids(example_export(), np.random.default_rng(1))
    >>> len(export.mends["spelled_ids"])
    1
    """
    free = export.free_lines()
    documents = free.drop_duplicates("Beleg")
    customer = documents["Kunde"].mode().iloc[0]
    spelled = f"{customer[:1]} {customer[1:]}"
    own = documents[documents["Kunde"] == customer]
    chosen = own.loc[drawn(own, 3, random), "Beleg"]
    lines = export.billing.copy()
    rows = lines["Beleg"].isin(chosen)
    lines.loc[rows, "Kunde"] = spelled
    return _with(export, lines, rows, "spelled_ids", {spelled: customer})


def intercompany(export: Export, random: np.random.Generator) -> Export:
    """Add three deliveries to the company's own subsidiary.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = intercompany(example_export(), np.random.default_rng(1))
    >>> set(export.billing.loc[export.billing["_kind"] != "", "Kunde"])
    {'IC-CN01'}
    """
    # Parts one year, machines another: what it amounts to is not to be guessed.
    size = (0.3, 0.6) if random.random() < 0.5 else (0.9, 1.0)
    more = _copied(export, 3, random, size).assign(Kunde=SUBSIDIARY, Art="IV")
    return _with_more(export, more, "intercompany", "9")


def trial_orders(export: Export, random: np.random.Generator) -> Export:
    """Add two orders by which somebody tried the system out.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = trial_orders(example_export(), np.random.default_rng(1))
    >>> set(export.billing.loc[export.billing["_kind"] != "", "Kunde"])
    {'TEST'}
    """
    more = _copied(export, 2, random).assign(Kunde=TESTER)
    return _with_more(export, more, "test_orders", "8")


def cancelled_pairs(export: Export, random: np.random.Generator) -> Export:
    """Add three invoices and the documents that cancel them, all of them positive.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> export = cancelled_pairs(example_export(), np.random.default_rng(1))
    >>> export.billing.loc[export.billing["_kind"] != "", "Art"].tolist()
    ['F2', 'S1', 'F2', 'S1', 'F2', 'S1']
    """
    invoices = _copied(export, 3, random).assign(Storno="X")
    export = _with_more(export, invoices, "cancelled_pairs", "7")
    own = export.billing[export.billing["_kind"] == "cancelled_pairs"]
    cancelling = own.assign(Art="S1", Storno="", Bezug=own["Beleg"])
    return _with_more(export, cancelling, "cancelled_pairs", "6")


def exact_duplicates(export: Export, random: np.random.Generator) -> Export:
    """Repeat 1 % of the lines, each below itself.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> lines = exact_duplicates(example_export(), np.random.default_rng(1)).billing
    >>> round(float((lines["_kind"] != "").mean()), 2)
    0.01
    """
    lines = export.billing
    free = export.free_lines()
    twice = lines.loc[drawn(free, round(len(lines) / 100), random)]
    return _with_more(export, twice, "exact_duplicates")


def reexported_month(export: Export, random: np.random.Generator) -> Export:
    """Export June once more, into a file of its own.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> lines = reexported_month(example_export(), np.random.default_rng(1)).billing
    >>> set(lines.loc[lines["_kind"] != "", "_month"])
    {13}
    """
    june = export.billing[export.billing["_month"] == TWICE]
    again = june.assign(_month=13, _kind="reexported_month")
    lines = pd.concat([export.billing, again], ignore_index=True)
    return dataclasses.replace(export, billing=lines)


def total_rows(export: Export, random: np.random.Generator) -> Export:
    """End every billing file with a row that holds its sum.

    Examples
    --------
    >>> from kamlab.data.demo.dirt import example_export
    >>> total_rows(example_export(), np.random.default_rng(1)).totals
    True
    """
    return dataclasses.replace(export, totals=True)


def _copied(
    export: Export,
    many: int,
    random: np.random.Generator,
    size: tuple[float, float] = (0.4, 0.8),
) -> pd.DataFrame:
    """Return lines to make further documents of: single ones, of a size (quantiles)."""
    free = export.free_lines()
    single = free[~free["Beleg"].duplicated(keep=False) & (free["Art"] == "F2")]
    middle = single[single["_net"].between(*single["_net"].quantile(list(size)))]
    return export.billing.loc[drawn(middle, many, random)].assign(Bezug="")


def _with(
    export: Export,
    lines: pd.DataFrame,
    rows: pd.Index | pd.Series,
    kind: str,
    mends: dict[str, str] | None = None,
) -> Export:
    """Return the export with changed lines, marked with the kind of their fault."""
    lines.loc[rows, "_kind"] = kind
    told = {**export.mends, kind: mends} if mends else export.mends
    return dataclasses.replace(export, billing=lines, mends=told)


def _with_more(
    export: Export, more: pd.DataFrame, kind: str, prefix: str = ""
) -> Export:
    """Return the export with lines added, each below the line it was copied from."""
    more = more.assign(Beleg=prefix + more["Beleg"], _kind=kind)
    lines = pd.concat([export.billing, more]).sort_index(kind="stable")
    return dataclasses.replace(export, billing=lines.reset_index(drop=True))
