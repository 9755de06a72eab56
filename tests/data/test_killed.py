"""After kill -9 there is the old portfolio or the new one, and nothing between."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.importing.loading import import_portfolio
from kamlab.data.updates.versions import keep_version, versions
from tests.data.conftest import MAPPING

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is POSIX's")

FIRST = "Nr,Pos,Kunde,Tag,Netto\n1,1,A,2025-01-31,100.00\n2,1,A,2025-02-28,1000.00\n"
SECOND = "Nr,Pos,Kunde,Tag,Netto\n2,1,A,2025-02-28,1000.00\n3,1,B,2025-03-31,7.00\n"

#: Net amount before and after each action; None where there is no portfolio.
TOTALS = {
    "import": (None, 1100.0),
    "replace": (1100.0, 1007.0),
    "update": (1100.0, 1107.0),
    "rollback": (1107.0, 1100.0),
}

#: About as many steps as the longest action takes.
MOST_STEPS = 70


def prepare(folder: Path, action: str) -> Path:
    """Make the exports, and the portfolio that the action begins with."""
    for name, lines in (("first", FIRST), ("second", SECOND)):
        (folder / name).mkdir(parents=True)
        (folder / name / "lines.csv").write_text(lines)
    (folder / "mapping.yml").write_text(MAPPING)
    (folder / "portfolio.mine").mkdir()
    (folder / "portfolio.mine" / "precious").touch()
    paths = folder / "mapping.yml", folder / "portfolio"
    if action != "import":
        import_portfolio(folder / "first", *paths)
    if action == "rollback":
        import_portfolio(folder / "second", *paths, update=True)
    return folder


def kill(runs: list[tuple[int, str, Path]]) -> list[str]:
    """Run actions that are killed after so many steps; return how each ended."""
    lines = "".join(f"{steps} {action} {folder}\n" for steps, action, folder in runs)
    script = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def total(folder: Path) -> float | None:
    """Net amount of a portfolio that opens; None where there is none."""
    if not folder.exists():
        return None
    with kamlab.open_portfolio(folder) as portfolio:
        assert portfolio.accounts.index.is_unique
    return float(pd.read_parquet(folder / "orders.parquet")["net_amount"].sum())


def check_killed(place: Path, runs: list[tuple[int, str]]) -> list[str]:
    """Kill actions after so many steps each, and look at what is left."""
    begun = {each: prepare(place / each, each) for each in {a for _, a in runs}}
    placed = []
    for steps, action in runs:
        folder = place / f"{action}-{steps}"
        shutil.copytree(begun[action], folder)
        placed.append((steps, action, folder))
    ended = kill(placed)
    for _, action, folder in placed:
        assert total(folder / "portfolio") in TOTALS[action]
        assert_next_import_cleans(folder)
    return ended


def assert_next_import_cleans(folder: Path) -> None:
    """The next import works, clears the leftovers, and touches nothing else."""
    paths = folder / "mapping.yml", folder / "portfolio"
    import_portfolio(folder / "first", *paths, replace=True)
    assert total(folder / "portfolio") == 1100.0
    left = {path.name for path in folder.iterdir() if path.name.startswith(".")}
    assert left == set()
    assert (folder / "portfolio.mine" / "precious").exists()
    keep_version(folder / "portfolio")
    kept = folder / "portfolio.previous"
    assert all(path.name.isdecimal() for path in kept.iterdir())
    assert all(total(each.folder) for each in versions(folder / "portfolio"))


def test_a_killed_action_leaves_the_old_portfolio_or_the_new(tmp_path):
    runs = [(6, "import"), (12, "replace"), (30, "replace")]
    runs += [(n, action) for action in ("update", "rollback") for n in (18, 44)]
    assert check_killed(tmp_path, runs) == ["killed"] * len(runs)


@pytest.mark.slow
@pytest.mark.parametrize("action", sorted(TOTALS))
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_action_leaves_one_of_both_at_any_moment(tmp_path, action, seed):
    moments = np.random.default_rng(seed).choice(MOST_STEPS, 12, replace=False)
    runs = [(int(n) + 1, action) for n in sorted(moments)]
    assert check_killed(tmp_path, runs).count("killed") >= 2
