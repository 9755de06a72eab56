"""Seeds follow from the secret; course.yml is read back as it was written."""

import stat

import pytest

import kamlab
from kamlab.course.roll import (
    Course,
    Entry,
    read_course,
    seed_of,
    write_company,
    write_course,
)
from kamlab.errors import DataError, UsageError

COURSE = Course(
    "0.1.0",
    "a secret",
    60,
    "2025-12-31",
    {"11_tiny": ["11.1", "11.2"], "00_first": ["00.1"]},
    (Entry("007", "Anna Berg", 4711, "e3b0"), Entry("s02", "王芳", 2**62, "c442")),
)


def test_seeds_are_the_same_again_and_different_for_everybody():
    seeds = {seed_of(f"s{number}", "a secret") for number in range(1000)}
    assert len(seeds) == 1000
    assert seeds == {seed_of(f"s{number}", "a secret") for number in range(1000)}


def test_without_the_secret_no_seed_can_be_told():
    assert seed_of("s01", "a secret") != seed_of("s01", "another secret")


def test_seeds_are_ones_that_the_generator_takes():
    assert all(0 <= seed_of(str(n), "x") < 2**63 for n in range(200))


def test_a_company_comes_without_its_truth_and_twice_the_same(tmp_path):
    _, first = write_company(tmp_path / "a", 7, 60)
    about, second = write_company(tmp_path / "b", 7, 60)
    assert first == second
    assert not (tmp_path / "a" / "truth.json").exists()
    assert str(about.data_through) == "2025-12-31"
    with kamlab.open_portfolio(tmp_path / "a") as portfolio:
        assert len(portfolio.accounts) > 30


def test_another_seed_is_another_company(tmp_path):
    _, first = write_company(tmp_path / "a", 7, 60)
    _, second = write_company(tmp_path / "b", 8, 60)
    assert first != second


def test_the_course_is_read_back_as_it_was_written(tmp_path):
    assert read_course(write_course(COURSE, tmp_path)) == COURSE
    assert COURSE.exercises == ["11.1", "11.2", "00.1"]


def test_only_the_teacher_can_read_it(tmp_path):
    file = write_course(COURSE, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Keep this file to yourself" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("students:", "pupils:", "no list of students"),
        ("seed: 4711", "seed: much", "student '007' with seed 'much'"),
        ("seed: 4711", "sead: 4711", "sead"),
        ("id: s02", "id: ../s02", r"student '\.\./s02'"),
        ("11_tiny:", "../11_tiny:", r"notebook '\.\./11_tiny'"),
        ("accounts: 60", "accounts: many", "accounts = 'many'"),
        ("secret:", "sekret:", "sekret"),
        ("kamlab: 0.1.0", "kamlab: [", "cannot be used"),
    ],
)
def test_a_damaged_course_is_refused(tmp_path, old, new, told):
    file = write_course(COURSE, tmp_path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=told):
        read_course(file)


def test_yaml_that_makes_objects_is_refused(tmp_path):
    file = tmp_path / "course.yml"
    file.write_text("!!python/object/apply:os.system ['true']", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be used"):
        read_course(file)


def test_a_missing_course_is_told_where_it_comes_from(tmp_path):
    with pytest.raises(UsageError, match="the folder that 'kamlab course hand-out' m"):
        read_course(tmp_path / "course.yml")
