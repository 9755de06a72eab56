"""One order book of 2025, and the systems' exports in which it is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from kamlab.data.importing.accounting import ImportResult
from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets import PRESETS, Suggestion, as_yaml, suggest_mapping
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.preset import listed
from kamlab.data.presets.recognition import Recognised, recognise


@dataclass(frozen=True)
class Line:
    """One line of the book: who, when, what, and the signed money."""

    order: str
    account: str
    name: str
    day: date
    kind: str
    product: str
    quantity: int
    net: float
    cost: float

    @property
    def price(self) -> float:
        return abs(self.net) / self.quantity


ACCOUNTS = {
    "0000100234": ("Müller & Söhne GmbH", "DE"),
    "0000100777": ("宁波精密机械有限公司", "CN"),
    "0000100900": ("Nordwerk A/S", "DK"),
}


def _line(number, account, month, day, kind, product, quantity, net, cost) -> Line:
    return Line(
        f"9000{number}",
        account,
        ACCOUNTS[account][0],
        date(2025, month, day),
        kind,
        product,
        quantity,
        net,
        cost,
    )


BOOK = [
    _line(1, "0000100234", 1, 31, "sale", "GB-100", 4, 12345.6, 8000.0),
    _line(2, "0000100777", 1, 31, "sale", "GB-200", 2, 800.5, 512.25),
    _line(3, "0000100900", 2, 3, "sale", "GB-100", 1, 3086.4, 2000.0),
    _line(4, "0000100234", 2, 14, "price_credit", "GB-100", 1, -150.0, -10.0),
    _line(5, "0000100777", 3, 28, "sale", "GB-300", 5, 64000.05, 41000.0),
    _line(6, "0000100777", 3, 29, "cancellation", "GB-300", 5, -64000.05, -41000.0),
    _line(7, "0000100900", 4, 4, "return", "GB-100", 1, -3086.4, -2000.0),
    _line(8, "0000100900", 5, 16, "sale", "GB-200", 10, 4002.5, 2561.25),
]
NET, COST = 16_998.6, 11_063.5


def german(amount: float) -> str:
    """1.234,56, and a minus behind."""
    text = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{text}-" if amount < 0 else text


SAP_TYPES = {"sale": "F2", "price_credit": "G2", "cancellation": "S1", "return": "RE"}
SAP_HEADER = listed(
    "MANDT, VBELN, POSNR, FKDAT, FKART, KUNAG, NAME1, LAND1, KUNRG, MATNR, ARKTX, "
    "FKIMG, NETWR, WAERK, WAVWR, FKSTO, KUKLA"
)


def sap_rows(currencies: tuple[str, ...] = ("EUR",)) -> list[list[str]]:
    """All amounts are positive; the type of the document says what is taken back."""
    return [
        [
            "100",
            line.order,
            "000010",
            f"{line.day:%d.%m.%Y}",
            SAP_TYPES[line.kind],
            line.account,
            line.name,
            ACCOUNTS[line.account][1],
            line.account,
            line.product,
            f"Gearbox {line.product}",
            german(line.quantity).removesuffix(",00") + ",000",
            german(abs(line.net)),
            currencies[i % len(currencies)],
            german(abs(line.cost)),
            "X" if line.order == "90005" else "",
            "01",
        ]
        for i, line in enumerate(BOOK)
    ]


def write_sap_tabs(folder: Path) -> None:
    """A list that SAP saves as a workbook: UTF-16 with tabs."""
    lines = ["\t".join(row) for row in [SAP_HEADER, *sap_rows()]]
    (folder / "billing.xls").write_bytes("\r\n".join(lines).encode("utf-16"))


SAP_GERMAN = (
    "Mandant;Faktura;Position;Fakturadatum;Fakturaart;Auftraggeber;"
    "Name des Auftraggebers;Länderschlüssel;Regulierer;Material;Bezeichnung;"
    "Fakturierte Menge;Nettowert;Währung;Verrechnungswert;Storniert;Kundenklasse"
)


def write_sap_csv(folder: Path) -> None:
    """In German, one file a quarter, in the bytes of Western Europe."""
    rows = [
        [cell.replace("宁波精密机械有限公司", "Ningbo") for cell in row]
        for row in sap_rows()
    ]
    for quarter, part in enumerate((rows[:6], rows[6:]), 1):
        lines = [SAP_GERMAN, *(";".join(row) for row in part)]
        file = folder / f"faktura_Q{quarter}.csv"
        file.write_bytes("\r\n".join(lines).encode("cp1252"))


def write_sap_html(folder: Path) -> None:
    """What SAP calls a workbook: a page."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in sap_rows()
    )
    head = "".join(f"<th>{name}</th>" for name in SAP_HEADER)
    page = (
        '<html><head><meta charset="utf-8"></head><body><table border=1>'
        f"<tr>{head}</tr>{rows}</table></body></html>"
    )
    (folder / "billing.xls").write_text(page, encoding="utf-8")


def write_sap_currencies(folder: Path) -> None:
    """Documents in three currencies."""
    rows = sap_rows(("EUR", "EUR", "EUR", "CNY", "EUR", "USD"))
    lines = ["\t".join(row) for row in [SAP_HEADER, *rows]]
    (folder / "billing.txt").write_bytes("\r\n".join(lines).encode("utf-16"))


def quoted(cells: list[object]) -> str:
    return ",".join(f'"{cell}"' for cell in cells)


def write_salesforce(folder: Path) -> None:
    """A report of opportunities with products, and one of accounts."""
    header = [
        "Opportunity ID",
        "Account ID",
        "Close Date",
        "Stage",
        "Product Code",
        "Product Name",
        "Quantity",
        "Total Price",
        "Total Price Currency",
        "Probability (%)",
        "Opportunity Owner",
    ]
    lines = [quoted(header)]
    for line in BOOK:
        cells = [
            f"006{line.order}",
            f"001{line.account}",
            f"{line.day:%m/%d/%Y}",
            "Closed Won",
            line.product,
            f"Gearbox {line.product}",
            line.quantity if line.net > 0 else -line.quantity,
            f"{line.net:.2f}",
            "EUR",
            "100",
            "Ann Berg",
        ]
        lines.append(quoted(cells))
    lost = ["00699999", "0010000100234", "06/20/2025", "Closed Lost", "GB-100"]
    lines.append(quoted([*lost, "Gearbox", 9, "999999.00", "EUR", "0", "Ann Berg"]))
    (folder / "opportunities.csv").write_text("\n".join(lines), encoding="utf-8")
    header = ["Account ID", "Account Name", "Industry", "Billing Country", "Employees"]
    lines = [quoted([*header, "Account Owner", "Last Modified Date"])]
    for number, (name, country) in ACCOUNTS.items():
        cells = [f"001{number}", name, "Machinery", country, 120, "Ann", "5/16/2025"]
        lines.append(quoted(cells))
    (folder / "accounts.csv").write_text("\n".join(lines), encoding="utf-8-sig")


def moment(day: date) -> datetime:
    return datetime.combine(day, time.min)


def write_dynamics(folder: Path) -> None:
    """Invoice products sent to Excel, with the columns that bring changes back."""
    header = [
        "(Do Not Modify) Invoice Product",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Invoice ID",
        "Account Number",
        "Account Name",
        "Invoice Date",
        "Product ID",
        "Product Name",
        "Quantity",
        "Price Per Unit",
        "Extended Amount",
        "Currency",
        "Status Reason",
        "Owner",
        "Address 1: Country/Region",
    ]
    book = xlsxwriter.Workbook(folder / "Invoice Products.xlsx")
    sheet = book.add_worksheet("Invoice Products Advanced Find")
    days = book.add_format({"num_format": "m/d/yyyy"})
    sheet.write_row(0, 0, header)
    for row, line in enumerate(BOOK, 1):
        sheet.write_row(row, 0, [f"3f2504e0-{row:04d}", f"aGVsbG8={row}"])
        sheet.write_datetime(row, 2, moment(line.day), days)
        sheet.write_string(row, 3, f"INV-{line.order}")
        sheet.write_string(row, 4, line.account)
        sheet.write_string(row, 5, line.name)
        sheet.write_datetime(row, 6, moment(line.day), days)
        quantity = line.quantity if line.net > 0 else -line.quantity
        cells = [line.product, f"Gearbox {line.product}", quantity, line.price]
        sheet.write_row(row, 7, [*cells, line.net, "Euro", "Paid", "Ann"])
        sheet.write_string(row, 15, ACCOUNTS[line.account][1])
    sheet.set_column(0, 2, None, None, {"hidden": True})
    book.add_worksheet("hiddenSheet").hide()
    book.close()


KINGDEE_TYPES = {
    "sale": "标准销售",
    "price_credit": "折让",
    "return": "标准退货",
    "cancellation": "标准退货",
}


def write_kingdee(folder: Path) -> None:
    """金蝶: a title, VAT beside the amounts, a row with the sums at the end."""
    header = listed(
        "单据编号, 日期, 客户编码, 客户名称, 单据类型, 物料编码, 物料名称, 规格型号, "
        "计量单位, 数量, 含税单价, 金额, 税额, 价税合计, 销售成本, 业务员, 币别, 备注"
    )
    book = xlsxwriter.Workbook(folder / "销售出库明细.xlsx")
    sheet = book.add_worksheet("明细")
    sheet.write(0, 0, "销售出库明细表")
    sheet.write_row(2, 0, header)
    for row, line in enumerate(BOOK, 3):
        tax = round(line.net * 0.13, 2)
        sign = 1 if line.net > 0 else -1
        day = f"{line.day.year}-{line.day.month}-{line.day.day}"
        cells = [
            f"XSCK{line.order}",
            day,
            f"C{line.account}",
            line.name,
            KINGDEE_TYPES[line.kind],
            line.product,
            f"减速机 {line.product}",
            "标准",
            "台",
            sign * line.quantity,
            round(line.price * 1.13, 4),
            line.net,
            tax,
            line.net + tax,
            line.cost,
            "王伟",
            "人民币",
        ]
        sheet.write_row(row, 0, cells)
    total = 3 + len(BOOK)
    sheet.write(total, 0, "合计")
    sheet.write(total, 11, NET)
    book.close()


def by_month() -> pd.DataFrame:
    """Net amount by customer and month."""
    frame = pd.DataFrame([(each.name, each.day.month, each.net) for each in BOOK])
    return frame.pivot_table(index=0, columns=1, values=2, aggfunc="sum").round(2)


def write_month_columns(folder: Path) -> None:
    """各客户销售: a column for each month, in 万元, with sums on both sides."""
    book = xlsxwriter.Workbook(folder / "月报.xlsx")
    sheet = book.add_worksheet("汇总")
    wide = by_month()
    sheet.write(0, 0, "2025年各客户销售统计（单位：万元）")
    sheet.write_row(1, 0, ["客户", *(f"{month}月" for month in wide.columns), "合计"])
    for row, (name, cells) in enumerate(wide.iterrows(), 2):
        sheet.write(row, 0, name)
        for column, value in enumerate(cells, 1):
            if pd.notna(value):
                sheet.write_number(row, column, value / 10_000)
        sheet.write_number(row, 1 + len(wide.columns), cells.sum() / 10_000)
    last = 2 + len(wide)
    sheet.write(last, 0, "合计")
    for column, value in enumerate(wide.sum(), 1):
        sheet.write_number(last, column, value / 10_000)
    book.close()


def write_month_rows(folder: Path) -> None:
    """客户, 月份, 金额: in the bytes of China."""
    lines = ["客户,月份,金额（元）"]
    for name, cells in by_month().iterrows():
        lines += [
            f'{name},2025-{month:02d},"{value:,.2f}"'
            for month, value in cells.dropna().items()
        ]
    (folder / "月度销售.csv").write_bytes("\r\n".join(lines).encode("gb18030"))


def write_german(folder: Path) -> None:
    """Somebody's own list, with blanks above the header."""
    lines = [
        "Auftragsliste",
        "",
        "Auftragsnummer;Kundennummer;Kundenname;Land;Rechnungsdatum;Artikelnummer;"
        "Stückzahl;Nettobetrag (EUR);Wareneinsatz (EUR);Belegart",
    ]
    words = {
        "sale": "Rechnung",
        "return": "Retoure",
        "price_credit": "Gutschrift",
        "cancellation": "Storno",
    }
    for line in BOOK:
        cells = [
            line.order,
            line.account,
            line.name.replace("宁波精密机械有限公司", "Ningbo"),
            ACCOUNTS[line.account][1],
            f"{line.day:%d.%m.%Y}",
            line.product,
            german(line.quantity if line.net > 0 else -line.quantity),
            german(line.net),
            german(line.cost),
            words[line.kind],
        ]
        lines.append(";".join(cells))
    (folder / "liste.csv").write_bytes("\n".join(lines).encode("cp1252"))


def write_names_only(folder: Path) -> None:
    """A sheet for each month, customers by name, a sum below each."""
    book = xlsxwriter.Workbook(folder / "销售.xlsx")
    for month in sorted({line.day.month for line in BOOK}):
        sheet = book.add_worksheet(f"{month}月")
        sheet.write_row(0, 0, ["客户名称", "日期", "产品", "数量", "金额（万元）"])
        lines = [line for line in BOOK if line.day.month == month]
        for row, line in enumerate(lines, 1):
            day = f"{line.day.year}年{line.day.month}月{line.day.day}日"
            cells = [line.name, day, line.product, line.quantity, line.net / 10_000]
            sheet.write_row(row, 0, cells)
        sheet.write(1 + len(lines), 0, "小计")
        sheet.write(1 + len(lines), 4, sum(line.net for line in lines) / 10_000)
    book.close()


#: By preset and disguise: the writer, and whether costs are in it.
DISGUISES: dict[str, tuple[str, Callable[[Path], None], bool]] = {
    "SAP, tabs in UTF-16": ("sap_billing", write_sap_tabs, True),
    "SAP, German CSV": ("sap_billing", write_sap_csv, True),
    "SAP, page called xls": ("sap_billing", write_sap_html, True),
    "Salesforce reports": ("salesforce", write_salesforce, False),
    "Dynamics in Excel": ("dynamics", write_dynamics, False),
    "Kingdee": ("kingdee", write_kingdee, True),
    "months as columns": ("month_totals", write_month_columns, False),
    "a row for each month": ("month_totals", write_month_rows, False),
    "German list": ("generic", write_german, True),
    "Chinese month sheets": ("generic", write_names_only, False),
}


@dataclass
class Folder:
    """A folder with an export, the mapping suggested for it, and its portfolio."""

    path: Path

    @property
    def source(self) -> Path:
        return self.path / "export"

    def suggest(self, preset: str | None = None) -> Suggestion:
        found = suggest_mapping(self.source, preset)
        (self.path / "mapping.yml").write_text(as_yaml(found), encoding="utf-8")
        return found

    def run(self) -> ImportResult:
        out = self.path / "portfolio"
        return import_portfolio(self.source, self.path / "mapping.yml", out)

    def table(self, name: str = "orders") -> pd.DataFrame:
        return pd.read_parquet(self.path / "portfolio" / f"{name}.parquet")

    def write(self, name: str, text: str, encoding: str = "utf-8") -> None:
        (self.source / name).write_bytes(text.encode(encoding))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An export without files yet."""
    (tmp_path / "export").mkdir()
    return Folder(tmp_path)


@dataclass
class Disguise(Folder):
    """The order book as one of the systems exports it, suggested and imported."""

    preset: str
    has_cost: bool
    found: Suggestion | None = None
    result: ImportResult | None = None
    net: float = NET
    cost: float = COST


@pytest.fixture(scope="session", params=DISGUISES)
def disguise(request, tmp_path_factory) -> Disguise:
    """The order book in one export after the other; no mapping is touched."""
    preset, writer, has_cost = DISGUISES[request.param]
    folder = Disguise(tmp_path_factory.mktemp("book"), preset, has_cost)
    folder.source.mkdir()
    writer(folder.source)
    folder.found = folder.suggest()
    folder.result = folder.run()
    return folder


@pytest.fixture
def in_three_currencies(folder: Folder) -> Folder:
    """SAP's documents in EUR, CNY and USD."""
    write_sap_currencies(folder.source)
    return folder


@pytest.fixture
def rows_of() -> Callable[..., Recognised]:
    """Return a way to recognise a header and rows."""

    def recognised_as(
        header: str, *lines: str, preset: str = "", **more: object
    ) -> Recognised:
        cells = tuple(tuple(line.split(";")) for line in lines)
        kind = more.pop("kind", "text")
        excerpt = Excerpt(("a.csv",), kind, tuple(header.split(";")), cells, **more)
        wanted = PRESETS[preset] if preset else None
        return recognise([excerpt], wanted)[1][0]

    return recognised_as
