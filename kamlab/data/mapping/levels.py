"""Read whom an account means: sold-to party, ship-to party, payer, or parent.

Glossary
--------
sold-to party 售达方
    Who ordered. The ship-to party 送达方 receives the goods, the payer 付款方 is
    charged; in one order they may be three customers.
account level
    Which of them a portfolio counts as its accounts. Totals are the same at every
    level; how many accounts there are, and how concentrated revenue is, are not.
"""

from kamlab.data.mapping.values import Problems

#: Where the parties are kept that are not the account; a parent belongs to accounts.
KEPT_AS = {
    "sold-to": "sold_to_id",
    "ship-to": "ship_to_id",
    "payer": "payer_id",
    "parent": "",
}


def with_account_level(content: object, problems: Problems) -> object:
    """Return a mapping in which the account is a column, and the others are kept.

    ``account_id: {sold-to: KUNAG, payer: KUNRG}`` names a column for each level;
    ``portfolio.account_level`` says which of them is the account.

    Parameters
    ----------
    content : object
        The whole mapping as YAML holds it; it is not changed.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> columns = {"account_id": {"sold-to": "KUNAG", "payer": "KUNRG"}}
    >>> told = with_account_level({
    ...     "portfolio": {"account_level": "payer"},
    ...     "tables": {"orders": {"columns": columns}},
    ... }, [])
    >>> told["tables"]["orders"]["columns"]
    {'account_id': 'KUNRG', 'sold_to_id': 'KUNAG'}
    """
    orders = _at(content, "tables", "orders")
    columns = _at(orders, "columns")
    parties = _at(columns, "account_id")
    if not parties.keys() & KEPT_AS:
        return content
    level = _at(content, "portfolio").get("account_level", "sold-to")
    spelt = {**columns, **_spelt_out(parties, str(level), columns, problems)}
    tables = {**content["tables"], "orders": {**orders, "columns": spelt}}
    return {**content, "tables": tables}


def _at(node: object, *keys: str) -> dict:
    """Return a section of the mapping, empty where there is none."""
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def _spelt_out(
    parties: dict, level: str, columns: dict, problems: Problems
) -> dict[str, object]:
    """Return the column of the account, and those of the other parties."""
    place = "tables.orders.columns.account_id"
    listed = ", ".join(KEPT_AS)
    for key in parties:
        if key not in KEPT_AS:
            told = f"{place}.{key} is no account level; choose among: {listed}"
            problems.append(told)
    if level not in parties:
        problems.append(
            f"{place} has no column for portfolio.account_level = {level!r}; name it, "
            "or choose another level"
        )
        return {"account_id": next(iter(parties.values()))}
    if level != "parent" and "parent" in parties:
        problems.append(
            f"{place}.parent is of use where portfolio.account_level is parent; else "
            "map tables.accounts.columns.parent_id"
        )
    others = {
        KEPT_AS[party]: column
        for party, column in parties.items()
        if KEPT_AS.get(party) and party != level and KEPT_AS[party] not in columns
    }
    return {"account_id": parties[level], **others}
