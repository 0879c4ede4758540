"""Stylesheets, scripts and templates keep the rules of docs/design.md."""

import re
from pathlib import Path

import pytest

from crm.web.assets import LATER_STYLES, SCRIPTS, STYLES
from tests.conventions.oklch import contrast, parse

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))
MODULES = sorted((STATIC / "js").glob("*.js"))
SPRITE = (STATIC / "img/icons.svg").read_text()
PYTHON = [path for part in ("crm", "accounts", "deals") for path in sorted((ROOT / part).rglob("*.py"))]

# Symbols that nothing uses yet but the brief and the forecast will.
SPARE = {"printer", "file-text", "link", "trending-up"}


def name(path):
    return str(path.relative_to(ROOT))


def found(pattern, paths, flags=re.I):
    """Every hit as "file: text", for a readable failure."""
    return [f"{name(p)}: {m[0]}" for p in paths for m in re.finditer(pattern, p.read_text(), flags)]


def test_no_inline_style_or_handler():
    assert found(r"\sstyle\s*=", TEMPLATES) == []
    assert found(r"\s(hx-on|on(click|change|submit|load|input|key\w+))\b\S*=", TEMPLATES) == []
    assert found(r"<style\b|(hx-(vals|headers)=.js:)", TEMPLATES) == []


def test_no_inline_script():
    assert found(r"<script(?![^>]*\ssrc=)[^>]*>", TEMPLATES) == []


def test_nothing_from_another_host():
    assert found(r"""(?:src|href|action|url\()\s*=?\s*["'(]?(?:https?:)?//[^"')\s]+""", [*TEMPLATES, *SHEETS]) == []
    assert found(r"@import", SHEETS) == []


def test_icons_are_in_the_sprite_and_used():
    have = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    asked = {m for p in TEMPLATES for m in re.findall(r"""\{%\s*icon\s+["']([\w-]+)""", p.read_text())}
    assert asked - have == set(), "icons asked for but not in static/img/icons.svg"
    # Names also travel as data: from a model or a view, or inside a script.
    text = "".join(p.read_text() for p in [*TEMPLATES, *PYTHON, *MODULES])
    named = {symbol for symbol in have if re.search(rf"""["'`#]{re.escape(symbol)}["'`]""", text)}
    assert have - asked - named - SPARE == set(), "icons in the sprite that nothing uses"


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_sheet(path):
    text = path.read_text()
    assert text.count("\n") < 200
    assert f"css/{path.relative_to(STATIC / 'css')}" in [*STYLES, *LATER_STYLES]
    bare = re.sub(r"@font-face\s*\{[^}]*\}", "", re.sub(r"/\*.*?\*/", "", text, flags=re.S)).strip()
    assert bare.startswith("@layer"), "outside the layers it would win over everything"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module(path):
    text = path.read_text()
    assert text.count("\n") < 150
    # They are served joined: docs/decisions/stylesheets.md.
    assert not re.search(r"^\s*(import|export)\b", text, re.M), "joined files cannot import"
    assert not re.search(r"\beval\(|new Function\(|\.innerHTML\s*\+?=\s*[`'\"]", text)
    assert not re.search(r"""["'`]/[a-z][\w-]*/""", text), "server addresses come from data- attributes"


def test_lists_name_files_that_exist():
    assert [path for path in [*STYLES, *LATER_STYLES, *SCRIPTS] if not (STATIC / path).is_file()] == []
    assert len({*STYLES, *LATER_STYLES, *SCRIPTS}) == len(STYLES) + len(LATER_STYLES) + len(SCRIPTS)


def test_custom_properties_are_defined_and_used():
    text = "".join(p.read_text() for p in SHEETS)
    defined = set(re.findall(r"(?<![\w.-])(--[a-z][\w-]*)\s*:", text))
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - defined == set()
    assert defined - used == set()


def test_colours_only_in_tokens():
    assert found(r"oklch\(\d|#[0-9a-f]{6}\b|rgba?\(|hsla?\(", [p for p in SHEETS if p.name != "tokens.css"]) == []


# Text on what it stands on. 4.5:1 everywhere, whatever its size; 3:1 for the edge of a control.
TEXT = [
    *((ink, paper) for ink in ("ink", "ink-soft") for paper in ("paper", "paper-sunk", "paper-raised", "accent-wash")),
    *((tone, paper) for tone in ("bad", "warn", "good", "accent") for paper in ("paper", "paper-raised", "paper-sunk")),
    ("bad", "bad-wash"), ("ink", "bad-wash"), ("warn", "warn-wash"), ("ink", "warn-wash"), ("ink-soft", "warn-wash"),
    ("accent", "accent-wash"), ("bad", "accent-wash"), ("on-block", "block"), ("on-block", "block-hover"),
    ("on-block-soft", "block"), ("on-call", "on-block"), ("on-call", "on-block-soft"), ("on-button", "button"),
    ("on-button", "button-hover"), ("paper", "ink"), ("ink", "line"), ("ink", "accent-line"),
]  # fmt: skip
EDGES = [("line-control", "paper"), ("line-control", "paper-raised"), ("accent", "paper"), ("button", "paper")]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_contrast(theme):
    colours = parse((STATIC / "css/tokens.css").read_text())
    weak = [
        f"--{front} on --{back}: {ratio:.2f}"
        for pairs, least in ((TEXT, 4.5), (EDGES, 3.0))
        for front, back in pairs
        if (ratio := contrast(colours[front][theme], colours[back][theme])) < least
        and not (theme and (front, back) == ("button", "paper"))  # carries its own white word
    ]
    assert weak == []
