"""The teacher's file of a course, ``course.yml``: who was handed out which company.

It holds the course's secret and every student's seed. Whoever has it can make every
student's company again, so it stays with the teacher.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kamlab.data.demo import generate
from kamlab.data.demo.company import DemoCompany
from kamlab.data.folder import Description, write_csv, write_description
from kamlab.errors import DataError, UsageError

COURSE_FILE = "course.yml"
_SEED_BITS = 63


@dataclass(frozen=True)
class Entry:
    """A student of the course, the seed of the student's company, and its print.

    `digest` is the SHA-256 of the company's tables: it tells whether a later version
    of kamlab makes another company of the same seed.

    Examples
    --------
    >>> Entry("s01", "Anna Berg", 4711, "e3b0").seed
    4711
    """

    id: str
    name: str
    seed: int
    digest: str


@dataclass(frozen=True)
class Course:
    """What was handed out.

    Parameters
    ----------
    kamlab : str
        Version that made the companies.
    secret : str
        What the seeds follow from.
    accounts : int
        Accounts of each company.
    as_of : str
        Last day of their data.
    notebooks : mapping of str to list of str
        Numbers of the exercises by lesson.
    students : tuple of Entry
        In the order of the list.

    Examples
    --------
    >>> course = Course("0.1.0", "s", 300, "2025-12-31", {"11_a": ["11.1"]}, ())
    >>> course.exercises
    ['11.1']
    """

    kamlab: str
    secret: str
    accounts: int
    as_of: str
    notebooks: Mapping[str, list[str]]
    students: tuple[Entry, ...]

    @property
    def exercises(self) -> list[str]:
        """Numbers of all exercises, lesson by lesson."""
        return [each for numbers in self.notebooks.values() for each in numbers]


def seed_of(student: str, secret: str) -> int:
    """Return the seed of a student's company: the same again, and not to be guessed.

    Parameters
    ----------
    student : str
        The id.
    secret : str
        The course's secret.

    Notes
    -----
    The first 63 bits of HMAC-SHA-256 of the id, keyed with the secret.

    References
    ----------
    Krawczyk, H., Bellare, M. and Canetti, R. (1997), HMAC: keyed-hashing for message
    authentication, RFC 2104.

    Examples
    --------
    >>> seed_of("s01", "spring") == seed_of("s01", "spring")
    True
    >>> seed_of("s01", "spring") == seed_of("s01", "autumn")
    False
    """
    key, message = secret.encode(), student.encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _SEED_BITS)


def write_company(folder: Path, seed: int, accounts: int) -> tuple[Description, str]:
    """Write a student's company, without the truth that was planted in it.

    Parameters
    ----------
    folder : Path
        Folder to make.
    seed, accounts : int
        As for `kamlab.data.demo.generate`.

    Returns
    -------
    (Description, str)
        Whose data it holds, and the SHA-256 of its tables.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     about, digest = write_company(Path(folder) / "portfolio", 1, 60)
    ...     (Path(folder) / "portfolio" / "truth.json").exists()
    False
    """
    company = generate(seed=seed, accounts=accounts)
    folder.mkdir()
    files = _tables(company, folder)
    about = replace(company.description, tables=files)
    write_description(folder, about)
    digest = hashlib.sha256()
    for file in sorted(files.values()):
        digest.update((folder / file).read_bytes())
    return about, digest.hexdigest()


def write_course(course: Course, folder: Path) -> Path:
    """Write ``course.yml``, for the teacher's eyes only.

    Parameters
    ----------
    course : Course
        What was handed out.
    folder : Path
        Where it goes.

    Examples
    --------
    >>> import tempfile
    >>> course = Course("0.1.0", "s", 300, "2025-12-31", {"11_a": ["11.1"]}, ())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read_course(write_course(course, Path(folder))) == course
    True
    """
    file = folder / COURSE_FILE
    content = asdict(course)
    content["students"] = [asdict(entry) for entry in course.students]
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    file.touch(mode=0o600)
    file.write_text(
        f"# Keep this file to yourself: whoever has it knows every answer.\n{text}",
        encoding="utf-8",
        newline="\n",
    )
    return file


def read_course(file: Path) -> Course:
    """Read ``course.yml``.

    Parameters
    ----------
    file : Path
        As `write_course` wrote it.

    Raises
    ------
    UsageError
        If there is no such file.
    DataError
        If it does not say what it should.
    """
    if not file.is_file():
        raise UsageError(
            f"{str(file)!r} is missing: name the folder that 'kamlab course hand-out' "
            "made, or its course.yml with --course"
        )
    try:
        return _course(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError) as error:
        told = " ".join(str(error).split())
        raise DataError(
            f"{str(file)!r} cannot be used: {told}. Take the file that 'kamlab course "
            "hand-out' wrote"
        ) from error


def _course(content: Any) -> Course:
    """Build a course from what YAML read, refusing what it does not know."""
    if not isinstance(content, dict) or not isinstance(content.get("students"), list):
        raise ValueError("it holds no list of students")
    students = tuple(Entry(**each) for each in content.pop("students"))
    course = Course(**content, students=students)
    for entry in students:
        if type(entry.seed) is not int or Path(str(entry.id)).name != entry.id:
            raise ValueError(f"student {entry.id!r} with seed {entry.seed!r}")
    for name, numbers in dict(course.notebooks).items():
        if Path(str(name)).name != name or not isinstance(numbers, list):
            raise ValueError(f"notebook {name!r} with exercises {numbers!r}")
    if type(course.accounts) is not int:
        raise ValueError(f"accounts = {course.accounts!r}")
    return course


def _tables(company: DemoCompany, folder: Path) -> dict[str, str]:
    return {
        name: write_csv(frame, name, folder) for name, frame in company.tables.items()
    }
