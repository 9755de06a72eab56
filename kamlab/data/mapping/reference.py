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
  account_level: payer         # whom account_id means; see account_id below
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
      suffixes: {"%": 0.01, 万: 10000}   # units behind numbers: 12%, 1.5万
      footer: Copyright (c)    # how a line below the table begins, such as 审核; it is
                               # left out with the lines of one cell around it
    columns:                   # contract's column: export's column
      order_id: {from: Beleg, drop_last: 5, strip_prefix: "INV-"}
      line_id: {from: Beleg, take_last: 5}
      # Or account_id: {sold-to: KUNAG, payer: KUNRG, ship-to: KUNWE}, of which
      # account_level picks one, and the others are kept; or, where there are names
      # only, {from: Kunde, by_name: true}.
      account_id: {from: Kunde, split: {by: " ", part: 1}, strip_suffix: ".0",
                   strip_zeros: true}        # 0000100200 is 100200
      order_date: Datum
      quantity: Menge
      unit_net_price: {from: Preis, decimal: "."}
      net_amount:
        product: [Menge, Preis]   # or sum, difference, quotient: [A, B]
        round: 2               # where the books round each line to cents
        negate: {column: Art, in: [G2, S1]}   # or true, for every row
      # 0.13 is taken off; where the rate stands in each row, as 13 for 13 %:
      # tax_rate: {column: 税率, unit: 0.01}
      cogs: {from: 成本（万元）, unit: 10000, tax_rate: 0.13}
      # Where sheets call it otherwise: from: [成本, 成本（万元）]; where they count in
      # other units, what one is worth by the column or the title above that says so:
      # unit: {成本（万元）: 10000, 单位：万元: 10000, 成本: 1}; the first there holds
      ref_order_id: {join: [Bezug, Jahr]}     # texts with a space between them; with
        # format: [YYYY-MM-DD, YYYY.MM.DD] days among them are written alike
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
    # Fixed rates, such as rates: {USD: 0.92}; or those of the table fx_rates: of the
    # month (by: month, the default), or (by: day) the last one on or before the day, at
    # most so many days old.
    currency: {column: Waehrung, rates: fx_rates, by: day, within_days: 7}
    # In place of line_type and negate: what each document type means. A type that is
    # not listed blocks; with other: derive it goes by the sign of its amount.
    # document_types:
    #   column: FKART
    #   types:
    #     F2: sale
    #     RE: {line_type: return, negate: true}   # booked positive: turned here
    #     S1: {line_type: cancellation, negate: true}
    #     IV: {exclude: intercompany}             # left out, its amount in the log
    #   other: error
    #   drop_cancelled: {column: FKSTO, in: [X]}  # leave out both sides of a pair
    # account_names: names.xlsx   # decisions on names alike, from account_names.xlsx
    fill_down: [Kunde]         # a blank repeats the value above it
    # A column for each month becomes a row for each; month and amount are columns then.
    unpivot: {columns: "2025-*", name: month, value: amount}
    # With year_of_sheet: true a column 3月 of the sheet 2025年 is called 2025 / 3月.
    # Where documents have their heads in another file, by their number; by may be a
    # list, or {Beleg: Nummer} where the heads call it otherwise. Of a database's lines:
    # join: {table: sales.heads, by: nr}, or {query: SELECT …, by: nr}.
    # join: {files: heads.csv, by: Beleg}
  # In place of orders, where there are sales by month only:
  # sales_monthly:
  #   columns: {account_id: Kunde, month: Monat, category: Gruppe, net_amount: Netto}
  fx_rates:
    files: rates.csv
    format: {dates: [YYYY-MM-DD, YYYY-MM]}   # a month's rate is that of its last day
    columns:
      currency: Code
      valid_on: Tag
      rate: {from: Kurs, inverse: true}      # where it says how many USD one EUR buys;
        # or quotient: [UKURS, FFACT], where it says what FFACT units are worth
  account_aliases:             # customer numbers that were replaced, and when
    files: renumbered.csv
    columns: {old_account_id: Alt, account_id: Neu, valid_from: Ab, reason: Grund}
  products:
    files: prices.xlsx
    sheet: "Price*"            # name, pattern or list; "*" for all that are not hidden
    format: {header_lines: 2}  # 2024 above Umsatz is the column "2024 / Umsatz"
    columns: {product_id: Artikel, product_name: Text / DE}
  events:
    database: ${ERP_URL}       # a variable of the environment holds the address
    table: sales.events        # or query: SELECT …; files may be databases, too
    columns: {date: day, kind: kind, text: note}
  receivables:                 # open invoices, listed anew each month's end
    files: "open_items_*.csv"
    columns: {as_of: Stichtag, account_id: Kunde, invoice_id: Rechnung,
              due: Faellig, amount: Offen}
  contracts:
    files: contracts.csv
    columns: {contract_id: Nr, account_id: Kunde, start: Von, end: Bis}
  accounts:
    files: customers.parquet
    one_row_per_key: true      # as when accounts are read from order lines
    columns: {account_id: KUNNR, account_name: NAME1}
limits:                        # share of the money above which a warning blocks
  default: 0.05
  unknown_account: 0.10
controls:                      # totals from the books; a difference blocks, with hints
  - {name: annual accounts, period: 2024, net_amount: 61204118.20}
  # A fiscal year, 2024Q1, 2024-03, 2024-01-15 to 2024-03-31, or all; and beside
  # net_amount also cogs, quantity, lines, documents.
  - {name: year to date, period: 2025, until: 2025-11-30, net_amount: 55012874.15}
  - name: sales ledger of Shanghai
    period: 2024Q1
    net_amount: 8120443.07
    documents: 412
    currency: CNY              # only lines billed in it, before conversion
    where: {sales_org: "2000"} # columns of the contract; a list for several values
    dated_by: order_date       # or posted_on
    tolerance: 0.50            # let pass; or tolerance_share: 0.0001
  # A list from finance, beside this file or in the export; rows alike are added up.
  - file: totals.xlsx
    name: ledger               # sheet and format as for tables
    columns: {period: Month, currency: Curr, net_amount: Revenue, sales_org: CoCode}
missing_documents: keep        # with --update: what the export no longer has; or remove
"""


def mapping_reference() -> str:
    """Return a mapping with most of its keys, each with a comment.

    Returns
    -------
    str
        YAML, as `kamlab.data.mapping.file.read_mapping` reads it.

    Examples
    --------
    >>> print(mapping_reference().splitlines()[2])
      currency: EUR                # the reporting currency
    """
    return _REFERENCE
