"""Propose which names may be one account, and tell what was taken for one.

Names are compared by Jaro and Winkler's similarity. Each group has the heaviest of its
names at the head; whoever looks like it is proposed, and nobody is merged unasked.

References
----------
Winkler, W. E. (1990). String comparator metrics and enhanced decision rules in the
Fellegi–Sunter model of record linkage. Proceedings of the Section on Survey Research
Methods, American Statistical Association.
"""

from dataclasses import dataclass

import duckdb

from kamlab.data.checking.weighing import weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.names.before import NAMES_BEFORE, knows_names, other_names
from kamlab.data.names.decisions import NAMES_FILE, NameDecisions
from kamlab.data.names.keys import NAME_OF_ROW, names_of

#: Names at least this similar (0–1) are proposed as one.
AT_LEAST = 0.9

#: With more names than this, only those with the same first character are compared.
_ALL_PAIRS = 3_000

_MOST_SHOWN = 5


@dataclass(frozen=True)
class Proposal:
    """One name, its weight, and the account that it may belong to.

    Parameters
    ----------
    name, normalised : str
        As most of its lines write it, and what is the same in all ways to write it.
    lines : int
        Kept rows.
    net_amount : float or None
        Their sum.
    group : str
        Normalised name of the account it looks like; its own at the head of a group.
    similarity : float
        0–1, to the head.
    same : str
        "yes" or "no" where somebody has decided, else empty.

    Examples
    --------
    >>> Proposal("Adlor AG", "adlor", 3, 90.0, "adler", 0.92, "").is_open
    True
    """

    name: str
    normalised: str
    lines: int
    net_amount: float | None
    group: str
    similarity: float
    same: str

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to decide.

        Examples
        --------
        >>> Proposal("Adler AG", "adler", 3, 90.0, "adler", 1.0, "").is_open
        False
        """
        return not self.same and self.normalised != self.group


def is_keyed_by_name(cleaned: CleanTable) -> bool:
    """Say whether the accounts of a table are made from names.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    """
    source = cleaned.mapping.columns.get("account_id")
    return source is not None and source.by_name


def proposals(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Proposal]:
    """Return the groups of names that look alike, the heaviest group first.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows and their names.
    cleaned : CleanTable
        The typed rows, keyed by name.
    """
    told = cleaned.mapping.account_names or NameDecisions("")
    names = _names(connection, cleaned)
    alike = _alike(connection, cleaned, len(names))
    heads = {old: (told.account_of(old), 1.0) for old in told.same}
    taken = set(heads)
    for name in names:  # the heaviest first
        if name in taken:
            continue
        for other, similarity in alike.get(name, ()):
            if other not in taken:
                taken |= {name, other}
                heads[other] = (name, similarity)
    groups = {group for group, _ in heads.values()}
    found = [
        Proposal(*names[own], *heads.get(own, (own, 1.0)), _word(told, own, heads))
        for own in names
        if own in heads or own in groups
    ]
    order = {own: place for place, own in enumerate(names)}
    return sorted(found, key=lambda each: order.get(each.group, -1))


def _word(told: NameDecisions, own: str, heads: dict[str, tuple[str, float]]) -> str:
    """What somebody has decided about a name."""
    if own in told.same:
        return "yes"
    return "no" if (own, heads.get(own, ("",))[0]) in told.apart else ""


def _names(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> dict[str, tuple[str, str, int, float | None]]:
    """Return spelling, normalised name, lines and money by normalised name."""
    has_money = "net_amount" in cleaned.columns
    money = "sum(net_amount)" if has_money else "CAST(NULL AS DOUBLE)"
    known = ""
    if knows_names(connection):
        known = f" UNION ALL {other_names(cleaned.name)}"
    found = connection.execute(
        "SELECT arg_max(name, (n, name)), own, CAST(sum(n) AS BIGINT), sum(money) FROM "
        f"(SELECT names.name, own, count(*) AS n, {money} AS money FROM {cleaned.name} "
        f"JOIN {names_of(cleaned.name)} AS names ON {NAME_OF_ROW} = names.name "
        f"WHERE dropped IS NULL GROUP BY ALL{known}) GROUP BY own "
        "ORDER BY abs(coalesce(sum(money), 0)) DESC, sum(n) DESC, own"
    ).fetchall()
    return {each[1]: each for each in found}


def _alike(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, names: int
) -> dict[str, list[tuple[str, float]]]:
    """Return for each name those that look like it, the most similar first."""
    names_told = f"SELECT DISTINCT own FROM {names_of(cleaned.name)}"
    if knows_names(connection):
        names_told += f" UNION SELECT own FROM {NAMES_BEFORE}"
    some = "" if names <= _ALL_PAIRS else "AND left(a.own, 1) = left(b.own, 1) "
    found = connection.execute(
        "SELECT a.own, b.own, jaro_winkler_similarity(a.own, b.own) AS similarity FROM "
        f"({names_told}) AS a JOIN ({names_told}) AS b ON a.own <> b.own {some}"
        f"WHERE similarity >= {AT_LEAST} ORDER BY similarity DESC, b.own"
    ).fetchall()
    alike: dict[str, list[tuple[str, float]]] = {}
    for one, other, similarity in found:
        alike.setdefault(one, []).append((other, similarity))
    return alike


def check_names(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what was taken for one account, and what may be one.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows and their names.
    cleaned : CleanTable
        The typed rows; nothing is found where they are not keyed by name.
    """
    if not is_keyed_by_name(cleaned):
        return []
    found = proposals(connection, cleaned)
    is_open = _worth_a_word(connection, found)
    merged = [each for each in found if each.same == "yes"]
    findings = _spelt_differently(connection, cleaned)
    if is_open:
        findings.append(_told(connection, cleaned, "names_alike", is_open))
    if merged:
        findings.append(_told(connection, cleaned, "names_merged", merged))
    return findings


def _worth_a_word(
    connection: duckdb.DuckDBPyConnection, found: list[Proposal]
) -> list[Proposal]:
    """Return what is open, in an update only where a name is new to the portfolio.

    The sheet holds all of it, and what was proposed before was told before.
    """
    known: set[str] = set()
    if knows_names(connection):
        sql = f"SELECT DISTINCT own FROM {NAMES_BEFORE}"
        known = {own for (own,) in connection.execute(sql).fetchall()}
    new = {each.group for each in found if each.normalised not in known}
    return [each for each in found if each.is_open and each.group in new]


def _told(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    rule: str,
    found: list[Proposal],
) -> Finding:
    rows = sum(each.lines for each in found)
    money = sum(abs(each.net_amount or 0) for each in found)
    shown = ", ".join(
        f"{each.name!r} ({each.group})" for each in found[:_MOST_SHOWN]
    ) + (f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else "")
    file = cleaned.mapping.account_names.file if rule == "names_merged" else NAMES_FILE
    place = cleaned.raw.files[0].name
    return make_finding(
        rule,
        cleaned.declared.name,
        "account_id",
        rows,
        [Sample(place, None, each.name) for each in found],
        names=shown,
        file=file,
        **weight(connection, cleaned, rows, money),
    )


def _spelt_differently(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Names that differ in spelling only, or, which weighs more, in legal form."""
    found = connection.execute(
        "SELECT list(name ORDER BY name), count(DISTINCT nullif(form, '')) > 1 FROM "
        f"{names_of(cleaned.name)} GROUP BY own HAVING count(*) > 1 ORDER BY own"
    ).fetchall()
    findings = []
    for rule, differs in (("legal_forms_differ", True), ("names_folded", False)):
        groups = [names for names, other in found if other == differs]
        if groups:
            shown = "; ".join(" = ".join(map(repr, g)) for g in groups[:_MOST_SHOWN])
            more = len(groups) - _MOST_SHOWN
            place = cleaned.raw.files[0].name
            findings.append(
                make_finding(
                    rule,
                    cleaned.declared.name,
                    "account_id",
                    len(groups),
                    [Sample(place, None, names[0]) for names in groups],
                    names=shown + (f"; and {more} more" if more > 0 else ""),
                )
            )
    return findings
