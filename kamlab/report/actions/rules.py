"""What the rules of a list of actions are called, and how their words are read again.

A row is found again by its hidden key. Where somebody deleted that, account and rule
tell; so the words of both languages are understood, and the codes of earlier lists.
"""

from kamlab.language import _
from kamlab.report.actions.columns import plain

#: Words of every matter in lists of both languages.
_WORDS = {
    "silence": ("silent", "沉默"),
    "fading": ("buys less", "购买减少"),
    "overdue": ("overdue", "逾期"),
    "contract": ("contract ends", "合同到期"),
    "loss": ("served at a loss", "亏损服务"),
}
_MATTERS = {word: matter for matter, words in _WORDS.items() for word in words}


def rule_words(matter: str) -> str:
    """Return what a matter is called in the list, in the current language.

    Parameters
    ----------
    matter : str
        From `kamlab.report.actions.table.matter_of`; one without words of its own is
        called as it is.

    Examples
    --------
    >>> rule_words("fading"), rule_words("trade fair")
    ('Buys less', 'trade fair')
    """
    words = {
        "silence": _("Silent"),
        "fading": _("Buys less"),
        "overdue": _("Overdue"),
        "contract": _("Contract ends"),
        "loss": _("Served at a loss"),
    }
    return words.get(matter, matter)


def is_rule_name(cell: object, matter: str) -> bool:
    """Say whether a cell holds what kamlab calls a matter, in any list, or nothing.

    Parameters
    ----------
    cell : object
        What stands in the list's column of rules.
    matter : str
        From `matter_of`.

    Examples
    --------
    >>> is_rule_name("Silent", "silence"), is_rule_name("silence: see Bob", "silence")
    (True, False)
    """
    text = str(cell).strip()
    return text in ("", matter) or plain(text) in _WORDS.get(matter, ())


def matter_of(rule: object) -> str:
    """Return the matter that a rule is about: of one matter a list has one row.

    Whoever visits an account for two fading categories visits it once.

    Parameters
    ----------
    rule : object
        A rule's code, or what stands in the list's column of rules.

    Examples
    --------
    >>> matter_of("fading: gearboxes"), matter_of("silence")
    ('fading', 'silence')
    >>> matter_of("Buys less"), matter_of("沉默")
    ('fading', 'silence')
    """
    known = _MATTERS.get(plain(rule))
    return known or str(rule).partition(":")[0].strip()
