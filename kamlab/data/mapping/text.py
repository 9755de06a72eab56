"""Read YAML so that every text stays as it was written.

YAML 1.1 takes ``04`` for 4, ``NO`` for false and ``1e5`` for a number. In an export
these are codes, so nothing is converted here; whoever wants a number asks for it.
"""

import math
import re
from pathlib import Path

import yaml

from kamlab.errors import UsageError

_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
_MOST_VALUES = 100_000
_STRING = "tag:yaml.org,2002:str"


class Plain(str):
    """A text that stands without quotes, so it may be meant as a number or a truth.

    Examples
    --------
    >>> Plain("04") == "04", Plain("04").number, Plain("NO").truth
    (True, 4, False)
    """

    __slots__ = ()

    @property
    def number(self) -> int | float | None:
        """The number it may stand for, None where it is none.

        Examples
        --------
        >>> Plain("1234.5").number, Plain("1.234,5").number
        (1234.5, None)
        """
        if _WHOLE.fullmatch(self):
            return int(self)
        return float(self) if _NUMBER.fullmatch(self) else None

    @property
    def truth(self) -> bool | None:
        """The truth it may stand for, None where it is none.

        Examples
        --------
        >>> Plain("yes").truth, Plain("often").truth
        (True, None)
        """
        return _TRUTHS.get(self.lower())

    def __repr__(self) -> str:
        bare = self.number is not None or self.truth is not None
        return str(self) if bare else super().__repr__()


class _TextLoader(yaml.SafeLoader):
    """A safe loader that takes nothing for a number, a truth or a day."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the name and form are PyYAML's)
        "<": [("tag:yaml.org,2002:merge", re.compile("<<"))]
    }


def _scalar(loader: _TextLoader, node: yaml.ScalarNode) -> str | None:
    """Construct a scalar: nothing at all is None, a text in quotes a plain str."""
    text = loader.construct_scalar(node)
    if node.style is not None:
        return text
    return Plain(text) if text else None


_TextLoader.add_constructor(_STRING, _scalar)


def load_text(path: Path, what: str = "mapping") -> tuple[object, list[str]]:
    """Return what a YAML file holds, all of it as text, and the keys that repeat.

    Parameters
    ----------
    path : Path
        The file.
    what : str
        What messages call it.

    Returns
    -------
    object
        Dictionaries, lists and texts; those without quotes are `Plain`.
    list of str
        Keys that stand twice in one section; YAML would keep the last.

    Raises
    ------
    UsageError
        If the file cannot be read or is not YAML.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mapping.yml"
    ...     _ = path.write_text("codes: [04, NO, 1e5, 2025-12-31]")
    ...     content, repeated = load_text(path)
    >>> list(map(str, content["codes"]))
    ['04', 'NO', '1e5', '2025-12-31']
    """
    shown = f"{what} = {str(path)!r}"
    if path.exists() and not path.is_file():
        raise UsageError(f"{shown} cannot be read: it is not a file; name a YAML file")
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_TextLoader)
        size = _size(node, {})
        if math.isinf(size):
            raise UsageError(f"{shown}: an alias (*) stands for what it stands in")
        if size > _MOST_VALUES:
            raise UsageError(
                f"{shown} stands for {size:,} values once its aliases (*) are written "
                f"out; a {what} has at most {_MOST_VALUES:,}"
            )
        return yaml.load(text, Loader=_TextLoader), repeated_keys(node)  # noqa: S506
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        told = " ".join(str(error).split())
        raise UsageError(f"{shown} is not YAML: {told}") from error
    except RecursionError as error:
        raise UsageError(f"{shown} is nested too deeply to be a {what}") from error


def _children(node: yaml.Node | None) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.MappingNode):
        return [each for pair in node.value for each in pair]
    return []


def _size(node: yaml.Node | None, sizes: dict[int, float]) -> float:
    """Return how many values a node stands for, infinite where it holds itself."""
    key = id(node)
    if key not in sizes:
        sizes[key] = math.inf  # until all that it holds is counted
        sizes[key] = 1 + sum(_size(child, sizes) for child in _children(node))
    return sizes[key]


def repeated_keys(node: yaml.Node | None, path: str = "") -> list[str]:
    """Return the keys that stand twice in one section; YAML would keep the last.

    Examples
    --------
    >>> repeated_keys(yaml.compose("a: {b: 1, b: 2}", Loader=yaml.SafeLoader))
    ['a.b']
    """
    if isinstance(node, yaml.SequenceNode):
        return [each for child in node.value for each in repeated_keys(child, path)]
    if not isinstance(node, yaml.MappingNode):
        return []
    names = [str(key.value) for key, _ in node.value]
    repeated = sorted({f"{path}{name}" for name in names if names.count(name) > 1})
    for name, (_, child) in zip(names, node.value, strict=True):
        repeated += repeated_keys(child, f"{path}{name}.")
    return repeated
