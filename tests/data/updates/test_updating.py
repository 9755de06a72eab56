"""An update adds what is new, counts nothing twice, and tells what it changed."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamlab.data.folder import read_description
from kamlab.data.importing.loading import import_portfolio
from kamlab.errors import DataError, UsageError
from tests.data.conftest import MAPPING, Export

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"
FIRST = (
    HEAD + "1,1,A,2025-01-31,100.00\n1,2,A,2025-01-31,50.00\n2,1,B,2025-02-28,1000.00\n"
)
NEXT = HEAD + "3,1,C,2025-03-31,7.00\n"
WITHOUT_LINES = MAPPING.replace("      line_id: Pos\n", "")
UNLIMITED = MAPPING.replace("tables:", "limits: {default: 1}\ntables:", 1)


def update(export: Export, lines: str, **options: object):
    """Put another extract over the portfolio."""
    export.write(lines)
    return export.run(update=True, **options)


@pytest.fixture
def book(export: Export) -> Export:
    """A portfolio of three lines, and limits that nothing exceeds."""
    export.map(UNLIMITED)
    export.write(FIRST)
    export.run()
    return export


def test_a_new_month_is_added(book):
    result = update(book, NEXT)
    assert book.table()["net_amount"].tolist() == [100.0, 50.0, 1000.0, 7.0]
    assert book.table("accounts")["account_id"].tolist() == ["A", "B", "C"]
    assert str(read_description(book.out).data_through) == "2025-03-31"
    assert result.update.history.new_lines == 1
    assert result.update.history.quarters.index.tolist() == []


def test_lines_that_both_have_count_once(book):
    update(book, HEAD + "2,1,B,2025-02-28,1000.00\n3,1,C,2025-03-31,7.00\n")
    assert book.table()["net_amount"].sum() == 1157.0
    assert len(book.table()) == 4


def test_the_same_extract_again_changes_nothing(book):
    before = {path.name: path.read_bytes() for path in book.out.iterdir()}
    told: list[str] = []
    result = book.run(update=True, progress=told.append)
    assert result.update.is_same
    assert told[-1] == "nothing new: the portfolio stays as it is"
    assert {path.name: path.read_bytes() for path in book.out.iterdir()} == before
    assert not book.out.with_name("portfolio.previous").exists()


def test_a_column_that_is_mapped_now_is_something_new(book):
    book.map(UNLIMITED, "  product_id: Ware")
    lines = FIRST.replace("Netto\n", "Netto,Ware\n").replace("0\n", "0,P\n")
    result = update(book, lines)
    assert not result.update.is_same
    assert result.update.tables["orders"].new_columns == ("product_id",)
    assert book.table()["product_id"].tolist() == ["P"] * 3


def test_late_lines_restate_their_quarter(book):
    result = update(book, HEAD + "7,1,A,2025-02-01,11.50\n3,1,C,2025-04-30,7.00\n")
    told = [each for each in result.findings if each.rule == "history_restated"]
    assert [each.message for each in told] == [
        "orders: 1 late line restates 2025Q1 by +1.0 % (+11.50)"
    ]
    table = pd.read_csv(book.out / "restatement.csv").set_index("quarter")
    assert table.loc["2025Q1", ["before", "after"]].tolist() == [1150.0, 1161.5]


def test_a_line_that_changed_is_taken_from_the_new_extract(book):
    result = update(book, HEAD + "2,1,B,2025-02-28,900.00\n3,1,C,2025-03-31,7.00\n")
    assert book.table().set_index("order_id").loc["2", "net_amount"] == 900.0
    assert result.update.tables["orders"].changed == 1
    assert result.update.history.change == -100


def test_without_line_numbers_a_document_is_replaced_as_one(export):
    export.map(WITHOUT_LINES.replace("tables:", "limits: {default: 1}\ntables:", 1))
    export.write(FIRST)
    export.run()
    update(export, HEAD + "1,9,A,2025-01-31,99.00\n")
    lines = export.table()
    assert lines["order_id"].tolist() == ["1", "2"]
    assert lines["net_amount"].tolist() == [99.0, 1000.0]


@pytest.mark.parametrize(("choice", "left"), [("keep", 4), ("remove", 3)])
def test_documents_that_are_missing_are_kept_or_removed_as_declared(book, choice, left):
    book.map(UNLIMITED + f"missing_documents: {choice}\n")
    lines = "1,1,A,2025-01-31,100.00\n1,2,A,2025-01-31,50.00\n"
    more = "4,1,A,2025-01-05,1.00\n"
    update(book, HEAD + lines + "2,1,B,2025-02-28,1000.00\n" + more)
    result = update(book, HEAD + lines + "2,1,B,2025-02-28,1000.00\n4,2,A,2025-01-01,0")
    assert len(book.table()) == left + 1
    [told] = [each for each in result.findings if each.rule == "documents_missing"]
    assert told.samples[0].value == "4"
    assert ("kept" in told.message) == (choice == "keep")


def test_a_late_line_does_not_make_an_extract_cover_its_month(book):
    more = "".join(f"{n},1,A,2025-01-31,1.00\n" for n in range(10, 20))
    update(book, HEAD + more)
    result = update(book, HEAD + "88,1,A,2025-01-15,1.00\n3,1,C,2025-03-31,7.00\n")
    assert "documents_missing" not in {each.rule for each in result.findings}


def test_numbers_that_start_again_are_noticed_before_they_do_harm(book):
    book.map(MAPPING)
    result = update(book, HEAD + "1,1,X,2026-01-31,3.00\n2,1,Y,2026-01-31,4.00\n")
    assert result.blocked
    rules = {each.rule for each in result.findings if each.blocks}
    assert "document_of_another_account" in rules
    assert book.table()["net_amount"].sum() == 1150.0


def test_a_restatement_beyond_its_limit_blocks(book):
    book.map(MAPPING)
    result = update(book, HEAD + "7,1,A,2025-02-01,999.00\n3,1,C,2025-03-31,7.00\n")
    assert result.blocked
    assert len(book.table()) == 3


def test_the_log_accounts_for_the_rows_of_all_imports(book):
    update(book, HEAD + "2,1,B,2025-02-28,900.00\n3,1,C,2025-03-31,7.00\n")
    log = json.loads((book.out / "import_log.json").read_text())
    [orders] = [each for each in log["tables"] if each["table"] == "orders"]
    gone = sum(each["rows"] for each in orders["dropped"])
    assert orders["rows_in"] == 5 == orders["rows_out"] + gone
    assert orders["written"] == 4
    assert orders["net_amount"] == 1057.0
    assert [each["version"] for each in log["imports"]] == [1, 2]
    hashes = [each["tables"][0]["files"][0]["sha256"] for each in log["imports"]]
    assert len(set(hashes)) == 2


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("currency: EUR", "currency: USD", "currency = 'USD', but the portfolio says"),
        ("name: Probe", "name: Other", "name = 'Other', but the portfolio says"),
        (
            "currency: EUR",
            "currency: EUR, calendar: {first_month: 4}",
            "calendar = FiscalCalendar",
        ),
        ("currency: EUR", "currency: EUR, order_date_is: invoice", "order_date_is"),
    ],
)
def test_an_update_that_counts_otherwise_is_refused(book, was, now, told):
    book.map(UNLIMITED.replace(was, now))
    with pytest.raises(UsageError, match=told):
        update(book, NEXT)


def test_the_mapping_of_the_last_import_is_kept_and_used(book):
    book.write(NEXT)
    result = import_portfolio(book.source, None, book.out, update=True)
    assert result.update.tables["orders"].new == 1


def test_what_is_no_portfolio_cannot_be_updated(export):
    export.write(FIRST)
    with pytest.raises(UsageError, match="is not a portfolio"):
        export.run(update=True)
    with pytest.raises(UsageError, match="mapping is not given"):
        import_portfolio(export.source, None, export.out)


def test_a_portfolio_that_was_not_imported_cannot_be_updated(book):
    (book.out / "import_log.json").unlink()
    with pytest.raises(UsageError, match=r"has no import_log\.json"):
        update(book, NEXT)


@pytest.mark.parametrize("damage", ["{", "[]x"])
def test_a_damaged_log_is_named(book, damage):
    (book.out / "import_log.json").write_text(damage)
    with pytest.raises(DataError, match=r"import_log\.json' is damaged"):
        update(book, NEXT)


def test_a_table_that_is_gone_is_named(book):
    (book.out / "orders.parquet").unlink()
    with pytest.raises(DataError, match=r"'orders\.parquet' in .* is missing"):
        update(book, NEXT)


def test_of_two_updates_at_a_time_the_later_is_told(book):
    def overtake(line: str) -> None:
        if "checked" in line:
            log = book.out / "import_log.json"
            log.write_text(log.read_text() + " ")

    with pytest.raises(UsageError, match="changed by another import in the meantime"):
        update(book, NEXT, progress=overtake)
    assert len(book.table()) == 3


def test_a_file_that_was_imported_before_is_told(book):
    update(book, NEXT)
    book.write(FIRST.replace("100.00", "100.01"), "more.csv")
    book.write(NEXT)
    result = book.run(update=True)
    told = [each.samples[0].value for each in result.findings if "before" in each.rule]
    assert told == ["lines.csv"]


def test_the_master_wins_by_its_key_and_numbers_alone_win_over_nothing(export):
    master = MAPPING + (
        "  accounts:\n    files: names.txt\n"
        "    columns: {account_id: Kunde, account_name: Name, region: Land}\n"
        "limits: {default: 1}\n"
    )
    export.map(master)
    export.write(FIRST)
    export.write("Kunde,Name,Land\nA,Adler,East\nB,Brandt,East\n", "names.txt")
    export.run()
    export.write("Kunde,Name,Land\nB,Brandt AG,West\n", "names.txt")
    result = update(export, HEAD + "3,1,A,2025-03-31,7.00\n4,1,D,2025-03-31,7.00\n")
    accounts = export.table("accounts").set_index("account_id")
    assert accounts["account_name"].to_dict() == {
        "A": "Adler",
        "B": "Brandt AG",
        "D": None,
    } or accounts["account_name"].isna().tolist() == [False, False, True]
    assert accounts.loc["A", "region"] == "East"
    changed = {f.column: f for f in result.findings if f.rule == "attribute_changed"}
    assert changed["region"].samples[0].value == "B: East → West"
    assert "Brandt" not in repr(changed["account_name"])


def test_rows_without_numbers_count_once_and_are_counted_anew(export):
    visits = MAPPING + (
        "  interactions:\n    files: visits.txt\n"
        "    columns: {account_id: Kunde, date: Tag, type: Art}\n"
        "limits: {default: 1}\n"
    )
    rows = [f"A,2025-01-{day:02d},call\n" for day in range(1, 13)]
    export.map(visits)
    export.write(FIRST)
    export.write("Kunde,Tag,Art\n" + "".join(rows) + rows[0], "visits.txt")
    export.run()
    export.write("Kunde,Tag,Art\n" + rows[11] + "B,2025-01-05,call\n", "visits.txt")
    result = update(export, NEXT)
    after = export.table("interactions")
    assert len(after) == 14
    assert after["interaction_id"].astype(int).sort_values().tolist() == list(
        range(1, 15)
    )
    assert "rows_without_number" in {each.rule for each in result.findings}


def test_a_table_that_only_one_side_has_is_there_afterwards(export):
    events = (
        "  events:\n    files: e\n    columns: {date: Tag, kind: Art, text: Text}\n"
    )
    export.map(UNLIMITED + events)
    export.write(FIRST)
    export.write("Tag,Art,Text\n2025-01-01,merger,AB\n", "e")
    export.run()
    export.map(UNLIMITED)
    update(export, NEXT)
    assert export.table("events")["text"].tolist() == ["AB"]
    assert set(read_description(export.out).tables) == {"orders", "accounts", "events"}


LINES = st.lists(
    st.tuples(
        st.integers(1, 6),  # document
        st.integers(1, 3),  # line
        st.integers(1, 12),  # month
        st.integers(-99_999, 99_999),  # cents
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each[:2],
)


def as_csv(lines: list[tuple[int, int, int, int]], shift: int = 0) -> str:
    rows = [
        f"{document + shift},{line},K{document},2025-{month:02d}-15,{cents / 100:.2f}\n"
        for document, line, month, cents in lines
    ]
    return HEAD + "".join(rows)


def cents(export: Export) -> int:
    return round(export.table()["net_amount"].sum() * 100)


def fresh(place, name: str, *extracts: str) -> Export:
    """Import the first of some extracts, or all of them at a time."""
    (place / name).mkdir()
    export = Export(place / name)
    export.map(UNLIMITED)
    for number, lines in enumerate(extracts):
        export.write(lines, f"lines{number}.csv")
    assert not export.run().blocked
    return export


PROPERTY = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@PROPERTY
@given(first=LINES, second=LINES)
def test_two_extracts_apart_make_what_they_make_together(
    tmp_path_factory, first, second
):
    place = tmp_path_factory.mktemp("apart")
    one, other = as_csv(first), as_csv(second, shift=50)
    together = fresh(place, "together", one, other)
    apart = fresh(place, "apart", one)
    (apart.source / "lines0.csv").unlink()
    update(apart, other)
    for table in ("orders", "accounts"):
        pd.testing.assert_frame_equal(apart.table(table), together.table(table))


@PROPERTY
@given(first=LINES, second=LINES)
def test_the_restatement_is_the_difference_of_the_totals(
    tmp_path_factory, first, second
):
    place = tmp_path_factory.mktemp("restated")
    book = fresh(place, "book", as_csv(first))
    before = cents(book)
    (book.source / "lines0.csv").unlink()
    result = update(book, as_csv(second))
    history = result.update.history
    change = history.change + history.new_amount
    assert round(change * 100) == cents(book) - before
    keys = {each[:2] for each in first} | {each[:2] for each in second}
    assert len(book.table()) == len(keys)
    assert book.run(update=True).update.is_same


def test_totals_of_the_books_are_those_of_the_whole_portfolio(book):
    controls = "controls: [{{name: books, period: 2025, net_amount: {}}}]\n"
    book.map(UNLIMITED + controls.format("1157.00"))
    assert not update(book, NEXT).blocked
    book.map(UNLIMITED + controls.format("2000.00"))
    result = update(book, HEAD + "4,1,C,2025-03-31,1.00\n")
    assert result.blocked
    assert len(book.table()) == 4
