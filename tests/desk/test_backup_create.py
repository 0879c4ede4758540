"""The download of a backup."""

import sqlite3
from contextlib import closing

from crm.desk.keeping import CannotKeep, backup
from tests import make

URL = "/backups/create/"


def test_works(transactional_db, seller, tmp_path):
    make.prospect("Halden Freight")
    answer = seller.post(URL)
    assert answer.status_code == 200 and ".callback" in answer["Content-Disposition"]
    (tmp_path / "kept").write_bytes(answer.getvalue())
    with closing(sqlite3.connect(tmp_path / "kept")) as kept:
        assert kept.execute("SELECT name FROM accounts_prospect").fetchall() == [("Halden Freight",)]


def test_invalid(seller, monkeypatch):
    def broken(path):
        raise CannotKeep("The disk is full.")

    monkeypatch.setattr(backup, "back_up", broken)
    answer = seller.post(URL, follow=True)
    assert b"The disk is full." in answer.content
    assert seller.get(URL).status_code == 405


def test_stranger(stranger):
    assert stranger.post(URL).status_code in (302, 403)


def test_manager(manager):
    assert manager.post(URL).status_code == 403
