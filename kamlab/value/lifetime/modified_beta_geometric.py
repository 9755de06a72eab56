"""MBG/NBD: orders at random; a customer may leave after any order, the first too."""

from typing import ClassVar

from kamlab.value.lifetime.dropout_model import DropoutModel


class ModifiedBetaGeoNBD(DropoutModel):
    """Tell who is still a customer, where many never come back after the first order.

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
    As the BG/NBD, but an account may leave right after its first order, too: silence
    lowers the probability of being alive for all accounts. Batislam et al. and Hoppe
    and Wagner found the model independently of each other.

    References
    ----------
    Batislam, E. P., Denizel, M. and Filiztekin, A. (2007). Empirical validation and
    comparison of models for customer base analysis. International Journal of Research
    in Marketing 24(3), 201–209.
    Hoppe, D. and Wagner, U. (2007). Customer base analysis: the case for a central
    variant of the betageometric/NBD model. Marketing – Journal of Research and
    Management 3(2), 75–90.

    Examples
    --------
    >>> model = ModifiedBetaGeoNBD().with_parameters(
    ...     r=0.525, alpha=6.183, a=0.891, b=1.614
    ... )
    >>> round(model.probability_alive(0, 0, 39), 3)
    0.389
    """

    _s: ClassVar[int] = 1
