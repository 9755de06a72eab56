"""BG/NBD: orders at random; a customer may leave after any repeat order."""

from typing import ClassVar

from kamlab.value.lifetime.dropout_model import DropoutModel


class BetaGeoNBD(DropoutModel):
    """Tell who is still a customer and will order how often, the usual model (BG/NBD).

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        What recency, T and all horizons are measured in.
    starts : array-like of shape (n_starts, 4), optional
        Rows of r, alpha, a, b to start the search from; by default the model's own.
    random_state : int, Generator or None
        Seed of simulations that are given none.

    Attributes
    ----------
    parameters_ : Series
        ``r``, ``alpha`` (unit of time): rates of ordering are gamma with mean r/alpha;
        ``a``, ``b``: probabilities of leaving are beta with mean a/(a+b).
    standard_errors_, covariance_, log_likelihood_, n_accounts_, convergence_
        How sure the parameters are, and how the search went.

    Notes
    -----
    While a customer, an account orders at random with its own rate λ (Poisson); after
    every repeat order it leaves with its own probability p. So an account without a
    repeat order is alive for certain: where that is absurd, take
    `ModifiedBetaGeoNBD`. Likelihood: eq. 6 of the paper; expected orders of a new
    account eq. 9, of a known one eq. 10.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the
    easy way: an alternative to the Pareto/NBD model. Marketing Science 24(2), 275–284.

    Examples
    --------
    >>> model = BetaGeoNBD(unit="W").with_parameters(
    ...     r=0.243, alpha=4.414, a=0.793, b=2.426
    ... )
    >>> round(model.probability_alive(2, 30.43, 38.86), 4)
    0.7266
    >>> round(model.expected_orders("39W", 2, 30.43, 38.86), 3)
    1.226
    """

    _s: ClassVar[int] = 0
