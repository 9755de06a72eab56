"""Names and pseudonyms are never mixed in a portfolio, nor pseudonyms of two keys."""

from collections.abc import Mapping
from pathlib import Path

from kamlab.data.folder import DESCRIPTION_FILE
from kamlab.data.pseudonymising import Hidden, Privacy
from kamlab.data.updates.before import Before, read_before
from kamlab.errors import UsageError


def check_same_key(before: Before | None, privacy: Privacy | None, out: Path) -> None:
    """Refuse to mix names with pseudonyms, or pseudonyms of two keys.

    Parameters
    ----------
    before : Before, optional
        The portfolio that is to be updated.
    privacy : Privacy, optional
        How the import hides names.
    out : Path
        The portfolio folder.

    Raises
    ------
    UsageError
        If the update is not pseudonymised as its portfolio is, or if a portfolio with
        names would be kept as an earlier version of one without.

    Examples
    --------
    >>> check_same_key(None, None, Path("mine"))
    """
    if before is None:
        if privacy is not None and _holds_names(out):
            raise UsageError(
                f"out = {str(out)!r} holds original names, and would be kept as an "
                "earlier version; import to a new folder, and delete that one"
            )
        return
    was = before.log.get("pseudonyms")
    now = Hidden().as_json(privacy) if privacy else None
    if _in_words(was) != _in_words(now):
        raise UsageError(
            f"out = {str(out)!r} is {_in_words(was)}, but the update is to be "
            f"{_in_words(now)}; they must agree. Give the same key, or import the "
            "whole export to a new folder"
        )


def _holds_names(out: Path) -> bool:
    """Whether there is a portfolio that was not pseudonymised."""
    if not (out / DESCRIPTION_FILE).is_file():
        return False
    return not read_before(out).log.get("pseudonyms")


def _in_words(told: Mapping[str, object] | None) -> str:
    if not told:
        return "without pseudonyms"
    ids = ", ids included" if told["ids"] else ""
    return f"pseudonymised with the key {told['key']}{ids}"
