"""Names are blanked in all that is told; kamlab's own words never are."""

import json

import pytest

from kamlab.data.findings.quality import Sample, make_finding
from kamlab.data.pseudonymising import Hidden
from kamlab.data.redaction import redact_log, redacted, without_names


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("customer Adler owes", ["Adler"], "customer (hidden) owes"),
        ("Li", ["Li"], "(hidden)"),
        ("Limits of Li", ["Li"], "Limits of Li"),
        ("Adler Antriebe", ["Adler", "Adler Antriebe"], "(hidden)"),
        ("of Adler Antriebe", ["Adler", "Adler Antriebe"], "of (hidden)"),
        ("orders", ["orders"], "orders"),
        ("nothing here", ["Adler"], "nothing here"),
    ],
)
def test_names_are_blanked_longest_first(text, names, left):
    assert without_names(text, names) == left


def test_a_finding_keeps_its_place_and_loses_the_name():
    place = [Sample("june.csv", 7, "Anna Adler")]
    finding = make_finding("not_a_number", "accounts", "region", 1, place)
    hidden = Hidden(names={"Anna Adler"}, tables={"accounts"})
    [told] = redacted([finding], hidden)
    assert told.samples == (Sample("june.csv", 7, "(hidden)"),)
    assert "june.csv row 7" in told.message
    assert "Adler" not in told.message


def test_of_a_table_nobody_could_read_no_value_is_shown():
    place = [Sample("june.csv", 7, "Anna Adler")]
    finding = make_finding("not_a_number", "accounts", "region", 1, place)
    [told] = redacted([finding], Hidden())
    assert "Adler" not in repr(told)
    assert told.rule == "not_a_number"


def test_a_log_loses_names_in_rules_and_files_alone(tmp_path):
    log = tmp_path / "import_log.json"
    content = {"table": "orders", "files": [{"name": "Adler.csv", "rows": 3}]}
    log.write_text(json.dumps({**content, "dropped": {"no Adler": 1}}))
    redact_log(log, ["Adler", "orders"])
    told = json.loads(log.read_text())
    assert told["files"] == [{"name": "(hidden).csv", "rows": 3}]
    assert told["dropped"] == {"no (hidden)": 1}
    assert told["table"] == "orders"


def test_keys_that_become_alike_do_not_lose_their_number(tmp_path):
    log = tmp_path / "import_log.json"
    log.write_text(json.dumps({"dropped": {"no Adler": 1, "no Brandt": 2}}))
    redact_log(log, ["Adler", "Brandt"])
    assert json.loads(log.read_text()) == {"dropped": {"(hidden)": 2}}


def test_a_log_without_names_stays_as_it_is(tmp_path):
    log = tmp_path / "import_log.json"
    log.write_text('{"table":   "orders"}')
    redact_log(log, ["Adler"])
    assert log.read_text() == '{"table":   "orders"}'
