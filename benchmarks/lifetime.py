"""Purchase models: fitting them, against lifetimes and pymc-marketing.

Run as ``python -m benchmarks.lifetime WAY FILE``: one way a process. Prints the seconds
of the fastest fit, and the parameters it found, as JSON.
"""

import json
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

#: Fits are repeated until this many seconds have passed, and the fastest counts.
PATIENCE = 3.0

#: Its own environment: it brings a compiler's worth of libraries.
PYMC = ("pymc-marketing==0.19.*", "pyarrow")

ROOT = Path(__file__).resolve().parent.parent
CDNOW = ROOT / ".oracles" / "lifetimes" / "datasets" / "cdnow_customers_summary.csv"
TRUTH = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}


def pymc_python(folder: Path) -> Path | None:
    """Return a Python that has pymc-marketing, or None where it cannot be installed."""
    python = folder / "bin" / "python"
    made = [
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "-q", *PYMC],
    ]
    for command in made:
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
    return python


def make_cdnow(file: Path) -> None:
    """Write CDNOW's 2,357 customers after 39 weeks."""
    import pandas as pd

    pd.read_csv(CDNOW)[["frequency", "recency", "T"]].to_parquet(file)


def make_accounts(file: Path, accounts: int) -> None:
    """Write made-up accounts, dated to the day, that order as CDNOW's customers do."""
    import numpy as np

    from kamlab.value.lifetime import BetaGeoNBD

    rng = np.random.default_rng(1)
    weeks = rng.integers(27 * 7, 39 * 7, accounts) / 7
    table = BetaGeoNBD().with_parameters(**TRUTH).simulate(weeks, random_state=rng)
    # An order counts on its day: a whole number of days, one at least.
    table["recency"] = np.minimum(np.ceil(table["recency"] * 7) / 7, table["T"])
    table[["frequency", "recency", "T"]].to_parquet(file)


def with_kamlab(model: str, file: Path) -> Callable[[], dict[str, float]]:
    """Return a fit by kamlab."""
    import pandas as pd

    import kamlab.value.lifetime as lifetime

    table, fitter = pd.read_parquet(file), getattr(lifetime, model)

    def fit() -> dict[str, float]:
        fitted = fitter().fit(table["frequency"], table["recency"], table["T"])
        return fitted.parameters_.to_dict()

    return fit


def with_lifetimes(model: str, file: Path) -> Callable[[], dict[str, float]]:
    """Return a fit by lifetimes."""
    import lifetimes
    import pandas as pd

    table, fitter = pd.read_parquet(file), getattr(lifetimes, model)

    def fit() -> dict[str, float]:
        fitted = fitter().fit(table["frequency"], table["recency"], table["T"])
        return fitted.params_.to_dict()

    return fit


def with_pymc(model: str, file: Path) -> Callable[[], dict[str, float]]:
    """Return a maximum a posteriori fit by pymc-marketing, compiling included.

    A new model is compiled at every fit: that is what a user waits for.
    """
    import pandas as pd
    from pymc_marketing import clv

    table, fitter = pd.read_parquet(file), getattr(clv, model)
    table = table.assign(customer_id=range(len(table)))

    def fit() -> dict[str, float]:
        fitted = fitter(data=table)
        fitted.fit(method="map", progressbar=False)
        found = fitted.fit_result
        return {n: float(found[n].mean()) for n in ("r", "alpha", "a", "b")}

    return fit


WAYS: dict[str, Callable[[Path], Callable[[], dict[str, float]]]] = {
    "kamlab": partial(with_kamlab, "BetaGeoNBD"),
    "lifetimes": partial(with_lifetimes, "BetaGeoFitter"),
    "pymc-marketing": partial(with_pymc, "BetaGeoModel"),
    "kamlab Pareto/NBD": partial(with_kamlab, "ParetoNBD"),
    "lifetimes Pareto/NBD": partial(with_lifetimes, "ParetoNBDFitter"),
}


def fastest(fit: Callable[[], dict[str, float]]) -> tuple[float, dict[str, float]]:
    """Return the seconds of the fastest of some fits, and the parameters."""
    best, until = float("inf"), time.perf_counter() + PATIENCE
    while True:
        started = time.perf_counter()
        found = fit()
        best = min(best, time.perf_counter() - started)
        if time.perf_counter() > until:
            return best, found


def measured(way: str, file: Path, python: Path | None) -> dict | None:
    """Return seconds and parameters of one way in its own process."""
    if python is None:
        return None
    command = [str(python), "-m", "benchmarks.lifetime", way, str(file)]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if run.returncode:
        print(f"{way} failed: {run.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    return json.loads(run.stdout.strip().splitlines()[-1])


def compared(rows: dict[str, dict | None], ours: str) -> list[str]:
    """Return lines of a Markdown table: milliseconds, ratio, parameters."""
    base = rows[ours]["seconds"]
    told = []
    for way, row in rows.items():
        if row is None:
            told.append(f"| {way} | could not be installed or failed | | |")
            continue
        values = ", ".join(f"{n} {v:.4g}" for n, v in row["parameters"].items())
        ratio = row["seconds"] / base
        told.append(
            f"| {way} | {row['seconds'] * 1e3:,.1f} | {ratio:.1f}× | {values} |"
        )
    return told


def lifetime_table(
    folder: Path, lifetimes: Path | None, pymc: Path | None, accounts: int = 1_000_000
) -> str:
    """Return the benchmark of purchase models as a Markdown table."""
    folder.mkdir()
    cdnow, many = folder / "cdnow.parquet", folder / "accounts.parquet"
    make_cdnow(cdnow)
    make_accounts(many, accounts)
    own = Path(sys.executable)
    pythons = {"kamlab": own, "lifetimes": lifetimes, "pymc-marketing": pymc}
    head = ["| way | milliseconds a fit | against kamlab | parameters |"]
    head += ["|---|---:|---:|---|"]
    told = ["\n### BG/NBD, CDNOW's 2,357 customers\n", *head]
    found = {way: measured(way, cdnow, python) for way, python in pythons.items()}
    told += compared(found, "kamlab")
    told += [f"\n### BG/NBD, {accounts:,} accounts\n", *head]
    two = ("kamlab", "lifetimes")
    found = {way: measured(way, many, pythons[way]) for way in two}
    told += compared(found, "kamlab")
    told += ["\n### Pareto/NBD, CDNOW's 2,357 customers\n", *head]
    found = {
        f"{way} Pareto/NBD": measured(f"{way} Pareto/NBD", cdnow, pythons[way])
        for way in two
    }
    return "\n".join(told + compared(found, "kamlab Pareto/NBD"))


def main(way: str, file: str) -> None:
    """Measure one way and print it as JSON."""
    warnings.simplefilter("ignore")
    seconds, parameters = fastest(WAYS[way](Path(file)))
    print(json.dumps({"seconds": seconds, "parameters": parameters}))


if __name__ == "__main__":
    main(*sys.argv[1:])
