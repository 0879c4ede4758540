"""docs/security.md names a test for what it promises: each of them is there."""

import re

from .routes import ROOT, report

TEXT = (ROOT / "docs/security.md").read_text()


def test_every_test_that_is_named_exists():
    """With a folder as it stands, without one in tests/security; ".py" may be left out."""
    failures = []
    for name in sorted(set(re.findall(r"`(?:CALLBACK_\S+ )*((?:tests/|test_)[\w/.]+)`", TEXT))):
        path = ROOT / (name if name.startswith("tests/") else f"tests/security/{name}")
        if not (path.is_dir() or path.is_file() or path.with_name(f"{path.name}.py").is_file()):
            failures.append(f"`{name}` is not there")
    report(failures)


def test_every_line_that_holds_says_why():
    """A Y, P or N in the table has a test, a page or a reason behind it; its number is named once."""
    rows = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 90
    failures = [f"{row[0]}: {row}" for row in rows if len(row) != 5 or row[3] not in "YPN–" or not row[4].strip()]
    numbers = [number for row in rows for number in re.findall(r"\d+\.[\dx]+(?:\.\d+)?", row[0])]
    failures += [f"{number} stands there twice" for number in set(numbers) if numbers.count(number) > 1]
    report(failures)


def test_every_file_of_the_security_tests_is_told_of():
    files = {path.name for path in (ROOT / "tests/security").glob("test_*.py")}
    report([f"{name} is not in docs/security.md" for name in sorted(files) if f"`{name}`" not in TEXT])
