"""Kinds of bad mappings: all of them are refused before anything is read."""

import itertools

from tests.data.kinds_of_bad_input import Kind, lines

COLUMNS = "order_id: Nr, line_id: Pos, account_id: Kunde, order_date: Tag"
PORTFOLIO = "portfolio: {currency: EUR}\n"


def mapping(name: str, says: str, text: str | bytes) -> Kind:
    """Return a kind of bad mapping as a whole."""
    return Kind(name, "refused", 0, says, {"lines.csv": lines()}, mapping=text)


def more(name: str, says: str, line: str) -> Kind:
    """Return a kind of bad line in the table of orders."""
    return Kind(name, "refused", 0, says, {"lines.csv": lines()}, (line,))


def swapped(name: str, says: str, old: str, new: str) -> Kind:
    """Return a kind of mapping in which a piece is not what it should be."""
    return Kind(name, "refused", 0, says, {"lines.csv": lines()}, swap=(old, new))


def nested(levels: int) -> str:
    """Return YAML of which each alias stands for nine of the one before."""
    first = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    steps = itertools.pairwise("abcdefghijklmnop"[: levels + 1])
    return first + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in steps
    )


YAML = [
    mapping("nothing in it", "portfolio is missing", "# to be written\n"),
    mapping("a list", "the mapping = ['a', 'b']", "- a\n- b\n"),
    mapping("a sentence", "the mapping = 'just words'", "just words"),
    mapping("tabulators", "cannot start any token", "portfolio:\n\tcurrency: EUR\n"),
    mapping("two documents", "expected a single document", f"{PORTFOLIO}---\na: 1\n"),
    mapping("UTF-16", "can't decode byte 0xff", PORTFOLIO.encode("utf-16")),
    mapping("zero bytes", "special characters are not allowed", b"\0\1"),
    mapping("nested too deeply", "nested too deeply", "a: " + "[" * 3000 + "]" * 3000),
    mapping("aliases of aliases", "values once its aliases", nested(8)),
    mapping("alias of itself", "stands for what it stands in", "a: &a [*a]\n"),
    mapping("code", "could not determine", "a: !!python/object/apply:os.system [x]\n"),
    mapping("section twice", "portfolio stands twice", PORTFOLIO * 2),
    mapping("no tables", "tables is missing", PORTFOLIO),
]

KEYS = [
    swapped("no currency", "portfolio.currency is missing", ", currency: EUR", ""),
    swapped("currency of a list", "currency", "currency: EUR", "currency: [EUR, USD]"),
    swapped("mistyped key", "did you mean 'net_amount'?", "net_amount", "net_amuont"),
    swapped(
        "key in capitals", "did you mean 'net_amount'?", "net_amount", "NET_AMOUNT"
    ),
    swapped("two columns at once", "is not a text; name one", "Netto", "[Netto, Tag]"),
    swapped(
        "value that is no key", "keys and values", "columns:", "columns: 5\n    x:"
    ),
    swapped("path outside", "leads out of the source", '"*.csv"', "/etc/passwd"),
    swapped("path upwards", "leads out of the source", '"*.csv"', "../lines.csv"),
    swapped("no such file", "*.txt", "*.csv", "*.txt"),
    swapped("unit of nothing", "unit = 0", "Netto", "{from: Netto, unit: 0}"),
    swapped(
        "constant and column", "give exactly one", "Netto", "{from: A, constant: 1}"
    ),
    swapped(
        "day that is none",
        "'31.02.2025' is not a day",
        "name:",
        "data_through: 31.02.2025, name:",
    ),
    more("unknown encoding", "'utf-9' is not an encoding", "format: {encoding: utf-9}"),
    more("unknown days", "'TT.MM.JJJJ' is not a way", "format: {dates: TT.MM.JJJJ}"),
    more("days read twice", "as two", "format: {dates: [DD/MM/YYYY, MM/DD/YYYY]}"),
    more("long separator", "delimiter = '::'", "format: {delimiter: '::'}"),
    more("lines below zero", "skip_lines = -1", "format: {skip_lines: -1}"),
    more(
        "lines without end", "skip_lines = 99999999", "format: {skip_lines: 99999999}"
    ),
    more("broken pattern", "regular", "drop: [{name: x, column: Nr, matches: '('}]"),
    more(
        "rate below zero", "rates.USD = -1", "currency: {column: Nr, rates: {USD: -1}}"
    ),
    more("password", "keep the address", "database: 'postgresql://me:secret@erp/x'"),
    more("query that deletes", "is not one SELECT", "query: DELETE FROM t"),
    more("two queries", "is not one SELECT", "query: SELECT 1; DROP TABLE t"),
    more("query that attaches", "is not one SELECT", "query: ATTACH 'y.db' AS y"),
    more("query that is none", "is not one SELECT", "query: SELEC 1"),
]

KINDS_OF_MAPPINGS = [*YAML, *KEYS]
