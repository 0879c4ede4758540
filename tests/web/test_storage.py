"""The joined stylesheet and script: what they hold, and what a first visit costs."""

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
        yield (
            root,
            {name: staticfiles_storage.url(name) for name in ("css/callback.css", "css/later.css", "js/callback.js")},
        )


def test_joined_files_are_hashed_and_compressed(collected):
    root, urls = collected
    for url in urls.values():
        file = root / url.removeprefix("/static/")
        assert file.is_file() and all(file.with_name(file.name + end).is_file() for end in (".gz", ".br"))


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
    """What leaves room for a page (9 kB), what is read offline (17 kB) and headers below 100 kB; script under 60 kB."""
    root, urls = collected
    files = [*("django_htmx/htmx-2.min.js", "js/tel.js", "img/icons.svg", "img/app-icon.svg"), FONT]
    sent = {
        ending: {
            path: _size(root, path, ending) for path in [*files, *(f"{kind}/callback.{kind}" for kind in ("css", "js"))]
        }
        for ending in (".gz", ".br")
    }
    # Where there is no brotli there is no service worker and no copy either: on http, away from localhost.
    for ending, most in ((".gz", 82_000), (".br", 76_000)):
        assert sum(size for path, size in sent[ending].items() if path.endswith(".js")) < 45_000
        assert sum(sent[ending].values()) < most - 600 * len(sent[ending])
    assert sent[".br"]["css/callback.css"] < 12_000 and sent[".gz"]["css/callback.css"] < 13_000
    assert len(STYLES) > 30 and set(urls) == {"css/callback.css", "css/later.css", "js/callback.js"}


FONT = "fonts/instrument-sans.woff2"


def _size(root, path, ending):
    file = root / path
    packed = file.with_name(file.name + ending)
    return (packed if packed.is_file() else file).stat().st_size


def test_a_script_alone_is_squeezed_too(collected):
    root, _ = collected
    assert "//" not in (root / "js/tel.js").read_text().split("\n")[0]


def test_first_pages_leave_the_other_styles_out(seller):
    later = "css/components/board.css"
    assert later not in seller.get("/").content.decode() and later not in seller.get("/log/").content.decode()
    assert later in seller.get("/deals/").content.decode()
