"""A format is advised only when it reads the days, and reads them as written."""

import duckdb
import pytest

from kamlab.data.reading.date_advice import joint_formats, told_formats, working_format


@pytest.fixture
def connection():
    with duckdb.connect() as open_connection:
        yield open_connection


@pytest.mark.parametrize(
    ("base", "texts", "form"),
    [
        ("DD.MM.YYYY", ["31.01.2025"], "DD.MM.YYYY"),
        ("DD.MM.YYYY", ["31.01.2025 08:42"], "%d.%m.%Y %H:%M"),
        ("YYYY-MM-DD", ["2025-01-31T08:42:10.5Z"], "%Y-%m-%dT%H:%M:%S.%fZ"),
        ("YYYY-MM-DD", ["2025-01-31 08:42:10+02"], "%Y-%m-%d %H:%M:%S%z"),
        ("DD.MM.YYYY", ["31.01.2025", "31.01.2025 08:42"], None),
        ("DD.MM.YYYY", ["01/31/2025"], None),
    ],
)
def test_a_format_works_only_when_it_reads_every_text(connection, base, texts, form):
    assert working_format(connection, base, texts) == form


def test_formats_that_are_told_apart_by_their_look_read_together(connection):
    ways = [(["YYYY-MM-DD"], ["2025-01-31 08:42"]), (["DD.MM.YYYY"], ["31.01.2025"])]
    assert joint_formats(connection, ways) == ("%Y-%m-%d %H:%M", "DD.MM.YYYY")


def test_a_group_that_either_reads_takes_the_one_that_the_others_need(connection):
    either = (["DD/MM/YYYY", "MM/DD/YYYY"], ["03/04/2025"])
    american = (["MM/DD/YYYY"], ["01/31/2025"])
    assert joint_formats(connection, [either, american]) == ("MM/DD/YYYY",)


def test_days_first_and_months_first_never_read_together(connection):
    ways = [(["DD/MM/YYYY"], ["31/01/2025"]), (["MM/DD/YYYY"], ["01/31/2025"])]
    assert joint_formats(connection, ways) == ()


def test_patterns_are_quoted_for_yaml():
    assert told_formats(["DD.MM.YYYY", "%d.%m"]) == ["DD.MM.YYYY", "'%d.%m'"]
