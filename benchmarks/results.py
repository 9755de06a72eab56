"""RESULTS.md by sections: what was not measured again stays as it was."""

import importlib.metadata
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

LIBRARIES = ("kamlab", "pandas", "numpy", "narwhals", "duckdb", "pyarrow", "papermill")
HEAD = """# Benchmarks

Written by `make benchmarks`; trust ratios more than seconds. Each way runs in its own
process, peers in the same run as kamlab. A section says when it was measured.
"""
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def circumstances() -> str:
    """Return versions, commit and machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        check=False,
        text=True,
        cwd=Path(__file__).parent,
    ).stdout.strip()
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in LIBRARIES)
    return (
        f"*{date.today()}, commit {commit or 'none'}, Python "
        f"{platform.python_version()}, {os.cpu_count()} cores; {versions}.*"
    )


def sections_of(text: str) -> dict[str, str]:
    """Return what stands below each second-level heading.

    >>> sections_of("# All\\n\\n## One\\n\\n1\\n\\n## Two\\n\\n### Deeper\\n\\n2\\n")
    {'One': '1', 'Two': '### Deeper\\n\\n2'}
    """
    _, *parts = _HEADING.split(text)
    return {
        head: body.strip() for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


def with_sections(earlier: str, new: Mapping[str, str], order: list[str]) -> str:
    """Return the results with new sections in the place of earlier ones.

    Sections that are not in `order` are no measurement of ours any more.

    >>> print(with_sections("## One\\n\\n1\\n\\n## Old\\n\\n0", {"Two": "2"},
    ...                     ["One", "Two"]).split("measured.\\n")[1])
    <BLANKLINE>
    ## One
    <BLANKLINE>
    1
    <BLANKLINE>
    ## Two
    <BLANKLINE>
    2
    <BLANKLINE>
    """
    found = sections_of(earlier) | dict(new)
    told = [f"\n## {head}\n\n{found[head]}\n" for head in order if head in found]
    return HEAD + "".join(told)
