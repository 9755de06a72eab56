"""A finished report takes its place; the last good one is never harmed."""

import json
from pathlib import Path

import pytest

from kamlab.data.aside import folder_aside
from kamlab.errors import UsageError
from kamlab.report.publish import check_out, publish, read_manifest

MANIFEST = {
    "kamlab_version": "0.1.0",
    "status": "well",
    "company": "Little & Sons",
    "as_of": "2025-12-31",
    "pages": [],
}


def _report(folder: Path, status: str, text: str) -> Path:
    folder.mkdir(parents=True)
    manifest = {**MANIFEST, "status": status, "pages": [{"file": "old.html"}]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "index.html").write_text(text)
    return folder


def _text(folder: Path) -> str:
    return (folder / "index.html").read_text()


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "report"


def _publish(out: Path, status: str, text: str) -> Path:
    with folder_aside(out) as aside:
        built = _report(aside / "built", status, text)
        return publish(built, out, failed=status == "failed")


def test_the_first_report_stands_where_it_was_asked_for(out):
    assert _publish(out, "well", "first") == out
    assert _text(out) == "first"
    assert [each.name for each in out.parent.iterdir()] == ["report"]


def test_a_good_report_replaces_the_last_whole(out):
    _publish(out, "well", "first")
    (out / "old.html").write_text("a page of the last report")
    _publish(out, "degraded", "second")
    assert _text(out) == "second"
    assert not (out / "old.html").exists()


def test_a_failed_run_stands_beside_the_last_good_report(out):
    _publish(out, "well", "good")
    beside = _publish(out, "failed", "bad")
    assert beside.name == "report.failed"
    assert (_text(out), _text(beside)) == ("good", "bad")
    _publish(out, "failed", "worse")
    assert (_text(out), _text(beside)) == ("good", "worse")


def test_a_good_run_clears_the_failed_one_away(out):
    _publish(out, "well", "good")
    beside = _publish(out, "failed", "bad")
    _publish(out, "well", "better")
    assert _text(out) == "better"
    assert not beside.exists()


def test_without_a_good_report_a_failed_run_is_shown_where_it_was_asked_for(out):
    assert _publish(out, "failed", "bad") == out
    assert _publish(out, "failed", "worse") == out
    assert _publish(out, "well", "good") == out
    assert [each.name for each in out.parent.iterdir()] == ["report"]


def test_a_folder_aside_is_gone_after_an_error(out):
    with pytest.raises(KeyboardInterrupt), folder_aside(out) as aside:
        (aside / "half.html").write_text("half")
        raise KeyboardInterrupt
    assert list(out.parent.iterdir()) == []


def test_if_the_new_report_cannot_be_moved_the_old_one_stays(out, monkeypatch):
    _publish(out, "well", "good")
    monkeypatch.setattr("kamlab.data.aside.exchanged", lambda *_: False)
    rename = Path.rename

    def full(self, target):
        if self.name == "built":
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="disk full"):
        _publish(out, "well", "new")
    assert _text(out) == "good"


def test_only_a_report_or_an_empty_folder_may_be_taken(out):
    check_out(out)
    out.mkdir()
    check_out(out)
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not empty and holds no report"):
        check_out(out)
    with pytest.raises(UsageError, match="is a file"):
        check_out(out / "thesis.txt")


def test_somebody_elses_manifest_is_no_report(out):
    out.mkdir()
    for text in ('{"name": "my app"}', "[1]", "{torn"):
        (out / "manifest.json").write_text(text)
        assert read_manifest(out) is None


def test_a_report_beside_which_somebody_put_notes_is_not_replaced(out):
    out.mkdir()
    (out / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    check_out(out)
    (out / "notes.md").touch()
    with pytest.raises(UsageError, match=r"'notes.md', which the next report would"):
        check_out(out)
