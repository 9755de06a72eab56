"""SAP's billing documents: tables VBRK and VBRP, as extracts and list reports."""

from kamlab.data.presets.preset import CANCELLED, TAX, Preset, listed

_ORDERS = {
    "order_id": listed(
        "VBELN, Billing Document, Billing Doc., Bill.Doc., Faktura, Fakturanummer, "
        "VBRK-VBELN"
    ),
    "line_id": listed("POSNR, Billing Item, Item, Posit., Fakturaposition"),
    "account_id": listed(
        "KUNAG, Sold-to, Sold-to Party, Sold-to pt, Auftraggeber, KUNNR, AG"
    ),
    "order_date": listed("FKDAT, Billing Date, Bill.Date, Fakturadatum, Fakt.datum"),
    "posted_on": listed("BUDAT, Posting Date, Buchungsdatum"),
    "product_id": listed("MATNR, Material, Material Number, Materialnummer"),
    "quantity": listed(
        "FKIMG, Billed Quantity, Billed Qty, Fakturierte Menge, Fakt. Menge, "
        "Fakturamenge"
    ),
    "unit_net_price": listed("NETPR, KBETR, Net Price, Nettopreis"),
    "price_per": listed("KPEIN, Pricing Unit, Preiseinheit"),
    "net_amount": listed(
        "NETWR, Net Value, Net Value of Item, Nettowert, Nettowert der Position"
    ),
    "cogs": listed(
        "WAVWR, Cost, Cost in Document Currency, Verrechnungswert, Verrechnungspreis"
    ),
    "document_type": listed("FKART, Billing Type, BillT, Fakturaart, FkArt"),
    "ref_order_id": listed(
        "SFAKN, Cancelled Billing Document, Canc. Bill. Doc., Stornierte Faktura, "
        "Stornofaktura"
    ),
    "currency": listed("WAERK, WAERS, Document Currency, Doc. Currency, Belegwährung"),
    "sales_org": listed("VKORG, Sales Org., Verkaufsorganisation, VkOrg"),
    "ship_to_id": listed("KUNWE, Ship-to, Ship-to Party, Warenempfänger, WE"),
    "payer_id": listed("KUNRG, Payer, Regulierer, RG"),
    TAX: listed("MWSBP, MWSBK, Tax Amount, Steuerbetrag"),
    CANCELLED: listed("FKSTO, Billing document is cancelled, Storniert, Canceled"),
}

_ACCOUNTS = {
    "account_id": _ORDERS["account_id"],
    "account_name": listed(
        "NAME1, Name 1, Name of Sold-to Party, Name des Auftraggebers, "
        "Name Auftraggeber"
    ),
    "created_on": listed("ERDAT, Angelegt am, Created On"),
    "parent_id": listed("HKUNNR, KONZS, Konzern, Higher-level Customer"),
    "kind": listed("KDGRP, Customer Group, Kundengruppe"),
    "industry": listed("BRSCH, Industry Key, Branche"),
    "region": listed("BZIRK, Sales District, Verkaufsbezirk, Kundenbezirk"),
    "country": listed("LAND1, Country Key, Länderschlüssel"),
    "tier": listed("KLABC, ABC Class, ABC-Kennzeichen"),
    "kam_id": listed("PERNR, VKGRP, Sales Employee, Verkäufergruppe"),
}

_PRODUCTS = {
    "product_id": _ORDERS["product_id"],
    "product_name": listed(
        "ARKTX, MAKTX, Material Description, Item Description, Bezeichnung, "
        "Materialkurztext"
    ),
    "category": listed("MATKL, PRODH, Material Group, Warengruppe, Produkthierarchie"),
    "std_cost": listed("STPRS, Standard Price, Standardpreis"),
}

_FX_RATES = {
    "currency": listed("FCURR, From currency, Von Währung"),
    "valid_on": listed("GDATU, Valid from, Gültig ab"),
    "rate": listed("UKURS, Exchange rate, Umrechnungskurs"),
}

SAP_BILLING = Preset(
    name="sap_billing",
    system="SAP billing documents (VBRK and VBRP)",
    columns={
        "orders": _ORDERS,
        "accounts": _ACCOUNTS,
        "products": _PRODUCTS,
        "fx_rates": _FX_RATES,
    },
    document_types={
        "F1": "sale",
        "F2": "sale",
        "FV": "sale",
        "BV": "sale",
        "S1": "cancellation",
        "S2": "cancellation",
        "SV": "cancellation",
        "G2": "price_credit",
        "L2": "debit",
        "RE": "return",
        "B1": "rebate",
        "B2": "rebate",
        "B3": "rebate",
        "B4": "rebate",
        "IV": "intercompany",
        "IG": "intercompany",
        "IVS": "intercompany",
    },
    no_sale={
        "F5": "pro forma",
        "F8": "pro forma",
        "FAZ": "down payment request",
        "FAS": "down payment request",
    },
    meanings={
        "KUKLA": "customer class - perhaps accounts.kind",
        "VTWEG": "distribution channel - perhaps orders.channel, with values",
        "SPART": "division - perhaps products.category",
        "VGBEL": "reference document, such as the delivery",
        "AUBEL": "sales document that was billed",
        "VKBUR": "sales office - perhaps accounts.region",
        "PSTYV": "item category - perhaps orders.line_type, with values",
        "WERKS": "plant",
        "ZTERM": "terms of payment",
        "REGIO": "state or province - perhaps accounts.region",
    },
    left_out=listed(
        "MANDT, Client, Mandant, ERNAM, ERZET, ERDAT, VRKME, MEINS, Sales Unit, VME, "
        "KURRF, Exchange Rate, BUKRS, GJAHR, RFBSK, PRSDT, AEDAT, FKTYP, VBTYP, "
        "BELNR, KURSK, ORT01, City, PSTLZ, Ort, UEPOS"
    ),
    invoice_days=listed("FKDAT, Billing Date, Bill.Date, Fakturadatum, Fakt.datum"),
)
