"""The data contract's own words, such as types of contacts, as readers write them."""

from kamlab.language import _, translatable

#: Words by code. What is not here is shown as the data write it.
_WORDS = {
    "visit": translatable("visit"),
    "call": translatable("call"),
    "email": translatable("mail"),
    "social": translatable("social contact"),
    "meeting": translatable("meeting"),
    "event": translatable("event"),
    "qbr": translatable("quarterly review"),
    "training": translatable("training"),
    "need": translatable("need"),
    "complaint": translatable("complaint"),
    "price": translatable("price"),
    "payment": translatable("payment"),
    "innovation": translatable("innovation"),
    "service": translatable("service"),
    "relation": translatable("relation"),
    "other": translatable("other"),
    "strategic": translatable("strategic"),
    "core": translatable("core"),
    "general": translatable("general"),
}


def word(code: object) -> str:
    """Return what a type of contact, a topic or a tier is called.

    Parameters
    ----------
    code : object
        As the data hold it; one that the contract does not know stays as it is.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> word("qbr"), word("Gold members")
    ('quarterly review', 'Gold members')
    """
    text = str(code)
    return _(_WORDS[text]) if text in _WORDS else text
