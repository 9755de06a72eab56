"""What rules about books, documents, accounts and updates mean to a reader."""

#: By rule.
MEANINGS_OF_BUSINESS: dict[str, str] = {
    # Totals
    "control_missed": "The import does not sum to what the books say. Until the "
    "difference is explained, no figure should be shown to anybody.",
    "control_met": "The import sums to what the books say.",
    "control_ends_early": "The total of the books was taken before the period ended. "
    "Finance should give the total of the period once it is closed.",
    "original_unknown": "Lines of earlier imports are known in the reporting currency "
    "only, so that a total in their own currency cannot count them.",
    "control_unreadable": "The list of totals holds a value that is no amount or "
    "period. Finance should correct the list.",
    "subtotal_missed": "A sum in the sheet is not the sum of the rows above it: rows "
    "are missing or were changed by hand, or the sum is one of something else.",
    "subtotals_met": "The sums in the sheet agree with the rows above them.",
    # Documents
    "document_type_undeclared": "The export has types of documents that nobody has "
    "described. Finance should say what each of them is.",
    "document_type_derived": "The export has types of documents that nobody has "
    "described; the sign of the amount decided.",
    "document_types_applied": "Invoices, credit notes and cancellations were read as "
    "declared. Compare the amounts once.",
    "deduction_is_positive": "Credit notes or returns stand with positive amounts, and "
    "would be added to revenue in place of being taken off.",
    "cost_sign_differs": "Revenue and cost of a line have opposite signs, so that cost "
    "would raise the margin.",
    "amount_not_price_times_quantity": "Price times quantity is not the amount. Look "
    "for prices per 100 and for discounts.",
    "cancelled_dropped": "Cancelled documents and their cancellations were left out "
    "together.",
    "cancelled_unpaired": "A cancelled document and its cancellation do not net to "
    "zero: one of the two lies in another period.",
    "only_sales_kept": "Returns were left out, so that revenue is before returns and "
    "larger than in the books.",
    "return_without_reference": "A return does not say which invoice it takes back.",
    "intercompany_apart": "Sales between own companies are kept apart and are no "
    "revenue.",
    "order_in_two_files": "A document is in two files: their periods overlap. Revenue "
    "may count it twice.",
    "order_of_two_accounts": "A document has two customers: a number was used again, "
    "or the wrong column was taken for the customer.",
    "order_on_two_days": "A document has two days: a number was used again, or the "
    "wrong column was taken for the day.",
    "promised_before_order": "A delivery was promised before it was ordered; one of "
    "the two days is wrong.",
    "delivered_before_order": "A delivery came before it was ordered; one of the two "
    "days is wrong.",
    "months_as_lines": "The figures are sums of months. Whatever needs single orders "
    "is left out of reports.",
    # Currency and tax
    "tax_undeclared": "The sheet says that amounts are with VAT; revenue is without. "
    "Say which rate is in them.",
    "tax_applied": "VAT was taken off, at one rate.",
    "tax_by_line_applied": "VAT was taken off line by line.",
    "currency_without_rate": "There are amounts in a currency without a rate of "
    "exchange. Finance should give the rate.",
    "currency_unknown": "A currency is none of the official codes; mostly it is "
    "mistyped, or another column.",
    "currency_not_converted": "Amounts in several currencies would be added up as if "
    "they were one. Give rates, or the column with converted amounts.",
    "rate_missing": "There are amounts in a month without a rate of exchange. Finance "
    "should complete the list of rates.",
    "several_rates_a_month": "A currency has several rates in a month. Say whether the "
    "rate of the day or of the month holds.",
    "rate_is_zero": "A rate of exchange is zero and would make all amounts zero.",
    "rate_implausible": "A rate of exchange is far from what the currency was worth "
    "for years: mostly it is the wrong way round.",
    "rate_jumps": "A rate of exchange jumps from one month to the next. Finance should "
    "say whether it is right.",
    # Accounts
    "unknown_account": "Customers have sales and are not in the list of customers, so "
    "that nobody is known to look after them.",
    "conflicting_rows": "A customer or product is described in two ways; the first was "
    "taken.",
    "names_alike": "Names look like spellings of one customer. Sales should decide in "
    "the list of names; nothing was merged.",
    "names_look_alike": "Two customer numbers have nearly the same name. If it is one "
    "customer, its value is split in two.",
    "legal_forms_differ": "Companies with one name and different legal forms, such as "
    "AG and GmbH, were taken for one customer. They may be two.",
    "names_folded": "Spellings of a name that differ in case, spaces or legal form "
    "only were taken for one customer.",
    "names_merged": "Names were put together as somebody decided in the list of names.",
    "alias_circle": "Old and new customer numbers replace each other in a circle. "
    "Whoever keeps the list should correct it.",
    "merger_not_applied": "A merger of customers has no day and was left out.",
    "history_overlap": "Something had two values at a time, such as two account "
    "managers. Whoever keeps the list should end the first.",
    # Updates
    "history_restated": "The new extract changes figures of months that were reported. "
    "Tell whoever has seen the old ones, once it is clear why.",
    "documents_missing": "Documents that were there are not in the new extract: "
    "cancelled, deleted, or left out by another selection.",
    "document_of_another_account": "A document moved to another customer: it was "
    "booked anew, or numbers of documents start again.",
    "attribute_changed": "Something about customers or products is otherwise than "
    "before, such as a name or a region.",
    "rows_without_number": "Lines have no number of their own, so that a corrected "
    "line cannot be told from a new one.",
    "table_stays": "The new extract does not hold this list; the one from before goes "
    "on to hold.",
    "contract_ends_first": "A contract whose end lies before its start runs at no "
    "time, and no renewal of it can be due.",
    "renewal_missing": "A contract counts as kept although nothing follows it: the "
    "rate of renewals is shown too high.",
    "renewed_after_all": "A contract counts as lost although the account went on: the "
    "rate of renewals is shown too low.",
    "closed_before_opened": "The days of an opportunity contradict each other, so "
    "that the time to win one is wrong.",
    "lost_but_ordered": "An opportunity counts as lost and was ordered, so that the "
    "hit rate is shown too low.",
    "totals_stay": "The new extract came without finance's list of totals; the totals "
    "of before were compared, and what is new was compared with nothing.",
    "file_renamed": "The month's file has another name than the one before; it was "
    "taken, for it has the same columns.",
    "imported_before": "A file that was imported before came again, and changes rows "
    "back to what they were then.",
}
