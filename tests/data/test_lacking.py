"""What a portfolio lacks is told in one sentence."""

import pytest

from kamlab.data.lacking import lacking
from kamlab.errors import MissingDataError


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (["targets"], "no table 'targets'."),
        (["orders.cogs"], "no column 'cogs' in table 'orders'."),
        (["targets.amount"], "no table 'targets'."),
        (["events", "orders.cogs"], "no table 'events' and no column 'cogs' in table "),
    ],
)
def test_a_table_that_is_not_there_lacks_no_column(missing, told):
    error = lacking("Gross margin", missing, ["orders"])
    assert isinstance(error, MissingDataError)
    sentence = f"Gross margin is not available: the portfolio has {told}"
    assert str(error).startswith(sentence)
