"""Groups: 300 accounts in 220 groups."""


def tops_of(book):
    own = book.accounts.index.to_series()
    return book.accounts["parent_id"].where(book.accounts["parent_id"].notna(), own)


def test_300_accounts_form_220_groups(book):
    assert len(book.accounts) == 300
    assert tops_of(book).nunique() == 220


def test_a_head_has_no_head_above_it(book):
    heads = book.accounts["parent_id"].dropna().unique()
    assert book.accounts.loc[heads, "parent_id"].isna().all()


def test_groups_have_two_to_four_members_except_brackwell(book):
    sizes = tops_of(book).value_counts()
    brackwell = book.number_of("brackwell_1")
    assert sizes[brackwell] == 6
    assert sizes.drop(brackwell).max() <= 4


def test_members_of_a_group_sit_in_one_region_and_share_a_name(book):
    members = book.accounts.dropna(subset="parent_id")
    heads = book.accounts.loc[members["parent_id"]]
    assert (members["region"].to_numpy() == heads["region"].to_numpy()).all()
    in_china = (members["country"] == "CN").to_numpy()
    first = members["account_name"].str.split(" ").str[0].to_numpy()
    first_of_head = heads["account_name"].str.split(" ").str[0].to_numpy()
    assert (first == first_of_head)[~in_china].all()


def test_key_accounts_of_2022_stand_alone_or_are_no_group_members(book):
    keys = book.truth["programme"]["key_accounts_2022"]
    assert book.accounts.loc[keys, "parent_id"].isna().all()
