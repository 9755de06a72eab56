"""Measurements against the peers; `make benchmarks` writes RESULTS.md."""
