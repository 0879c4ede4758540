"""From bytes to rows: which encoding, which separator, where the header is.

Nothing here raises anything but Unreadable, whatever the bytes are.
"""

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from crm.web import csvs

SEPARATORS = ",;\t|"
SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MAX_COLUMNS = 1000
MAX_CELL = 200_000  # characters
_HEAD = 64 * 1024
_CHUNK = 1024 * 1024
# Marks the end, so that a quote left open there is noticed: a cell that swallowed it was never closed.
_END = "\ue000end\ue000"

_OTHER_KINDS = [
    (b"PK\x03\x04", "That is a spreadsheet or zip file. Save the sheet as CSV and import that."),
    (b"\xd0\xcf\x11\xe0", "That is an old Excel or Outlook file. Save it as CSV and import that."),
    (b"%PDF", "That is a PDF, which holds no columns. Export CSV and import that."),
    (b"\x1f\x8b", "That is a compressed file. Unpack it first."),
    (b"\x89PNG", "That is a picture, not a CSV file."),
    (b"\xff\xd8\xff", "That is a picture, not a CSV file."),
    (b"GIF8", "That is a picture, not a CSV file."),
    (b"SQLite format 3", "That is a database. `restore` reads backups; the import reads CSV."),
]
_OTHER_TEXTS = [
    ("BEGIN:VCARD", "Those are vCards. Export the contacts as CSV and import that."),
    ("BEGIN:VCALENDAR", "That is a calendar. Export CSV and import that."),
    ("{\\rtf", "That is a text document, not a CSV file."),
    ("<", "That is a web page or XML, not a CSV file."),
    ("{", "That is JSON, not CSV. Export the records as CSV and import that."),
    ("[", "That is JSON, not CSV. Export the records as CSV and import that."),
]


class Unreadable(Exception):
    """The file, or one value in it, cannot be read; the text says why, for the seller."""


@dataclass
class Sheet:
    """A file whose encoding, separator and header are known; `rows()` reads it from the start."""

    path: str
    encoding: str
    separator: str
    header: list
    header_line: int
    notes: list = field(default_factory=list)

    def rows(self):
        """(line number, cells) of each row that holds anything, cells as many as the header has.

        A row that cannot be read gives (line number, an Unreadable) instead of cells. Lines count from 1.
        """
        width, plain = len(self.header), csvs.plain
        with _opened(self.path, self.encoding) as text:
            reader = _reader(text, self.separator)
            line = 0
            while True:
                start = line + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield start, Unreadable("A quote or a value here is longer than anything a sheet holds.")
                    return
                line = reader.line_num
                if start <= self.header_line:
                    continue
                if _END in (cells[-1] if cells else ""):
                    if cells[-1] != _END or len(cells) > 1:
                        yield start, Unreadable("A quote opens in this row and never closes; the rest was not read.")
                    return
                if not any(cells):
                    continue
                cells = [(plain(cell) if cell[:1] == "'" else cell).strip() for cell in cells]
                if len(cells) != width:
                    if len(cells) > width and any(cells[width:]):
                        why = f"This row has {len(cells)} values, but the header names {width} columns."
                        yield start, Unreadable(why)
                        continue
                    cells = (cells + [""] * width)[:width]
                if any(cells):
                    yield start, cells


def open_sheet(path):
    """The Sheet of the file at `path`. Raises Unreadable for what is no CSV with a header."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror or error}.") from None
    if not head.strip(b" \t\r\n\x00"):
        raise Unreadable("The file is empty.")
    for magic, why in _OTHER_KINDS:
        if head.startswith(magic):
            raise Unreadable(why)
    encoding = _encoding(path, head)
    with _opened(path, encoding) as text:
        start = text.read(_HEAD)
    if "\x00" in start.rstrip("\x00"):
        raise Unreadable("That is no text file, so it is no CSV either.")
    _refuse_other_texts(start)
    separator, start = _separator(start)
    header, line = _header(start, separator)
    return Sheet(str(path), encoding, separator, header, line)


def _refuse_other_texts(start):
    stripped = start.lstrip("\ufeff \t\r\n")
    for opening, why in _OTHER_TEXTS:
        if stripped.upper().startswith(opening.upper()):
            raise Unreadable(why)
    some = stripped[:4000]
    if sum(c < " " and c not in "\t\r\n\x0b\x0c\x1b" for c in some) > max(8, len(some) * 0.3):
        raise Unreadable("That is no text file, so it is no CSV either.")


# Encoding ----------------------------------------------------------------------------------------


def _encoding(path, head):
    for bom, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if head.startswith(bom):
            return name
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Some writers put a two-byte mark, even that of the other order, before four-byte text.
        wide = _zeros(head[2:], 4)
        if wide[2] > 0.9 and wide[3] > 0.9 and wide[0] < 0.5:
            return "utf-32-le+2"
        if wide[0] > 0.9 and wide[1] > 0.9 and wide[3] < 0.5:
            return "utf-32-be+2"
        return "utf-16"
    if b"\x00" in head:
        wide, pair = _zeros(head, 4), _zeros(head, 2)
        if wide[2] > 0.9 and wide[3] > 0.9 and wide[0] < 0.5:
            return "utf-32-le"
        if wide[0] > 0.9 and wide[1] > 0.9 and wide[3] < 0.5:
            return "utf-32-be"
        if pair[1] > 0.5 and pair[0] < 0.3:
            return "utf-16-le"
        if pair[0] > 0.5 and pair[1] < 0.3:
            return "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1252"


def _zeros(data, width):
    """The share of zero bytes at each place of `width`-byte units."""
    data = data[: len(data) // width * width]
    return [data[n::width].count(0) / max(1, len(data) // width) for n in range(width)]


def _is_utf8(path):
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _opened(path, encoding):
    raw = open(path, "rb")  # noqa: SIM115 (closed by the wrapper)
    if encoding.endswith("+2"):
        raw.seek(2)
        encoding = encoding.removesuffix("+2")
    # What cp1252 leaves undefined, or a broken pair of UTF-16, becomes � rather than an error.
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def encoding_name(sheet):
    """For the page: "UTF-8", "UTF-16", "Windows (cp1252)"."""
    name = sheet.encoding
    if name == "cp1252":
        return "Windows (cp1252)"
    return "-".join(name.upper().split("-")[:2])


# Separator and header ----------------------------------------------------------------------------


def _reader(lines, separator):
    csv.field_size_limit(MAX_CELL)

    def ended():
        last = "\n"
        for line in lines:
            last = line = line.replace("\x00", "")
            yield line
        if not last.endswith(("\n", "\r")):
            yield "\n"
        yield _END

    return csv.reader(ended(), delimiter=separator, quotechar='"', doublequote=True, strict=False)


def _separator(start):
    """(separator, the text). The one that cuts the first rows into the most columns of one number."""
    first = start.lstrip("\ufeff").split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5 and first[4] in SEPARATORS:
        return first[4], start
    best = (0, 0, ",")
    for rank, separator in enumerate(SEPARATORS):
        widths = [len(row) for _, row in _some_rows(start, separator, 30)]
        if not widths or (widths[0] < 2 and max(widths) < 2):
            continue
        usual, count = Counter(w for w in widths if w > 1).most_common(1)[0]
        best = max(best, (count / len(widths) * min(usual, 40) ** 0.5, -rank, separator))
    return best[2], start


def _some_rows(start, separator, limit):
    rows, line = [], 0
    reader = _reader(io.StringIO(start, newline=""), separator)
    while len(rows) < limit:
        first = line + 1
        try:
            row = next(reader)
        except (StopIteration, csv.Error):
            break
        line = reader.line_num
        if row and _END in row[-1]:
            break
        if any(cell.strip() for cell in row):
            rows.append((line if line >= first else first, row))
    return rows


def _header(start, separator):
    """(names, the line the header ends on). A line or two of title above the columns is passed over."""
    rows = _some_rows(start.removeprefix("\ufeff"), separator, 12)
    if rows and rows[0][1][0].strip().lower().startswith("sep="):
        rows = rows[1:]
    if not rows:
        raise Unreadable("The file holds no row that can be read.")
    filled = [sum(1 for cell in row if cell.strip()) for _, row in rows]
    at = next((n for n, count in enumerate(filled) if count > 1), 0)
    line, cells = rows[at]
    if len(cells) > MAX_COLUMNS:
        raise Unreadable(f"The first row has {len(cells)} columns; more than {MAX_COLUMNS} are not read.")
    return _names(cells), line


def _names(cells):
    """Each column's own name: empty ones numbered, repeated ones counted."""
    seen, names = Counter(), []
    for n, cell in enumerate(cells, 1):
        name = " ".join(csvs.plain(cell.replace("\x00", "").strip("\ufeff")).strip().split())[:120] or f"Column {n}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
