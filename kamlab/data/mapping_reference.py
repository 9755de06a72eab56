"""A whole mapping with a comment on each key, to copy from.

`kamlab contract` tells what the columns mean; this tells how they are filled.
"""

_REFERENCE = """\
portfolio:
  name: Talbruck Motion GmbH
  currency: EUR                # the reporting currency
  data_through: 2025-12-31     # last day covered; by default the last one in it
  calendar: {first_month: 10, named_by: end}
  order_date_is: invoice
  account_level: payer
tables:
  orders:
    # Text, xlsx, xls, xlsb, ods, HTML, Parquet, SQLite, DuckDB; each by its content.
    files: billing_*.csv       # or a list; not needed where the source is one file
    format:                    # how text is written; or only: format: detect
      encoding: cp1252
      delimiter: ";"
      decimal: ","
      thousands: "."
      dates: DD.MM.YYYY        # or a list, or a strptime pattern; excel for numbers
                               # of days; YYYY-MM for the last day of a month
      blank: ["NULL", "00.00.0000"]
      skip_lines: 2            # lines above the header, such as a title; in a sheet
                               # the header is where the mapping's columns stand
      symbols: ["¥", "元"]     # signs beside numbers that mean nothing
    columns:                   # contract's column: export's column
      order_id: {from: Beleg, drop_last: 5, strip_prefix: "INV-"}
      line_id: {from: Beleg, take_last: 5}
      account_id: {from: Kunde, split: {by: " ", part: 1}, strip_suffix: ".0"}
      order_date: Datum
      quantity: Menge
      unit_net_price: {from: Preis, decimal: "."}
      net_amount:
        product: [Menge, Preis]   # or sum: [A, B], or difference: [A, B]
        negate: {column: Art, in: [G2, S1]}   # or true, for every row
      cogs: {from: 成本（万元）, unit: 10000, tax_rate: 0.13}   # 0.13 is taken off
      ref_order_id: {join: [Bezug, Jahr]}     # texts with a space between them
      line_type: {from: Art, values: {F2: sale, G2: price_credit, S1: cancellation}}
      channel: {constant: direct}
      promised_date: {from: Wunsch, format: "%Y%m%d"}
      sales_org: {from: (sheet), default: "1000"}   # name of the sheet; or (file)
    drop:                      # in order; the log counts every rule's rows
      - {name: sums, column: Kunde, subtotals: true}   # 小计, Total … or own words;
                               # each is compared with the rows above it
      - {name: samples, column: Art, in: [FM, KL]}
      - {name: no customer, column: Kunde, is: blank}   # or filled
      - {name: worthless, column: Preis, at_most: 0}    # below, above, at_least
      - {name: tests, column: Kunde, matches: "TEST.*"} # or equals
    exact_duplicates: drop     # or keep
    currency: {column: Waehrung, rates: {USD: 0.92}}
    fill_down: [Kunde]         # a blank repeats the value above it
    # A column for each month becomes a row for each; month and amount are columns then.
    unpivot: {columns: "2025-*", name: month, value: amount}
  products:
    files: prices.xlsx
    sheet: "Price*"            # name, pattern or list; "*" for all that are not hidden
    format: {header_lines: 2}  # 2024 above Umsatz is the column "2024 / Umsatz"
    columns: {product_id: Artikel, product_name: Text / DE}
  events:
    database: ${ERP_URL}       # a variable of the environment holds the address
    table: sales.events        # or query: SELECT …; files may be databases, too
    columns: {date: day, kind: kind, text: note}
  accounts:
    files: customers.parquet
    one_row_per_key: true      # as when accounts are read from order lines
    columns: {account_id: KUNNR, account_name: NAME1}
limits:                        # share of the money above which a warning blocks
  default: 0.05
  unknown_account: 0.10
controls:                      # totals from the books, shown with the difference
  - {name: annual accounts, period: 2024, net_amount: 61204118.20}
"""


def mapping_reference() -> str:
    """Return a mapping with most of its keys, each with a comment.

    Returns
    -------
    str
        YAML, as `kamlab.data.mapping_file.read_mapping` reads it.

    Examples
    --------
    >>> print(mapping_reference().splitlines()[2])
      currency: EUR                # the reporting currency
    """
    return _REFERENCE
