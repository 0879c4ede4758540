"""The page that keeps and takes along, and the download of everything."""

import io
import zipfile

import pytest

from tests import make

URL = "/export/"


@pytest.fixture
def secret(db, installation):
    make.activity(make.prospect("Halden Freight"), text="seventh seal", private=True)


def test_works(seller, secret):
    assert b"Download a backup" in seller.get(URL).content
    answer = seller.post(URL)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.testzip() is None
    name = next(name for name in archive.namelist() if name.endswith("/activities.csv"))
    assert b"seventh seal" in archive.read(name)


def test_says_whether_sample_data_is_here(seller):
    assert b"Load sample data" in seller.get(URL).content
    seller.post("/samples/load/")
    assert b"Remove sample data" in seller.get(URL).content


def test_stranger(stranger, secret):
    for method in (stranger.get, stranger.post):
        answer = method(URL)
        assert answer.status_code in (302, 403) and b"seal" not in answer.content


def test_manager(manager, secret):
    page = manager.get(URL)
    assert page.status_code == 200 and b'action="/export/"' not in page.content
    assert manager.post(URL).status_code == 403
