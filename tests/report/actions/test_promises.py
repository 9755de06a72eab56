from datetime import date

import pandas as pd
import pytest

from kamlab.report.actions import Actions, kept_and_broken

TODAY = date(2025, 12, 31)


def promise(**cells) -> dict[str, object]:
    return {"key": "A1|silence", "account": "Adler (A1)", "rule": "silence", **cells}


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"due": "2025-12-30"}, "late"),
        ({"due": "2025-12-31"}, "open"),
        ({"due": date(2025, 1, 1), "status": "done"}, "kept"),
        ({"due": "2025-01-01", "status": "取消"}, "dropped"),
        ({"owner": "Weber"}, "no day named"),
        ({"comment": "Call them", "status": "in progress"}, "no day named"),
    ],
)
def test_a_promise_is_late_only_after_its_day_and_while_it_is_not_done(
    cells, state
) -> None:
    table = kept_and_broken(Actions((promise(**cells),)), TODAY)
    assert table["state"].tolist() == [state]


def test_a_row_in_which_nobody_wrote_promises_nothing() -> None:
    table = kept_and_broken(Actions((promise(at_stake=5.0),)), TODAY)
    assert table.empty
    assert table["due"].dtype == "datetime64[us]"


def test_late_promises_come_first_the_oldest_on_top() -> None:
    days = ["2025-12-01", "2026-01-15", "2025-11-01"]
    rows = tuple(promise(due=day, owner=day) for day in days)
    table = kept_and_broken(Actions(rows), TODAY)
    assert table["owner"].tolist() == ["2025-11-01", "2025-12-01", "2026-01-15"]
    assert table["due"].iloc[0] == pd.Timestamp("2025-11-01")


def test_a_row_of_peoples_own_can_promise_too() -> None:
    own = {"what": "Trade fair", "owner": "Krämer", "due": "2025-10-01"}
    row = kept_and_broken(Actions((own,)), TODAY).iloc[0]
    assert (row["account"], row["what"], row["state"]) == ("", "Trade fair", "late")
