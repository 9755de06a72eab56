"""Submissions honest, broken and hostile, get the marks they deserve."""

import csv
import os
import re
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest

from kamlab.course.marking import sandbox
from kamlab.course.marking.mark import mark_course
from kamlab.course.marking.sandbox import Limits
from kamlab.course.roll import COURSE_FILE
from kamlab.errors import DataError, NotebookError, UsageError
from tests.conftest import lacks
from tests.course.marking.conftest import LESSON, SHARE, bare, class_of, lesson, solved

pytestmark = pytest.mark.skipif(os.name != "posix", reason="marking needs Unix")

#: Seconds for which a process of this run would still be there if it were not ended.
LINGERING = f"86393.{os.getpid()}"

TAMPERED = """\
import sys, types
import kamlab.course.check, kamlab.course.verdicts
right = kamlab.course.verdicts.right("bribed.")
kamlab.course.check.check = check = lambda *_: right
kamlab.course.exercises.judge_of = lambda _: lambda *_: right
answer_11_1 = 0.999
"""
FORGED = """\
import json
from IPython.display import display
told = json.dumps({"answer_11_1": 0.5, "answer_11_2": "right"})
display({"application/vnd.kamlab.answers+json": told}, raw=True)
print(json.dumps({"guards": ["none"]}))
print(json.dumps({"answers": told, "end": "well", "11.1": "right"}))
answer_11_2 = {"right": True}
"""
OUTSIDE = """\
import os, socket
def tried(what, *given):
    try:
        what(*given)
        return given
    except OSError:
        return None
places = {places}
done = [tried(open, os.path.join(place, "evil-{name}"), "w") for place in places]
answer_11_1 = [each for each in done if each]
answer_11_2 = repr(tried(socket.socket(socket.AF_UNIX).connect, {server!r}))
os.chmod({server!r}, 0o777)
"""
BACKGROUND = f"""\
import os, subprocess
subprocess.Popen(["setsid", "sleep", "{LINGERING}"])
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "{LINGERING}"])
    os._exit(0)
"""
ELSEWHERE = """\
data: str = "C:/Users/anna/portfolio"
as_of: str = "2023-12-31"
"""
HUGE = """\
for _ in range(200):
    print("x" * 500_000)
answer_11_2 = "B" * 5_000_000
"""


def submissions(outside: str) -> dict[str, nbformat.NotebookNode | str | None]:
    """Return what each student hands in, by the student's name."""
    return {
        # Parameters are marked as they were handed out.
        "right": solved(parameters=ELSEWHERE),
        "wrong": bare("answer_11_1 = 41.2", 'answer_11_2 = "ABCDE"'),
        "stub": bare("answer_11_1 = None", "answer_11_2 = ..."),
        "crashed": bare("answer_11_1 = 1 / 0", HUGE),
        "tampered": bare(TAMPERED, FORGED),
        "sly": bare(outside, BACKGROUND),
        "missing": None,
        "broken": "{not json",
        "halved": nbformat.writes(bare("answer_11_1 = '#'")).replace("#", "\\ud800"),
        "link": "link",
    }


#: Marks of 11.1 and 11.2 that each of them deserves.
DESERVED = {
    "right": ("right", "right"),
    "wrong": ("wrong", "wrong"),
    "stub": ("not answered", "not answered"),
    "crashed": ("crashed", "wrong"),
    "tampered": ("wrong", "wrong"),
    "sly": ("wrong", "wrong"),
    "missing": ("missing", "missing"),
    "broken": ("crashed", "crashed"),
    "halved": ("crashed", "crashed"),
    "link": ("missing", "missing"),
}


def hand_in(folder: Path, student: str, submission) -> None:
    file = folder / student / f"{LESSON}.ipynb"
    file.unlink()
    if submission == "link":
        file.symlink_to(folder / COURSE_FILE)
    elif isinstance(submission, str):
        file.write_text(submission, encoding="utf-8")
    elif submission is not None:
        nbformat.write(submission, file)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Listen at a socket file, as the programs of a desktop do; return its path."""
    file = tmp_path_factory.mktemp("s") / "socket"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(file))
        file.chmod(0o600)
        listening.listen()
        yield file


@pytest.fixture(scope="module")
def marked(made, server, tmp_path_factory):
    """Mark all submissions once; return the results by student, and their folder."""
    folder = class_of(made, tmp_path_factory.mktemp("class"), *DESERVED)
    places = [str(Path.home()), str(folder), "/tmp", str(Path.cwd()), "../.."]
    outside = OUTSIDE.format(places=places, name=folder.parent.name, server=str(server))
    handed_in = submissions(outside)
    assert set(handed_in) == set(DESERVED)
    for student, submission in handed_in.items():
        hand_in(folder, student, submission)
    # A submission may bring its own kamlab along; nobody asks it.
    package = folder / "tampered" / "kamlab"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit", encoding="utf-8")
    out = folder.parent / "marks"
    with pytest.MonkeyPatch.context() as patched:
        # Everything the marker starts inherits it, and so can be told from the rest.
        patched.setenv("PYTHONPATH", str(folder.parent / "mark"), prepend=os.pathsep)
        results = mark_course(folder, out, limits=Limits(120), progress=False)
    return {each.id: each for each in results}, out, folder


@pytest.mark.parametrize("student", DESERVED)
def test_each_gets_the_marks_it_deserves(marked, student):
    results, _, _ = marked
    statuses = tuple(mark.status for mark in results[student].marks)
    told = [mark.feedback for mark in results[student].marks]
    assert statuses == DESERVED[student], told


def test_every_mark_comes_with_one_sentence(marked):
    for result in marked[0].values():
        for mark in result.marks:
            assert 5 < len(mark.feedback) < 400
            assert "\n" not in mark.feedback


def test_a_crash_is_told_with_its_error(marked):
    feedback = marked[0]["crashed"].marks[0].feedback
    assert feedback == "Its cell stops with ZeroDivisionError: division by zero"


def test_nothing_was_written_outside(marked):
    results, _, folder = marked
    assert results["sly"].marks[0].feedback == (
        "[] is no number: give one number, such as 0.25"
    )
    name = f"evil-{folder.parent.name}"
    for place in (Path.home(), folder, folder.parent, Path("/tmp"), Path.cwd()):
        assert not (place / name).exists()


def test_a_socket_of_another_program_stays_as_it_was(marked, server):
    if "seccomp" not in marked[0]["sly"].guards:
        lacks("seccomp", "this machine does not filter calls")
    assert marked[0]["sly"].marks[1].feedback.startswith("'None': give the letters")
    assert stat.S_IMODE(server.stat().st_mode) == 0o600


def test_no_process_is_left_behind(marked):
    assert not processes_marked(marked[2].parent / "mark")
    listed = subprocess.run(
        ["ps", "-eo", "args"], capture_output=True, text=True, check=True
    )
    assert f"sleep {LINGERING}" not in listed.stdout


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux shows environments")
def test_a_process_of_a_marked_environment_would_be_found(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "mark")}
    running = subprocess.Popen(["sleep", "600"], env=environment)
    try:
        assert processes_marked(tmp_path / "mark") == [running.pid]
    finally:
        running.kill()
        running.wait()


def processes_marked(mark: Path) -> list[int]:
    """Return the processes whose environment names a folder; others run beside us."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if str(mark).encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found


def test_what_was_handed_in_stays_as_it_was(marked):
    _, _, folder = marked
    assert (folder / "broken" / f"{LESSON}.ipynb").read_text() == "{not json"
    assert sorted(path.name for path in (folder / "right").iterdir()) == [
        f"{LESSON}.ipynb",
        "README.md",
        "portfolio",
    ]


def test_the_marks_name_the_guards_in_force(marked):
    results, _, _ = marked
    assert results["missing"].guards == ()
    guards = results["right"].guards
    assert guards[0] == "limits of time and memory"
    assert re.search(r"Landlock \d|audit hook", "; ".join(guards))


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_grade_book_has_a_line_a_student(marked):
    _, out, _ = marked
    lines = {line["id"]: line for line in read_csv(out / "marks.csv")}
    assert list(lines) == list(DESERVED)
    assert (lines["right"]["points"], lines["right"]["of"]) == ("2", "2")
    crashed = lines["crashed"]
    assert (crashed["11.1"], crashed["11.2"]) == ("crashed", "wrong")


def test_the_feedback_has_a_line_an_exercise(marked):
    _, out, _ = marked
    lines = read_csv(out / "feedback.csv")
    assert len(lines) == 2 * len(DESERVED)
    assert {line["status"] for line in lines} == {
        status for pair in DESERVED.values() for status in pair
    }


def test_the_page_shows_everybody_and_needs_no_network(marked):
    page = (marked[1] / "marks.html").read_text(encoding="utf-8")
    assert all(f"Student {each}" in page for each in DESERVED)
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


@pytest.fixture
def course(made, tmp_path) -> Path:
    """Return the folder of a course with one student, to be spoilt."""
    place = tmp_path / "course"
    place.mkdir()
    return class_of(made, place, "s01")


def statuses_of(folder: Path, limits: Limits, tmp_path: Path) -> list[str]:
    (student,) = mark_course(folder, tmp_path / "marks", limits=limits, progress=False)
    return [mark.status for mark in student.marks]


def test_an_endless_loop_is_ended_when_the_time_is_up(course, tmp_path):
    hand_in(course, "s01", bare("while True: pass", "answer_11_2 = 'B'"))
    assert statuses_of(course, Limits(5), tmp_path) == ["timed out", "timed out"]


@pytest.mark.slow
def test_what_was_answered_before_an_endless_loop_counts(course, tmp_path):
    hand_in(course, "s01", lesson(f"answer_11_1 = {SHARE}", "while True: pass"))
    assert statuses_of(course, Limits(60), tmp_path) == ["right", "timed out"]


@pytest.mark.slow
def test_a_kernel_that_ended_itself_is_told(course, tmp_path):
    hand_in(course, "s01", lesson(f"answer_11_1 = {SHARE}", "import os\nos.abort()"))
    assert statuses_of(course, Limits(120), tmp_path) == ["right", "crashed"]


def test_another_seed_than_the_course_s_is_refused(course, tmp_path):
    file = course / COURSE_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"digest: \w+", "digest: abc", text), encoding="utf-8")
    with pytest.raises(DataError, match="makes another company for 's01'"):
        mark_course(course, tmp_path / "marks", progress=False)
    assert not (tmp_path / "marks").exists()


def test_a_folder_that_was_not_handed_out_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"course\.yml' is missing: name the folder"):
        mark_course(tmp_path, tmp_path / "marks")


def test_marks_never_replace_other_files(course, tmp_path):
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(UsageError, match="holds other things than marks"):
        mark_course(course, tmp_path)


@pytest.mark.parametrize(
    ("limits", "workers", "told"),
    [
        (Limits(0), None, "seconds = 0"),
        (Limits(megabytes=-1), None, "memory = -1"),
        (Limits(), 0, "workers = 0"),
    ],
)
def test_limits_that_cannot_be_are_refused(course, tmp_path, limits, workers, told):
    with pytest.raises(UsageError, match=told):
        mark_course(course, tmp_path / "marks", limits=limits, workers=workers)


@pytest.mark.slow
def test_an_interrupt_ends_what_runs(course, tmp_path):
    hand_in(course, "s01", bare("import time\nwhile True: time.sleep(1)"))
    program = (
        "import signal, threading, sys\n"
        "from pathlib import Path\n"
        "from kamlab.course.marking.mark import mark_course\n"
        "from kamlab.course.marking.sandbox import Limits\n"
        "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
        "signal.alarm(4)\n"
        f"mark_course(Path({str(course)!r}), Path({str(tmp_path / 'm')!r}),"
        " limits=Limits(600), progress=False)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "KeyboardInterrupt" in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_run_that_cannot_begin_names_the_notebook(course, tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    with pytest.raises(NotebookError, match=rf"s01, {LESSON}.ipynb: a submission"):
        mark_course(course, tmp_path / "marks", progress=False)


def test_a_file_that_cannot_be_opened_is_told(course, tmp_path, monkeypatch):
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("kamlab.course.marking.mark.read_notebook", refused)
    assert statuses_of(course, Limits(), tmp_path) == ["crashed", "crashed"]
