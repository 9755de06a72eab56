"""General names of columns, in English, German and Chinese."""

from kamlab.data.presets.preset import CANCELLED, GROSS, TAX, Preset, listed
from kamlab.data.vocabulary import LINE_TYPES

_ORDERS = {
    "order_id": listed(
        "Order ID, Order Number, Order No, Invoice Number, Invoice No, Invoice ID, "
        "Invoice, Order, Document Number, Document No, Document, "
        "Invoice Item Number, Transaction ID, Receipt No, Rechnungsnummer, "
        "Rechnungsnr, Rechnung, Auftragsnummer, Auftragsnr, Auftrag, Bestellnummer, "
        "Belegnummer, Belegnr, Beleg, 订单号, 订单编号, 单号, 销售单号, 发票号, "
        "发票号码, 订单, 单据号, 单据编号, 出库单号, 送货单号"
    ),
    "line_id": listed(
        "Line ID, Line Number, Line No, Line, Item Line, Pos, Position, "
        "Positionsnummer, Zeile, 行号, 序号, 项次"
    ),
    "account_id": listed(
        "Account ID, Customer ID, Customer Number, Customer No, Account Number, "
        "Account No, Customer Code, Customer Account, Client ID, Store Number, "
        "Kundennummer, Kundennr, Kunden-ID, KdNr, KtoNr, Debitorennummer, Debitor, "
        "客户编号, 客户号, 客户代码, 客户ID, Account, Customer, Client, Buyer, Kunde, "
        "客户, Customer Name, Account Name, Client Name, Kundenname, 客户名称, "
        "公司名称, 购货单位"
    ),
    "order_date": listed(
        "Order Date, Invoice Date, Document Date, Date, Purchase Date, Booking Date, "
        "Sales Date, Transaction Date, Auftragsdatum, Bestelldatum, Rechnungsdatum, "
        "Belegdatum, Datum, Tag, 日期, 订单日期, 下单日期, 销售日期, 开票日期, "
        "发货日期"
    ),
    "posted_on": listed(
        "Posting Date, Posted On, Posted, Buchungsdatum, Gebucht am, 记账日期, 过账日期"
    ),
    "product_id": listed(
        "Product ID, Product Number, Product Code, Item Number, Item No, Item ID, "
        "Item Code, SKU, Stock Code, Article Number, Material, Artikelnummer, "
        "Artikelnr, Artikel-ID, Materialnummer, 产品编号, 产品编码, 商品编码, "
        "商品编号, 物料编号, 货号, Product, Item, Article, Artikel, Produkt, 产品, "
        "商品, 品名, 产品名称, 商品名称"
    ),
    "quantity": listed(
        "Quantity, Qty, Units, Units Sold, Bottles Sold, Bottles, Menge, Anzahl, "
        "Stück, Stückzahl, 数量, 销售数量, 件数"
    ),
    "unit_net_price": listed(
        "Unit Net Price, Net Price, Unit Price, Price, Sales Price, Einzelpreis, "
        "Nettopreis, Preis, Stückpreis, 单价, 不含税单价, 销售单价, "
        "State Bottle Retail"
    ),
    "unit_list_price": listed("List Price, Unit List Price, Listenpreis, 标价, 原价"),
    "price_per": listed("Price Per, Price Unit, Preiseinheit, Per, 价格单位"),
    "discount_pct": listed("Discount, Discount Pct, Rabattsatz, 折扣率"),
    "net_amount": listed(
        "Net Amount, Net Value, Net Revenue, Net Sales, Amount Net, Amount Excl VAT, "
        "Amount Excluding Tax, Line Amount, Line Total, Extended Amount, "
        "Nettobetrag, Nettowert, Netto, Nettoumsatz, 不含税金额, 未税金额, 净额, "
        "销售净额, Amount, Sales Amount, Sales, Revenue, Turnover, Value, Total, "
        "Sale Dollars, Sale, Umsatz, Betrag, Positionswert, Gesamtpreis, Erlös, "
        "金额, 销售额, 销售金额, 营业额, 销售收入"
    ),
    "cogs": listed(
        "COGS, Cost of Goods, Cost of Goods Sold, Cost of Sales, Cost, Costs, "
        "Total Cost, Line Cost, Wareneinsatz, Einstandswert, Kosten, Herstellkosten, "
        "Selbstkosten, 成本, 成本金额, 销售成本, 成本额"
    ),
    "line_type": listed(
        "Line Type, Transaction Type, Positionsart, Type, Art, 类型, 业务类型, 销售类型"
    ),
    "document_type": listed(
        "Document Type, Doc Type, Invoice Type, Order Type, Belegart, Auftragsart, "
        "单据类型, 订单类型, Art, Type, 类型"
    ),
    "ref_order_id": listed(
        "Reference Order, Original Invoice, Reference Document, Bezugsbeleg, "
        "Ursprungsrechnung, Ref Order ID, Bezug, Credited Invoice, 原单号, 源单号, "
        "原订单号"
    ),
    "channel": listed("Channel, Sales Channel, Vertriebskanal, Kanal, 渠道, 销售渠道"),
    "currency": listed(
        "Currency, Currency Code, Document Currency, Währung, Waehrung, Whg, "
        "Belegwährung, Wkz, 币种, 币别, 货币"
    ),
    "sales_org": listed(
        "Sales Organization, Sales Organisation, Sales Org, Company Code, Company, "
        "Verkaufsorganisation, Buchungskreis, Gesellschaft, Filiale, 销售组织, "
        "分公司, 门店"
    ),
    "ship_to_id": listed(
        "Ship To, Ship-to Party, Ship To ID, Delivery Account, Warenempfänger, "
        "Lieferempfänger, 收货方, 送达方"
    ),
    "payer_id": listed(
        "Payer, Payer ID, Bill To, Bill-to Party, Regulierer, Rechnungsempfänger, "
        "付款方"
    ),
    "tax_rate": listed("Tax Rate, VAT Rate, Steuersatz, MwSt Satz, 税率"),
    "promised_date": listed(
        "Promised Date, Requested Delivery Date, Required Date, Due Delivery, "
        "Wunschlieferdatum, Wunschtermin, Liefertermin, Zugesagt am, 交货日期, "
        "要货日期, 承诺日期"
    ),
    "delivered_date": listed(
        "Delivered Date, Delivery Date, Date Delivered, Shipped Date, Ship Date, "
        "Lieferdatum, Geliefert am, 交付日期, 实际交货日期"
    ),
    GROSS: listed(
        "Gross Amount, Gross, Amount Incl VAT, Amount Including Tax, Total Incl Tax, "
        "Bruttobetrag, Brutto, Bruttowert, 价税合计, 含税金额, 含税销售额"
    ),
    TAX: listed(
        "Tax, Tax Amount, VAT, VAT Amount, Sales Tax, Steuer, Steuerbetrag, MwSt, "
        "USt, Mehrwertsteuer, 税额"
    ),
    CANCELLED: listed("Cancelled, Canceled, Storniert, Storno, 作废, 已作废"),
}

_ACCOUNTS = {
    "account_id": _ORDERS["account_id"] + listed("Store, ID, 编号, 编码"),
    "account_name": listed(
        "Account Name, Customer Name, Client Name, Company Name, Store Name, "
        "Kundenname, Firmenname, Firma, Matchcode, Name, 客户名称, 公司名称, "
        "名称, 客户简称, Customer, Account, Kunde, 客户"
    ),
    "created_on": listed(
        "Created On, Customer Since, Account Created, Kunde seit, Angelegt am, "
        "建档日期, 客户创建日期"
    ),
    "parent_id": listed(
        "Parent ID, Parent Account, Parent, Parent Account ID, Konzern, "
        "Muttergesellschaft, Konzernnummer, 母公司, 集团"
    ),
    "kind": listed(
        "Customer Group, Customer Type, Account Type, Kundengruppe, Kundenart, "
        "客户类型, 客户类别, 客户分类"
    ),
    "industry": listed("Industry, Sector, Branche, Branchenschlüssel, 行业, 所属行业"),
    "region": listed(
        "Region, Sales Region, Territory, Sales District, District, County, Gebiet, "
        "Verkaufsgebiet, Vertriebsgebiet, 区域, 地区, 大区, 销售区域"
    ),
    "country": listed(
        "Country, Country Code, Billing Country, Land, Länderschlüssel, 国家"
    ),
    "size_employees": listed(
        "Employees, Number of Employees, Mitarbeiter, Mitarbeiterzahl, 员工人数, 人数"
    ),
    "annual_revenue": listed("Annual Revenue, Jahresumsatz, 年营业额, 年收入"),
    "tier": listed(
        "Tier, Customer Class, Customer Grade, ABC, Kundenklasse, 客户等级, 客户级别"
    ),
    "key_account_flag": listed(
        "Key Account, Is Key Account, Großkunde, 大客户, 是否大客户"
    ),
    "kam_id": listed(
        "Account Manager, Account Owner, Owner, Sales Rep, Salesperson, "
        "Sales Representative, Key Account Manager, Betreuer, Kundenbetreuer, "
        "Vertriebsmitarbeiter, 业务员, 销售员, 客户经理, 负责人, 销售人员"
    ),
}

_PRODUCTS = {
    "product_id": _ORDERS["product_id"] + listed("ID, 编号, 编码, 代码"),
    "product_name": listed(
        "Product Name, Product Description, Item Description, Item Name, "
        "Description, Article Name, Product, Bezeichnung, Artikelbezeichnung, "
        "Artikelname, Produktname, Materialbezeichnung, 产品名称, 商品名称, 品名, "
        "名称"
    ),
    "category": listed(
        "Category Name, Product Category, Category, Product Family, Product Group, "
        "Product Line, Warengruppe, Produktgruppe, Kategorie, Materialgruppe, "
        "产品类别, 产品分类, 商品类别, 品类, 类别"
    ),
    "launch_date": listed("Launch Date, List Date, Einführungsdatum, 上市日期"),
    "std_cost": listed(
        "Standard Cost, Std Cost, Unit Cost, State Bottle Cost, Standardkosten, "
        "Stückkosten, 标准成本, 单位成本"
    ),
}

_FX_RATES = {
    "currency": listed(
        "From Currency, Foreign Currency, Currency, Currency Code, Von Währung, "
        "Währung, 外币, 币种, 币别"
    ),
    "valid_on": listed(
        "Valid From, Valid On, Rate Date, Month, Date, Gültig ab, Kursdatum, Monat, "
        "Datum, 生效日期, 月份, 日期"
    ),
    "rate": listed(
        "Exchange Rate, FX Rate, Rate, Wechselkurs, Umrechnungskurs, Kurs, 汇率"
    ),
}

#: What words of exports mean, for columns of the contract with fixed values.
_VALUES = {
    "line_type": {
        **dict(zip(LINE_TYPES, LINE_TYPES, strict=True)),
        "Sale": "sale",
        "Sales": "sale",
        "Return": "return",
        "Invoice": "sale",
        "Credit Note": "price_credit",
        "Credit": "price_credit",
        "Debit Note": "debit",
        "Freight": "freight",
        "Service": "service",
        "Sample": "sample",
        "Verkauf": "sale",
        "Rechnung": "sale",
        "Retoure": "return",
        "Gutschrift": "price_credit",
        "Lastschrift": "debit",
        "Fracht": "freight",
        "Storno": "cancellation",
        "Bonus": "rebate",
        "Muster": "sample",
        "销售": "sale",
        "退货": "return",
        "折让": "price_credit",
        "返利": "rebate",
        "运费": "freight",
        "服务": "service",
        "样品": "sample",
        "冲销": "cancellation",
    },
    "currency": {
        "RMB": "CNY",
        "人民币": "CNY",
        "人民币元": "CNY",
        "美元": "USD",
        "欧元": "EUR",
        "Euro": "EUR",
        "US Dollar": "USD",
        "Pound Sterling": "GBP",
        "Chinese Yuan": "CNY",
        "Yuan Renminbi": "CNY",
        "Swiss Franc": "CHF",
    },
    "channel": {
        **{each: each for each in listed("direct, agent, online")},
        "Direct": "direct",
        "Agent": "agent",
        "Online": "online",
        "Web": "online",
        "E-Commerce": "online",
        "Ecommerce": "online",
        "Direkt": "direct",
        "Handelsvertreter": "agent",
        "Vertreter": "agent",
        "Internet": "online",
        "直销": "direct",
        "代理": "agent",
        "经销": "agent",
        "电商": "online",
        "线上": "online",
    },
}

GENERIC = Preset(
    name="generic",
    system="any system, by general names in English, German and Chinese",
    columns={
        "orders": _ORDERS,
        "accounts": _ACCOUNTS,
        "products": _PRODUCTS,
        "fx_rates": _FX_RATES,
    },
    values=_VALUES,
    document_types=_VALUES["line_type"],
    invoice_days=listed(
        "Invoice Date, Rechnungsdatum, 开票日期, Invoiced On, 发票日期"
    ),
    left_out=listed(
        "Row, Index, Unit of Measure, UoM, Unit, Mengeneinheit, Einheit, 计量单位, "
        "单位, 备注, Remark, Comment, Bemerkung, 规格型号, City, Town, Address, "
        "Street, ZIP, Zip Code, Postal Code, PLZ, Ort, Stadt, Straße, Telefon, "
        "Phone, Fax, E-Mail, Email, Contact, Contact Name, Contact Title, Home Page, "
        "Website, Latitude, Longitude, 城市, 地址, 邮编, 电话, 联系人"
    ),
    fewest=0,
)
