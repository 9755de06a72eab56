"""A relative path means the same portfolio from the root and from a notebook."""

from pathlib import Path

import pytest

from kamlab.data.locate import find_portfolio


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one portfolio and a folder of notebooks."""
    for folder in ("data/own", "notebooks/1_value"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data" / "own" / "portfolio.yml").write_text("name: Own\n")
    return tmp_path


def test_from_the_root_the_path_stays_as_typed(project, monkeypatch):
    monkeypatch.chdir(project)
    assert find_portfolio("data/own") == Path("data/own")


def test_from_a_notebooks_folder_the_root_is_found_above(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks" / "1_value")
    assert find_portfolio("data/own") == project / "data" / "own"


def test_an_absolute_path_is_taken_as_it_is(project, monkeypatch):
    monkeypatch.chdir(project)
    elsewhere = project / "elsewhere" / "data" / "own"
    assert find_portfolio(elsewhere) == elsewhere


def test_the_nearest_portfolio_wins(project, monkeypatch):
    nearer = project / "notebooks" / "data" / "own"
    nearer.mkdir(parents=True)
    (nearer / "portfolio.yml").write_text("name: Nearer\n")
    monkeypatch.chdir(project / "notebooks" / "1_value")
    assert find_portfolio("data/own") == nearer


def test_a_folder_of_that_name_without_a_portfolio_is_passed_by(project, monkeypatch):
    (project / "notebooks" / "data" / "own").mkdir(parents=True)
    monkeypatch.chdir(project / "notebooks" / "1_value")
    assert find_portfolio("data/own") == project / "data" / "own"


def test_the_demonstration_company_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (find_portfolio("data/demo") / "portfolio.yml").is_file()


def test_what_is_nowhere_comes_back_as_it_was_typed(project, monkeypatch):
    monkeypatch.chdir(project)
    assert find_portfolio("data/misspelt") == Path("data/misspelt")
