"""Which report comes before: found beside the new one, named, or begun anew."""

import json
from datetime import date
from pathlib import Path

import pytest

from kamlab.errors import UsageError
from kamlab.report.pages import About
from kamlab.report.previous import (
    Previous,
    comparable_manifest,
    find_previous,
    keep_previous,
)

PAGE = {
    "name": "portfolio_review",
    "status": "well",
    "counts": {"figures": 1, "tables": 6, "results": 8},
    "missing": [],
    "parameters": {},
    "results": [],
}


def about(day: str = "2025-12-31", company: str = "Talbruck") -> About:
    """Return whose report is to be made, and of which day."""
    return About(
        company, "EUR", date.fromisoformat(day), date.fromisoformat(day), "demo"
    )


def manifest(day: str, company: str = "Talbruck", status: str = "well") -> dict:
    """Return what the report of a day would leave."""
    head = {"kamlab_version": "1", "status": status, "company": company}
    return {**head, "as_of": day, "pages": [PAGE]}


def report(folder: Path, content: object, name: str = "manifest.json") -> Path:
    """Lay a report's record and front page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "index.html").write_text("<p>Report</p>", encoding="utf-8")
    return folder


def found(out: Path, asked: str = "latest", **whose: str) -> str | None:
    """Return the day of the report that is found to come before."""
    last = find_previous(asked, out, about(**whose)).manifest
    return last and last["as_of"]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Three quarterly reports in folders that carry their day."""
    for day in ("2025-03-31", "2025-09-30", "2025-06-30"):
        report(tmp_path / day, manifest(day))
    return tmp_path


def test_the_latest_report_beside_it_comes_before(shelf):
    previous = find_previous("latest", shelf / "2025-12-31", about())
    assert previous.manifest["as_of"] == "2025-09-30"
    assert previous.folder == shelf / "2025-09-30"
    assert previous.notes == ()


def test_a_report_in_the_same_place_comes_before(tmp_path):
    out = report(tmp_path / "latest", manifest("2025-09-30"))
    assert found(out) == "2025-09-30"


def test_reports_of_the_same_or_a_later_day_do_not_come_before(shelf):
    report(shelf / "2025-12-31", manifest("2025-12-31"))
    assert found(shelf / "new", day="2025-09-30") == "2025-06-30"
    assert found(shelf / "new", day="2025-03-31") is None
    assert found(shelf / "2025-12-31") == "2025-09-30"


def test_another_companys_report_is_none(shelf):
    report(shelf / "other", manifest("2025-11-30", company="Kovostav"))
    assert found(shelf / "new") == "2025-09-30"
    assert found(shelf / "new", company="Kovostav") == "2025-11-30"
    assert found(shelf / "new", company="Marwitz") is None


def test_a_report_that_failed_said_nothing(shelf):
    report(shelf / "2025-12-31.failed", manifest("2025-11-30", status="failed"))
    assert found(shelf / "2025-12-31") == "2025-09-30"
    report(shelf / "2025-10-31", manifest("2025-10-31", status="degraded"))
    assert found(shelf / "2025-12-31") == "2025-10-31"


def test_what_begins_with_a_dot_is_no_report(shelf):
    report(shelf / ".2025-12-31.aside", manifest("2025-12-30"))
    assert found(shelf / "2025-12-31") == "2025-09-30"


def test_none_begins_anew(shelf):
    assert find_previous("none", shelf / "2025-12-31", about()) == Previous()


def test_a_folder_that_is_named_goes_before_the_latest(shelf):
    assert found(shelf / "new", str(shelf / "2025-03-31")) == "2025-03-31"


def test_a_first_report_has_none_before_it(tmp_path):
    assert find_previous("latest", tmp_path / "a" / "b", about()) == Previous()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "holds no report that can be read"),
        ("{", "holds no report that can be read"),
        (manifest("2025-12-31"), "of Talbruck as of 2025-12-31: name one of Talbruck"),
        (manifest("2026-01-31"), "before 2025-12-31"),
        (manifest("2025-09-30", "Kovostav"), "is the report of Kovostav"),
    ],
)
def test_a_named_folder_must_hold_an_earlier_report_of_the_company(
    tmp_path, content, said
):
    folder = tmp_path / "before"
    if content is not None:
        report(folder, content)
    with pytest.raises(UsageError) as caught:
        find_previous(str(folder), tmp_path / "new", about())
    assert str(caught.value).startswith(f"previous = {str(folder)!r} ")
    assert said in str(caught.value)


DAMAGED = {
    "cut off": json.dumps(manifest("2025-09-30"))[:80],
    "empty": "",
    "a list": "[]",
    "another program's": '{"short_name": "app"}',
    "no day": {**manifest("2025-09-30"), "as_of": None},
    "a day that is none": {**manifest("2025-09-30"), "as_of": "soon"},
    "pages that are none": {**manifest("2025-09-30"), "pages": 3},
    "half a page": {**manifest("2025-09-30"), "pages": [{"name": "11"}]},
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("name", ["manifest.json", "previous.json"])
def test_a_damaged_record_is_told_and_left_alone(tmp_path, content, name):
    out = report(tmp_path / "latest", content, name)
    before = (out / name).read_bytes()
    previous = find_previous("latest", out, about())
    assert previous.manifest is None
    [note] = previous.notes
    assert note.startswith(f"latest/{name} cannot be read")
    assert "not scored" in note
    assert (out / name).read_bytes() == before


def test_a_damaged_report_beside_it_is_told_and_an_earlier_one_is_taken(shelf):
    report(shelf / "2025-09-30", "{")
    previous = find_previous("latest", shelf / "2025-12-31", about())
    assert previous.manifest["as_of"] == "2025-06-30"
    assert previous.notes[0].startswith("2025-09-30/manifest.json cannot be read")


def test_a_web_page_beside_it_is_no_damaged_report(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.json").write_text('{"short_name": "app"}')
    assert find_previous("latest", tmp_path / "new", about()) == Previous()


def test_a_report_made_again_knows_what_came_before_it_the_first_time(tmp_path):
    out = report(tmp_path / "latest", manifest("2025-09-30"))
    first = find_previous("latest", out, about())
    # The new report takes the place of the old one, and keeps its record.
    report(out, manifest("2025-12-31"))
    keep_previous(first, out)
    again = find_previous("latest", out, about())
    assert again.manifest == first.manifest
    assert again.folder == out
    assert comparable_manifest(out, "previous.json") == manifest("2025-09-30")


def test_what_notebooks_read_is_the_manifest_alone(tmp_path):
    previous = Previous(manifest("2025-09-30"), tmp_path / "far away")
    folder = previous.laid_out(tmp_path / "previous")
    assert [each.name for each in folder.iterdir()] == ["manifest.json"]
    assert comparable_manifest(folder) == manifest("2025-09-30")
    assert Previous().laid_out(tmp_path / "nothing") is None
    assert not (tmp_path / "nothing").exists()


def test_names_of_companies_keep_their_letters(tmp_path):
    keep_previous(Previous(manifest("2025-09-30", "苏州昊锐")), tmp_path)
    assert "苏州昊锐" in (tmp_path / "previous.json").read_text(encoding="utf-8")
