"""On the command line: kamlab demo --dirt."""

import json

from typer.testing import CliRunner

from kamlab.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["demo", *map(str, arguments)])


def test_dirt_writes_an_export_and_the_truth_beside_it(tmp_path):
    out = tmp_path / "export"
    result = run("--dirt", "--out", out, "--seed", 3, "--accounts", 40)
    assert result.exit_code == 0
    assert "README.txt" in result.stderr
    truth = json.loads((tmp_path / "export.truth.json").read_text(encoding="utf-8"))
    told = result.stderr.split(" faults")[0].rsplit(" ", 1)[-1]
    assert int(told.replace(",", "")) == len(truth["faults"])
    for fault in truth["faults"]:
        assert (out / fault["file"]).is_file()
    assert "2025" in truth["totals"]
    letter = (out / "README.txt").read_text(encoding="utf-8")
    assert f"{truth['totals']['2025']:,.2f}" in letter


def test_without_dirt_it_is_a_portfolio(tmp_path):
    out = tmp_path / "portfolio"
    result = run("--out", out, "--accounts", 30)
    assert result.exit_code == 0
    assert (out / "portfolio.yml").is_file()


def test_other_companies_have_no_dirty_export(tmp_path):
    result = run("--dirt", "--preset", "bank", "--out", tmp_path / "export")
    assert "preset = 'bank' has no dirty export" in str(result.exception)
    assert not (tmp_path / "export").exists()
