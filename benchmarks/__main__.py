"""Measure against the peers and write RESULTS.md: ``python -m benchmarks``.

``python -m benchmarks import report`` measures these two again; the other sections
stay as they were.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import activity, importing, lifetime, report, startup
from benchmarks.peers import lifetimes_python
from benchmarks.results import circumstances, with_sections

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
PORTFOLIO = "name: bench\ncurrency: EUR\ndata_through: 2025-12-31\n"


@dataclass(frozen=True)
class Bench:
    """How much is measured, and where scratch files and peers stand."""

    lines: int
    dossiers: int
    scratch: Path

    @cached_property
    def lifetimes(self) -> Path | None:
        """Return a Python with lifetimes, made when first asked for."""
        return lifetimes_python(self.scratch / "peers")


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


def activity_table(bench: Bench, accounts: int) -> str:
    """Return the activity benchmark for one book as a Markdown table."""
    folder = bench.scratch / str(accounts)
    folder.mkdir()
    file = folder / "orders.parquet"
    activity.make_orders(file, bench.lines, accounts)
    text = PORTFOLIO + "tables: {orders: orders.parquet}\n"
    (folder / "portfolio.yml").write_text(text)
    rows = {}
    for way in activity.WAYS:
        python = bench.lifetimes if way == "lifetimes" else Path(sys.executable)
        found = measured(way, file, python) if python else None
        if found:
            rows[way] = found
    title = f"\n### {bench.lines:,} lines, {rows['kamlab']['rows']:,} accounts\n"
    return compared(title, rows)


def activity_section(bench: Bench) -> str:
    """Return the activity table of a book of many and one of few accounts."""
    return (
        "`sql` is a hand-written DuckDB query with the same columns, `sql without "
        "gaps` one without the quantiles of the gaps; `lifetimes` gives frequency, "
        "recency, T and value only. The fastest of three.\n"
        + "\n".join(activity_table(bench, accounts) for accounts in (250_000, 2_000))
    )


def import_section(bench: Bench) -> str:
    """Return the import of half as many lines."""
    folder = bench.scratch / "import"
    folder.mkdir()
    file = importing.make_export(folder, bench.lines // 2)
    rows = {}
    for way in importing.WAYS:
        if found := measured(way, file, Path(sys.executable), "importing"):
            rows[way] = found
    megabytes = file.stat().st_size / 1e6
    title = f"\n### {bench.lines // 2:,} lines, {megabytes:,.0f} MB of CSV\n"
    return (
        "From CSV to Parquet. `kamlab` reads text, checks every row, counts and logs "
        "all of them, and writes them sorted; `COPY` is one DuckDB statement that "
        "checks nothing. The fastest of three.\n" + compared(title, rows)
    )


def lifetime_section(bench: Bench) -> str:
    """Return the fits of purchase models."""
    return (
        "Fits only, the fastest of three seconds of them. `pymc-marketing` finds the "
        "mode of its posterior, and compiles its model each time.\n"
        + lifetime.lifetime_table(
            bench.scratch / "lifetime",
            bench.lifetimes,
            lifetime.pymc_python(bench.scratch / "pymc"),
        )
    )


def startup_section(_: Bench) -> str:
    """Return the start-up times as a Markdown table."""
    seconds = startup.measure()
    pandas = seconds["import pandas"]
    told = ["| program | seconds | against import pandas |", "|---|---:|---:|"]
    told += [f"| {n} | {s:.2f} | {s / pandas:.2f}× |" for n, s in seconds.items()]
    return "\n".join(told)


def report_section(bench: Bench) -> str:
    """Return where the time of a whole report goes."""
    return (
        f"The portfolio review and {bench.dossiers} account dossiers of the "
        "demonstration company, as linked pages, one HTML file, PDF and workbook; "
        "each way once. Memory is that of all processes together; what they share "
        "counts once.\n\n"
        + report.report_tables(bench.dossiers, bench.scratch / "report")
    )


#: By the word of the command line: heading and what measures it.
SECTIONS: dict[str, tuple[str, Callable[[Bench], str]]] = {
    "activity": ("Activity table from order lines", activity_section),
    "import": ("Import of an export", import_section),
    "lifetime": ("Purchase models", lifetime_section),
    "start": ("Start", startup_section),
    "report": ("A whole report, where the time goes", report_section),
}


def main() -> None:
    """Measure what is asked for and write it into RESULTS.md beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = ", ".join(SECTIONS)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=names)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--dossiers", type=int, default=28)
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}: choose of {names}")
    with tempfile.TemporaryDirectory(prefix="kamlab-bench-") as scratch:
        bench = Bench(asked.lines, asked.dossiers, Path(scratch))
        for name in asked.sections or SECTIONS:
            head, measure = SECTIONS[name]
            # Written after each: an hour's measuring is not lost by the last one.
            write_section(RESULTS, head, f"{circumstances()}\n\n{measure(bench)}")


def write_section(file: Path, head: str, text: str) -> None:
    """Put a section into the file of results, and print it."""
    order = [title for title, _ in SECTIONS.values()]
    earlier = file.read_text(encoding="utf-8") if file.exists() else ""
    aside = file.with_suffix(".tmp")
    aside.write_text(with_sections(earlier, {head: text}, order), encoding="utf-8")
    aside.replace(file)
    print(f"## {head}\n\n{text}\n", flush=True)


if __name__ == "__main__":
    main()
