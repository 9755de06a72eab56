"""The list of students: a CSV file with id and name, checked line by line."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamlab.errors import DataError, UsageError, did_you_mean

#: Columns of the list.
COLUMNS = ("id", "name")

# An id becomes the name of a folder, on any system.
_ID = re.compile(r"\w[\w.-]{0,63}")
_RESERVED = re.compile(
    r"course\.yml|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE
)
#: What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Student:
    """A student: the id, which also names the folder, and the name for people.

    Examples
    --------
    >>> Student("s01", "Anna Berg").id
    's01'
    """

    id: str
    name: str


def read_students(path: Path) -> list[Student]:
    """Read the list of students, and refuse it with all that is wrong at once.

    Parameters
    ----------
    path : Path
        CSV in UTF-8, with commas or semicolons, and a first line that names the
        columns ``id`` and ``name``; further columns are left alone.

    Returns
    -------
    list of Student
        In the order of the file.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If the file cannot be read, a column is missing, an id is blank, repeated or
        no name for a folder, or a name is blank or would be taken for a formula.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "students.csv"
    ...     _ = file.write_text("id,name\\ns01,Anna Berg\\ns02,Bo Lin\\n")
    ...     [student.id for student in read_students(file)]
    ['s01', 's02']
    """
    lines = _lines(Path(path))
    if not lines:
        raise DataError(f"{path} is empty: begin it with the line 'id,name'")
    header = [cell.strip().lower() for cell in lines[0][1]]
    places = [_place(column, header, path) for column in COLUMNS]
    told = [(number, *_cells(cells, places)) for number, cells in lines[1:]]
    told = [(number, *texts) for number, *texts in told if any(texts)]
    problems = [*_problems(told), *_repeated(told)]
    if not told:
        raise DataError(f"{path} names no student: add a line such as 's01,Anna Berg'")
    if problems:
        raise DataError(f"{path}: " + "; ".join(problems))
    return [Student(each_id, name) for _, each_id, name in told]


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return the cells of every line that is not blank, with its number."""
    if not path.is_file():
        raise UsageError(f"{str(path)!r} is no file: name the list of students")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"{path} is not UTF-8 (byte {error.start}): save it as 'CSV UTF-8'"
        ) from None
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}") from None


def _place(column: str, header: Sequence[str], path: Path) -> int:
    if header.count(column) != 1:
        count = "twice" if column in header else f"not: {did_you_mean(column, header)}"
        raise DataError(
            f"{path}, line 1: the column {column!r} is there {count}. Name the "
            "columns 'id' and 'name'"
        )
    return header.index(column)


def _cells(cells: Sequence[str], places: Iterable[int]) -> list[str]:
    """Return id and name of a line, in one form of writing the same letters."""
    texts = [cells[place] if place < len(cells) else "" for place in places]
    return [unicodedata.normalize("NFC", text).strip(" ") for text in texts]


def _problems(told: Iterable[tuple[int, str, str]]) -> Iterable[str]:
    for number, student, name in told:
        if not student:
            yield f"line {number}: the id of {name!r} is blank; give one"
        elif not _names_a_folder(student):
            yield (
                f"line {number}: id {student!r} cannot name a folder; use letters, "
                "digits, '-', '_' and '.', such as 's01'"
            )
        if student and not name:
            yield f"line {number}: the name of {student!r} is blank; give one"
        if name.startswith(FORMULA):
            yield (
                f"line {number}: name {name!r} begins like a formula of a "
                "spreadsheet; write the name alone"
            )
        elif not name.isprintable():
            yield f"line {number}: name {name!r} has characters that cannot be seen"


def _names_a_folder(student: str) -> bool:
    whole = _ID.fullmatch(student) and not student.endswith(".")
    return bool(whole) and not _RESERVED.fullmatch(student)


def _repeated(told: Iterable[tuple[int, str, str]]) -> Iterable[str]:
    """Find ids that are the same to a disk that tells no capitals apart."""
    first: dict[str, int] = {}
    for number, student, _ in told:
        same = student.casefold()
        if student and same in first:
            yield (
                f"line {number}: id {student!r} stands in line {first[same]} already; "
                "give every student one of its own"
            )
        first.setdefault(same, number)
