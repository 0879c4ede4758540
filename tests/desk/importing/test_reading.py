"""From bytes to rows: encodings, separators, quotes, and whatever else a file may be."""

import codecs
import csv
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm.desk.importing.reading import Unreadable, encoding_name, open_sheet
from crm.web import csvs

from .files import sample, write

TEXT = 'Company;City\r\n"Müller; Söhne";Köln\r\n"a ""b""";"two\nlines"\r\n'
ROWS = [["Müller; Söhne", "Köln"], ['a "b"', "two\nlines"]]
BOMS = {
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
# A test of bytes writes files by the hundred.
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
# All but what nobody types: half surrogates, and control characters other than tabs and line ends.
_WRITTEN = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n=+-@'\"")


def rows(path):
    return [cells for _, cells in open_sheet(path).rows()]


@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("encoding", BOMS)
def test_unicode_with_and_without_a_mark(tmp_path, encoding, bom):
    data = TEXT.encode(encoding if bom else encoding.removesuffix("-sig"))
    path = tmp_path / "a.csv"
    path.write_bytes((BOMS[encoding] if bom else b"") + data)
    assert rows(path) == ROWS
    assert encoding_name(open_sheet(path)) == "-".join(encoding.upper().split("-")[:2])


def test_windows_is_what_is_no_unicode(tmp_path):
    path = write(tmp_path, TEXT, encoding="cp1252")
    assert rows(path) == ROWS and encoding_name(open_sheet(path)) == "Windows (cp1252)"
    # Also where the first letter that tells stands far behind the beginning.
    path = write(tmp_path, "Company,City\n" + "Halden,Oakland\n" * 20_000 + "Brückner,Köln\n", encoding="cp1252")
    assert rows(path)[-1] == ["Brückner", "Köln"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    table = [["Name", "Note", "Amount"], ["Halden, Freight; Ltd", "a|b", "1,234.50"], ["Kite", "", "7"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(table)
    sheet = open_sheet(write(tmp_path, out.getvalue()))
    assert sheet.separator == separator and [cells for _, cells in sheet.rows()] == table[1:]


def test_a_first_line_names_the_separator_and_a_title_is_passed_over(tmp_path):
    assert open_sheet(write(tmp_path, "sep=;\nName;City\nKite;Oslo\n")).header == ["Name", "City"]
    sheet = open_sheet(write(tmp_path, "Report of March\n\nName,City\nKite,Oslo\n"))
    assert sheet.header == ["Name", "City"] and list(sheet.rows()) == [(4, ["Kite", "Oslo"])]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    sheet = open_sheet(write(tmp_path, 'Name,City\n"two\nlines",Oslo\n\n\nKite,Oslo\n'))
    assert [line for line, _ in sheet.rows()] == [2, 6]


def test_names_of_columns_are_made_unique(tmp_path):
    assert open_sheet(write(tmp_path, "Name,,Name,Name\na,b,c,d\n")).header == [
        "Name",
        "Column 2",
        "Name (2)",
        "Name (3)",
    ]


def test_too_many_values_and_an_open_quote_leave_out_the_row(tmp_path):
    found = rows(write(tmp_path, 'Name,City\na,b,c\na,b,,\na\n"never closed,x\nlost,y\n'))
    assert "3 values" in str(found[0]) and found[1:3] == [["a", "b"], ["a", ""]]
    assert isinstance(found[3], Unreadable) and "never closes" in str(found[3]) and len(found) == 4


@pytest.mark.parametrize(
    "content, word",
    [
        (b"", "empty"),
        (b"  \r\n\r\n", "empty"),
        (b"PK\x03\x04xyz", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0xyz", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "vCards"),
        (b"BEGIN:VCALENDAR\n", "calendar"),
        (b"\xef\xbb\xbf<html>", "web page"),
        (b'  [{"a": 1}]', "JSON"),
        (bytes(range(1, 9)) * 50, "no text file"),
    ],
)
def test_what_is_no_csv_is_refused_with_a_clear_word(tmp_path, content, word):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=word):
        open_sheet(path)


def test_a_folder_or_nothing_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(Unreadable, match="cannot be opened"):
            open_sheet(path)


@QUICK
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8,\x00")
@example(b"a,b\n\xed\xa0\x80,1\n")
@example(b'"')
@example(b"\x00\x00\xfe\xff\x00")
def test_any_bytes_are_read_or_refused(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    try:
        sheet = open_sheet(path)
        for line, cells in sheet.rows():
            assert line > 0 and (isinstance(cells, Unreadable) or len(cells) == len(sheet.header))
    except Unreadable as why:
        assert str(why)


@QUICK
@given(st.data())
def test_text_with_any_separator_is_read_or_refused(tmp_path, data):
    pieces = st.sampled_from(
        [",", ";", "\t", "|", '"', "\n", "\r", "'", "=", "a", "é", "1", " ", "\x00", "sep=", "\ufeff"]
    )
    encoding = data.draw(st.sampled_from([*BOMS, "utf-16", "utf-32", "cp1252"]))
    path = tmp_path / "a.csv"
    path.write_bytes("".join(data.draw(st.lists(pieces, max_size=60))).encode(encoding, errors="ignore"))
    try:
        list(open_sheet(path).rows())
    except Unreadable as why:
        assert str(why)


@QUICK
@given(st.lists(st.lists(st.text(_WRITTEN, max_size=20), min_size=3, max_size=3), min_size=1, max_size=5))
@example([["=1+1", "'=1", "''+x"], ["@a", "-5", "\t"], ["+44 20", "'", "'-"]])
def test_what_is_exported_is_read_back(tmp_path, table):
    path = tmp_path / "a.csv"
    path.write_text("".join(csvs.lines(["One", "Two", "Three"], table)), encoding="utf-8", newline="")
    assert rows(path) == [[c.strip() for c in row] for row in table if any(c.strip() for c in row)]


@pytest.mark.parametrize("mark", ["UTF16BE", "UTF16LE", "UTF32BE", "UTF32LE"])
def test_the_data_loaders_files_are_the_same_in_every_encoding(mark):
    folder = "import_salesforce_dataloader"
    assert rows(sample(f"{folder}/csvtext_BOM_{mark}.csv")) == rows(sample(f"{folder}/csvtext.csv"))


def test_the_data_loaders_quotes_and_accounts():
    quoted = rows(sample("import_salesforce_dataloader/csvEscapedQuotes.csv"))
    assert [cells[0] for cells in quoted] == ['"The Best" Account', 'The "Best" Account']
    assert len(rows(sample("import_salesforce_dataloader/accountData.csv"))) == 423
