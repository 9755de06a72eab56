"""Put pseudonyms (假名) in the place of names while an export is imported.

The typed rows and the text they came from are changed before anything is checked or
written, so that neither tables nor findings ever see the names. The same key gives the
same pseudonyms at the next import; without the key nobody can try out names.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pandas as pd

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.columns import Table
from kamlab.data.names.keys import forget_names
from kamlab.data.privacy import SHORTEST_KEY, pseudonymise
from kamlab.data.reading.parts import as_table
from kamlab.errors import DataError, UsageError

#: Codes of our own people; many systems write their names there.
_PEOPLE = ("kam_id", "kam_name")

#: Numbers of accounts, which are hidden only where that is asked.
_ACCOUNTS = (
    "account_id",
    "old_account_id",
    "parent_id",
    "merged_into",
    "sold_to_id",
    "ship_to_id",
    "payer_id",
)

#: Texts that people write, in which anybody may be named; they are blanked.
FREE_TEXTS = {
    ("interactions", "outcome"): "NULL",
    ("interactions", "promised_action"): "NULL",
    ("events", "text"): "'(hidden)'",
    ("account_aliases", "reason"): "NULL",
}

#: Columns whose values are names or numbers in some rows only, and in which.
_BY_ROW = {
    ("account_history", "value"): "attribute",
    ("events", "scope_value"): "scope",
}


@dataclass(frozen=True)
class Privacy:
    """How an import hides names: with which key, and whether numbers as well.

    Parameters
    ----------
    key : bytes
        The secret.
    ids : bool
        Whether the numbers of accounts get pseudonyms too.

    Examples
    --------
    >>> Privacy(b"keep me in a safe").fingerprint
    'bc1fbdf7fe46'
    """

    key: bytes = field(repr=False)
    ids: bool = False

    @property
    def fingerprint(self) -> str:
        """A code by which the key is recognised, and from which it cannot be found."""
        told = hmac.new(self.key, b"kamlab portfolio", hashlib.sha256)
        return told.hexdigest()[:12]


@dataclass
class Hidden:
    """What has been hidden so far: how many values of which column, and the names.

    Examples
    --------
    >>> Hidden().as_json(Privacy(b"keep me in a safe"))["columns"]
    {}
    """

    columns: dict[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set, repr=False)
    tables: set[str] = field(default_factory=set)
    sources: dict[str, set[str]] = field(default_factory=dict, repr=False)

    def as_json(self, privacy: Privacy) -> dict[str, object]:
        """Return what the log tells: columns and counts, never a value.

        Parameters
        ----------
        privacy : Privacy
            How they were hidden.
        """
        told = {"key": privacy.fingerprint, "ids": privacy.ids}
        return {**told, "columns": dict(sorted(self.columns.items()))}


def read_key(file: Path, apart_from: Iterable[Path] = ()) -> bytes:
    """Return the secret in a file, which is made if it is not there.

    Parameters
    ----------
    file : Path
        Where the key is kept, readable by its owner only.
    apart_from : iterable of Path
        Folders in which it must not lie: the data and the key never travel together.

    Returns
    -------
    bytes
        At least 16.

    Raises
    ------
    UsageError
        If the file lies with the data, can be read by others, or holds no key.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = read_key(Path(folder) / "key")
    ...     len(made), read_key(Path(folder) / "key") == made
    (64, True)
    """
    file = Path(file).resolve()
    for folder in apart_from:
        if file.is_relative_to(Path(folder).resolve()):
            raise UsageError(
                f"key = {str(file)!r} lies in {str(folder)!r}, with the data; keep the "
                "key elsewhere"
            )
    if not file.exists():
        _make_key(file)
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise UsageError(
            f"key = {str(file)!r} can be read by others; run: chmod 600 {str(file)!r}"
        )
    key = file.read_bytes().strip()
    if len(key) < SHORTEST_KEY:
        raise UsageError(
            f"key = {str(file)!r} holds {len(key)} bytes; a key has at least "
            f"{SHORTEST_KEY}. Name a file that is not there yet, to have one made"
        )
    return key


def _make_key(file: Path) -> None:
    if not file.parent.is_dir():
        raise UsageError(
            f"key = {str(file)!r}: the folder {str(file.parent)!r} is missing; make it "
            "first"
        )
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as new:
        new.write(secrets.token_hex(32))


def hide_names(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    privacy: Privacy,
    hidden: Hidden,
) -> None:
    """Put pseudonyms into the personal columns of a table, and blank its free texts.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows and their text.
    cleaned : CleanTable
        The typed rows, which are changed.
    privacy : Privacy
        How.
    hidden : Hidden
        Receives what was hidden.

    Raises
    ------
    UsageError
        If account numbers are names and are not to be hidden.
    """
    _check_ids_are_no_names(cleaned, privacy)
    table = cleaned.declared.name
    hidden.tables.add(table)
    sources: set[str] = set()
    for name in cleaned.columns:
        rows = hidden_rows(cleaned.declared, name, privacy.ids)
        text = FREE_TEXTS.get((table, name))
        if rows:
            names = put_pseudonyms(
                connection, cleaned.name, quoted(name), rows, privacy
            )
        elif text:
            names = _values(connection, cleaned.name, quoted(name), "true")
            connection.execute(f"UPDATE {cleaned.name} SET {quoted(name)} = {text}")
        else:
            continue
        hidden.columns[f"{table}.{name}"] = len(names)
        hidden.names |= names
        sources |= set(cleaned.mapping.columns[name].columns)
    hidden.sources[table] = sources
    hidden.names |= hide_text(connection, cleaned, sources, privacy)
    account = cleaned.mapping.columns.get("account_id")
    if account is not None and account.by_name:
        forget_names(connection, cleaned.name)


def hidden_rows(declared: Table, name: str, ids: bool) -> str:
    """Return SQL of the rows whose value is hidden; empty where none is.

    Parameters
    ----------
    declared : Table
        The contract's table.
    name : str
        One of its columns.
    ids : bool
        Whether numbers of accounts are hidden too.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> hidden_rows(table("accounts"), "account_name", False)
    'true'
    >>> hidden_rows(table("accounts"), "region", True)
    ''
    """
    column = declared.column(name)
    if column.personal or name in _PEOPLE or (ids and name in _ACCOUNTS):
        return "true"
    kind = _BY_ROW.get((declared.name, name))
    if kind is None:
        return ""
    names = ["account_name", *_PEOPLE, *([*_ACCOUNTS, "account"] if ids else [])]
    return f"{kind} IN ({', '.join(repr(each) for each in names)})"


def is_number_of_account(name: str) -> bool:
    """Whether a column holds numbers of accounts, hidden only where that is asked.

    Parameters
    ----------
    name : str
        A column of the contract.

    Examples
    --------
    >>> is_number_of_account("payer_id"), is_number_of_account("order_id")
    (True, False)
    """
    return name in _ACCOUNTS


def _check_ids_are_no_names(cleaned: CleanTable, privacy: Privacy) -> None:
    """Refuse to leave account numbers that are made of names."""
    said = cleaned.mapping.columns
    names = set(said["account_name"].columns) if "account_name" in said else set()
    for key in (name for name in _ACCOUNTS if name in said and not privacy.ids):
        if said[key].by_name or names & set(said[key].columns):
            raise UsageError(
                f"tables.{cleaned.declared.name}.columns.{key} is made of names "
                f"({', '.join(map(repr, said[key].columns))}); hide the numbers of "
                "accounts as well, with --pseudonymise-ids"
            )


def _values(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, rows: str
) -> set[str]:
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL AND {rows}"
    return {value for (value,) in connection.execute(sql).fetchall()}


def put_pseudonyms(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    rows: str,
    privacy: Privacy,
) -> set[str]:
    """Put pseudonyms in the place of a column's values; return the values.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    table, column, rows : str
        SQL of the table, of its column, and of the rows that are changed.
    privacy : Privacy
        With which key.

    Raises
    ------
    DataError
        If two values have the same pseudonym.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute("CREATE TABLE t AS SELECT 'Adler' AS who")
    ...     privacy = Privacy(b"keep me in a safe")
    ...     put_pseudonyms(connection, "t", "who", "true", privacy)
    {'Adler'}
    """
    names = sorted(_values(connection, table, column, rows))
    codes = pseudonymise([name.strip() for name in names], privacy.key)
    if codes.nunique() != len({name.strip() for name in names}):
        raise DataError(
            f"{column} of {table}: two names have the same pseudonym; use another key"
        )
    pairs = pd.DataFrame({"name": names, "code": list(codes)}, dtype="str")
    connection.register("pseudonyms", pairs)
    connection.execute(
        f"UPDATE {table} SET {column} = pseudonyms.code FROM pseudonyms "
        f"WHERE {column} = pseudonyms.name AND {rows}"
    )
    connection.unregister("pseudonyms")
    return set(names)


def hide_text(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    sources: Iterable[str],
    privacy: Privacy,
) -> set[str]:
    """Hide the text that hidden columns were made from, in the rows that are kept.

    Dropped rows keep theirs: it is written nowhere, and whether a rule's text occurs
    in the export is told by them.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the text.
    cleaned : CleanTable
        The typed rows, and the text they were made from.
    sources : iterable of str
        Columns of the export.
    privacy : Privacy
        With which key.

    Returns
    -------
    set of str
        The texts that were hidden.
    """
    names: set[str] = set()
    kept = f"seq IN (SELECT seq FROM {cleaned.name} WHERE dropped IS NULL)"
    as_table(connection, cleaned.raw)
    for source in sources:
        column = cleaned.raw.reference(source)
        names |= put_pseudonyms(connection, cleaned.raw.name, column, kept, privacy)
    return names
