"""Portfolio folders: written aside, moved into place, read back."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.folder import (
    Description,
    new_folder,
    read_description,
    sha256_of,
    write_csv,
    write_description,
)
from kamlab.errors import DataError, UsageError
from kamlab.fiscal import FiscalCalendar

TOLD = Description(
    name="塔尔布鲁克: & Söhne",
    currency="EUR",
    data_through=date(2025, 12, 31),
    calendar=FiscalCalendar(10, "end"),
    tables={"orders": "orders.csv"},
)


def test_a_description_comes_back_as_it_was_written(tmp_path):
    write_description(tmp_path, TOLD)
    assert read_description(tmp_path) == TOLD


def test_a_new_folder_is_there_only_when_it_is_complete(tmp_path):
    target = tmp_path / "mine"
    with new_folder(target) as aside:
        (aside / "file").write_text("whole")
        assert not target.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]
    assert (target / "file").read_text() == "whole"
    assert target.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_leaves_nothing_behind(tmp_path, interruption):
    with pytest.raises(interruption), new_folder(tmp_path / "mine") as aside:
        (aside / "half").write_text("ha")
        raise interruption
    assert not any(tmp_path.iterdir())


def test_an_interruption_leaves_the_portfolio_that_was_there(tmp_path):
    with new_folder(tmp_path / "mine") as aside:
        write_description(aside, TOLD)
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "mine", replace=True):
        raise KeyboardInterrupt
    assert read_description(tmp_path / "mine") == TOLD
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_is_taken_over(tmp_path):
    with new_folder(tmp_path / "sub") as aside:
        write_description(aside, TOLD)
    with new_folder(tmp_path / "sub", replace=True) as aside:
        (aside / "other").touch()
    assert [each.name for each in (tmp_path / "sub").iterdir()] == ["other"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_with_other_things_in_it_is_never_replaced(tmp_path, replace):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").touch()
    with (
        pytest.raises(UsageError, match=r"photos' is not empty; name a new folder"),
        new_folder(tmp_path / "photos", replace=replace),
    ):
        pytest.fail("nothing may be written")
    assert (tmp_path / "photos" / "cat.png").exists()


def test_a_portfolio_is_replaced_only_when_that_is_asked_for(tmp_path):
    with new_folder(tmp_path / "mine") as aside:
        write_description(aside, TOLD)
    with (
        pytest.raises(UsageError, match=r"--replace, or put .* --update"),
        new_folder(tmp_path / "mine"),
    ):
        pytest.fail("nothing may be written")


def test_a_file_in_the_way_and_a_missing_parent_are_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"), new_folder(tmp_path / "file"):
        pytest.fail("nothing may be written")
    with (
        pytest.raises(UsageError, match=r"nowhere.*is missing; make it first"),
        new_folder(tmp_path / "nowhere" / "mine"),
    ):
        pytest.fail("nothing may be written")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: [unclosed", "cannot be used"),
        ("just a word", "keys and values belong"),
        ("name: T\nacount_level: payer", "did you mean 'account_level'?"),
        (
            "name: T\ncurrency: EUR\ntables: {orders: o.csv}",
            "'data_through' is missing",
        ),
        ("{currency: EUR, data_through: 2025-12-31}", "'name' is missing"),
        (
            "{name: T, currency: E, data_through: 31.12.2025, tables: {orders: o.csv}}",
            "'31.12.2025' is not a day",
        ),
        (
            "{name: T, currency: E, data_through: 2025-12-31, tables: {ordres: o.csv}}",
            "did you mean 'orders'?",
        ),
        (
            "{name: T, currency: E, data_through: 2025-12-31, tables: {orders: a/b}}",
            "'a/b' is not a file name",
        ),
        (
            "{name: T, currency: E, data_through: 2025-12-31, tables: {orders: o.csv}, "
            "calendar: {month: 4}}",
            "calendar = {'month': 4}",
        ),
        (
            "{name: T, currency: E, data_through: 2025-12-31, tables: {orders: o.csv}, "
            "order_date_is: delivery}",
            "order_date_is = 'delivery'; choose one of: order, invoice",
        ),
        ("!!python/object/apply:os.system ['true']", "cannot be used"),
    ],
)
def test_a_corrupt_portfolio_yml_is_named_with_what_is_wrong(tmp_path, text, told):
    (tmp_path / "portfolio.yml").write_text(text)
    with pytest.raises(DataError) as refusal:
        read_description(tmp_path)
    message = str(refusal.value)
    assert told in message
    assert message.startswith("portfolio.yml in ")
    assert "Mend the file, or import the data again" in message
    assert refusal.value.exit_code == 1


def test_a_folder_that_is_no_portfolio_is_named_with_the_way_to_make_one(tmp_path):
    with pytest.raises(UsageError, match=r"is not a portfolio.*kamlab import"):
        read_description(tmp_path)


def test_csv_has_the_contracts_order_and_the_shortest_exact_numbers(tmp_path):
    frame = pd.DataFrame(
        {
            "net_amount": [0.1, 1e7, float("nan")],
            "order_date": pd.to_datetime(["2025-01-01", "2025-01-02", None]),
            "order_id": ["1", 'quote " and, comma', None],
        }
    )
    file = tmp_path / write_csv(frame, "orders", tmp_path)
    lines = ["order_id,order_date,net_amount", "1,2025-01-01,0.1"]
    lines += ['"quote "" and, comma",2025-01-02,10000000.0', ",,"]
    assert file.read_bytes().decode() == "\n".join(lines) + "\n"


def test_csv_of_an_unknown_table_or_column_is_refused(tmp_path):
    with pytest.raises(UsageError, match="did you mean 'orders'"):
        write_csv(pd.DataFrame(), "order", tmp_path)
    with pytest.raises(UsageError, match="did you mean 'order_id'"):
        write_csv(pd.DataFrame({"orderid": []}), "orders", tmp_path)


def test_a_hash_is_that_of_the_bytes(tmp_path: Path):
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_of(tmp_path / "abc").startswith("ba7816bf8f01cfea")


def test_a_portfolio_in_which_somebody_keeps_other_files_is_not_replaced(tmp_path):
    with new_folder(tmp_path / "mine") as aside:
        write_description(aside, TOLD)
    (tmp_path / "mine" / "export.csv").touch()
    with (
        pytest.raises(UsageError, match=r"'export.csv', which a replacement would"),
        new_folder(tmp_path / "mine", replace=True),
    ):
        pytest.fail("nothing may be written")
    assert (tmp_path / "mine" / "export.csv").exists()


def test_of_two_that_write_to_one_place_the_later_is_told(tmp_path):
    with (
        pytest.raises(UsageError, match="is not empty"),
        new_folder(tmp_path / "mine") as aside,
    ):
        with new_folder(tmp_path / "mine") as quicker:
            write_description(quicker, TOLD)
        (aside / "late").touch()
    assert read_description(tmp_path / "mine") == TOLD
