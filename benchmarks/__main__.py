"""Run all measurements and write RESULTS.md: ``python -m benchmarks``."""

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import activity, importing, lifetime, report, startup
from benchmarks.peers import lifetimes_python

HERE = Path(__file__).resolve().parent
LIBRARIES = ("kamlab", "pandas", "numpy", "narwhals", "duckdb", "pyarrow", "papermill")
PORTFOLIO = "name: bench\ncurrency: EUR\ndata_through: 2025-12-31\n"


def measured(
    way: str, file: Path, python: Path, task: str = "activity", repeats: int = 3
) -> dict | None:
    """Return the fastest of some runs of one way, each in its own process."""
    command = [str(python), "-m", f"benchmarks.{task}", way, str(file)]
    best = None
    for _ in range(repeats):
        run = subprocess.run(command, check=False, capture_output=True, text=True)
        if run.returncode:
            print(f"{way} failed: {run.stderr.strip()[-300:]}", file=sys.stderr)
            return None
        found = json.loads(run.stdout.strip().splitlines()[-1])
        if best is None or found["seconds"] < best["seconds"]:
            best = found
    return best


def activity_table(lines: int, accounts: int, peers: Path | None, folder: Path) -> str:
    """Return the activity benchmark for one book as a Markdown table."""
    folder.mkdir()
    file = folder / "orders.parquet"
    activity.make_orders(file, lines, accounts)
    text = PORTFOLIO + "tables: {orders: orders.parquet}\n"
    (folder / "portfolio.yml").write_text(text)
    rows = {}
    for way in activity.WAYS:
        python = peers if way == "lifetimes" else Path(sys.executable)
        found = measured(way, file, python) if python else None
        if found:
            rows[way] = found
    title = f"\n### {lines:,} lines, {rows['kamlab']['rows']:,} accounts\n"
    return compared(title, rows)


def import_table(lines: int, folder: Path) -> str:
    """Return the import benchmark as a Markdown table."""
    folder.mkdir()
    file = importing.make_export(folder, lines)
    megabytes = file.stat().st_size / 1e6
    rows = {}
    for way in importing.WAYS:
        if found := measured(way, file, Path(sys.executable), "importing"):
            rows[way] = found
    return compared(f"\n### {lines:,} lines, {megabytes:,.0f} MB of CSV\n", rows)


def compared(title: str, rows: dict[str, dict]) -> str:
    """Return seconds and memory of each way as a Markdown table.

    Where they were measured, with the seconds of all processors together.
    """
    ours = rows["kamlab"]["seconds"]
    head = ["way", "seconds", "against kamlab", "extra memory, MB"]
    if "processor" in rows["kamlab"]:
        head.append("processor seconds")
    told = [
        title,
        "| " + " | ".join(head) + " |",
        "|---" + "|---:" * (len(head) - 1) + "|",
    ]
    for way, row in rows.items():
        cells = [way, f"{row['seconds']:.2f}", f"{row['seconds'] / ours:.2f}×"]
        cells.append(f"{row['megabytes']:,.0f}")
        if "processor" in row:
            cells.append(f"{row['processor']:.2f}")
        told.append("| " + " | ".join(cells) + " |")
    return "\n".join(told)


def startup_table() -> str:
    """Return the start-up times as a Markdown table."""
    seconds = startup.measure()
    pandas = seconds["import pandas"]
    told = ["| program | seconds | against import pandas |", "|---|---:|---:|"]
    told += [f"| {n} | {s:.2f} | {s / pandas:.2f}× |" for n, s in seconds.items()]
    return "\n".join(told)


def circumstances() -> str:
    """Return versions, commit and machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        cwd=HERE,
    ).stdout.strip()
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in LIBRARIES)
    return (
        f"{date.today()}, commit {commit or 'none'}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores; {versions}."
    )


def main() -> None:
    """Measure everything and write RESULTS.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--dossiers", type=int, default=28)
    lines, dossiers = vars(parser.parse_args()).values()
    parts = [
        "# Benchmarks\n",
        "Written by `make benchmarks`; trust ratios more than seconds. Each way runs "
        "in its own process, the fastest of three.\n",
        circumstances(),
        "\n## Activity table from order lines\n",
        "`sql` is a hand-written DuckDB query with the same columns, `sql without "
        "gaps` one without the quantiles of the gaps; `lifetimes` gives frequency, "
        "recency, T and value only.",
    ]
    with tempfile.TemporaryDirectory(prefix="kamlab-bench-") as scratch:
        peers = lifetimes_python(Path(scratch) / "peers")
        for accounts in (250_000, 2_000):
            folder = Path(scratch) / str(accounts)
            parts.append(activity_table(lines, accounts, peers, folder))
        parts += [
            "\n## Import of an export\n",
            "From CSV to Parquet. `kamlab` reads text, checks every row, counts and "
            "logs all of them, and writes them sorted; `COPY` is one DuckDB statement "
            "that checks nothing.",
            import_table(lines // 2, Path(scratch) / "import"),
        ]
        parts += [
            "\n## Purchase models\n",
            "Fits only, the fastest of three seconds of them. `pymc-marketing` finds "
            "the mode of its posterior, and compiles its model each time.",
            lifetime.lifetime_table(
                Path(scratch) / "lifetime",
                peers,
                lifetime.pymc_python(Path(scratch) / "pymc"),
            ),
        ]
        parts += ["\n## Start\n", startup_table()]
        parts += [
            "\n## A whole report, where the time goes\n",
            f"The portfolio review and {dossiers} account dossiers of the "
            "demonstration company, as linked pages, one HTML file, PDF and workbook; "
            "each way once. Memory is that of all processes together; what they share "
            "counts once.\n",
            report.report_tables(dossiers, Path(scratch) / "report"),
        ]
    (HERE / "RESULTS.md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    print((HERE / "RESULTS.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
