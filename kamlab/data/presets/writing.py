"""Write a suggestion as a mapping: each line with its reason, questions as comments."""

from collections.abc import Iterable

from kamlab.data.presets.suggestion import Entry, Suggestion, TableSuggestion
from kamlab.data.presets.yamltext import comment, flow, pair, visible

_WIDTH = 88
_COLUMN = 40
_NAME = f"{'  # name: COMPANY':<{_COLUMN}}# at leisure: whose portfolio it is"


def as_yaml(suggestion: Suggestion) -> str:
    """Return a mapping that `kamlab import` reads.

    Parameters
    ----------
    suggestion : Suggestion
        What is sure, what is asked, what is left out.

    Returns
    -------
    str
        YAML. What is to be decided is a comment, so that the import refuses it until
        then where it is needed.

    Examples
    --------
    >>> told = Suggestion("generic", "3 names are known", (Entry("currency", "EUR"),),
    ...     (TableSuggestion("orders", (), (Entry("order_id", "Nr", "its name"),)),),
    ...     (), (), 1, 0)
    >>> print(as_yaml(told))
    # Suggested by the preset generic: 3 names are known.
    # Read it once, then run: kamlab import SOURCE --mapping THIS_FILE --out FOLDER
    <BLANKLINE>
    portfolio:
      # name: COMPANY                     # at leisure: whose portfolio it is
      currency: EUR
    tables:
      orders:
        columns:
          order_id: Nr                      # its name
    <BLANKLINE>
    """
    lines = comment(
        f"Suggested by the preset {suggestion.preset}: {suggestion.reason}.", 0
    )
    lines += comment(_what_next(suggestion), 0)
    lines += ["", "portfolio:", _NAME, *_entries(suggestion.portfolio, 2), "tables:"]
    for table in suggestion.tables:
        lines += _table(table)
    lines += _closing(suggestion)
    return "\n".join(lines) + "\n"


def _what_next(suggestion: Suggestion) -> str:
    command = "kamlab import SOURCE --mapping THIS_FILE --out FOLDER"
    if not suggestion.has_orders:
        return (
            "No order lines were recognised: an account, a day and an amount are "
            "needed in one file. What was not read, and why, stands below."
        )
    count = len(suggestion.open)
    if not count:
        return f"Read it once, then run: {command}"
    places = "1 place" if count == 1 else f"{count} places"
    told = f"DECIDE stands at {places}: take the # off the line that is right"
    return f"{told}, then run: {command}"


def _table(table: TableSuggestion) -> list[str]:
    lines = [f"  {table.name}:", *_entries(table.keys, 4), "    columns:"]
    lines += _entries(table.columns, 6)
    lines += _drop_rules(table.drop)
    for question in table.questions:
        lines += comment(question, 4)
    return lines


def _entries(entries: Iterable[Entry], indent: int) -> list[str]:
    return [line for each in entries for line in _entry(each, indent)]


def _entry(entry: Entry, indent: int) -> list[str]:
    """One key, its reason behind it where there is room, else above it."""
    if entry.is_open:
        return _open(entry, indent)
    lines = pair(entry.key, entry.value, indent)
    return _with_reason(lines, entry.why, indent)


def _with_reason(lines: list[str], why: str, indent: int) -> list[str]:
    if not why:
        return lines
    behind = f"{lines[0]:<{_COLUMN}}  # {visible(why)}"
    if len(lines) == 1 and len(behind) <= _WIDTH:
        return [behind]
    return [*comment(why, indent), *lines]


def _open(entry: Entry, indent: int) -> list[str]:
    """A question, and below it each answer as a comment."""
    lines = comment(f"DECIDE {entry.question}", indent)
    for option in entry.options:
        pad = " " * indent
        lines += [
            f"{pad}# {line.removeprefix(pad)}"
            for line in pair(entry.key, option, indent)
        ]
    return lines


def _drop_rules(rules: Iterable[Entry]) -> list[str]:
    sure = [each for each in rules if not each.is_open]
    asked = [each for each in rules if each.is_open]
    lines = ["    drop:"] if sure else []
    for rule in sure:
        lines += _with_reason(_rule(rule), rule.why, 6)
    for rule in asked:
        lines += comment(f"DECIDE {rule.question}", 4)
        for option in rule.options:
            told = flow({"name": rule.key, **option})
            front = "    #   - " if sure else "    # drop:\n    #   - "
            lines += f"{front}{told}".split("\n")
    return lines


def _rule(rule: Entry) -> list[str]:
    """One rule that is sure, on one line where it fits."""
    told = {"name": rule.key, **rule.value}
    line = f"      - {flow(told)}"
    if len(line) <= _WIDTH:
        return [line]
    lines = [line for key, value in told.items() for line in pair(key, value, 8)]
    return [f"      - {lines[0].lstrip()}", *lines[1:]]


def _closing(suggestion: Suggestion) -> list[str]:
    """What the mapping does not use: columns, then files."""
    lines = []
    if suggestion.unused:
        lines += ["", "# Columns not used:"]
        for each in suggestion.unused:
            lines += comment(f"- {each.header} ({each.file}): {each.why}", 0)
    if suggestion.left:
        lines += ["", "# Not read:"]
        for told in suggestion.left:
            lines += comment(f"- {told}", 0)
    return lines
