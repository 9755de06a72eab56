"""Kingdee (金蝶): sales invoices and outbound deliveries of K/3 and of the Cloud."""

from kamlab.data.presets.preset import CANCELLED, GROSS, TAX, Preset, listed

_ORDERS = {
    "order_id": listed("单据编号, 单据号, 发票编号, 出库单号"),
    "line_id": listed("分录号, 行号, 分录"),
    "account_id": listed(
        "客户编码, 客户代码, 购货单位代码, 往来单位编码, 购货单位, 客户名称, 往来单位"
    ),
    "order_date": listed("日期, 业务日期, 单据日期, 开票日期"),
    "posted_on": listed("审核日期, 记账日期"),
    "product_id": listed("物料编码, 物料代码, 产品代码, 存货编码"),
    "quantity": listed("数量, 实发数量, 实发数, 计价数量, 销售数量"),
    "unit_net_price": listed("不含税单价, 单价"),
    "net_amount": listed("不含税金额, 金额, 金额(本位币)"),
    "cogs": listed("销售成本, 成本金额, 总成本, 成本"),
    "document_type": listed("红蓝字, 红蓝字标志, 红字标志, 单据类型, 业务类型"),
    "ref_order_id": listed("源单编号, 源单单号, 源单据号"),
    "currency": listed("币别, 结算币别"),
    "sales_org": listed("销售组织, 结算组织"),
    "payer_id": listed("付款方, 结算方"),
    "ship_to_id": listed("收货方"),
    GROSS: listed("价税合计, 价税合计(本位币), 含税金额"),
    TAX: listed("税额, 税额(本位币)"),
    CANCELLED: listed("作废状态, 作废标志, 作废"),
}

_ACCOUNTS = {
    "account_id": _ORDERS["account_id"] + listed("编码, 代码"),
    "account_name": listed(
        "客户名称, 购货单位名称, 往来单位名称, 名称, 购货单位, 客户简称"
    ),
    "created_on": listed("创建日期, 建档日期"),
    "kind": listed("客户类别, 客户分组, 客户分类"),
    "region": listed("地区, 销售区域, 区域"),
    "industry": listed("所属行业, 行业"),
    "country": listed("国家"),
    "kam_id": listed("业务员, 销售员, 专营业务员"),
    "tier": listed("客户等级, 客户级别"),
}

_PRODUCTS = {
    "product_id": _ORDERS["product_id"] + listed("编码, 代码"),
    "product_name": listed("物料名称, 产品名称, 存货名称, 名称"),
    "category": listed("物料分组, 存货类别, 物料类别"),
    "std_cost": listed("单位成本, 成本单价, 标准成本"),
}

KINGDEE = Preset(
    name="kingdee",
    system="Kingdee (金蝶) sales documents",
    columns={"orders": _ORDERS, "accounts": _ACCOUNTS, "products": _PRODUCTS},
    document_types={
        "蓝字": "sale",
        "红字": "return",
        "标准销售": "sale",
        "标准销售出库单": "sale",
        "销售出库": "sale",
        "销售出库单": "sale",
        "销售发票": "sale",
        "销售增值税专用发票": "sale",
        "销售": "sale",
        "退货": "return",
        "标准退货": "return",
        "销售退货单": "return",
        "销售退货": "return",
        "折让": "price_credit",
        "赠品": "sample",
        "样品": "sample",
        "返利": "rebate",
        "运费": "freight",
    },
    meanings={
        "单据类型": "kind of document - where 红字 is a column, it tells the sign",
        "部门": "department of ours",
        "销售部门": "sales department",
        "仓库": "warehouse",
        "批号": "batch",
        "含税单价": "price with VAT - unit_net_price after its tax_rate is taken off",
        "税率": "VAT rate in per cent - orders.tax_rate is a share",
        "税率(%)": "VAT rate in per cent - orders.tax_rate is a share",
    },
    left_out=listed(
        "规格型号, 规格, 计量单位, 单位, 销售单位, 备注, 摘要, 制单人, 审核人, "
        "单据状态, 含税单价, 汇率, 创建人, 审核标志, 税率, 税率(%), 折扣额"
    ),
    invoice_days=listed("开票日期"),
    currency="CNY",
)
