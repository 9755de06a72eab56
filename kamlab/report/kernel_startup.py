"""What every kernel does first: a warning is an error, so that none is overlooked.

The environment of `kamlab.report.kernel.kernel_environment` loads this module as an
IPython extension, for reports, for building the notebooks and for testing them alike.
"""

import warnings

#: Warnings that stay warnings, with the reason: (category, start of the message).
ALLOWED: tuple[tuple[type[Warning], str], ...] = (
    # A file or socket the garbage collector closes is no fault of a figure, and the
    # kernel's own event loop leaves some at its end.
    (ResourceWarning, ""),
    # ipykernel says this of its own shutdown, and cannot end if it is an error.
    (PendingDeprecationWarning, "For consistency across implementations"),
    # From Python 3.12 on asyncio warns of the way in which tornado finds its loop,
    # and the kernel would not even start.
    (DeprecationWarning, "There is no current event loop"),
)


def load_ipython_extension(shell: object) -> None:
    """Set the filters in the kernel; IPython calls this when it starts.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        Not used.

    Examples
    --------
    >>> with warnings.catch_warnings():
    ...     load_ipython_extension(None)
    ...     warnings.warn("the fit did not converge")
    Traceback (most recent call last):
    UserWarning: the fit did not converge
    """
    warnings.simplefilter("error")
    for category, message in ALLOWED:
        warnings.filterwarnings("ignore", message=message, category=category)
