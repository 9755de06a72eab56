"""Kinds of bad values in a small export: one change to a good book each."""

from dataclasses import dataclass, field

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"
GOOD = "7,1,A,2025-01-31,100.00\n"


@dataclass(frozen=True)
class Kind:
    """A kind of bad input: how an export and its mapping differ from good ones.

    `told` is the rule of the finding it leads to, found on `rows` rows, or "refused"
    where nothing is read at all; `says` is a piece of the message. `files` are those
    of the export; `more` are further lines of the mapping's table of orders, `swap` is
    replaced in the mapping, `mapping` stands in its place.
    """

    name: str
    told: str
    rows: int
    says: str
    files: dict[str, str | bytes] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    swap: tuple[str, str] = ("", "")
    mapping: str | bytes = ""


def lines(*rows: str) -> str:
    """Return a file of a good row and the given ones below it."""
    return HEADER + GOOD + "".join(f"{row}\n" for row in rows)


def kind(
    name: str, told: str, rows: int, says: str, *below: str, more: tuple[str, ...] = ()
) -> Kind:
    """Return a kind of bad rows below a good one."""
    return Kind(name, told, rows, says, {"lines.csv": lines(*below)}, more)


def amount(name: str, told: str, text: str, says: str, rows: int = 1) -> Kind:
    """Return a kind of bad net amount."""
    return kind(name, told, rows, says, f'8,1,A,2025-01-31,"{text}"')


def day(name: str, told: str, text: str, says: str) -> Kind:
    """Return a kind of bad order date."""
    return kind(name, told, 1, says, f"8,1,A,{text},5.00")


def account(name: str, told: str, text: str, says: str) -> Kind:
    """Return a kind of bad account number."""
    return kind(name, told, 1, says, f"8,1,{text},2025-01-31,100.00")


def with_column(name: str, told: str, column: str, text: str, says: str) -> Kind:
    """Return a kind of bad value in a further column of the contract."""
    content = f"{HEADER.strip()},More\n{GOOD.strip()},{text}\n"
    more = (f"  {column}: More",)
    return Kind(name, told, 1, says, {"lines.csv": content}, more)


AMOUNTS = [
    amount("per cent sign", "unit_behind_number", "12%", "'12%' is a number with a"),
    amount("ten thousands 万", "unit_behind_number", "1.5万", "'1.5万' is a number"),
    amount("euro sign", "sign_of_currency", "€ 12.00", "a number with a sign"),
    amount("currency code", "sign_of_currency", "12.00 EUR", "'12.00 EUR'"),
    amount("full-width yuan sign", "sign_of_currency", "￥12.00", "sign beside it"),
    amount("apostrophe", "undeclared_decimal", "1'234.00", "no thousands"),
    amount("blank of thousands", "undeclared_decimal", "1 234.00", "'1 234.00'"),
    amount("lakh", "undeclared_decimal", "1,23,456.00", "'1,23,456.00'"),
    amount("dash", "dash_for_number", "-", "'-' stands where a number should"),
    amount("n/a", "not_a_number", "n/a", "'n/a' is not a number"),
    amount("#N/A as text", "not_a_number", "#N/A", "'#N/A' is not a number"),
    amount("#DIV/0! as text", "not_a_number", "#DIV/0!", "'#DIV/0!'"),
    amount("two minus signs", "not_a_number", "--5", "'--5' is not a number"),
    amount("hexadecimal", "not_a_number", "0x1F", "'0x1F' is not a number"),
    amount("underscore", "not_a_number", "1_000", "'1_000' is not a number"),
    amount("fraction", "not_a_number", "1/2", "'1/2' is not a number"),
    amount("overflow", "infinite_amount", "1e999", "'inf' is not a finite"),
    amount("minus infinity", "infinite_amount", "-inf", "'-inf' is not a finite"),
    amount("bell", "not_a_number", "\a5", "'\\x075' is not a number"),
    amount("escape sequence", "not_a_number", "\x1b[2J5", "'\\x1b[2J5' is not"),
    amount("formula", "not_a_number", "=1+1", "'=1+1' is not a number"),
    kind(
        "two ways to write thousands",
        "undeclared_decimal",
        2,
        "'1.234,56'",
        '8,1,A,2025-01-31,"1.234,56"',
        '9,1,A,2025-01-31,"1,234.56"',
    ),
]

DAYS = [
    day("time of day", "not_a_date", "12:30", "'12:30' is not a day"),
    day("year 0202", "impossible_date", "0202-01-31", "'0202-01-31' does not exist"),
    day("before 1900", "impossible_date", "1899-12-30", "'1899-12-30'"),
    day("29 February", "impossible_date", "2025-02-29", "'2025-02-29'"),
    day("year of two digits", "two_date_formats", "31.01.25", "'2025-01-31' in lines"),
    day("Chinese day", "two_date_formats", "2025年1月31日", "written in two ways"),
    day("day with a zone", "two_date_formats", "2025-01-31T12:00:00Z", "two ways"),
    day("day without dashes", "two_date_formats", "20250131", "written in two ways"),
    day("name of a month", "not_a_date", "31-Jan-2025", "'31-Jan-2025' is not a day"),
    day("blank", "blank_value", "", "the value is blank"),
    day("end of all days", "future_date", "9999-12-31", "'9999-12-31' is after today"),
    Kind(
        "31 February as declared",
        "impossible_date",
        1,
        "'31.02.2025' does not exist",
        {"lines.csv": f"{HEADER}7,1,A,31.02.2025,1\n"},
        ("format: {dates: DD.MM.YYYY}",),
    ),
    Kind(
        "day and month may be swapped",
        "format_unclear",
        1,
        "'03/04/2021' may be DD/MM/YYYY or MM/DD/YYYY",
        {"lines.csv": f"{HEADER}7,1,A,03/04/2021,1\n"},
        ("format: detect",),
    ),
]

IDS = [
    account("error of a formula", "placeholder_id", "#REF!", "the id is '#REF!'"),
    account("word for none", "placeholder_id", "NULL", "the id is 'NULL'"),
    account("number as a power", "scientific_id", "1.2E+12", "'1.2E+12'"),
    account("power with a comma", "scientific_id", '"1,2E+12"', "'1,2E+12'"),
    account("lower case", "ids_look_alike", "a", "1 id differs from another only"),
    account("blank behind", "spaces_trimmed", "A ", "around the id 'A' were taken off"),
    account("blank of no width", "spaces_trimmed", "A\u200b", "invisible marks"),
    account("full-width letter", "spaces_trimmed", "Ａ", "the id 'A'"),
    account("right to left", "hidden_characters", "A\u202eB", "'A\\u202eB' holds"),
    account("escape in a name", "hidden_characters", "A\x1b[31m", "'A\\x1b[31m' holds"),
    kind(
        "zeros in front are lost",
        "ids_look_alike",
        1,
        "leading zeros",
        "8,1,0042,2025-01-31,100.00",
        "9,1,42,2025-01-31,100.00",
    ),
    kind("blank line number", "blank_id", 1, "the id is blank", "8,,A,2025-01-31,1"),
]

ROWS = [
    kind("row twice", "exact_duplicates", 1, "lines.csv row 3", GOOD.strip()),
    kind("key twice", "duplicate_key", 2, "'7, 1' stands for", "7,1,A,2025-01-31,5"),
    kind("header twice", "header_repeated", 1, "among the rows: 'Tag'", HEADER.strip()),
    kind("row with a sum", "blank_id", 1, "the id is blank", "合计,,,,100"),
    kind("cell too few", "ragged_row", 1, "lines.csv row 3", "8,1,A,2025-01-31"),
    kind("cell too many", "ragged_row", 1, "'8,1,A,2025-", "8,1,A,2025-01-31,5,6"),
    kind("text after a quote", "unclosed_quote", 1, "row 3", '8,1,"A"B,2025-01-31,5'),
    kind("two accounts", "order_of_two_accounts", 2, "'7' has", "7,2,B,2025-01-31,1"),
    kind("two days", "order_on_two_days", 2, "'7' has lines", "7,2,A,2025-02-01,1"),
    kind(
        "rule without a row",
        "matches_no_row",
        1,
        "'Z' in the rule 'test accounts' matches no row",
        more=("drop: [{name: test accounts, column: Kunde, in: [Z]}]",),
    ),
    Kind(
        "order in two files",
        "order_in_two_files",
        1,
        "more.csv row 2",
        {"lines.csv": lines(), "more.csv": f"{HEADER}7,2,A,2025-01-31,1\n"},
    ),
    Kind(
        "second file without rows",
        "file_without_rows",
        0,
        "more.csv",
        {"lines.csv": lines(), "more.csv": HEADER},
    ),
]

COLUMNS = [
    with_column("unknown type", "not_allowed", "line_type", "Foo", "'Foo' is not one"),
    with_column("positive return", "deduction_is_positive", "line_type", "return", "("),
    with_column("negative cost", "cost_sign_differs", "cogs", "-60", "opposite signs"),
    with_column(
        "delivered too soon",
        "delivered_before_order",
        "delivered_date",
        "2025-01-01",
        "before it was ordered",
    ),
    with_column(
        "promised too soon",
        "promised_before_order",
        "promised_date",
        "2025-01-01",
        "before",
    ),
    with_column(
        "delivered tomorrow", "future_date", "delivered_date", "2999-01-01", "2999"
    ),
    with_column("price per less than 0", "below_minimum", "price_per", "-1", "'-1.0'"),
    with_column("12 per cent as 12", "above_maximum", "discount_pct", "12", "above 1"),
    with_column("half a step", "not_a_whole_number", "customised", "1.5", "'1.5'"),
    Kind(
        "quantity and amount disagree",
        "amount_not_price_times_quantity",
        1,
        "'100.0' is not quantity times price",
        {"lines.csv": f"{HEADER.strip()},M,P\n{GOOD.strip()},-2,50\n"},
        ("  quantity: M", "  unit_net_price: P"),
    ),
]

KINDS_OF_VALUES = [*AMOUNTS, *DAYS, *IDS, *ROWS, *COLUMNS]
