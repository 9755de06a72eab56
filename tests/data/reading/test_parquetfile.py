"""Parquet says in text what it says in types, and times in their time zone in UTC."""

import duckdb
import pandas as pd
import pytest

from kamlab.data.reading.parquetfile import ParquetFile, inspect_parquet


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("DOUBLE", "10023.0", "10023"),
        ("DOUBLE", "-3.0", "-3"),
        ("DOUBLE", "1234.5", "1234.5"),
        ("FLOAT", "7.0", "7"),
        ("DOUBLE", "1e300", "1e+300"),
        ("DOUBLE", "'inf'", "inf"),
        ("DOUBLE", "'nan'", "nan"),
        ("DOUBLE", "NULL", None),
        ("BIGINT", "10023", "10023"),
        ("DATE", "'2025-01-31'", "2025-01-31"),
        (
            "TIMESTAMP WITH TIME ZONE",
            "'2025-01-31 23:30:00-05:00'",
            "2025-02-01 04:30:00",
        ),
    ],
)
def test_a_typed_value_becomes_the_text_that_says_the_same(kind, value, text):
    cells = ParquetFile({"V": kind}).cells
    with duckdb.connect() as connection:
        sql = f'SELECT {cells} FROM (SELECT CAST({value} AS {kind}) AS "V")'
        assert connection.execute(sql).fetchone()[0] == text


def test_a_file_tells_its_columns(tmp_path):
    path = tmp_path / "a.parquet"
    frame = pd.DataFrame({"Id": ["7"], "Day": pd.to_datetime(["2025-01-31"], utc=True)})
    frame.to_parquet(path)
    with duckdb.connect() as connection:
        file, findings = inspect_parquet(connection, path, "a.parquet", "orders")
    assert list(file.types) == ["Id", "Day"]
    assert (file.typed, file.zoned) == ({"Day"}, {"Day"})
    assert findings == []


def test_times_with_a_time_zone_are_read_in_utc_and_that_is_told(export):
    day = pd.to_datetime(["2025-01-31 23:30"]).tz_localize("America/New_York")
    frame = pd.DataFrame({"Nr": ["1"], "Pos": [1], "Kunde": ["A"], "Netto": [5.0]})
    frame["Tag"] = day
    frame.to_parquet(export.source / "lines.parquet")
    export.map(export.mapping.read_text().replace("*.csv", "*.parquet"))
    result = export.run()
    found = next(each for each in result.findings if each.rule == "time_zone_dropped")
    assert (found.severity, found.column) == ("info", "Tag")
    assert str(export.table()["order_date"][0])[:10] == "2025-02-01"
