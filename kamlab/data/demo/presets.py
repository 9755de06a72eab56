"""The companies that can be generated, and how they are written to a folder."""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path

from kamlab.data.demo.bank import generate_bank
from kamlab.data.demo.clean_b2b import generate_clean_b2b
from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.retailer import generate_retailer
from kamlab.data.demo.story import FULL_SIZE, LARGEST, SMALLEST
from kamlab.data.demo.talbruck import generate_talbruck
from kamlab.data.folder import new_folder, write_csv, write_description
from kamlab.errors import UsageError, did_you_mean

DEFAULT_SEED = 2025
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class Preset:
    """A company that can be generated: how, and with how many accounts as a rule.

    Examples
    --------
    >>> PRESETS["bank"].accounts
    1000
    """

    make: Callable[[int, int], DemoCompany]
    accounts: int


#: A preset is one line: its name, the function that generates it, and its usual size.
PRESETS: dict[str, Preset] = {
    "talbruck": Preset(generate_talbruck, FULL_SIZE),
    "clean_b2b": Preset(generate_clean_b2b, FULL_SIZE),
    "bank": Preset(generate_bank, 1000),
    "retailer": Preset(generate_retailer, 1000),
}


def generate(
    preset: str = "talbruck", seed: int = DEFAULT_SEED, accounts: int | None = None
) -> DemoCompany:
    """Return a generated company with a story that is known to the last figure.

    Parameters
    ----------
    preset : {"talbruck", "clean_b2b", "bank", "retailer"}
        Which company.
    seed : int
        Everything follows from it; another seed gives the same story with other
        numbers.
    accounts : int, optional
        Accounts in the master, 30 to 20,000; by default as many as the preset usually
        has. Talbruck's revenue scales with them; the bank's must be a multiple of 10,
        the retailer's of 100.

    Returns
    -------
    DemoCompany
        Tables of the data contract, description, and what was planted.

    Raises
    ------
    UsageError
        If the preset is unknown, the seed negative, or the size out of range or not
        one that the preset's groups divide.

    Examples
    --------
    >>> company = generate("clean_b2b", seed=1, accounts=40)
    >>> sorted(company.tables)
    ['accounts', 'orders']
    """
    if preset not in PRESETS:
        raise UsageError(
            f"preset {preset!r} is unknown: {did_you_mean(preset, PRESETS)}"
        )
    _check_whole("seed", seed, 0, 2**63 - 1)
    chosen = PRESETS[preset]
    if accounts is None:
        accounts = chosen.accounts
    _check_whole("accounts", accounts, SMALLEST, LARGEST)
    return chosen.make(int(seed), int(accounts))


def _check_whole(name: str, value: object, lowest: int, highest: int) -> None:
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not lowest <= value <= highest:
        raise UsageError(
            f"{name} = {value!r}; give a whole number from {lowest} to {highest}"
        )


def write_demo(
    out: Path,
    preset: str = "talbruck",
    seed: int = DEFAULT_SEED,
    accounts: int | None = None,
    replace: bool = False,
) -> Path:
    """Write a generated company as a portfolio folder, with truth.json beside it.

    The same arguments give the same bytes on every run.

    Parameters
    ----------
    out : Path
        The folder to make.
    preset, seed, accounts
        As for `generate`.
    replace : bool
        Whether a portfolio that stands there may be replaced.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    UsageError
        If an argument is out of range or something else stands at `out`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as parent:
    ...     folder = write_demo(Path(parent) / "demo", "clean_b2b", accounts=30)
    ...     sorted(file.name for file in folder.iterdir())
    ['accounts.csv', 'orders.csv', 'portfolio.yml', 'truth.json']
    """
    out = Path(out)
    with new_folder(out, replace=replace) as folder:
        company = generate(preset, seed, accounts)
        files = {
            name: write_csv(frame, name, folder)
            for name, frame in company.tables.items()
        }
        write_description(
            folder, dataclasses.replace(company.description, tables=files)
        )
        text = json.dumps(company.truth, sort_keys=True, indent=1, ensure_ascii=False)
        (folder / TRUTH_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    return out
