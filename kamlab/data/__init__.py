"""From a company's export to a portfolio folder: read, check, clean, and log it all.

Glossary
--------
export
    The files a company's system gives out, as they are: CSV or Parquet.
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
