"""Who has opened a portfolio goes on seeing it, whatever is imported meanwhile."""

import sys

import pytest

import kamlab
from kamlab.data import store as module
from kamlab.data.steady import SteadyFiles
from kamlab.data.store import collect
from tests.data.conftest import Export

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"


def total(portfolio: kamlab.Portfolio) -> float:
    return float(collect(portfolio.orders)["net_amount"].sum())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds files")
def test_a_report_never_sees_two_versions(export: Export):
    export.write(HEAD + "1,1,A,2025-01-31,100.00\n")
    export.run()
    with kamlab.open_portfolio(export.out) as portfolio:
        for amount in range(5):
            export.write(HEAD + f"1,1,B,2025-01-31,{amount}\n")
            export.run(replace=True)
            assert total(portfolio) == 100.0
        assert portfolio.accounts.index.tolist() == ["A"]
    with kamlab.open_portfolio(export.out) as portfolio:
        assert total(portfolio) == 4.0


def test_a_version_that_comes_while_files_are_opened_is_opened_whole(
    export: Export, monkeypatch
):
    opened = module._opened
    calls = []

    def overtaken(folder, description):
        if not calls:
            export.write(HEAD + "1,1,B,2025-02-28,7.00\n")
            export.run(replace=True)
        calls.append(description.data_through.month)
        return opened(folder, description)

    export.write(HEAD + "1,1,A,2025-01-31,100.00\n")
    export.run()
    monkeypatch.setattr(module, "_opened", overtaken)
    with kamlab.open_portfolio(export.out) as portfolio:
        assert (str(portfolio.as_of), total(portfolio)) == ("2025-02-28", 7.0)
    assert calls == [1, 2]


def test_files_that_were_let_go_are_closed(tmp_path):
    (tmp_path / "file").write_text("there")
    files = SteadyFiles()
    held = files.hold(tmp_path / "file")
    assert held.read_text() == "there"
    files.let_go()
    assert not held.exists() or held == tmp_path / "file"


def test_where_nothing_can_be_held_the_file_itself_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("kamlab.data.steady._HELD", tmp_path / "missing")
    files = SteadyFiles()
    assert files.hold(tmp_path / "file") == tmp_path / "file"
    files.let_go()
