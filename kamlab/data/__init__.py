"""From a company's export to a portfolio folder: read, check, clean, and log it all.

An import walks through these rooms: `presets` suggest a `mapping`, `reading` makes rows
of text of whatever comes, `cleaning` makes typed rows of them, `checking` and
`controls` look for what is wrong, `findings` tell it, `importing` holds it together,
`updates` come every month. `names` keys accounts that have no number. `tables` is the
contract, `demo` the demonstration company. What lies beside the rooms is the portfolio
as it is read: `store`, `view`, `accounts`, and what lesson 01 shows of it.

Glossary
--------
export
    The files a company's system gives out, as they are: text, workbooks, databases.
mapping
    A small YAML file that says which column of the export is which column of the data
    contract, how numbers and days are written in it, and which rows to leave out.
finding
    One kind of fault in one column, with the rows and the money it touches, a few
    samples, and what to do about it.
portfolio folder
    What the import writes: one table a file, `portfolio.yml`, the findings and a log
    that accounts for every row of the export.
"""
