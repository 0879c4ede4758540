import pytest

from crm.access import audit

pytestmark = pytest.mark.django_db
URL = "/settings/audit/"


@pytest.fixture
def lines(rf, sam, morgan):
    for user, action, what in [
        (sam, "exported", "the list of deals"),
        (morgan, "signed_in", ""),
        (sam, "deleted", "the prospect <b>Halden</b>"),
    ]:
        request = rf.get("/", REMOTE_ADDR="203.0.113.9")
        request.user = user
        audit.note(request, action, what)
    audit.note(None, "backed_up", "by the command backup")


def test_says_who_did_what_from_where(seller, lines):
    page = seller.get(URL).content.decode()
    table = page.split("<tbody")[1]
    assert "exported <b>the list of deals</b>" in table and "203.0.113.9" in table
    assert "&lt;b&gt;Halden&lt;/b&gt;" in table
    assert table.index("made a backup") < table.index("signed in") < table.index("exported")
    assert "A command" in table and "this machine" in table


def test_narrows_by_who_and_what(seller, morgan, lines):
    table = seller.get(f"{URL}?action=exported").content.decode().split("<tbody")[1]
    assert "the list of deals" in table and "Halden" not in table
    table = seller.get(f"{URL}?person={morgan.pk}").content.decode().split("<tbody")[1]
    assert "signed in" in table and "exported" not in table
    assert "Nothing matches" in seller.get(f"{URL}?person={morgan.pk}&action=purged").content.decode()
    table = seller.get(f"{URL}?person=nobody").content.decode().split("<tbody")[1]
    assert "made a backup" in table and "exported" not in table


@pytest.mark.parametrize(
    "query", ["action=;drop", "person=99999999999999999999", "person=x", "page=-3", "page=x", "page=999"]
)
def test_nonsense_narrows_nothing(seller, lines, query):
    assert "the list of deals" in seller.get(f"{URL}?{query}").content.decode()


def test_shows_fifty_a_page(seller, sam):
    for n in range(70):
        audit.note(None, "deleted", f"line {n:02d}.", user=sam)
    first, second = (seller.get(f"{URL}?page={n}").content.decode() for n in (1, 2))
    assert "line 69." in first and "line 19." not in first
    assert "line 19." in second and "line 69." not in second


def test_says_when_there_is_nothing(seller):
    assert "Nothing yet" in seller.get(URL).content.decode()


def test_changes_nothing_and_is_changed_by_nothing(seller, lines):
    assert seller.post(URL).status_code == 405


def test_manager_and_stranger_do_not_read_it(manager, stranger, lines):
    assert manager.get(URL).status_code == 403
    assert stranger.get(URL).status_code == 302
    assert "Audit" not in manager.get("/settings/").content.decode()
