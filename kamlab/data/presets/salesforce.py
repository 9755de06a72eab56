"""Salesforce: reports and exports of accounts, opportunities and orders."""

from kamlab.data.presets.preset import STAGE, Preset, listed

_ORDERS = {
    "order_id": listed(
        "Order Number, OrderNumber, Opportunity ID, OpportunityId, Opportunity Name, "
        "Opportunity"
    ),
    "line_id": listed(
        "Order Product Number, OrderItemNumber, Line Item ID, Opportunity Product ID"
    ),
    "account_id": listed("Account ID, AccountId, Account ID 18, Account Name"),
    "order_date": listed(
        "Close Date, CloseDate, Order Start Date, EffectiveDate, Closed Date"
    ),
    "product_id": listed("Product Code, ProductCode, Product2Id, Product Name"),
    "quantity": listed("Quantity"),
    "unit_net_price": listed("Sales Price, UnitPrice, Unit Price"),
    "unit_list_price": listed("List Price, ListPrice"),
    "net_amount": listed(
        "Total Price, TotalPrice, Order Amount, TotalAmount, Amount, Amount (converted)"
    ),
    "currency": listed(
        "Amount Currency, Total Price Currency, CurrencyIsoCode, "
        "Opportunity Currency, Order Amount Currency, Currency ISO Code"
    ),
    "document_type": listed("Opportunity Record Type, Opportunity Type, Order Type"),
    STAGE: listed("Stage, StageName, Stage Name"),
}

_ACCOUNTS = {
    "account_id": listed("Account ID, AccountId, Account ID 18, Id, Account Name"),
    "account_name": listed("Account Name, Account: Account Name, Name"),
    "created_on": listed("Account Created Date, CreatedDate, Created Date"),
    "parent_id": listed("Parent Account ID, ParentId, Parent Account"),
    "kind": listed("Type, Account Type"),
    "industry": listed("Industry, Account Industry"),
    "region": listed("Account Region, Sales Territory, Territory"),
    "country": listed(
        "Billing Country, BillingCountry, Billing Country/Region, Billing Country Code"
    ),
    "size_employees": listed("Employees, NumberOfEmployees"),
    "annual_revenue": listed("Annual Revenue, AnnualRevenue"),
    "tier": listed("Customer Priority, Account Tier, Tier"),
    "kam_id": listed(
        "Account Owner, OwnerId, Owner ID, Opportunity Owner, Account Owner Alias"
    ),
}

_PRODUCTS = {
    "product_id": listed("Product Code, ProductCode, Product2Id, Product Name"),
    "product_name": listed("Product Name, Product2.Name, Product: Product Name"),
    "category": listed("Product Family, Family"),
}

SALESFORCE = Preset(
    name="salesforce",
    system="Salesforce reports of accounts, opportunities and orders",
    columns={"orders": _ORDERS, "accounts": _ACCOUNTS, "products": _PRODUCTS},
    meanings={
        "Lead Source": "how the lead came - perhaps accounts.acquisition_channel",
        "Opportunity Record Type": "kind of opportunity",
        "Type": "new business or existing customer",
    },
    left_out=listed(
        "Probability (%), Probability, Fiscal Period, FiscalQuarter, Fiscal Year, "
        "Age, Created Date, Last Modified Date, LastModifiedDate, Next Step, "
        "Forecast Category, IsDeleted, IsClosed, IsWon, Closed, Won, "
        "Expected Revenue, Owner Role, CreatedById, LastModifiedById, "
        "SystemModstamp, PricebookEntryId, RecordTypeId, Opportunity Name, "
        "Billing City, Billing Street, Billing Zip/Postal Code, Phone, Website"
    ),
    footer="Copyright (c)",
    not_won=listed(
        "Prospecting, Qualification, Needs Analysis, Value Proposition, "
        "Id. Decision Makers, Perception Analysis, Proposal/Price Quote, "
        "Negotiation/Review, Closed Lost"
    ),
)
