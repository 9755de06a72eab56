"""The command line of the course: build, hand-out, mark, instructor."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Lessons: build them, hand them out, mark them, teach them.",
    no_args_is_help=True,
)

NotebooksFolder = Annotated[Path, typer.Option(help="Where sources and notebooks lie.")]


def _say(message: str) -> None:
    """Write a message for people, which is never mixed with a command's output."""
    typer.echo(message, err=True)


@app.command()
def build(
    names: Annotated[
        list[str] | None, typer.Argument(help="Names of lessons; by default all.")
    ] = None,
    notebooks_folder: NotebooksFolder = Path("notebooks"),
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; say what is out of date or incomplete."
        ),
    ] = False,
) -> None:
    """Build the notebooks from their text sources and run them on the demo data."""
    from kamlab.course.build import build_notebooks

    if check:
        _check(notebooks_folder, names or None)
        return
    for path in build_notebooks(notebooks_folder, names or None):
        _say(f"built {path}")


def _check(notebooks_folder: Path, names: list[str] | None) -> None:
    """Say which notebooks do not match their sources, and what lessons lack."""
    from kamlab.course.build import incomplete_lessons, stale_notebooks

    stale = stale_notebooks(notebooks_folder, names)
    for path in stale:
        _say(f"out of date: {path} (run kamlab course build)")
    incomplete = incomplete_lessons(notebooks_folder, names)
    for fault in incomplete:
        _say(fault)
    if stale or incomplete:
        raise typer.Exit(1)


@app.command("hand-out")
def hand_out(
    students: Annotated[Path, typer.Argument(help="CSV with the columns id and name.")],
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    notebooks: Annotated[
        str | None,
        typer.Option(help="Lessons such as 11,00; by default all with exercises."),
    ] = None,
    seed_base: Annotated[
        str | None,
        typer.Option(
            help="The secret of an earlier course.yml: everybody's company again."
        ),
    ] = None,
    notebooks_folder: Annotated[
        Path | None, typer.Option(help="Where the notebooks lie.")
    ] = None,
) -> None:
    """Make a folder for every student: a company of its own, and the lessons."""
    from kamlab.course.handout import hand_out as make

    chosen = [each.strip() for each in notebooks.split(",")] if notebooks else None
    course = make(students, out, chosen, seed_base, notebooks_folder)
    _say(
        f"made {out}, students: {len(course.students)}, lessons: "
        f"{len(course.notebooks)}. Keep its course.yml to yourself"
    )


@app.command()
def mark(
    folder: Annotated[
        Path, typer.Argument(help="A folder a student, with what came back.")
    ],
    out: Annotated[Path, typer.Option(help="Where the marks go.")],
    course: Annotated[
        Path | None, typer.Option(help="The course.yml, if it is not in the folder.")
    ] = None,
    seconds: Annotated[float, typer.Option(help="Time for each notebook.")] = 300,
    memory: Annotated[
        int, typer.Option(help="Megabytes for a notebook with all its processes.")
    ] = 4000,
    workers: Annotated[
        int | None, typer.Option(help="Students marked at the same time.")
    ] = None,
) -> None:
    """Run what students handed in, locked up, and mark it against their companies."""
    from kamlab.course.marking.mark import mark_course
    from kamlab.course.marking.sandbox import Limits

    marked = mark_course(folder, out, course, Limits(seconds, memory), workers)
    for guards in sorted({"; ".join(each.guards) for each in marked if each.guards}):
        _say(f"notebooks ran under: {guards}")
    _say(f"marked {len(marked)}: {out / 'marks.html'}")


@app.command()
def instructor(
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    names: Annotated[
        list[str] | None, typer.Argument(help="Names of lessons; by default all.")
    ] = None,
    notebooks_folder: NotebooksFolder = Path("notebooks"),
) -> None:
    """Write the teacher's edition: solutions, notes, and a plan for each lesson."""
    from kamlab.course.instructor import write_instructor

    plans = write_instructor(out, names or None, notebooks_folder)
    _say(f"lessons: {len(plans)}, front page: {out / 'index.html'}")
