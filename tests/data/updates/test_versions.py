"""Earlier versions are kept, listed and put back, and cost no more than they must."""

import os

import pytest

from kamlab.data.updates import versions as module
from kamlab.data.updates.versions import (
    KEPT,
    keep_version,
    link_or_copy,
    next_version,
    place_of_versions,
    roll_back,
    version_number,
    versions,
)
from kamlab.errors import DataError, UsageError
from tests.data.conftest import Export

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"


def run(export: Export, amount: int, **options: object) -> None:
    """Import a book of one line."""
    export.write(f"{HEAD}1,1,A,2025-01-31,{amount}\n")
    export.run(**options)


def amount(export: Export) -> float:
    return export.table()["net_amount"].sum()


@pytest.fixture
def three(export: Export) -> Export:
    """A portfolio that was imported three times."""
    run(export, 1)
    run(export, 2, replace=True)
    run(export, 3, replace=True)
    return export


def test_the_version_before_comes_back_and_the_one_before_that(three):
    assert roll_back(three.out).number == 2
    assert amount(three) == 2
    assert roll_back(three.out).number == 1
    assert amount(three) == 1


def test_a_version_that_was_rolled_back_can_be_put_back(three):
    roll_back(three.out)
    assert roll_back(three.out, to=3).number == 3
    assert amount(three) == 3


def test_all_versions_are_listed_with_the_current_one(three):
    assert [each.number for each in versions(three.out)] == [1, 2, 3]
    assert [each.current for each in versions(three.out)] == [False, False, True]


def test_an_import_after_a_rollback_gets_a_number_of_its_own(three):
    roll_back(three.out)
    run(three, 4, replace=True)
    assert version_number(three.out) == 4 == next_version(three.out) - 1
    assert [each.number for each in versions(three.out)] == [1, 2, 3, 4]


def test_only_so_many_versions_are_kept(three):
    for number in range(4, 8):
        run(three, number, replace=True)
    known = [each.number for each in versions(three.out) if not each.current]
    assert known == [4, 5, 6]
    assert len(known) == KEPT
    assert not list(place_of_versions(three.out).glob(".*"))


def test_a_rollback_without_an_earlier_version_is_refused(export):
    run(export, 1)
    with pytest.raises(
        UsageError, match="no earlier version; there is only: version 1"
    ):
        roll_back(export.out)


def test_a_version_that_is_not_there_is_refused_with_those_that_are(three):
    with pytest.raises(UsageError, match=r"to = 9 .*version 1, .*version 2"):
        roll_back(three.out, to=9)
    with pytest.raises(UsageError, match="to = 3 is no version to put back"):
        roll_back(three.out, to=3)


def test_what_is_no_portfolio_has_no_versions(tmp_path):
    with pytest.raises(UsageError, match="is not a portfolio"):
        roll_back(tmp_path)


def test_tables_of_a_version_take_no_further_space(three):
    roll_back(three.out)
    kept = place_of_versions(three.out) / "2" / "orders.parquet"
    assert os.path.samefile(kept, three.out / "orders.parquet")


def test_what_somebody_may_edit_is_no_link(three):
    roll_back(three.out)
    description = three.out / "portfolio.yml"
    description.write_text(description.read_text().replace("Probe", "Edited"))
    kept = place_of_versions(three.out) / "2" / "portfolio.yml"
    assert "Probe" in kept.read_text()


def test_where_links_are_not_possible_tables_are_copied(three, monkeypatch, tmp_path):
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(module.os, "link", refuse)
    link_or_copy(three.out / "orders.parquet", tmp_path / "copy.parquet")
    assert (tmp_path / "copy.parquet").read_bytes() == (
        three.out / "orders.parquet"
    ).read_bytes()


def test_folders_of_others_are_neither_listed_nor_let_go(three):
    place = place_of_versions(three.out)
    for name in ("0", "99", "notes", "²"):
        (place / name).mkdir()
        (place / name / "precious").touch()
    for number in range(4, 8):
        run(three, number, replace=True)
    assert all((place / name / "precious").exists() for name in ("0", "99", "notes"))
    assert 99 not in [each.number for each in versions(three.out)]


def test_a_file_where_the_versions_belong_is_named(export):
    run(export, 1)
    place_of_versions(export.out).touch()
    with pytest.raises(UsageError, match=r"portfolio\.previous' is a file"):
        run(export, 2, replace=True)
    assert amount(export) == 1


def test_a_rollback_never_takes_along_what_somebody_keeps_there(three):
    (three.out / "notes.txt").touch()
    with pytest.raises(UsageError, match=r"holds 'notes\.txt'"):
        roll_back(three.out)
    assert (three.out / "notes.txt").exists()


def test_a_damaged_log_is_named(three):
    (three.out / "import_log.json").write_text("{")
    with pytest.raises(DataError, match=r"import_log\.json' is damaged"):
        versions(three.out)


def test_a_folder_that_is_no_portfolio_is_not_kept(tmp_path):
    (tmp_path / "empty").mkdir()
    keep_version(tmp_path / "empty")
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_a_portfolio_behind_a_link_is_kept_beside_what_it_links_to(export, tmp_path):
    run(export, 1)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "mine"
    link.symlink_to(export.out)
    assert place_of_versions(link) == place_of_versions(export.out)
