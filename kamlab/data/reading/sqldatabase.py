"""Read a table or a query of any database that SQLAlchemy knows, without changing it.

The address stands in an environment variable and is shown nowhere: not in findings,
not in the log, not in messages.
"""

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kamlab.data.mapping.mapping import Place
from kamlab.data.reading.pages import BrokenPage, Page
from kamlab.data.reading.queries import fetched, selected
from kamlab.errors import UsageError

if TYPE_CHECKING:
    import sqlalchemy as sql

#: How a connection is told that nothing may be written, by kind of database.
_READ_ONLY: Mapping[str, dict[str, bool]] = {
    "postgresql": {"postgresql_readonly": True}
}
_SECRET = re.compile(r"://[^\s'\"]*@|password\s*=\s*\S+", re.IGNORECASE)


def database_page(place: Place) -> Page:
    """Return a table or a query of the database whose address a variable holds.

    Parameters
    ----------
    place : Place
        The variable, and the table (with its schema, where it needs one) or query.

    Raises
    ------
    UsageError
        If the variable is not set or holds no address, or if a library is missing.
    BrokenPage
        If the database cannot be read.

    Examples
    --------
    >>> os.environ["KAMLAB_EXAMPLE"] = "sqlite://"
    >>> page = database_page(Place(query="SELECT 7 AS nr", database="KAMLAB_EXAMPLE"))
    >>> print(page.name, page.header, list(page.rows))
    KAMLAB_EXAMPLE [query] ('nr',) [(1, (7,))]
    >>> page.close()
    """
    engine = _engine(place.database)
    from sqlalchemy.exc import SQLAlchemyError

    try:
        connection = engine.connect()
        try:
            label, select = _select(engine, place)
            options = {
                "stream_results": True,
                **_READ_ONLY.get(engine.dialect.name, {}),
            }
            result = connection.execution_options(**options).execute(select)
        except BaseException:
            connection.close()
            raise
    except SQLAlchemyError as error:
        raise BrokenPage(_reason(error)) from None
    header = tuple(map(str, result.keys()))
    rows = fetched(result.fetchmany, SQLAlchemyError, _reason)
    name = f"{place.database} [{label}]"
    return Page(None, name, label, header, rows, close=connection.close)


def table_names(variable: str) -> list[str]:
    """Return the tables and views of a database's usual schema, in order.

    Parameters
    ----------
    variable : str
        Name of the environment variable that holds its address.

    Raises
    ------
    UsageError
        If the variable is not set or holds no address, or if a library is missing.
    BrokenPage
        If the database cannot be read.

    Examples
    --------
    >>> os.environ["KAMLAB_EXAMPLE"] = "sqlite://"
    >>> table_names("KAMLAB_EXAMPLE")
    []
    """
    engine = _engine(variable)
    import sqlalchemy as sql

    try:
        inspector = sql.inspect(engine)
        return sorted({*inspector.get_table_names(), *inspector.get_view_names()})
    except sql.exc.SQLAlchemyError as error:
        raise BrokenPage(_reason(error)) from None


def _engine(variable: str) -> "sql.Engine":
    """Return a way to the database, that keeps no connection open."""
    address = os.environ.get(variable, "")
    if not address:
        raise UsageError(
            f"the environment variable {variable} is not set; let it hold the address "
            "of the database, such as postgresql+psycopg://reader@server/erp"
        )
    try:
        import sqlalchemy as sql
    except ImportError as error:
        raise UsageError(
            "a database needs the package sqlalchemy; install it, and its driver"
        ) from error
    try:
        return sql.create_engine(address, poolclass=sql.pool.NullPool)
    except (sql.exc.ArgumentError, ImportError) as error:
        told = _reason(error) if isinstance(error, ImportError) else "no such address"
        raise UsageError(
            f"the address in {variable} cannot be used ({told}); write it as "
            "dialect+driver://user:password@server/database, and install the driver"
        ) from None


def _select(engine: "sql.Engine", place: Place) -> tuple[str, "sql.TextClause"]:
    """Return what is read, and the statement for it; a table has to be there."""
    import sqlalchemy as sql

    if place.query:
        return "query", sql.text(place.query.replace(":", "\\:"))
    schema, _, name = place.table.rpartition(".")
    inspector = sql.inspect(engine)
    known = inspector.get_table_names(schema or None)
    known += inspector.get_view_names(schema or None)
    selected(Place(table=name), known)
    quote = engine.dialect.identifier_preparer.quote
    where = ".".join(quote(each) for each in (schema, name) if each)
    return place.table, sql.text(f"SELECT * FROM {where}")


def _reason(error: Exception) -> str:
    """Return what a database says, without addresses and passwords."""
    told = str(getattr(error, "orig", None) or error) or type(error).__name__
    return _SECRET.sub("…", told.strip().splitlines()[0])
