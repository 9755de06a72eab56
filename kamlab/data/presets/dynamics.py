"""Microsoft Dynamics 365: lists of invoices and accounts that were sent to Excel."""

from kamlab.data.presets.preset import STAGE, TAX, Preset, listed

_ORDERS = {
    "order_id": listed(
        "Invoice ID, Invoice Number, Order ID, Invoice account, Sales order, Name"
    ),
    "line_id": listed("Line Item Number, Sequence Number, Line number"),
    "account_id": listed(
        "Account Number, Customer account, Account Name, Account, "
        "Potential Customer, Customer"
    ),
    "order_date": listed(
        "Invoice Date, Date Invoiced, Invoiced On, Date Submitted, Submit Date, "
        "Created On"
    ),
    "product_id": listed("Product ID, Item number, Existing Product, Product"),
    "quantity": listed("Quantity"),
    "unit_net_price": listed("Price Per Unit, Price per unit"),
    "net_amount": listed(
        "Total Pre-Freight Amount, Detail Amount, Total Detail Amount, Net amount, "
        "Extended Amount, Base Amount"
    ),
    "delivered_date": listed("Date Delivered, Actual Delivery Date, Ship Date"),
    "promised_date": listed("Requested Delivery Date, Requested ship date"),
    "currency": listed("Currency, Transaction Currency"),
    TAX: listed("Total Tax"),
    STAGE: listed("Status Reason, Status"),
}

_ACCOUNTS = {
    "account_id": listed(
        "Account Number, Customer account, Account Name, Account, Customer"
    ),
    "account_name": listed("Account Name, Customer, Account, Potential Customer"),
    "created_on": listed("Created On, Account Created On"),
    "parent_id": listed("Parent Account"),
    "kind": listed("Relationship Type, Customer group"),
    "industry": listed("Industry"),
    "region": listed("Territory, Sales Territory"),
    "country": listed("Address 1: Country/Region, Bill To Country/Region"),
    "size_employees": listed("Number of Employees, No. of Employees"),
    "annual_revenue": listed("Annual Revenue"),
    "kam_id": listed("Owner, Owning User, Account Owner"),
}

_PRODUCTS = {
    "product_id": listed("Product ID, Item number, Existing Product, Product"),
    "product_name": listed("Product Name, Write-In Product, Product Description"),
    "category": listed("Product Family, Product Category, Subject"),
    "std_cost": listed("Standard Cost, Current Cost"),
}

DYNAMICS = Preset(
    name="dynamics",
    system="Microsoft Dynamics 365 lists in Excel",
    columns={"orders": _ORDERS, "accounts": _ACCOUNTS, "products": _PRODUCTS},
    meanings={
        "Total Amount": "total with tax - orders.net_amount where no tax is charged",
        "Due Date": "day on which the payment is due",
    },
    left_out=listed(
        "Modified On, Modified By, Created By, Price List, Last On Hold Time, "
        "Exchange Rate, Version Number, Record Created On, Prices Locked, "
        "Opportunity, Main Phone, Address 1: City, Primary Contact, Email"
    ),
    not_won=listed("Canceled, Cancelled, Draft, Inactive"),
    invoice_days=listed("Invoice Date, Date Invoiced, Invoiced On"),
    mark="(do not modify)",
)
