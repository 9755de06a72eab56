"""A mapping says what it means, or is told everything that is wrong with it."""

from datetime import date

import pytest

from kamlab.data.mapping.file import read_mapping
from kamlab.data.mapping.mapping import ColumnSource, DropRule
from kamlab.data.mapping.reference import mapping_reference
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

COLUMNS = "order_id: Nr, account_id: Who, order_date: Day, net_amount: Net"


@pytest.fixture
def read(tmp_path):
    """Read a mapping from text."""

    def reader(text: str):
        path = tmp_path / "mapping.yml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path)

    return reader


@pytest.fixture
def orders(read):
    """Read a mapping whose table of orders has more keys."""

    def reader(more: str = "", columns: str = COLUMNS):
        text = "portfolio: {currency: EUR}\ntables:\n  orders:\n    files: a.csv\n"
        text += f"    columns: {{{columns}}}\n"
        return read(text + "".join(f"    {line}\n" for line in more.splitlines()))

    return reader


def problems_of(error) -> list[str]:
    return str(error.value).splitlines()[1:]


def test_the_smallest_mapping_reads_with_its_defaults(orders):
    mapping = orders()
    table = mapping.tables["orders"]
    assert (mapping.currency, mapping.name, mapping.data_through) == ("EUR", "", None)
    assert mapping.calendar == FiscalCalendar()
    assert table.columns["net_amount"] == ColumnSource(columns=("Net",))
    assert (table.format.encoding, table.format.decimal) == ("utf-8", ".")
    assert table.exact_duplicates == ""


def test_the_portfolio_section_is_taken_over(read):
    mapping = read(
        "portfolio: {name: N, currency: CHF, data_through: 2025-09-30, "
        "order_date_is: invoice, account_level: payer, "
        "calendar: {first_month: 10, named_by: end}}\n"
        f"tables: {{orders: {{files: [a.csv, b.csv], columns: {{{COLUMNS}}}}}}}\n"
        "limits: {default: 0.1, unknown_account: 0.5}\n"
    )
    assert mapping.data_through == date(2025, 9, 30)
    assert mapping.calendar == FiscalCalendar(10, "end")
    assert (mapping.order_date_is, mapping.account_level) == ("invoice", "payer")
    assert mapping.tables["orders"].files == ("a.csv", "b.csv")
    assert mapping.limits == {"default": 0.1, "unknown_account": 0.5}


def test_a_column_may_be_cut_translated_and_computed(orders):
    columns = (
        "order_id: {from: Id, drop_last: 5, strip_prefix: INV-}, "
        "line_id: {from: Id, take_last: 5}, "
        "account_id: {from: Who, split: {by: ' ', part: -1}, default: none}, "
        "order_date: {from: Day, format: [DD.MM.YYYY, YYYY-MM-DD]}, "
        "line_type: {from: Type, values: {ZRE: return, 1: sale}}, "
        "net_amount: {product: [Qty, Price], negate: true, decimal: ','}, "
        "channel: {constant: direct}"
    )
    made = orders(columns=columns).tables["orders"].columns
    assert (made["order_id"].drop_last, made["order_id"].strip_prefix) == (5, "INV-")
    assert made["line_id"].take_last == 5
    assert (made["account_id"].split_by, made["account_id"].part) == (" ", -1)
    assert made["order_date"].dates == ("DD.MM.YYYY", "YYYY-MM-DD")
    assert made["line_type"].values == {"ZRE": "return", "1": "sale"}
    assert made["net_amount"].columns == ("Qty", "Price")
    assert (made["net_amount"].combine, made["net_amount"].negate) == ("product", True)
    assert made["channel"].constant == "direct"


def test_drop_rules_keep_their_order_and_their_predicates(orders):
    rules = (
        orders(
            "drop:\n"
            "  - {name: blank, column: Who, is: blank}\n"
            "  - {name: free, column: Net, equals: 0}\n"
            "  - {name: totals, column: Who, in: [Summe, Total]}\n"
            "  - {name: tests, column: Who, matches: 'TEST.*'}"
        )
        .tables["orders"]
        .drop
    )
    assert rules[0] == DropRule("blank", "Who", "is", "blank")
    assert rules[1].operand == 0.0
    assert rules[2].operand == ("Summe", "Total")
    assert [rule.predicate for rule in rules] == ["is", "equals", "in", "matches"]


WRONG = [
    ("exact_duplicates: maybe", "tables.orders.exact_duplicates = 'maybe'"),
    ("one_row_per_key: often", "tables.orders.one_row_per_key = 'often'"),
    ("format: {decimal: ';'}", "tables.orders.format.decimal = ';'"),
    ("format: {decimal: ',', thousands: ','}", "decimal and thousands are both ','"),
    ("format: {dates: sometimes}", "'sometimes' is not a way to write days"),
    ("format: {dates: [DD/MM/YYYY, MM/DD/YYYY]}", "may read the same text as two"),
    ("format: {encoding: klingon}", "tables.orders.format.encoding = 'klingon'"),
    ("format: {encoding: base64}", "is not an encoding"),
    ("format: {delimiter: '::'}", "tables.orders.format.delimiter = '::'"),
    ("format: {quote: abc}", "tables.orders.format.quote = 'abc'"),
    ("format: {spacing: 2}", "tables.orders.format.spacing is not a key"),
    ("format: 7", "tables.orders.format = 7; keys and values belong there"),
    ("drop: nothing", "tables.orders.drop = 'nothing'; a list"),
    ("drop: [{name: x, column: A}]", "tables.orders.drop[0] has none of them"),
    (
        "drop: [{name: x, column: A, is: blank, equals: 3}]",
        "drop[0] has is and equals",
    ),
    ("drop: [{column: A, is: blank}]", "tables.orders.drop[0].name is missing"),
    ("drop: [{name: x, column: A, is: nice}]", "drop[0].is = 'nice'"),
    ("drop: [{name: x, column: A, matches: '('}]", "is not a regular expression"),
    ("drop: [{name: x, column: A, below: low}]", "drop[0].below = 'low' is not a num"),
    (
        "drop: [{name: x, column: A, below: .inf}]",
        "drop[0].below = '.inf' is not a num",
    ),
    ("currency: {column: Cur}", "tables.orders.currency.rates is missing"),
    ("currency: {column: Cur, rates: {USD: -1}}", "rates.USD = -1; a rate is above 0"),
    ("currency: {column: Cur, rates: {USD: x}}", "rates.USD = 'x' is not a number"),
    ("currency: {column: Cur, rates: {}}", "tables.orders.currency.rates = {}"),
]


@pytest.mark.parametrize(("line", "told"), WRONG, ids=[line for line, _ in WRONG])
def test_a_wrong_value_is_told_with_its_path(orders, line, told):
    with pytest.raises(UsageError) as error:
        orders(line)
    assert told in str(error.value)


WRONG_COLUMNS = [
    ("{from: A, constant: b}", "has from and constant; give exactly one of"),
    ("{negate: true}", "has none of them; give exactly one of"),
    ("{product: [A]}", "name at least two columns"),
    ("{from: A, take_last: 0}", "take_last = 0; give a whole number from 1"),
    ("{from: A, split: {by: '-', part: 0}}", "but not 0"),
    ("{from: A, values: [a, b]}", "pairs such as 'ZRE: return'"),
    ("{from: A, frmat: x}", "did you mean 'format'?"),
    ("{constant: [1]}", "one text or number belongs there"),
    ("''", "is not a text"),
]


@pytest.mark.parametrize(
    ("node", "told"), WRONG_COLUMNS, ids=[node for node, _ in WRONG_COLUMNS]
)
def test_a_wrong_column_is_told_with_its_path(orders, node, told):
    with pytest.raises(UsageError) as error:
        orders(columns=f"{COLUMNS}, product_id: {node}")
    assert "tables.orders.columns.product_id" in str(error.value)
    assert told in str(error.value)


def test_all_problems_are_told_at_once(read):
    with pytest.raises(UsageError) as error:
        read(
            "portfolio: {curency: EUR}\n"
            "tables: {orders: {fils: a.csv, columns: {acount_id: Who}}}\n"
            "limits: {unknown_acount: 7}\n"
        )
    told = problems_of(error)
    assert len(told) == 9
    assert any("tables.orders.columns.acount_id" in line for line in told)
    assert any("did you mean 'account_id'?" in line for line in told)
    assert any("did you mean 'unknown_account'?" in line for line in told)
    assert str(error.value).startswith("mapping.yml: 9 to mend:")


def test_a_rule_that_always_blocks_takes_no_limit(read):
    with pytest.raises(UsageError, match=r"limits\.duplicate_key is not a key"):
        read(
            "portfolio: {currency: EUR}\n"
            f"tables: {{orders: {{files: a.csv, columns: {{{COLUMNS}}}}}}}\n"
            "limits: {duplicate_key: 0.5}\n"
        )


def test_a_mapping_without_order_lines_is_refused(read):
    with pytest.raises(UsageError, match=r"tables\.orders is missing"):
        read(
            "portfolio: {currency: EUR}\n"
            "tables: {accounts: {files: a.csv, columns: {account_id: Id}}}\n"
        )


def test_a_day_that_is_not_a_day_is_told(read):
    with pytest.raises(UsageError, match=r"portfolio\.data_through = 'soon'"):
        read("portfolio: {currency: EUR, data_through: soon}\ntables: {}\n")


def test_a_calendar_that_cannot_be_is_told(read):
    with pytest.raises(UsageError, match=r"portfolio\.calendar\.first_month = 13"):
        read("portfolio: {currency: EUR, calendar: {first_month: 13}}\ntables: {}\n")


def test_tags_that_would_run_code_are_refused(read):
    with pytest.raises(UsageError, match="is not YAML"):
        read("portfolio: !!python/object/apply:os.getcwd []\n")


def test_a_key_that_stands_twice_in_a_rule_is_told(orders):
    with pytest.raises(UsageError, match=r"drop\.name stands twice"):
        orders("drop: [{name: x, name: y, column: A, is: blank}]")


def test_a_sign_may_be_turned_for_some_rows_only(orders):
    columns = COLUMNS.replace(
        "net_amount: Net", "net_amount: {from: Net, negate: {column: Type, in: G2}}"
    )
    made = orders(columns=columns).tables["orders"].columns["net_amount"]
    assert (made.negate, made.negate_column, made.negate_in) == (False, "Type", ("G2",))
    assert made.asked == ("Net", "Type")


def test_a_sign_that_is_turned_nowhere_is_told(orders):
    with pytest.raises(UsageError, match=r"net_amount\.negate\.in is missing"):
        orders(columns=COLUMNS.replace("Net", "{from: Net, negate: {column: Type}}"))


def test_the_mapping_of_the_documentation_reads(read):
    mapping = read(mapping_reference())
    table = mapping.tables["orders"]
    assert next(iter(mapping.tables)) == "fx_rates"
    assert {"orders", "products", "events", "accounts"} < set(mapping.tables)
    assert mapping.tables["products"].place.sheets == ("Price*",)
    assert mapping.tables["events"].place.database == "ERP_URL"
    assert table.unpivot.name == "month"
    assert {rule.predicate for rule in table.drop} >= {"is", "in", "matches", "at_most"}
    assert table.format.dates == ("DD.MM.YYYY",)
    assert table.format.skip_lines == 2
    assert mapping.limits["unknown_account"] == 0.1


@pytest.mark.parametrize("name", ["No", "ON", "04", "1e5", "2025-01-31", "~", "null"])
def test_a_name_is_taken_as_it_is_written(orders, name):
    made = orders(columns=COLUMNS.replace("Nr", name)).tables["orders"].columns
    assert made["order_id"].columns == (name,)


def test_codes_that_yaml_would_convert_stay_codes(orders):
    columns = COLUMNS.replace(
        "net_amount: Net", "net_amount: {from: Net, negate: {column: T, in: [04, NO]}}"
    )
    columns += ", line_type: {from: T, values: {01: sale, 1: debit, ON: return}}"
    drop = (
        "drop: [{name: x, column: T, in: [ON, 1e5]}, {name: y, column: T, equals: 04}]"
    )
    table = orders(drop, columns).tables["orders"]
    assert table.columns["net_amount"].negate_in == ("04", "NO")
    assert table.columns["line_type"].values == {
        "01": "sale",
        "1": "debit",
        "ON": "return",
    }
    assert [rule.operand for rule in table.drop] == [("ON", "1e5"), "04"]


def test_an_empty_name_is_told(orders):
    with pytest.raises(UsageError, match="order_id = None is not a text; name one"):
        orders(columns=COLUMNS.replace("Nr", ""))


def test_a_data_through_after_today_is_refused(read):
    with pytest.raises(UsageError, match="data_through = '2999-12-31' is after today"):
        read("portfolio: {currency: EUR, data_through: 2999-12-31}\ntables: {}\n")


@pytest.mark.parametrize("name", ["first", "exact duplicates", "one row per key"])
def test_no_two_rules_have_one_name(orders, name):
    with pytest.raises(UsageError, match=f"the name '{name}' is taken; give another"):
        orders(
            "drop:\n  - {name: first, column: A, is: blank}\n"
            f"  - {{name: {name}, column: B, is: blank}}"
        )
