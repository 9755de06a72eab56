"""Totals of months: a row for each customer and month, or a column for each month."""

from kamlab.data.presets.preset import Preset, listed

MONTH_TOTALS = Preset(
    name="month_totals",
    system="totals of months (月报): a row or a column for each month",
    columns={
        "orders": {
            "account_id": listed("Account, Customer, Kunde, 客户, 客户名称"),
            "order_date": listed(
                "Month, Sales Month, Year Month, Fiscal Month, Period, "
                "Calendar Month, Monat, Periode, Buchungsmonat, Kalendermonat, "
                "Kalenderjahr/Monat, 月份, 年月, 期间, 月度, 会计期间"
            ),
            "net_amount": listed(
                "Month Total, Monthly Sales, Monatsumsatz, 月销售额, 本月金额, 本期金额"
            ),
        },
    },
    meanings={"orders": "number of orders", "lines": "number of lines"},
    left_out=listed(
        "Total, Grand Total, Summe, Gesamt, Gesamtsumme, 合计, 总计, 小计, 累计, "
        "全年, 序号, No, Nr, 备注, 本年累计, YTD"
    ),
    fewest=1,
)
