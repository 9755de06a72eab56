"""Two runs never write the same report at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kamlab.errors import UsageError
from kamlab.language import _


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold a report's place for this run; another run is refused at once.

    The lock ends with the process, also when that is killed.

    Parameters
    ----------
    out : Path
        Folder of the report; the lock lies beside it.

    Raises
    ------
    UsageError
        If another run writes there now.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with only_run(Path(folder) / "report"):
    ...         with only_run(Path(folder) / "report"):
    ...             pass
    Traceback (most recent call last):
    kamlab.errors.UsageError: out = ... is being written by another run: wait for its
    end, or name another folder
    """
    file = out.with_name(f".{out.name}.lock")
    try:
        with FileLock(file, timeout=0):
            yield
    except Timeout:
        told = _(
            "out = {out!r} is being written by another run: wait for its end, or name "
            "another folder"
        )
        raise UsageError(told.format(out=str(out))) from None
