"""The portfolio as it stands before an update, and whether the update fits to it."""

import json
from collections.abc import Mapping as Keys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kamlab.data.folder import Description, read_description, sha256_of
from kamlab.data.mapping.mapping import Mapping
from kamlab.errors import DataError, UsageError

MAPPING_FILE = "mapping.yml"
LOG_FILE = "import_log.json"

#: What an update brings anew; everything else it must say as the portfolio does.
_MAY_CHANGE = ("data_through", "tables")


@dataclass(frozen=True)
class Before:
    """A portfolio that was imported, with its log.

    Parameters
    ----------
    folder : Path
        Where it lies.
    description : Description
        What its portfolio.yml says.
    log : mapping
        What its import_log.json says.
    log_hash : str
        SHA-256 of the log, by which another import in the meantime is noticed.

    Examples
    --------
    >>> told = Description("Mine", "EUR", data_through=None)
    >>> Before(Path("mine"), told, {"derived": {"orders": ["line_id"]}}).derived
    {'orders': {'line_id'}}
    """

    folder: Path
    description: Description
    log: Keys[str, Any] = field(default_factory=dict)
    log_hash: str = ""

    @property
    def derived(self) -> dict[str, set[str]]:
        """Columns that kamlab derived, by table; without a word, all numbers were."""
        if "derived" in self.log:
            return {table: set(names) for table, names in self.log["derived"].items()}
        return {"orders": {"line_id"}}

    @property
    def imports(self) -> list[Keys[str, Any]]:
        """What each import so far was made of, oldest first."""
        return list(self.log.get("imports", ()))

    @property
    def sources(self) -> dict[str, str]:
        """Name of every file that was imported, by its SHA-256."""
        return {
            file["sha256"]: file["name"]
            for each in self.imports
            for table in each["tables"]
            for file in table["files"]
            if file["sha256"]
        }


def read_before(out: Path) -> Before:
    """Read the portfolio that is to be updated.

    Parameters
    ----------
    out : Path
        The portfolio folder.

    Raises
    ------
    UsageError
        If there is no portfolio, or one that was not imported.
    DataError
        If its log is damaged.

    Examples
    --------
    >>> read_before(Path("data/demo"))
    Traceback (most recent call last):
        ...
    kamlab.errors.UsageError: out = 'data/demo' has no import_log.json: ...
    """
    out = Path(out)
    description, file = read_description(out), out / LOG_FILE
    if not file.is_file():
        raise UsageError(
            f"out = {str(out)!r} has no {LOG_FILE}: it was not made by an import, and "
            "cannot be updated by one. Import the whole export to a new folder"
        )
    try:
        log = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(
            f"{str(file)!r} is damaged ({error}); put an earlier version back with "
            "'kamlab import --rollback', or import the whole export again"
        ) from error
    return Before(out, description, log, sha256_of(file))


def mapping_of(out: Path) -> Path:
    """Return the mapping that a portfolio keeps of its last import.

    Parameters
    ----------
    out : Path
        The portfolio folder.

    Raises
    ------
    UsageError
        If it keeps none.

    Examples
    --------
    >>> mapping_of(Path("data/demo"))
    Traceback (most recent call last):
        ...
    kamlab.errors.UsageError: mapping is not given, and 'data/demo' keeps none: ...
    """
    kept = out / MAPPING_FILE
    if not kept.is_file():
        raise UsageError(
            f"mapping is not given, and {str(out)!r} keeps none: name the file that "
            "says which column is what, with --mapping"
        )
    return kept


def check_agreement(before: Before, mapping: Mapping) -> None:
    """Refuse an update that counts otherwise than the portfolio: currency, calendar.

    Parameters
    ----------
    before : Before
        The portfolio.
    mapping : Mapping
        What the update's mapping says.

    Raises
    ------
    UsageError
        If they differ.

    Examples
    --------
    >>> told = Description("Mine", "EUR", data_through=None)
    >>> check_agreement(Before(Path("mine"), told), Mapping("Mine", "USD", {}))
    Traceback (most recent call last):
        ...
    kamlab.errors.UsageError: portfolio.currency = 'USD', but the portfolio says ...
    """
    for each in fields(Description):
        if each.name in _MAY_CHANGE or not hasattr(mapping, each.name):
            continue
        was, now = getattr(before.description, each.name), getattr(mapping, each.name)
        if was != now:
            raise UsageError(
                f"portfolio.{each.name} = {now!r}, but the portfolio says {was!r}; an "
                "update must agree. Correct the mapping, or import the whole export to "
                "a new folder"
            )


def prepared(
    mapping: Path | None, out: Path, update: bool
) -> tuple[Path, Before | None]:
    """Return the mapping to import by, and the portfolio to update, if one is.

    Parameters
    ----------
    mapping : Path or None
        As given.
    out : Path
        The portfolio folder.
    update : bool
        Whether it is to be updated.

    Raises
    ------
    UsageError
        If there is nothing to update, or no mapping.

    Examples
    --------
    >>> mapping, before = prepared("mapping.yml", Path("new"), update=False)
    >>> mapping.name, before
    ('mapping.yml', None)
    """
    before = read_before(out) if update else None
    if mapping is not None:
        return Path(mapping), before
    if before is None:
        raise UsageError(
            "mapping is not given; name the file that says which column is what, with "
            "--mapping ('kamlab contract mapping' shows one)"
        )
    return mapping_of(out), before
