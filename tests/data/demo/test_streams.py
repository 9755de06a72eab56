"""One seed, one stream a process: a new process does not shift the others."""

import numpy as np

from kamlab.data.demo.streams import stream


def test_a_stream_repeats_itself():
    assert (stream(3, "losses").random(5) == stream(3, "losses").random(5)).all()


def test_processes_draw_apart_from_each_other():
    losses, arrivals = stream(3, "losses").random(5), stream(3, "arrivals").random(5)
    assert not (losses == arrivals).any()


def test_seeds_draw_apart_from_each_other():
    assert not (stream(3, "losses").random(5) == stream(4, "losses").random(5)).any()


def test_streams_of_a_seed_are_not_correlated():
    draws = [stream(9, name).random(4000) for name in ("losses", "arrivals", "names")]
    found = np.corrcoef(draws)[np.triu_indices(3, 1)]
    assert (np.abs(found) < 0.08).all()
