"""What a company's document types mean: sales, returns, cancellations, and no revenue.

Glossary
--------
document type 凭证类型
    The code by which a system tells invoices from credit notes and cancellations, such
    as SAP's F2 (invoice), RE (credit for returns), S1 (cancelled invoice).
cancellation 冲销
    A document that takes an invoice back. Many systems book both with a positive
    amount, so that they net to zero only when the sign of one is turned.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DocumentType:
    """What the rows of one document type are.

    Parameters
    ----------
    line_type : str
        One of the contract's line types; empty where such rows are left out.
    negate : bool
        Whether amount, quantity and cost are turned, because they are booked positive.
    exclude : str
        Why such rows are left out; empty where they are kept.

    Examples
    --------
    >>> DocumentType("cancellation", negate=True).exclude
    ''
    """

    line_type: str = ""
    negate: bool = False
    exclude: str = ""


@dataclass(frozen=True)
class DocumentTypes:
    """The column with the document type of a row, and what each type means.

    Parameters
    ----------
    column : str
        Column of the export.
    types : dict of str to DocumentType
        By the text in that column.
    derives_others : bool
        Whether types that are not listed count as sales, or returns where negative;
        else they block.
    cancelled_column, cancelled_in : str and tuple of str
        Column and texts that mark an invoice as cancelled, where both it and its
        cancellation are to be left out.

    Examples
    --------
    >>> types = {"F2": DocumentType("sale"), "RE": DocumentType("return", True)}
    >>> DocumentTypes("FKART", types).negated
    ('RE',)
    """

    column: str
    types: dict[str, DocumentType] = field(default_factory=dict)
    derives_others: bool = False
    cancelled_column: str = ""
    cancelled_in: tuple[str, ...] = ()

    @property
    def negated(self) -> tuple[str, ...]:
        """The types whose sign is turned.

        Examples
        --------
        >>> DocumentTypes("FKART", {"F2": DocumentType("sale")}).negated
        ()
        """
        return tuple(code for code, each in self.types.items() if each.negate)
