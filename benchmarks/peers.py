"""A throw-away environment for peers that cannot stand beside the lock."""

import subprocess
import sys
from pathlib import Path

#: lifetimes is from 2020: it needs an old setuptools and a pandas before 3.
LIFETIMES = ("lifetimes==0.11.3", "setuptools<81", "pandas<3", "pyarrow")


def lifetimes_python(folder: Path) -> Path | None:
    """Return a Python that has lifetimes, or None where it cannot be installed."""
    python = folder / "bin" / "python"
    made = [
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "-q", *LIFETIMES],
    ]
    for command in made:
        done = subprocess.run(command, check=False, capture_output=True)
        if done.returncode:
            return None
    return python
