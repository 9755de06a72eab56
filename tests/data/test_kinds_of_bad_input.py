"""A hundred kinds of bad input: each is named, counted, and leaves no half a folder."""

import pytest

from kamlab.errors import UsageError
from tests.data.kinds_of_bad_files import KINDS_OF_FILES
from tests.data.kinds_of_bad_input import KINDS_OF_VALUES, Kind
from tests.data.kinds_of_bad_mappings import KINDS_OF_MAPPINGS

KINDS = [*KINDS_OF_VALUES, *KINDS_OF_FILES, *KINDS_OF_MAPPINGS]


def prepared(export, kind: Kind) -> None:
    """Write the files and the mapping of a kind of bad input."""
    for name, content in kind.files.items():
        export.write(content, name)
    export.map(export.mapping.read_text().replace(*kind.swap), *kind.more)
    if kind.mapping:
        text = kind.mapping
        export.mapping.write_bytes(text if isinstance(text, bytes) else text.encode())


def check_refused(export, kind: Kind) -> None:
    """What is refused leaves nothing beside the export."""
    with pytest.raises(UsageError) as error:
        export.run()
    assert kind.says in str(error.value)
    assert error.value.exit_code == 2
    assert not export.out.exists()


def check_found(export, kind: Kind) -> None:
    """What is found is counted, worded and written; every row is accounted for."""
    result = export.run()
    found = next(each for each in result.findings if each.rule == kind.told)
    assert found.rows == kind.rows
    assert kind.says in found.message
    assert found.message.isprintable()
    assert found.remedy
    assert result.rows_in == result.rows_out + sum(result.dropped.values())
    assert export.out.exists() is not result.blocked
    assert result.exit_code == int(result.blocked)
    assert result.findings_file.is_file()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_bad_input_is_named_counted_and_leaves_nothing_half_written(export, kind):
    prepared(export, kind)
    check = check_refused if kind.told == "refused" else check_found
    check(export, kind)
    told = {f"portfolio.findings.{ending}" for ending in ("json", "xlsx")}
    left = {path.name for path in export.folder.iterdir()}
    assert left - told <= {"export", "mapping.yml", "portfolio"}


def test_there_are_a_hundred_kinds_of_bad_input():
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 100
