"""Where the time of a report goes: kernel, imports, computing, rendering."""

import json
import time
from pathlib import Path

from kamlab.report.run import run_report

PROJECT = Path(__file__).resolve().parent.parent


def split_table(out: Path) -> str:
    """Run the report on the demonstration company; return its times as Markdown."""
    started = time.perf_counter()
    run_report(None, PROJECT / "data" / "demo", out, progress=False)
    whole = time.perf_counter() - started
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    told = ["| part | seconds |", "|---|---:|"]
    for page in manifest["pages"]:
        told += [
            f"| {page['name']}: {part.replace('_', ' ')} | {seconds:.2f} |"
            for part, seconds in page["seconds"].items()
        ]
    told.append(f"| rendering | {manifest['seconds']['rendering']:.2f} |")
    told.append(f"| whole report | {whole:.2f} |")
    return "\n".join(told)
