"""Run imports that are killed, as by kill -9, after so many steps in the file system.

One run a line of standard input: ``steps action folder``. Everything is loaded once;
each run is a fork of its own, which counts what Python tells its audit hooks.
"""

import os
import signal
import sys
from pathlib import Path

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.updates.versions import roll_back

_STEPS = ("os.", "shutil.", "tempfile.", "ctypes.")


def die_after(steps: int) -> None:
    """Kill this process at its n-th step in the file system."""
    left = steps

    def count(event: str, arguments: tuple) -> None:
        nonlocal left
        writes = event == "open" and arguments[1] in ("w", "wb")
        if writes or event.startswith(_STEPS):
            left -= 1
            if left == 0:  # os.kill itself is told as well
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def act(action: str, folder: Path) -> None:
    """Import, replace, update or roll back the portfolio in a folder."""
    mapping, out = folder / "mapping.yml", folder / "portfolio"
    if action == "import":
        import_portfolio(folder / "first", mapping, out)
    elif action == "replace":
        import_portfolio(folder / "second", mapping, out, replace=True)
    elif action == "update":
        import_portfolio(folder / "second", mapping, out, update=True)
    else:
        roll_back(out)


def main() -> None:
    for line in sys.stdin:
        steps, action, folder = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            die_after(int(steps))
            act(action, Path(folder))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
