"""The terminal tells what an update changed, and which versions there are."""

from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console

from kamlab.data.updates.refresh_screen import show_update, show_versions
from kamlab.data.updates.versions import Version, versions
from tests.data.conftest import MAPPING, Export

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"


def told(show, *arguments: object) -> str:
    console = Console(width=200, record=True, file=StringIO())
    show(*arguments, console)
    return console.export_text()


def test_an_update_tells_new_lines_and_restated_quarters(export: Export):
    export.map(MAPPING.replace("tables:", "limits: {default: 1}\ntables:", 1))
    export.write(HEAD + "1,1,A,2025-01-31,100.00\n")
    export.run()
    export.write(HEAD + "2,1,A,2025-01-15,1.50\n3,1,B,2025-02-28,20.00\n")
    result = export.run(update=True)
    text = told(show_update, result.update, export.out)
    assert "New after 2025-01-31: 1 order lines (+20.00)." in text
    assert "Restated: 2025Q1 (+1.50 together); see restatement.csv" in text
    assert "portfolio.previous" in text
    assert "version 1, imported" in told(show_versions, versions(export.out))


def test_codes_of_terminals_in_names_are_not_obeyed():
    one = Version(1, Path("mine"), "[red]2026[/red]", date(2025, 12, 31))
    assert "[red]2026[/red]" in told(show_versions, [one])
