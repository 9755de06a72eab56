"""What the systems of the field export, small: billing, month's end, two companies."""

import pandas as pd
import pytest


def test_a_billing_extract_with_subtotals_cancellations_and_prices_per_hundred(export):
    export.write(
        "Beleg;Pos;Kunde;Art;Datum;Menge;Preis;Per;Netto;Wunsch\r\n"
        '90001;10;0000100234;F2;31.01.2025;1.500;12,50;100;187,50;"05.02.2025"\r\n'
        "90001;20;0000100234;F2;31.01.2025;2;1.234,50;1;2.469,00;00.00.0000\r\n"
        "90002;10;0000100777;G2;14.02.2025;2;1.234,50;1;2.469,00;\r\n"
        "90003;10;0000100777;F2;28.02.2025;1;50,00;1;50,00;\r\n"
        "90004;10;0000100777;S1;28.02.2025;1;50,00;1;50,00;\r\n"
        "90005;10;0000100777;F2;28.02.2025;10-;5,00;1;50,00-;\r\n"
        ";;Summe;;;;;;5.275,50;\r\n".encode("cp1252")
    )
    export.map(
        "portfolio: {currency: EUR, order_date_is: invoice}\n"
        "tables:\n"
        "  orders:\n"
        "    files: '*.csv'\n"
        "    format: {encoding: cp1252, delimiter: ';', decimal: ',', thousands: '.',\n"
        "             dates: DD.MM.YYYY, blank: ['00.00.0000']}\n"
        "    drop: [{name: subtotals, column: Kunde, equals: Summe}]\n"
        "    columns:\n"
        "      order_id: Beleg\n"
        "      line_id: Pos\n"
        "      account_id: Kunde\n"
        "      order_date: Datum\n"
        "      promised_date: Wunsch\n"
        "      quantity: Menge\n"
        "      unit_net_price: Preis\n"
        "      price_per: Per\n"
        "      document_type: Art\n"
        "      line_type:\n"
        "        from: Art\n"
        "        values: {F2: sale, G2: return, S1: cancellation}\n"
        "      net_amount: {from: Netto, negate: {column: Art, in: [G2, S1]}}\n"
    )
    result = export.run()
    assert [each.message for each in result.findings if each.severity != "info"] == []
    lines = export.table().set_index(["order_id", "line_id"])
    assert lines["net_amount"].sum().round(2) == 187.50 - 50
    assert lines.loc[("90002", "10"), "net_amount"] == -2469.00
    assert lines.loc[("90004", "10"), ["line_type", "net_amount"]].tolist() == [
        "cancellation",
        -50.00,
    ]
    assert lines.loc[("90005", "10"), ["quantity", "net_amount"]].tolist() == [-10, -50]
    assert lines["account_id"].unique().tolist() == ["0000100234", "0000100777"]
    assert lines["promised_date"].notna().sum() == 1
    assert result.dropped == {"subtotals": 1}


def test_a_chinese_sheet(export):
    export.write(
        "单号,客户名称,日期,金额,类型\n"
        'X1,宁波精密机械有限公司,2024年3月5日,"12,800.00",销售\n'
        'X2,宁波精密机械有限公司,2024年12月15日,"-800.00",退货\n'.encode("gb18030")
    )
    export.map(
        "portfolio: {currency: CNY}\n"
        "tables:\n"
        "  orders:\n"
        "    files: '*.csv'\n"
        "    format: {encoding: gb18030, thousands: ',', dates: YYYY年M月D日}\n"
        "    columns:\n"
        "      order_id: 单号\n"
        "      account_id: 客户名称\n"
        "      order_date: 日期\n"
        "      net_amount: 金额\n"
        "      line_type: {from: 类型, values: {销售: sale, 退货: return}}\n"
    )
    assert not export.run().blocked
    lines = export.table()
    assert lines["account_id"].tolist() == ["宁波精密机械有限公司"] * 2
    assert lines["net_amount"].tolist() == [12_800.0, -800.0]
    assert pd.to_datetime(lines["order_date"]).dt.month.tolist() == [3, 12]
    assert lines["line_type"].tolist() == ["sale", "return"]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_two_companies_with_one_year_a_file(export, suffix):
    for year, company in ((2023, "North"), (2024, "South")):
        frame = pd.DataFrame(
            {
                "Order": [f"{year}-1", f"{year}-2"],
                "Customer": [17850.0, 13047.0],
                "Booked": pd.to_datetime([f"{year}-05-01", f"{year}-06-30"]),
                "Value": [100.25, -0.25],
                "Company": [company, None],
            }
        )
        file = export.source / f"year_{year}.{suffix}"
        if suffix == "csv":
            frame.to_csv(file, index=False)
        else:
            frame.to_parquet(file)
    export.map(
        "portfolio: {currency: EUR, data_through: 2024-12-31}\n"
        "tables:\n"
        "  orders:\n"
        f"    files: year_*.{suffix}\n"
        "    columns:\n"
        "      order_id: Order\n"
        "      account_id: {from: Customer, strip_suffix: '.0'}\n"
        "      order_date: Booked\n"
        "      net_amount: Value\n"
        "      sales_org: {from: Company, default: unknown}\n"
    )
    result = export.run()
    assert not result.blocked
    lines = export.table()
    assert lines["net_amount"].sum() == 200.0
    assert set(lines["account_id"]) == {"17850", "13047"}
    assert lines["sales_org"].tolist() == ["North", "unknown", "South", "unknown"]
    assert [file.rows_out for file in result.tables[0].files] == [2, 2]


def test_a_shops_export_in_several_currencies(export):
    export.write(
        "id\tcustomer\tplaced\tgross\ttax\tcurrency\n"
        "1\tann@example.com\t2025-01-31T08:42:10\t119.00\t19.00\tEUR\n"
        "2\tbob@example.com\t2025-01-31T23:59:59\t120.00\t20.00\tGBP\n",
        "shop.tsv",
    )
    export.map(
        "portfolio: {currency: EUR}\n"
        "tables:\n"
        "  orders:\n"
        "    files: shop.tsv\n"
        "    format: {delimiter: tab}\n"
        "    currency: {column: currency, rates: {GBP: 1.17}}\n"
        "    columns:\n"
        "      order_id: id\n"
        "      account_id: customer\n"
        "      order_date: placed\n"
        "      net_amount: {difference: [gross, tax]}\n"
        "      channel: {constant: online}\n"
        "      currency: currency\n"
    )
    assert not export.run().blocked
    assert export.table()["net_amount"].tolist() == [100.0, 117.0]


def test_orders_with_everything_the_contract_knows(export):
    export.write(
        "a,b,c,d,e,f,g,h,i,j\n1,A,2025-01-02,40,3,yes,2025-01-09,2025-01-08,no,0.05\n"
    )
    export.map(
        "portfolio: {currency: EUR}\n"
        "tables:\n"
        "  orders:\n"
        "    files: '*.csv'\n"
        "    columns: {order_id: a, account_id: b, order_date: c, net_amount: d,\n"
        "      customised: e, quality_flag: f, promised_date: g, delivered_date: h,\n"
        "      discount_pct: j}\n"
    )
    result = export.run()
    line = export.table().iloc[0]
    assert (line["customised"], line["quality_flag"], line["discount_pct"]) == (
        3,
        True,
        0.05,
    )
    left = next(each for each in result.findings if each.rule == "not_imported")
    assert left.message == "lines.csv: not imported: i"
