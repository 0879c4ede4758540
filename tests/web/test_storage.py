"""The joined stylesheet and script: what they hold, and what a first visit costs."""

import gzip
import subprocess

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from crm.web import storage
from crm.web.assets import SCRIPTS, STYLES


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that collectstatic fills, as an installation has it."""
    root = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "crm.web.storage.BundlingStorage"}}
    with override_settings(STATIC_ROOT=root, STORAGES=storages, DEBUG=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        from django.contrib.staticfiles.storage import staticfiles_storage

        assert staticfiles_storage.has_bundle("css/callback.css")
        yield root, {name: staticfiles_storage.url(name) for name in ("css/callback.css", "js/callback.js")}


def test_joined_files_are_hashed_and_compressed(collected):
    root, urls = collected
    for url in urls.values():
        file = root / url.removeprefix("/static/")
        assert file.is_file() and file.with_name(file.name + ".gz").is_file()


def test_joined_script_is_one_valid_module(collected):
    root, _ = collected
    joined = (root / "js/callback.js").read_text()
    assert all(finders.find(path) for path in SCRIPTS)
    assert joined.count("\n}\n") >= len(SCRIPTS) - 1
    try:
        done = subprocess.run(
            ["node", "--check", "--input-type=module"], input=joined, text=True, capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("no node to read it")
    assert done.returncode == 0, done.stderr


def test_joined_styles_keep_their_addresses():
    assert storage.join_styles(['a{b:url("../../img/x.svg")}', "c{}"]) == 'a{b:url("../img/x.svg")}\nc{}'


def test_squeezed_styles_say_the_same():
    css = '/* a */\n.a > b,\n  i:hover { content: "x;  y, /"; margin: 0 calc(1px + var(--s)) ; }\n'
    css += "@media (width > 2px) { c { d: e } }"
    said = '.a>b,i:hover{content:"x;  y, /";margin:0 calc(1px + var(--s))}@media (width>2px){c{d:e}}'
    assert storage.squeezed_styles(css) == said


def test_squeezed_script_keeps_what_stands_in_backquotes():
    text = "// why\n  const a = `x\n    // y ${b}\n  `;\n    // gone\n    c(`z`); // stays\n\n"
    assert storage.squeezed_script(text) == "const a = `x\n    // y ${b}\n  `;\nc(`z`); // stays"


def test_first_visit_is_small(collected):
    """Under 100 kB compressed with 12 kB left for the page itself, script under 60 kB."""
    root, _ = collected

    def size(path):
        data = (root / path).read_bytes()
        return len(data) if path.endswith(".woff2") else len(gzip.compress(data, 9))

    script = size("js/callback.js") + size("django_htmx/htmx-2.min.js") + size("js/tel.js")
    assert script < 60_000
    assert script + size("css/callback.css") + size("img/icons.svg") + size("fonts/instrument-sans.woff2") < 88_000
    assert len(STYLES) > 30
