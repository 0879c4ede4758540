"""docs/install.md names what can be set; a variable that nobody can find is as good as none."""

import re

import pytest

from crm import bootstrap, suite
from crm.bootstrap import ROOT

READ = re.compile(r"""environ(?:\.get|\.pop)?[\[(]\s*["']([A-Z_]+)["']""")
OURS = ("CALLBACK_", "DATABASE_", "DEFAULT_FROM", "EMAIL_", "CHROMIUM")
INSTALL = (ROOT / "docs" / "install.md").read_text()


def test_every_variable_is_documented():
    sources = [path for floor in ("crm", "accounts", "deals") for path in (ROOT / floor).rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text()) if name.startswith(OURS)}
    assert "CALLBACK_HOME" in read
    assert sorted(name for name in read if f"`{name}" not in INSTALL and f"{name}=" not in INSTALL) == []


def test_every_option_of_start_is_documented(capsys):
    with pytest.raises(SystemExit):
        bootstrap.start_options(["--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options >= {"--port", "--empty"}
    assert [option for option in options if f"`{option}" not in INSTALL] == []


def test_every_option_of_test_is_documented():
    options = set(re.findall(r"--[a-z-]+", suite.HELP))
    assert [option for option in options if f"`{option}" not in INSTALL] == []
