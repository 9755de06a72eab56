"""Match the columns of an export to the contract's, by name and by what they hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kamlab.data.checking.number_suffixes import number_and_unit, worth_of
from kamlab.data.columns import Column
from kamlab.data.contract import TABLES
from kamlab.data.presets.names import is_technical, normalised
from kamlab.data.presets.preset import AIDS, GROSS, TAX, Place, Preset, placed
from kamlab.data.presets.profile import DATE, EMPTY, NUMBER, Profile, is_serial
from kamlab.data.presets.registry import PRESETS

#: Which tables the columns of a file may fill: order lines carry some of their masters.
FILLED = {
    "orders": ("orders", "accounts", "products"),
    "accounts": ("accounts",),
    "products": ("products",),
    "fx_rates": ("fx_rates",),
}

#: Names that mean an account or a product only in a list of accounts or products.
_OF_MASTERS = frozenset(
    "type name id store 编号 编码 代码 名称".split()  # noqa: SIM905
)
_OF_MASTERS_ONLY = (("accounts", "created_on"), ("products", "launch_date"))


@dataclass(frozen=True)
class Match:
    """A column of the export that was matched, and how.

    Examples
    --------
    >>> Match("order_id", "VBELN", True).header
    'VBELN'
    """

    column: str
    header: str
    is_own: bool


#: Matches by table and column of the contract.
Matches = dict[tuple[str, str], Match]


def match_columns(
    profiles: Mapping[str, Profile], preset: Preset, main: str
) -> Matches:
    """Return which columns of an export fill which of the contract.

    Parameters
    ----------
    profiles : mapping of str to Profile
        The export's columns, by name.
    preset : Preset
        Whose names are tried first; general names come after them.
    main : {"orders", "accounts", "products", "fx_rates"}
        What the rows are.

    Returns
    -------
    dict of (str, str) to Match
        Each column of the export fills one column at most; the surest name wins.

    Examples
    --------
    >>> from kamlab.data.presets.registry import preset
    >>> columns = {
    ...     "FKDAT": Profile("FKDAT", "date", ("20250131",)),
    ...     "NETWR": Profile("NETWR", "number", ("9.50",)),
    ... }
    >>> list(match_columns(columns, preset("sap_billing"), "orders"))
    [('orders', 'order_date'), ('orders', 'net_amount')]
    """
    places = {
        name: placed(name, preset, PRESETS["generic"])
        for name in profiles
        if not is_technical(name)
    }
    found: Matches = {}
    taken: set[str] = set()
    for table, column in _targets(main):
        fitting = [
            (place.rank, header, place.is_own)
            for header, known in places.items()
            if header not in taken
            for place in known
            if (place.table, place.column) == (table, column)
            and _may_be_here(place, header, main)
            and fits(table, column, profiles[header], preset)
        ]
        if fitting:
            _, header, is_own = min(fitting, key=lambda each: each[0])
            found[table, column] = Match(column, header, is_own)
            taken.add(header)
    return found


def _targets(main: str) -> Iterator[tuple[str, str]]:
    """Yield every column that a file may fill, the main table's first."""
    for table in FILLED[main]:
        declared = TABLES[table]
        names = declared.column_names + (list(AIDS) if table == "orders" else [])
        for column in names:
            # The key of a master that is read from lines is that of the lines.
            if table == main or column not in declared.key:
                yield table, column


def _may_be_here(place: Place, header: str, main: str) -> bool:
    if place.table == main:
        return True
    if (place.table, place.column) in _OF_MASTERS_ONLY:
        return False
    return normalised(header) not in _OF_MASTERS


def fits(table: str, column: str, profile: Profile, preset: Preset) -> bool:
    """Whether a column of the export holds what a column of the contract may hold.

    Examples
    --------
    >>> from kamlab.data.presets.registry import preset
    >>> words = Profile("Menge", "text", ("viel",))
    >>> fits("orders", "quantity", words, preset("generic"))
    False
    """
    if profile.kind == EMPTY:
        return False
    if column in AIDS:
        return profile.kind == NUMBER if column in (GROSS, TAX) else True
    declared = TABLES[table].column(column)
    if declared.dtype == "date":
        return profile.kind == DATE or is_serial(profile)
    if declared.dtype in ("number", "integer"):
        return profile.kind == NUMBER and _in_bounds(declared, profile)
    if declared.dtype == "flag":
        return profile.is_flag
    if declared.allowed:
        meant = meanings_of(column, preset)
        return all(text in meant for text in profile.texts)
    return profile.kind != DATE


def _in_bounds(declared: Column, profile: Profile) -> bool:
    """Whether shares are between 0 and 1; other numbers need not be looked at."""
    if declared.maximum is None:
        return True
    try:
        numbers = list(map(_plain_number, profile.texts))
    except ValueError:
        return False
    return all((declared.minimum or 0) <= each <= declared.maximum for each in numbers)


def _plain_number(text: str) -> float:
    bare, unit = number_and_unit(text)
    number = float(bare.replace(",", "."))
    return number * worth_of(unit) if unit else number


def meanings_of(column: str, preset: Preset) -> dict[str, str]:
    """Return what the words of a column with fixed values mean.

    Examples
    --------
    >>> from kamlab.data.presets.registry import preset
    >>> meanings_of("line_type", preset("kingdee"))["退货"]
    'return'
    """
    general = PRESETS["generic"].values.get(column, {})
    return {**general, **preset.values.get(column, {})}
