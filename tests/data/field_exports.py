"""One order book as the systems of the field export it, each in its true format."""

import calendar
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import xlsxwriter

#: What one unit is worth in EUR; exact in binary, so that cents stay cents.
RATES = {"EUR": 1.0, "CNY": 0.125, "USD": 0.8125}
SHARES = {"EUR": 0.65, "CNY": 0.22, "USD": 0.13}
ACCOUNTS = {
    "0000100234": "宁波精密机械有限公司",
    "0000100777": "Müller & Söhne GmbH",
    "0000200001": 'Northern "Gear" Ltd., Leeds',
    "0000200002": "上海传动设备（集团）有限公司",
    "0000300010": "Société Générale d'Électricité",
}


@dataclass(frozen=True)
class Line:
    """One line of the book; `cents` are EUR, negative on credit notes."""

    document: str
    item: int
    account: str
    day: date
    product: str
    quantity: int
    cents: int
    currency: str

    @property
    def name(self) -> str:
        return ACCOUNTS[self.account]

    @property
    def is_credit(self) -> bool:
        return self.cents < 0

    @property
    def net(self) -> float:
        """Amount in EUR."""
        return self.cents / 100

    @property
    def billed(self) -> float:
        """Amount in the currency of the document."""
        return self.cents / 100 / RATES[self.currency]


def order_book(documents: int = 60) -> list[Line]:
    """Return the lines of one year: three currencies, some credit notes."""
    draw, lines = random.Random(11), []
    for number in range(documents):
        month = 1 + number * 12 // documents
        day = date(2025, month, draw.randint(1, calendar.monthrange(2025, month)[1]))
        account = draw.choice(sorted(ACCOUNTS))
        currency = draw.choices(list(SHARES), list(SHARES.values()))[0]
        sign = -1 if number % 13 == 5 else 1
        for item in range(1, draw.randint(2, 4)):
            # Multiples of 65 cents are whole cents of all three currencies.
            cents = sign * 65 * draw.randint(2, 90_000)
            product, quantity = (
                f"P-{draw.randint(1, 9):03d}",
                sign * draw.randint(1, 60),
            )
            lines.append(
                Line(
                    f"{9000 + number:010d}",
                    10 * item,
                    account,
                    day,
                    product,
                    quantity,
                    cents,
                    currency,
                )
            )
    return lines


BOOK = order_book()


def german(amount: float) -> str:
    """1.234,56 and, as SAP writes it, 0,10-."""
    text = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{text}-" if amount < 0 else text


def months() -> Iterable[tuple[int, list[Line]]]:
    """Yield each month's number and lines."""
    for month in range(1, 13):
        yield month, [line for line in BOOK if line.day.month == month]


SAP = "Faktura;Pos;FkArt;Regulierer;Name 1;Fakturadat;Material;Menge;Nettowert;Wrg"


def sap_rows() -> list[list[str]]:
    """Rows of a billing list: credit notes are positive, told by their type G2."""
    return [
        [
            line.document,
            f"{line.item:06d}",
            "G2" if line.is_credit else "F2",
            line.account,
            line.name,
            f"{line.day:%d.%m.%Y}",
            line.product,
            german(abs(line.quantity)),
            german(abs(line.billed)),
            line.currency,
        ]
        for line in BOOK
    ]


def sap_tabs(folder: Path) -> None:
    """The list saved as a spreadsheet: text with tabs in UTF-16, below a title."""
    rows = [["Fakturaliste 2025"], [], SAP.split(";"), *sap_rows()]
    text = "".join("\t".join(row) + "\r\n" for row in rows)
    (folder / "fakturen.xls").write_bytes(text.encode("utf-16"))


def sap_csv(folder: Path) -> None:
    """The file of a batch job in latin-1; names it cannot write become marks."""
    rows = [
        SAP,
        *(";".join(f'"{c}"' if ";" in c else c for c in r) for r in sap_quoted()),
    ]
    text = "".join(f"{row}\r\n" for row in rows)
    (folder / "fakturen.csv").write_bytes(text.encode("latin-1", errors="replace"))


def sap_quoted() -> list[list[str]]:
    return [[cell.replace('"', "'") for cell in row] for row in sap_rows()]


def sap_html(folder: Path) -> None:
    """The list sent by mail: a page of HTML that is called a workbook."""
    rows = [SAP.split(";"), *sap_rows()]
    cells = "".join(
        "<tr>" + "".join(f"<td nowrap>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    page = f'<html><head><meta charset="utf-8"></head><table border=1>{cells}</table>'
    (folder / "fakturen.xls").write_text(page, encoding="utf-8")


def salesforce(folder: Path) -> None:
    """A report of order products: every cell in quotes, ISO codes beside amounts."""
    names = ["Order Number", "Order Product Number", "Account: Customer Number"]
    names += ["Account Name", "Effective Date", "Product Code", "Quantity"]
    names += ["Total Price Currency", "Total Price"]
    rows = [names] + [
        [
            line.document,
            str(line.item),
            line.account,
            line.name,
            f"{line.day.month}/{line.day.day}/{line.day.year}",
            line.product,
            f"{line.quantity}.00",
            line.currency,
            f"{line.billed:.2f}",
        ]
        for line in BOOK
    ]
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows)
    text = "".join(",".join(row) + "\n" for row in quoted)
    (folder / "report1763712000.csv").write_text(text, encoding="utf-8-sig")


def dynamics(folder: Path) -> None:
    """Advanced Find: a table with three hidden columns that nobody may change."""
    names = ("(Do Not Modify) Order Product", "(Do Not Modify) Row Checksum")
    names += ("(Do Not Modify) Modified On", "Order ID", "Line Item Number")
    names += ("Account Number", "Order Date", "Product ID", "Quantity", "Currency")
    names += ("Extended Amount",)
    with xlsxwriter.Workbook(folder / "Order Products Advanced Find View.xlsx") as book:
        sheet = book.add_worksheet("Order Products Advanced Find Vi")
        days = book.add_format({"num_format": "m/d/yyyy"})
        sheet.write_row(0, 0, names)
        sheet.set_column(0, 2, None, None, {"hidden": True})
        for row, line in enumerate(BOOK, start=1):
            sheet.write_row(row, 0, (f"guid-{row}", f"h{row}==", "", line.document))
            sheet.write_row(row, 4, (line.item, line.account))
            sheet.write_datetime(row, 6, line.day, days)
            sheet.write_row(row, 7, (line.product, line.quantity, line.currency))
            sheet.write_number(row, 10, line.billed)
        hidden = book.add_worksheet("hiddenSheet")
        hidden.write(0, 0, "order:checksum&")
        hidden.very_hidden()


def kingdee(folder: Path) -> None:
    """Outbound list: the document stands on its first line only; 合计 at the end."""
    names = ("单据编号", "日期", "客户编码", "客户名称", "行号", "物料编码", "实发数量")
    names += ("币别", "金额", "金额(本位币)")
    with xlsxwriter.Workbook(folder / "销售出库单列表.xlsx") as book:
        sheet = book.add_worksheet("销售出库单")
        days = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, names)
        before = ""
        for row, line in enumerate(BOOK, start=1):
            if line.document != before:
                sheet.write_string(row, 0, line.document)
                sheet.write_datetime(row, 1, line.day, days)
                sheet.write_row(row, 2, (line.account, line.name))
            sheet.write_row(row, 4, (line.item, line.product, line.quantity))
            sheet.write_row(row, 7, (line.currency, line.billed, line.net))
            before = line.document
        sheet.write_row(len(BOOK) + 1, 0, ("合计",))
        sheet.write_number(len(BOOK) + 1, 9, sum(line.cents for line in BOOK) / 100)


def gbk_csv(folder: Path) -> None:
    """A CSV of a Chinese Excel: GBK, days in words, marks of thousands."""
    lines = ["单号,行号,客户编号,客户名称,日期,产品,数量,净额"]
    lines += [
        f"{line.document},{line.item},{line.account},{line.name.translate(GBK)},"
        f"{line.day.year}年{line.day.month}月{line.day.day}日,{line.product},"
        f'{line.quantity},"{line.net:,.2f}"'
        for line in BOOK
    ]
    (folder / "订单.csv").write_bytes("\r\n".join(lines).encode("gb18030"))


#: Signs that would need quotes in a CSV.
GBK = str.maketrans({'"': "'", ",": "，"})


def month_sheets(folder: Path) -> None:
    """One sheet a month below a title, in 万元, with a sum after each account."""
    with xlsxwriter.Workbook(folder / "2025年销售.xlsx") as book:
        for month, lines in months():
            sheet = book.add_worksheet(f"{month}月")
            sheet.merge_range(0, 0, 0, 6, f"2025年{month}月销售明细")
            sheet.write(1, 0, "单位：万元")
            names = ("客户编号", "单号", "行号", "日期", "产品", "数量", "销售额")
            sheet.write_row(2, 0, names)
            row = 3
            for account in sorted({line.account for line in lines}):
                own = [line for line in lines if line.account == account]
                for line in own:
                    sheet.write_row(row, 0, (account, line.document, line.item))
                    sheet.write_row(row, 3, (f"{line.day:%Y.%m.%d}", line.product))
                    sheet.write_row(row, 5, (line.quantity, line.net / 10_000))
                    row += 1
                sheet.write(row, 0, "小计")
                sheet.write(row, 6, sum(line.cents for line in own) / 1_000_000)
                row += 1
            sheet.write(row, 0, "合计")
            sheet.write(row, 6, sum(line.cents for line in lines) / 1_000_000)


def sums_by_month() -> dict[str, list[int]]:
    """Return the cents of each account in each month of the year."""
    return {
        account: [
            sum(line.cents for line in lines if line.account == account)
            for _, lines in months()
        ]
        for account in sorted(ACCOUNTS)
    }


def month_columns(folder: Path) -> None:
    """A row for each account and a column for each month, with sums on both sides."""
    sums = sums_by_month()
    with xlsxwriter.Workbook(folder / "月度汇总.xlsx") as book:
        sheet = book.add_worksheet("汇总")
        names = [f"2025年{month}月" for month in range(1, 13)]
        sheet.write_row(0, 0, ["客户编号", *names, "年度合计"])
        for row, (account, cents) in enumerate(sums.items(), start=1):
            amounts = [each / 100 if each else "" for each in cents]
            sheet.write_row(row, 0, [account, *amounts, sum(cents) / 100])
        totals = [sum(column) / 100 for column in zip(*sums.values(), strict=True)]
        sheet.write_row(len(sums) + 1, 0, ["合计", *totals, sum(totals)])


def names_only(folder: Path) -> None:
    """A sheet that knows customers by their names alone."""
    with xlsxwriter.Workbook(folder / "客户销售.xlsx") as book:
        sheet = book.add_worksheet("Sheet1")
        days = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.write_row(0, 0, ("客户", "单号", "行号", "日期", "金额（元）"))
        for row, line in enumerate(BOOK, start=1):
            sheet.write_row(row, 0, (line.name, line.document, line.item))
            sheet.write_datetime(row, 3, line.day, days)
            sheet.write_number(row, 4, line.net)
