"""findings.json is written whole, and read again by the next import."""

import json

import pytest

from kamlab.data.findings.comparison import Change, Comparison
from kamlab.data.findings.file import FindingsFile, read_findings, write_findings
from kamlab.data.findings.quality import Sample, make_finding

HERE = Sample("june.csv", 1_234, "x")
FOUND = (
    make_finding("not_a_date", "orders", "order_date", 2, [HERE], 9.5, 0.5),
    make_finding("blank_id", "orders", samples=[Sample("客户.csv", None, "🏭")]),
)


def test_findings_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "findings.json"
    write_findings(FindingsFile(FOUND, True, {0: ["a", "b"], 1: None}), path)
    read = read_findings(path)
    assert read.findings == FOUND
    assert (read.blocked, read.marks) == (True, {0: ["a", "b"]})
    assert "客户.csv" in path.read_text(encoding="utf-8")
    assert [file.name for file in tmp_path.iterdir()] == ["findings.json"]


def test_people_and_programs_find_what_was_found(tmp_path):
    path = tmp_path / "findings.json"
    since = Comparison("2025-01-31", True, (Change("blank_id", "orders", "", 4, 0),))
    write_findings(FindingsFile(FOUND, False, {}, since), path)
    content = json.loads(path.read_text())
    assert content["findings"][0]["share"] == 0.5
    assert content["since_last_time"]["changes"][0]["change"] == "gone"
    assert content["blocked"] is False
    assert not {"places", "affected"} & set(content["findings"][0])


def test_what_an_open_database_knows_is_not_kept(tmp_path):
    path = tmp_path / "findings.json"
    places = [Sample("june.csv", row, "v") for row in range(2, 99)]
    found = make_finding("ragged_row", "orders", "", 97, places, affected="SELECT seq")
    write_findings(FindingsFile((found,), True), path)
    assert "SELECT" not in path.read_text()
    assert len(json.loads(path.read_text())["findings"][0]["samples"]) == 3


@pytest.mark.parametrize(
    "text",
    ["", "{torn", "[]", "7", "{}", '{"findings": [{"rule": 1}]}', "[" * 100_000],
)
def test_a_damaged_file_is_nothing_to_compare_with(tmp_path, text):
    path = tmp_path / "findings.json"
    path.write_text(text)
    assert read_findings(path) is None


def test_a_file_that_is_not_there_is_none(tmp_path):
    assert read_findings(tmp_path / "findings.json") is None
