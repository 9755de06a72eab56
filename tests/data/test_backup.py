"""A manifest notices a copy that is not the data."""

import shutil

import pytest

from kamlab.data.backup import compare_manifests, data_manifest
from kamlab.errors import UsageError
from tests.conftest import DEMO


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(DEMO, tmp_path / "copy")


def test_a_true_copy_is_the_same(copy):
    same = compare_manifests(
        data_manifest(DEMO)["sha256"], data_manifest(copy)["sha256"]
    )
    assert set(same) == {"same"}


def test_one_changed_digit_is_noticed(copy):
    before = data_manifest(copy)["sha256"]
    text = (copy / "targets.csv").read_text(encoding="utf-8")
    (copy / "targets.csv").write_text(text[:-2] + "7\n", encoding="utf-8")
    told = compare_manifests(before, data_manifest(copy)["sha256"])
    assert told["targets.csv"] == "changed"
    assert told.drop("targets.csv").eq("same").all()


def test_a_lost_file_is_missing(copy):
    before = data_manifest(copy)["sha256"]
    (copy / "events.csv").unlink()
    after = data_manifest(copy)
    assert after.loc["events.csv"].tolist() == [0, ""]
    assert compare_manifests(before, after["sha256"])["events.csv"] == "missing"


def test_hashes_are_those_of_the_portfolio(demo):
    manifest = data_manifest(demo.folder)["sha256"]
    assert manifest.drop("portfolio.yml").to_dict() == demo.data_hashes()


def test_sizes_are_those_on_disk():
    manifest = data_manifest(DEMO)
    assert manifest.loc["orders.csv", "bytes"] == (DEMO / "orders.csv").stat().st_size


def test_new_and_missing_files_are_told_apart():
    told = compare_manifests({"a": "1", "b": "2"}, {"b": "2", "c": "3"})
    assert told.to_dict() == {"a": "missing", "b": "same", "c": "new"}


def test_nothing_compared_with_nothing_is_nothing():
    assert compare_manifests({}, {}).empty


def test_a_folder_without_a_portfolio_is_refused(tmp_path):
    with pytest.raises(UsageError, match="is not a portfolio"):
        data_manifest(tmp_path)
