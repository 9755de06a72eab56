"""Generating and writing: arguments, bytes, and the committed demonstration."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kamlab.data.demo import DEFAULT_SEED, PRESETS, generate, write_demo
from kamlab.data.folder import read_description, sha256_of
from kamlab.errors import UsageError

PROJECT = Path(__file__).resolve().parents[3]
#: The demonstration's first tables, by the beginning of their hashes. Contracts,
#: opportunities and money to come draw from streams of their own.
FIRST_TABLES = {
    "orders": "be93031feefdc308",
    "accounts": "2abe13db2bb26a60",
    "account_history": "9193d2eeb9aa3be3",
    "products": "543b7ff011c09225",
    "events": "f8b482371cd8ee2d",
    "targets": "97b64871c69deea4",
    "interactions": "e899fe7692d58a1e",
    "costs": "d3ccf8f3c43318ea",
    "activity_minutes": "a2246c3f204d30f1",
    "account_costs": "538585180449f8aa",
    "kam_team": "6959b222c8c758e1",
}
_WRITE = """\
import sys
from pathlib import Path
from kamlab.data.demo import write_demo
for preset in sys.argv[2:]:
    write_demo(Path(sys.argv[1]) / preset, preset, seed=7)
"""


def hashes(folder):
    return {file.name: sha256_of(file) for file in sorted(folder.iterdir())}


def written_elsewhere(folder, hash_seed):
    """Write every company in a process of its own; return the folder."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-W", "error", "-c", _WRITE, str(folder), *PRESETS]
    subprocess.run(command, check=True, env=environment, cwd=PROJECT)
    return folder


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Return the folders in which two processes wrote the same companies."""
    place = tmp_path_factory.mktemp("twice")
    return [written_elsewhere(place / seed, seed) for seed in ("1", "4242")]


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_two_processes_write_the_same_bytes(twice, preset):
    first, second = (hashes(folder / preset) for folder in twice)
    assert first == second
    assert "truth.json" in first


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="bytes are promised on Python 3.11 only"
)
def test_the_committed_demonstration_regenerates_byte_for_byte(tmp_path):
    fresh = write_demo(tmp_path / "demo")
    assert hashes(fresh) == hashes(PROJECT / "data" / "demo")


def test_the_demonstration_stays_small():
    files = (PROJECT / "data" / "demo").iterdir()
    sizes = {file.name: file.stat().st_size for file in files}
    assert sum(sizes.values()) < 11_500_000
    small = set(sizes) - {"orders.csv", "interactions.csv"}
    assert max(sizes[name] for name in small) < 1_000_000


def test_tables_that_came_later_left_the_earlier_ones_alone():
    folder = PROJECT / "data" / "demo"
    told = {name: sha256_of(folder / f"{name}.csv")[:16] for name in FIRST_TABLES}
    assert told == FIRST_TABLES


def test_seeds_of_the_tests_are_not_the_demonstrations():
    assert DEFAULT_SEED not in (101, 202, 303)


def test_another_seed_tells_the_same_story_with_other_numbers():
    one, other = (generate(seed=seed, accounts=60) for seed in (1, 2))
    assert set(one.truth["characters"]) == set(other.truth["characters"])
    amounts = [each.tables["orders"]["net_amount"].sum() for each in (one, other)]
    assert amounts[0] != amounts[1]


def test_the_folder_says_whose_data_these_are(tmp_path):
    folder = write_demo(tmp_path / "demo", accounts=30)
    told = read_description(folder)
    assert told.name == "Talbruck Motion GmbH"
    assert told.data_through.isoformat() == "2025-12-31"
    assert set(told.tables) == {
        "orders",
        "accounts",
        "account_history",
        "products",
        "events",
        "targets",
        "interactions",
        "costs",
        "activity_minutes",
        "account_costs",
        "kam_team",
        "contracts",
        "opportunities",
        "open_orders",
        "receivables",
        "collections",
    }
    assert json.loads((folder / "truth.json").read_text("utf-8"))["accounts"] == 30


def test_an_unknown_preset_is_refused_with_the_nearest_one():
    with pytest.raises(
        UsageError, match="'talbrück' is unknown: did you mean 'talbruck'"
    ):
        generate("talbrück")


@pytest.mark.parametrize("accounts", [0, 29, 20_001, -5, 300.0, "300", True])
def test_a_size_out_of_range_is_refused_with_its_value(accounts):
    with pytest.raises(UsageError, match="from 30 to 20000") as caught:
        generate(accounts=accounts)
    assert repr(accounts) in str(caught.value)


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_company_of_thirty_accounts_can_be_made_from_any_seed(seed):
    assert len(generate(seed=seed, accounts=30).tables["accounts"]) >= 30


@pytest.mark.parametrize("seed", [-1, 1.5, "7", None])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(UsageError, match="seed = "):
        generate(seed=seed)


def test_nothing_is_written_when_an_argument_is_wrong(tmp_path):
    with pytest.raises(UsageError):
        write_demo(tmp_path / "demo", accounts=5)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_stands_there_is_replaced_only_when_allowed(tmp_path):
    write_demo(tmp_path / "demo", "clean_b2b", accounts=30)
    before = hashes(tmp_path / "demo")
    with pytest.raises(UsageError, match="not empty"):
        write_demo(tmp_path / "demo", "clean_b2b", seed=8, accounts=30)
    assert hashes(tmp_path / "demo") == before
    write_demo(tmp_path / "demo", "clean_b2b", seed=8, accounts=30, replace=True)
    assert hashes(tmp_path / "demo") != before


@pytest.mark.parametrize("accounts", [30, 31, 57, 100, 299])
def test_every_size_has_its_accounts_and_all_of_them_order(accounts):
    company = generate(seed=6, accounts=accounts)
    numbers = set(company.tables["accounts"]["account_id"])
    assert len(numbers) == accounts
    assert set(company.tables["orders"]["account_id"]) == numbers


def test_a_book_of_600_accounts_brings_twice_the_revenue():
    orders = generate(seed=6, accounts=600).tables["orders"]
    revenue = orders.loc[orders["order_date"] >= "2025-01-01", "net_amount"].sum()
    assert revenue == pytest.approx(124e6, rel=0.02)
