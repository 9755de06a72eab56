"""A notebook with noise, errors or unreadable figures is not stored."""

import base64

import nbformat
import pytest

from kamlab.course.faults import faults_of

V4 = nbformat.v4


def notebook_with(*outputs, source: str = "revenue"):
    """Return a sound notebook whose one cell has these outputs."""
    parameters = V4.new_code_cell(
        'data: str = "data/demo"  # folder',
        id="c001",
        metadata={"tags": ["parameters"]},
    )
    cell = V4.new_code_cell(source, id="c002", outputs=list(outputs))
    return V4.new_notebook(cells=[parameters, cell])


def printed(text: str, name: str = "stdout"):
    return V4.new_output("stream", name=name, text=text)


def figure(size: int = 100, alt: str = "Marwitz brings 17.0 %."):
    png = base64.b64encode(b"\x89PNG" + bytes(size)).decode()
    about = {"image/png": {"alt": alt}} if alt else {}
    return V4.new_output("display_data", {"image/png": png}, metadata=about)


def complaint(*outputs, source: str = "revenue") -> str:
    faults = faults_of(notebook_with(*outputs, source=source), "11_concentration")
    return "; ".join(faults)


def test_a_sound_notebook_has_no_faults():
    assert faults_of(notebook_with(printed("71.9 %\n"), figure()), "11") == []


def test_a_missing_parameters_cell_is_a_fault():
    faults = faults_of(V4.new_notebook(cells=[]), "11_concentration")
    assert faults == [
        "notebook '11_concentration' has no cell tagged 'parameters': give it exactly "
        "one"
    ]


def test_stderr_is_a_fault_and_is_quoted():
    assert "c002 writes to stderr ['it is late']" in complaint(
        printed("it is late\n", name="stderr")
    )


def test_an_object_address_is_a_fault():
    assert "object address (0x7f1dc0ffee)" in complaint(
        printed("<Axes at 0x7f1dc0ffee>")
    )


def test_a_hexadecimal_colour_or_product_number_is_no_address():
    assert complaint(printed("profile 0x20, #0072B2")) == ""


@pytest.mark.parametrize(
    "path", ["/home/anna/data/demo", "/tmp/x.csv", r"C:\Users\Anna", "~/kamlab/data"]
)
def test_an_absolute_path_is_a_fault_in_output_and_source(path):
    assert "absolute path" in complaint(printed(f"read {path} today"))
    assert "absolute path" in complaint(source=f"open({path!r})")


@pytest.mark.parametrize(
    "text",
    [
        "20/80 and 29/80",
        "data/demo/orders.csv",
        "https://doi.org/10.1287/mksc.12.2.167",
        "EUR/hour, and/or",
        "<td>17</td></tr></table>",
        "$x / n / k$",
        r"\frac{a}{b}/2",
    ],
)
def test_ratios_relative_paths_addresses_and_markup_are_no_absolute_paths(text):
    assert complaint(printed(text)) == ""


def test_an_absolute_path_in_html_is_a_fault():
    html = V4.new_output("display_data", {"text/html": "<b>/home/anna/data/x</b>"})
    assert "absolute path" in complaint(html)


def test_a_figure_without_alternative_text_is_a_fault():
    assert "figure without alternative text" in complaint(figure(alt=""))


def test_a_figure_of_more_than_80_kilobytes_is_a_fault():
    assert "a figure of 80,005 bytes" in complaint(figure(size=80_001))
    assert complaint(figure(size=79_990)) == ""


def test_a_notebook_of_more_than_500_kilobytes_is_a_fault():
    six = [figure(size=75_000) for _ in range(6)]
    assert "the notebook has" in complaint(*six)


def test_an_error_is_a_fault_with_its_name():
    error = V4.new_output("error", ename="KeyError", evalue="'margin'", traceback=[])
    assert "c002 fails: KeyError: 'margin'" in complaint(error)
