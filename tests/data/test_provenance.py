"""Every table has a source, and every source its way of missing something."""

from kamlab.data.contract import TABLES
from kamlab.data.provenance import (
    INTERNAL,
    ORIGINS,
    OTHERS,
    RESEARCH,
    provenance_table,
    sources_matrix,
)


def test_every_table_of_the_contract_has_its_origin():
    assert set(TABLES) <= set(ORIGINS)


def test_every_origin_is_one_of_three_sources_and_lacks_something():
    for source, collected, lacks in ORIGINS.values():
        assert source in (INTERNAL, RESEARCH, OTHERS)
        assert collected
        assert lacks


def test_what_is_there_is_what_the_portfolio_has(demo):
    there = provenance_table(demo)["there"]
    assert set(there.index[there]) == {name for name in TABLES if demo.has(name)}


def test_the_matrix_counts_each_table_once(demo):
    matrix = sources_matrix(demo)
    assert matrix["tables in the book"].sum() == len(ORIGINS)
    assert matrix["tables there"].sum() == provenance_table(demo)["there"].sum()
    assert (matrix["tables there"] <= matrix["tables in the book"]).all()
