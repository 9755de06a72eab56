"""Check that contracts and opportunities tell one story: days in order, renewals kept.

Glossary
--------
renewal 续约
    The next contract of the account, a row of its own, that begins as this one ends.
"""

from collections.abc import Iterator

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding

#: Days after the end within which a renewal begins, for some are signed late.
_LATE = 92

#: Days that come before an opportunity is won or lost.
_BEFORE_CLOSE = ("created", "need_on", "screening_on", "inquiry_on", "quotation_on")


def check_agreements(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what cannot be true of contracts, or of opportunities.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows; nothing is found in any other table.
    """
    rules = {"contracts": _of_contracts, "opportunities": _of_opportunities}
    asked = rules.get(cleaned.declared.name)
    if asked is None:
        return []
    return [
        found
        for rule, column, condition, shown in asked(cleaned)
        for found in finding_where(connection, cleaned, rule, column, condition, shown)
    ]


#: Name of the rule, its column, SQL of the rows that break it, SQL of what is shown.
_Asked = tuple[str, str, str, str]


def _of_contracts(cleaned: CleanTable) -> Iterator[_Asked]:
    there = set(cleaned.columns)
    if {"start", "end"} <= there:
        shown = "contract_id || ': ' || start || ' to ' || \"end\""
        yield "contract_ends_first", "end", '"end" < start', shown
    if {"account_id", "start", "end", "renewed"} <= there:
        others = (
            f"SELECT 1 FROM {cleaned.name} AS later WHERE later.dropped IS NULL AND "
            f"later.account_id = {cleaned.name}.account_id AND "
            f"later.start > {cleaned.name}.start AND later.start <= "
            f'{cleaned.name}."end" + '
        )
        # A renewal may be signed after the export was made.
        is_past = (
            f'"end" + {_LATE} <= (SELECT max(start) FROM {cleaned.name} '
            "WHERE dropped IS NULL)"
        )
        missing = f"renewed = 'yes' AND {is_past} AND NOT EXISTS ({others}{_LATE})"
        yield "renewal_missing", "renewed", missing, "contract_id"
        goes_on = f"renewed = 'no' AND EXISTS ({others}1)"
        yield "renewed_after_all", "renewed", goes_on, "contract_id"


def _of_opportunities(cleaned: CleanTable) -> Iterator[_Asked]:
    there = set(cleaned.columns)
    days = [name for name in _BEFORE_CLOSE if name in there]
    if "closed_on" in there and days:
        first = f"greatest({', '.join(days)})"
        shown = f"opp_id || ': ' || closed_on || ', before ' || {first}"
        yield "closed_before_opened", "closed_on", f"closed_on < {first}", shown
    accepted = [name for name in ("contract_on", "order_on") if name in there]
    if "won" in there and accepted:
        has_order = f"coalesce({', '.join(accepted)}) IS NOT NULL"
        yield "lost_but_ordered", "won", f"won = false AND {has_order}", "opp_id"
