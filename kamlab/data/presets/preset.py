"""What is known of the exports of one system: names of columns, types of documents.

Glossary
--------
preset
    A description of one system's exports, by which a mapping is suggested.
synonym
    A name under which exports have a column of the contract.
document type 单据类型
    A system's code for what a document is: invoice, credit note, cancellation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kamlab.data.presets.names import forms_of, normalised

#: Columns that are no column of the contract but make one, or say which rows count.
GROSS, TAX, CANCELLED, STAGE = "(gross)", "(tax)", "(cancelled)", "(stage)"
AIDS = (GROSS, TAX, CANCELLED, STAGE)

#: Names of the exports' columns, by column of the contract, by its table.
Synonyms = Mapping[str, Mapping[str, tuple[str, ...]]]


def listed(names: str) -> tuple[str, ...]:
    """Return names that stand in one text, with commas between them.

    Examples
    --------
    >>> listed("Billing Document, Faktura")
    ('Billing Document', 'Faktura')
    """
    return tuple(each.strip() for each in names.split(","))


@dataclass(frozen=True)
class Place:
    """Where a name may belong: table and column of the contract, and how surely.

    The smaller the rank, the surer; names of the system itself come before general
    ones, and `is_own` tells them apart.

    Examples
    --------
    >>> Place("orders", "order_id", 0, True).rank
    0
    """

    table: str
    column: str
    rank: int
    is_own: bool


@dataclass(frozen=True)
class Preset:
    """What is known of one system's exports.

    Parameters
    ----------
    name, system : str
        The preset's name, and what it is for.
    columns : dict of str to dict of str to tuple of str
        By table and column of the contract, the names that exports have for it; the
        surest first.
    document_types : dict of str to str
        By the system's code, the contract's line type.
    no_sale : dict of str to str
        By the code of a document that is never booked as revenue, what it is.
    meanings : dict of str to str
        What columns are for which the contract has no sure place, and where they may
        belong.
    left_out : tuple of str
        Columns that the system adds for itself or that say nothing more.
    values : dict of str to dict of str to str
        By column of the contract with fixed values, what the export's words mean.
    not_won : tuple of str
        Stages of an opportunity that is no sale.
    invoice_days : tuple of str
        Names of columns that hold the day of an invoice, not of an order.
    currency : str
        The currency where the export names none; empty where that is a question.
    fewest : int
        How many names of the system itself an export must have.
    mark : str
        How the names of columns begin that only this system writes.
    footer : str
        How a line begins that the system writes below its reports.

    Examples
    --------
    >>> tiny = Preset("tiny", "a shop", {"orders": {"order_id": ("Bon",)}})
    >>> tiny.place("BON")
    [Place(table='orders', column='order_id', rank=0, is_own=True)]
    """

    name: str
    system: str
    columns: Synonyms
    document_types: Mapping[str, str] = field(default_factory=dict)
    no_sale: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_won: tuple[str, ...] = ()
    invoice_days: tuple[str, ...] = ()
    currency: str = ""
    fewest: int = 2
    mark: str = ""
    footer: str = ""

    def place(self, name: str) -> list[Place]:
        """Return where a column of an export may belong.

        Examples
        --------
        >>> Preset("empty", "", {}).place("Net")
        []
        """
        forms = forms_of(name)
        return [
            Place(table, column, rank, True)
            for table, columns in self.columns.items()
            for column, names in columns.items()
            for rank, each in enumerate(names)
            if normalised(each) in forms
        ]

    def meaning(self, name: str) -> str:
        """Return what a column without a sure place is, empty where it is not known.

        Examples
        --------
        >>> Preset("x", "", {}, meanings={"KUKLA": "customer class"}).meaning("kukla")
        'customer class'
        """
        forms = forms_of(name)
        told = (text for key, text in self.meanings.items() if normalised(key) in forms)
        return next(told, "")

    def leaves(self, name: str) -> bool:
        """Whether the system adds a column for itself, so that it is left out.

        Examples
        --------
        >>> Preset("x", "", {}, left_out=("MANDT",)).leaves("Mandt")
        True
        """
        return normalised(name) in map(normalised, self.left_out)


def placed(name: str, preset: Preset, general: Preset) -> list[Place]:
    """Return where a column may belong, by a system's own names and by general ones.

    Parameters
    ----------
    name : str
        Of the export's column.
    preset, general : Preset
        The system's, and the one of general names.

    Returns
    -------
    list of Place
        The surest first. A name that both know is no mark of the system.

    Examples
    --------
    >>> general = Preset("generic", "", {"orders": {"net_amount": ("net",)}})
    >>> system = Preset("x", "", {"orders": {"order_id": ("VBELN",)}})
    >>> [(each.column, each.is_own) for each in placed("Net", system, general)]
    [('net_amount', False)]
    """
    known = general.place(name)
    shared = {(each.table, each.column) for each in known}
    own = [
        Place(
            each.table,
            each.column,
            each.rank,
            preset is not general and (each.table, each.column) not in shared,
        )
        for each in preset.place(name)
    ]
    seen = {(each.table, each.column) for each in own}
    later = 100  # general names come after all of the system's
    return own + [
        Place(each.table, each.column, later + each.rank, False)
        for each in known
        if (each.table, each.column) not in seen
    ]
