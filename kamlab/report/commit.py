"""Which state of the notebooks a report ran, where git keeps them."""

import subprocess
from pathlib import Path

_SECONDS = 10


def commit_of(folder: Path) -> str | None:
    """Return the commit of a folder, with "-dirty" where files were changed since.

    Parameters
    ----------
    folder : Path
        Any folder, such as that of the notebooks.

    Returns
    -------
    str or None
        None where git, or a repository, is not there.

    Examples
    --------
    >>> commit_of(Path("/")) is None
    True
    """
    asked = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        found = subprocess.run(
            ["git", "-C", str(folder), *asked],
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None
