"""Which way foretells orders best: ``python -m benchmarks.lifetime_held_out``.

Writes ``data/comparisons/lifetime_held_out.csv``, who beats whom beside it, and a page
that says with which versions. lifetimes stands in an environment of its own, where
this file is run as ``… foretell COUNTS HORIZON OUT``.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers import lifetimes_python

if TYPE_CHECKING:
    import pandas as pd

    from kamlab.value.lifetime.held_out import HeldOut

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "data" / "comparisons"
CDNOW = ROOT / ".oracles" / "lifetimes" / "datasets" / "CDNOW_sample.txt"
SHARED = Path(
    os.environ.get("KAMLAB_SHARED_DATASETS", ROOT.parent / "shared" / "datasets")
)
#: Models of lifetimes by the names they have here.
PEERS = {
    "lifetimes BG/NBD": "BetaGeoFitter",
    "lifetimes MBG/NBD": "ModifiedBetaGeoFitter",
    "lifetimes Pareto/NBD": "ParetoNBDFitter",
}
#: The demo company by what is foretold: last day learnt from, months.
TALBRUCK = {
    "Talbruck 2024": ("2023-12-31", 12),
    "Talbruck 2025": ("2024-12-31", 12),
    "Talbruck 2025, second half": ("2025-06-30", 6),
}
LIBRARIES = ("kamlab", "pandas", "numpy", "scipy", "scikit-learn")


def cdnow() -> "pd.DataFrame":
    """Return the purchases of CDNOW's 2,357 customers: account, day, amount."""
    import pandas as pd

    names = ["master_id", "account_id", "order_date", "quantity", "amount"]
    table = pd.read_csv(CDNOW, sep=r"\s+", names=names, dtype="str")
    days = pd.to_datetime(table["order_date"], format="%Y%m%d")
    amounts = table["amount"].astype(float)
    return table[["account_id"]].assign(order_date=days, amount=amounts)


def online_retail() -> "pd.DataFrame":
    """Return the purchases of Online Retail's customers."""
    import pandas as pd

    lines = pd.read_parquet(SHARED / "online_retail" / "online_retail_I.parquet")
    lines = lines.dropna(subset=["CustomerID"])
    sold = lines[(lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    named = {"CustomerID": "account_id", "InvoiceDate": "order_date"}
    amounts = sold["Quantity"] * sold["UnitPrice"]
    return sold[list(named)].rename(columns=named).assign(amount=amounts)


def iowa() -> "pd.DataFrame":
    """Return the deliveries to the liquor stores of Cedar Rapids."""
    import pandas as pd

    file = SHARED / "iowa_liquor" / "iowa_cedar_rapids_2018_2021_lines.parquet"
    columns = ["Store Number", "Date", "Sale (Dollars)"]
    lines = pd.read_parquet(file, columns=columns)
    return lines.set_axis(["account_id", "order_date", "amount"], axis=1)


#: Books by name: how to read them, last day learnt from, last day foretold.
BOOKS = {
    "CDNOW": (cdnow, "1997-09-30", "1998-06-30"),
    "Online Retail": (online_retail, "2011-06-09", "2011-12-09"),
    "Iowa 2020": (iowa, "2019-12-31", "2020-12-31"),
    "Iowa 2021": (iowa, "2020-12-31", "2021-12-31"),
}


def held_out_books() -> dict[str, tuple["HeldOut", "pd.DataFrame"]]:
    """Return what every way foretells of every book that is here, and its amounts."""
    import kamlab
    from kamlab.value.lifetime.held_out import foretold_orders, portfolio_held_out
    from kamlab.value.lifetime.held_out_revenue import revenue_days_through

    found = {}
    for name, (read, cut, last) in BOOKS.items():
        try:
            amounts = read()
        except FileNotFoundError as missing:
            print(f"{name} is left out: {missing}", file=sys.stderr)
            continue
        bought = amounts[amounts["amount"] >= 0]
        found[name] = foretold_orders(bought, cut, last), amounts
    with kamlab.open_portfolio(ROOT / "data" / "demo") as portfolio:
        for name, (day, months) in TALBRUCK.items():
            seen = portfolio.at(day)
            after = seen.outcome(months)
            amounts = revenue_days_through(after, seen)
            found[name] = portfolio_held_out(after, seen), amounts
    return found


def foretell(counts: Path, horizon: float, out: Path) -> None:
    """Foretell orders with lifetimes; runs where lifetimes is installed."""
    import lifetimes
    import pandas as pd

    table = pd.read_parquet(counts)
    triple = table["frequency"], table["recency"], table["T"]
    found, left_out = {}, {}
    for name, model in PEERS.items():
        try:
            fitted = getattr(lifetimes, model)().fit(*triple)
        except lifetimes.utils.ConvergenceError as error:
            left_out[name] = f"no fit: {' '.join(str(error).split())[:120]}"
            continue
        orders = fitted.conditional_expected_number_of_purchases_up_to_time
        found[name] = pd.Series(orders(horizon, *triple), index=table.index)
    pd.DataFrame(found, index=table.index).to_parquet(out)
    print(json.dumps(left_out))


def by_lifetimes(
    held: "HeldOut", python: Path, folder: Path
) -> tuple["pd.DataFrame", dict[str, str]]:
    """Return what lifetimes foretells of the same accounts, and what it could not."""
    import numpy as np
    import pandas as pd

    counts, out = folder / "counts.parquet", folder / "foretold.parquet"
    table = held.holdout.counts[["frequency", "recency", "T"]]
    table.reset_index(drop=True).to_parquet(counts)
    task = ["foretell", str(counts), str(held.holdout.length), str(out)]
    command = [str(python), "-m", "benchmarks.lifetime_held_out", *task]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    if run.returncode:
        reason = f"failed: {run.stderr.strip().splitlines()[-1][:200]}"
        return pd.DataFrame(index=table.index), dict.fromkeys(PEERS, reason)
    found = pd.read_parquet(out).set_axis(table.index)
    left_out = json.loads(run.stdout.strip().splitlines()[-1])
    finite = np.isfinite(found).all()
    left_out |= {
        name: f"{int((~np.isfinite(found[name])).sum())} accounts without a number"
        for name in found.columns[~finite]
    }
    return found.loc[:, finite], left_out


def rows_of(
    name: str, held: "HeldOut", accounts: "pd.DataFrame", left_out: dict[str, str]
) -> "pd.DataFrame":
    """Return the rows of one book, also those of ways that could not tell."""
    import pandas as pd

    from kamlab.value.lifetime.comparison import compared_forecasts

    table = compared_forecasts(accounts).reset_index()
    could_not = pd.DataFrame(left_out.items(), columns=["method", "reason"])
    rows = pd.concat([table.assign(reason=""), could_not], ignore_index=True)
    head = {
        "book": name,
        "learnt_to": held.calibration_end,
        "foretold_to": held.holdout_end,
        "accounts": len(held.accounts),
        "orders_of_new_accounts": held.holdout.orders_of_new,
    }
    for place, (column, value) in enumerate(head.items()):
        rows.insert(place, column, value)
    return rows.drop(columns="n")


def written(file: Path, text: str) -> None:
    """Write a file whole, or not at all."""
    with tempfile.NamedTemporaryFile(
        "w", dir=file.parent, encoding="utf-8", newline="\n", delete=False
    ) as aside:
        aside.write(text)
    Path(aside.name).chmod(0o644)
    os.replace(aside.name, file)


def versions(python: Path | None) -> str:
    """Return what the figures were made with."""
    found = [f"{each} {importlib.metadata.version(each)}" for each in LIBRARIES]
    if python is None:
        return ", ".join([*found, "lifetimes could not be installed"])
    task = "import importlib.metadata as m; print(m.version('lifetimes'))"
    run = subprocess.run([python, "-c", task], capture_output=True, text=True)
    return ", ".join([*found, f"lifetimes {run.stdout.strip()}"])


def beside_baseline(table: "pd.DataFrame", method: str) -> str:
    """Say on which books a way is better than the baseline, and on which not."""
    of_method = table[table["method"] == method].groupby("verdict", sort=False)
    told = [f"{verdict} on {'; '.join(each['book'])}" for verdict, each in of_method]
    return f'beside "same as last year", {method} is {" · ".join(told)}.'


def other_choices(books: dict[str, "pd.DataFrame"]) -> str:
    """Say what the rule would choose without each book, and without the demo company.

    A default that hangs on one book has to say so.
    """
    from kamlab.value.lifetime.comparison import simplest_not_beaten

    fewer = {f"{each} alone left out": {each} for each in books}
    fewer["the demo company left out"] = set(TALBRUCK)
    fewer["CDNOW and the demo company left out"] = {"CDNOW", *TALBRUCK}
    chosen = {
        words: simplest_not_beaten({n: books[n] for n in books if n not in without})
        for words, without in fewer.items()
        if set(books) - without
    }
    return "; ".join(f"{words}: {choice}" for words, choice in chosen.items())


def page(
    tables: dict[str, "pd.DataFrame"],
    books: dict[str, dict[str, "pd.DataFrame"]],
    python: Path | None,
) -> str:
    """Return the page that says how the comparison was made, and what came out."""
    from kamlab.value.lifetime.comparison import simplest_not_beaten

    default = simplest_not_beaten(books["orders"])
    lines = [
        f"{date.today()}, Python {platform.python_version()}, {versions(python)}",
        "`lifetime_held_out.csv`: a row for each book and way; errors in order days an "
        "account, intervals from 2,000 paired draws of accounts.",
        "`lifetime_held_out_revenue.csv`: the same in money of each book, each order "
        "day at what one was worth in the account's own year.",
        "`lifetime_held_out_beaten.csv`: for each way, the less simple ways that beat "
        "it in orders over all books (rule: `kamlab.value.lifetime.beaten_by`).",
    ]
    for measure, accounts in books.items():
        lines += [
            f"In {measure}, the simplest way that none beats is "
            f"**{simplest_not_beaten(accounts)}**.",
            f"In {measure}, {beside_baseline(tables[measure], default)}",
            f"In {measure}, with fewer books. {other_choices(accounts)}.",
        ]
    head = "# Orders foretold on held-out days\n\nWritten by "
    head += "`python -m benchmarks.lifetime_held_out`; nothing is typed.\n\n"
    return head + "\n".join(f"- {line}" for line in lines) + "\n"


def with_peers(
    held: "HeldOut", python: Path | None, folder: Path
) -> tuple["HeldOut", dict[str, str]]:
    """Return what was foretold with lifetimes beside it, and who could not tell."""
    left_out = dict(held.left_out)
    if python is None:
        return held, left_out
    found, failed = by_lifetimes(held, python, folder)
    joined = held.accounts.join(found)
    return replace(held, accounts=joined), left_out | failed


def main() -> None:
    """Compare all ways on all books, and write what came out."""
    import pandas as pd

    from kamlab.value.lifetime.comparison import beaten_by
    from kamlab.value.lifetime.held_out_revenue import foretold_revenue

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--lifetimes", type=Path, help="a Python that has lifetimes")
    given = parser.parse_args().lifetimes
    books, rows = {"orders": {}, "revenue": {}}, {"orders": [], "revenue": []}
    with tempfile.TemporaryDirectory() as scratch:
        python = given or lifetimes_python(Path(scratch) / "lifetimes")
        for name, (alone, amounts) in held_out_books().items():
            held, left_out = with_peers(alone, python, Path(scratch))
            books["orders"][name] = held.accounts
            books["revenue"][name] = foretold_revenue(held, amounts)
            for measure, each in rows.items():
                each.append(rows_of(name, held, books[measure][name], left_out))
        tables = {m: pd.concat(each, ignore_index=True) for m, each in rows.items()}
        text = page(tables, books, python)
    beaten = beaten_by(books["orders"]).map(", ".join).rename("beaten_by")
    OUT.mkdir(parents=True, exist_ok=True)
    files = {
        "lifetime_held_out.csv": tables["orders"],
        "lifetime_held_out_revenue.csv": tables["revenue"],
        "lifetime_held_out_beaten.csv": beaten.reset_index(),
    }
    csv = {"index": False, "float_format": "%.6g", "lineterminator": "\n"}
    for name, table in files.items():
        written(OUT / name, table.to_csv(**csv))
    written(OUT / "lifetime_held_out.md", text)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1:2] == ["foretell"]:
        _, _, file, ahead, target = sys.argv
        foretell(Path(file), float(ahead), Path(target))
    else:
        main()
