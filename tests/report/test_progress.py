"""Progress is told on stderr, and stdout stays free."""

from kamlab.report.progress import show_progress


def test_where_there_is_no_terminal_begin_and_end_are_lines(capsys):
    with show_progress({"11": 3, "12": 1}) as tick:
        for name in ("11", "12", "11", "11"):
            tick(name)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "11: cell 1 of 3",
        "12: cell 1 of 1",
        "11: cell 3 of 3",
    ]


def test_nothing_is_told_if_nobody_wants_it(capsys):
    with show_progress({"11": 1}, wanted=False) as tick:
        tick("11")
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_there_is_a_bar_for_every_notebook(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with show_progress({"11_concentration": 2, "12": 1}) as tick:
        tick("11_concentration")
        tick("11_concentration")
    said = capsys.readouterr().err
    assert "11_concentration" in said
    assert "2/2" in said
