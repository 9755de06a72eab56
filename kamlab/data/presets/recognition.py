"""Recognise what a file holds, and from which system an export comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kamlab.data.contract import TABLES
from kamlab.data.mapping.mapping import SHEET
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.matching import Match, Matches, match_columns
from kamlab.data.presets.months import month_of_header, months_of
from kamlab.data.presets.preset import GROSS, Preset
from kamlab.data.presets.profile import Profile, profiles_of
from kamlab.data.presets.registry import PRESETS

ORDERS, ACCOUNTS, PRODUCTS = "orders", "accounts", "products"
FX_RATES = "fx_rates"

#: What the columns of an unpivot are called.
MONTH, AMOUNT = "month", "amount"

#: Columns of order lines that totals of months have, and what they are called there.
MONTHLY = {
    "account_id": "account_id",
    "order_date": "month",
    "product_id": "category",
    "net_amount": "net_amount",
    "cogs": "cost",
    "quantity": "quantity",
}

_MOST_REPEATED = 0.02
_FEWEST_CODES = 0.5


@dataclass(frozen=True)
class Recognised:
    """What one excerpt was recognised as.

    Parameters
    ----------
    excerpt : Excerpt
        Header and rows.
    profiles : dict of str to Profile
        What its columns hold.
    preset : Preset
        By whose names.
    table : str
        The contract's table that its rows are; empty where that is not known.
    matches : dict
        Which of its columns fill which of the contract.
    months : tuple of str
        Its columns that are a month each.

    Examples
    --------
    >>> lines = Excerpt(("a.csv",), "text", ("Kunde", "Datum", "Netto"),
    ...     (("A", "31.01.2025", "9,50"),))
    >>> recognised(lines, profiles_of(lines), PRESETS["generic"]).table
    'orders'
    """

    excerpt: Excerpt
    profiles: dict[str, Profile]
    preset: Preset
    table: str
    matches: Matches
    months: tuple[str, ...] = ()

    def header(self, column: str, table: str = ORDERS) -> str:
        """Return the column of the export that fills one of the contract, or "".

        Examples
        --------
        >>> lines = Excerpt(("a.csv",), "text", ("Kunde", "Umsatz"), (("A", "9"),))
        >>> found = recognised(lines, profiles_of(lines), PRESETS["generic"])
        >>> found.header("account_id"), found.header("cogs")
        ('Kunde', '')
        """
        found = self.matches.get((table, column))
        return found.header if found else ""

    @property
    def own(self) -> int:
        """How much speaks for the system: its own names, months, its document types."""
        names = sum(each.is_own for each in self.matches.values())
        marks = [name.lower() for name in self.profiles] if self.preset.mark else []
        marked = sum(name.startswith(self.preset.mark) for name in marks)
        meant = sum(bool(self.preset.meaning(name)) for name in self.unmatched)
        return names + marked + (meant if names else 0) + len(self.months)

    @property
    def weight(self) -> tuple[int, int]:
        """How much of a table it fills: columns, then rows."""
        return (len(self.matches) + len(self.months), len(self.excerpt.rows))

    @property
    def unmatched(self) -> list[str]:
        """Columns of the export that fill none of the contract."""
        used = {each.header for each in self.matches.values()} | set(self.months)
        return [name for name in self.profiles if name not in used]

    @property
    def document_codes(self) -> dict[str, str]:
        """Which of the document types that were seen the preset knows."""
        header = self.header("document_type")
        texts = self.profiles[header].texts if header else ()
        known = self.preset.document_types
        seen = dict.fromkeys(texts)
        found = {code: known[code] for code in seen if code in known}
        told = len(found) + sum(code in self.preset.no_sale for code in seen)
        return found if told >= _FEWEST_CODES * max(1, len(seen)) else {}

    @property
    def no_sales(self) -> dict[str, str]:
        """Which of the document types that were seen are never booked as revenue."""
        if not self.document_codes:
            return {}
        seen = dict.fromkeys(self.profiles[self.header("document_type")].texts)
        known = self.preset.no_sale
        return {code: known[code] for code in seen if code in known}


def recognised(
    excerpt: Excerpt, profiles: dict[str, Profile], preset: Preset
) -> Recognised:
    """Return what an excerpt is, by the names of a preset.

    Parameters
    ----------
    excerpt : Excerpt
        Header and rows.
    profiles : dict of str to Profile
        What its columns hold.
    preset : Preset
        Whose names are tried before the general ones.

    Returns
    -------
    Recognised
        Order lines have an account, a day and an amount; a list of accounts or of
        products has one row for each.

    Examples
    --------
    >>> master = Excerpt(("a.csv",), "text", ("Kundennummer", "Name"), (("1", "A"),))
    >>> recognised(master, profiles_of(master), PRESETS["generic"]).table
    'accounts'
    """
    matches = match_columns(profiles, preset, ORDERS)
    months = _months(excerpt, preset, matches)
    if preset.name == "month_totals":
        matches = {
            (table, column): each
            for (table, column), each in matches.items()
            if table != ORDERS or column in MONTHLY
        }
    lines = Recognised(excerpt, profiles, preset, ORDERS, matches, months)
    if _are_lines(lines):
        return lines
    rates = match_columns(profiles, preset, FX_RATES)
    if len(rates) == len(TABLES[FX_RATES].required):
        return Recognised(excerpt, profiles, preset, FX_RATES, rates)
    for table, key in ((PRODUCTS, "product_id"), (ACCOUNTS, "account_id")):
        found = match_columns(profiles, preset, table)
        if _is_master(found.get((table, key)), profiles, found):
            return Recognised(excerpt, profiles, preset, table, found)
    return Recognised(excerpt, profiles, preset, "", matches)


def _months(excerpt: Excerpt, preset: Preset, matches: Matches) -> tuple[str, ...]:
    if preset.name != "month_totals" or (ORDERS, "order_date") in matches:
        return ()
    return tuple(months_of(excerpt.header))


def _are_lines(lines: Recognised) -> bool:
    if lines.months:
        return bool(lines.header("account_id"))
    has_amount = lines.header("net_amount") or lines.header(GROSS)
    by_price = lines.header("quantity") and lines.header("unit_net_price")
    has_day = lines.header("order_date") or month_sheets(lines.excerpt)
    return bool(lines.header("account_id") and has_day and (has_amount or by_price))


def month_sheets(excerpt: Excerpt) -> bool:
    """Whether every sheet of an excerpt is called after a month.

    Examples
    --------
    >>> month_sheets(Excerpt(("a.xlsx",), "workbook", (), (), sheets=("1月", "2月")))
    True
    """
    return bool(excerpt.sheets) and all(map(month_of_header, excerpt.sheets))


def _is_master(
    key: Match | None, profiles: dict[str, Profile], matches: Matches
) -> bool:
    """Whether rows are one account or product each, and tell something of it."""
    if key is None or len(matches) < 2:
        return False
    profile = profiles[key.header]
    repeated = len(profile.texts) - profile.distinct
    return repeated <= _MOST_REPEATED * len(profile.texts)


def recognise(
    excerpts: Iterable[Excerpt], wanted: Preset | None = None
) -> tuple[Preset, list[Recognised]]:
    """Return from which system an export comes, and what each excerpt of it is.

    Parameters
    ----------
    excerpts : iterable of Excerpt
        Of one export.
    wanted : Preset, optional
        The preset to take; by default the one that fits best.

    Returns
    -------
    Preset
        The general one where no system has enough names of its own in it.
    list of Recognised
        In the order of the excerpts.

    Examples
    --------
    >>> header, rows = ("KUNAG", "FKDAT", "NETWR"), (("1", "20250131", "9.50"),)
    >>> recognise([Excerpt(("a.csv",), "text", header, rows)])[0].name
    'sap_billing'
    """
    looked_at = [(each, profiles_of(each)) for each in excerpts]
    tried = []
    for preset in [wanted] if wanted else PRESETS.values():
        found = [recognised(each, columns, preset) for each, columns in looked_at]
        taken = list(one_for_each_table(found).values())
        if wanted or sum(each.own for each in taken) >= preset.fewest:
            tried.append((_score(taken), preset, found))
    _, preset, found = max(tried, key=lambda each: each[0])
    return preset, found


def one_for_each_table(found: Iterable[Recognised]) -> dict[str, Recognised]:
    """Return for each table of the contract what fills most of it.

    Examples
    --------
    >>> header, rows = ("KUNAG", "FKDAT", "NETWR"), (("1", "20250131", "9.50"),)
    >>> lines = Excerpt(("a.csv",), "text", header, rows)
    >>> list(one_for_each_table(recognise([lines])[1]))
    ['orders']
    """
    taken: dict[str, Recognised] = {}
    for rows in found:
        before = taken.get(rows.table)
        if rows.table and (before is None or rows.weight > before.weight):
            taken[rows.table] = rows
    return taken


def _score(found: Sequence[Recognised]) -> tuple[bool, float, int]:
    """Order lines count most, then a system's own names and document types."""
    own = sum(each.own + 2 * bool(each.document_codes) for each in found)
    matched = sum(len(each.matches) + len(each.months) for each in found)
    return (any(each.table == ORDERS for each in found), own + 0.3 * matched, matched)


def date_header(lines: Recognised) -> str:
    """Return the column that holds the day of an order line, or a made one.

    Examples
    --------
    >>> lines = Excerpt(("a.xlsx",), "workbook", ("客户", "金额"), (("A", 9.5),),
    ...     sheets=("2025年1月",))
    >>> date_header(recognised(lines, profiles_of(lines), PRESETS["generic"]))
    '(sheet)'
    """
    if lines.months:
        return MONTH
    return lines.header("order_date") or SHEET
