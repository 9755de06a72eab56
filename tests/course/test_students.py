"""The list of students is read as spreadsheets write it, and refused with reasons."""

import pytest

from kamlab.course.students import Student, read_students
from kamlab.errors import DataError, UsageError


def read(tmp_path, text: str | bytes) -> list[Student]:
    file = tmp_path / "students.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_students(file)


ANNA_WANG = [Student("007", "Anna Berg"), Student("s02", "王芳")]


@pytest.mark.parametrize(
    "text",
    [
        "id,name\n007,Anna Berg\ns02,王芳\n",
        "id;name\r\n007;Anna Berg\r\ns02;王芳\r\n",
        "\ufeffid,name\n007,Anna Berg\ns02,王芳",
        "Name,ID,mark\nAnna Berg,007,1\n王芳,s02,\n",
        'id,name\n\n 007 ,"Anna Berg"\n,\ns02,王芳\n\n',
    ],
    ids=["plain", "semicolons", "byte order mark", "other columns", "blanks"],
)
def test_a_list_is_read_as_spreadsheets_write_it(tmp_path, text):
    assert read(tmp_path, text) == ANNA_WANG


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (",Anna", r"line 2: the id of 'Anna' is blank"),
        ("s01,", r"line 2: the name of 's01' is blank"),
        ("s01,Anna\ns01,Bo", r"line 3: id 's01' stands in line 2 already"),
        ("s01,Anna\nS01,Bo", r"line 3: id 'S01' stands in line 2 already"),
        ("../x,Anna", r"id '\.\./x' cannot name a folder"),
        ("/etc,Anna", "cannot name a folder"),
        ("a/b,Anna", "cannot name a folder"),
        (r"a\b,Anna", "cannot name a folder"),
        ("..,Anna", "cannot name a folder"),
        (".ssh,Anna", "cannot name a folder"),
        ("s01.,Anna", "cannot name a folder"),
        ("con,Anna", "cannot name a folder"),
        ("NUL.txt,Anna", "cannot name a folder"),
        ("course.yml,Anna", "cannot name a folder"),
        ("-rf,Anna", "cannot name a folder"),
        ("a b,Anna", "cannot name a folder"),
        (f"{'x' * 65},Anna", "cannot name a folder"),
        ("=1+1,Anna", "cannot name a folder"),
        ('s01,"=HYPERLINK(""x"")"', "begins like a formula of a spreadsheet"),
        ("s01,+49", "begins like a formula"),
        ("s01,@sum", "begins like a formula"),
        ("s01,An\x07na", "characters that cannot be seen"),
    ],
)
def test_a_line_that_cannot_be_right_is_named(tmp_path, lines, told):
    with pytest.raises(DataError, match=told):
        read(tmp_path, f"id,name\n{lines}\n")


def test_all_problems_are_told_at_once(tmp_path):
    with pytest.raises(DataError, match=r"line 2: .*; line 3: .*; line 4: "):
        read(tmp_path, "id,name\n../x,Anna\ns02,\ns03,=x\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty: begin it with the line 'id,name'"),
        ("id,name\n", "names no student"),
        ("id,nmae\ns01,Anna\n", "did you mean 'nmae'"),
        ("id,id,name\ns01,s01,Anna\n", "'id' is there twice"),
        ('id,name\ns01,"Anna\n', "line 2: unexpected end"),
        ("id,name\ns01,王芳\n".encode("gbk"), "save it as 'CSV UTF-8'"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path, text, told):
    with pytest.raises(DataError, match=told):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"nobody\.csv' is no file"):
        read_students(tmp_path / "nobody.csv")


def test_ids_may_have_letters_of_any_script(tmp_path):
    assert read(tmp_path, "id,name\n王-01,Wang\n")[0].id == "王-01"
