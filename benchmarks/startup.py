"""How long it takes until kamlab answers."""

import subprocess
import sys
import time

PROGRAMS = {
    "import kamlab": ["-c", "import kamlab"],
    "import kamlab and open_portfolio": ["-c", "from kamlab import open_portfolio"],
    "import pandas": ["-c", "import pandas"],
    "kamlab --help": ["-m", "kamlab", "--help"],
}


def median_seconds(arguments: list[str], repeats: int = 7) -> float:
    """Return the median wall-clock time of a Python program."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return sorted(times)[repeats // 2]


def measure() -> dict[str, float]:
    """Return seconds by program."""
    return {name: median_seconds(arguments) for name, arguments in PROGRAMS.items()}
