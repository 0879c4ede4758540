"""The service worker: from the root, named after what it keeps, the same for everybody."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from crm.desk import offline

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    offline._worker.cache_clear()
    yield
    offline._worker.cache_clear()


def kept(client):
    text = client.get("/sw.js").content.decode()
    return json.loads(re.match(r"const KEPT = (\{.*?\});\n", text)[1])


def test_it_is_a_script_asked_for_each_time(stranger):
    answer = stranger.get("/sw.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert answer["Cache-Control"] == "no-cache"


def test_it_keeps_the_shell_and_its_files_and_no_other_page(stranger):
    found = kept(stranger)
    assert (found["page"], found["home"]) == ("/offline/shell/", ["/", "/log/"])
    assert all(address.startswith("/static/") for address in found["files"])
    page = stranger.get("/offline/shell/").content.decode()
    needed = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page)) | {"/static/fonts/instrument-sans.woff2"}
    assert needed - set(found["files"]) == set()
    assert all(finders.find(address.removeprefix("/static/")) for address in found["files"])


def test_another_file_is_another_version(stranger, monkeypatch):
    before = kept(stranger)["version"]
    offline._worker.cache_clear()
    monkeypatch.setattr("crm.web.assets.STYLES", ["css/base.css"])
    assert kept(stranger)["version"] != before
