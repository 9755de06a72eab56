"""`kamlab import --suggest` shows or writes a mapping, and imports nothing."""

import pytest
from typer.testing import CliRunner

from kamlab.cli import app
from kamlab.data.presets.command import refuse_without_mapping, suggest, summary
from kamlab.data.presets.suggestion import Entry, Suggestion
from kamlab.errors import UsageError

BILLING = "VBELN;KUNAG;FKDAT;NETWR;WAERK\n9001;100;31.01.2025;9,50;EUR\n"


def run(*arguments: object):
    return CliRunner().invoke(app, ["import", *map(str, arguments)])


def test_the_mapping_is_shown_and_the_rest_is_said(folder):
    folder.write("a.csv", BILLING)
    result = run(folder.source, "--suggest")
    assert result.exit_code == 0
    assert result.stdout.startswith("# Suggested by the preset sap_billing: ")
    assert result.stderr.startswith("recognised: sap_billing (")
    assert "5 columns filled, 0 not needed, 0 without a sure place" in result.stderr


def test_the_mapping_is_written_and_the_import_takes_it(folder):
    folder.write("a.csv", BILLING)
    mapping, out = folder.path / "mapping.yml", folder.path / "portfolio"
    result = run(folder.source, "--suggest", "--out-mapping", mapping)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith(f"wrote {mapping}\n")
    assert not out.exists()
    assert run(folder.source, "--mapping", mapping, "--out", out).exit_code == 0
    assert out.is_dir()


def test_a_mapping_that_is_there_is_kept(folder):
    folder.write("a.csv", BILLING)
    mapping = folder.path / "mapping.yml"
    mapping.write_text("mine")
    result = run(folder.source, "--suggest", "--out-mapping", mapping)
    assert isinstance(result.exception, UsageError)
    assert "is there already" in str(result.exception)
    assert mapping.read_text() == "mine"
    replaced = run(folder.source, "--suggest", "--out-mapping", mapping, "--replace")
    assert replaced.exit_code == 0
    assert mapping.read_text(encoding="utf-8").startswith("# Suggested")


def test_a_preset_may_be_named(folder):
    folder.write("a.csv", BILLING)
    result = run(folder.source, "--suggest", "--preset", "kingdee")
    assert "# Suggested by the preset kingdee" in result.stdout


def test_an_unknown_preset_is_refused(folder):
    folder.write("a.csv", BILLING)
    result = run(folder.source, "--suggest", "--preset", "sap")
    assert "--preset 'sap' is not known" in str(result.exception)


def test_an_import_without_a_mapping_says_what_it_sees_and_imports_nothing(folder):
    folder.write("a.csv", BILLING)
    out = folder.path / "portfolio"
    result = run(folder.source, "--out", out)
    assert isinstance(result.exception, UsageError)
    told = str(result.exception)
    assert told.startswith("--mapping is missing. ")
    assert "looks like sap_billing" in told
    assert told.endswith("--suggest --out-mapping mapping.yml")
    assert not out.exists()


def test_a_suggestion_needs_a_source():
    assert "source is not given" in str(run("--suggest").exception)


def test_an_import_needs_a_place(folder):
    folder.write("a.csv", BILLING)
    assert "--out is missing" in str(run(folder.source).exception)


def test_a_source_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        refuse_without_mapping(tmp_path / "nowhere")


def test_nothing_half_written_is_left_where_there_is_no_room(folder):
    folder.write("a.csv", BILLING)
    target = folder.path / "no such folder" / "mapping.yml"
    with pytest.raises(OSError, match="No such file"):
        suggest(folder.source, None, target, False, str, str)
    assert sorted(each.name for each in folder.path.iterdir()) == ["export"]


def test_what_is_to_be_decided_is_said():
    asked = Entry("currency", options=("EUR",), question="which\x1b[2J?")
    told = summary(Suggestion("generic", "why", (asked,), (), (), (), 0, 0))
    assert "decide: currency: which\\x1b[2J?" in told


def test_names_of_columns_never_command_a_terminal(folder):
    folder.write(
        "a.csv", BILLING.replace("WAERK", "WAERK;\x1b[2Jx").replace("EUR", "EUR;1")
    )
    result = run(folder.source, "--suggest")
    assert "\x1b" not in result.stdout + result.stderr
