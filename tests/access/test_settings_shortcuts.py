import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("who", "name"), [("seller", "sam"), ("manager", "morgan")])
def test_everybody_switches_their_own(request, who, name):
    client, user = request.getfixturevalue(who), request.getfixturevalue(name)
    assert client.post("/settings/shortcuts/", {}).status_code == 303
    user.refresh_from_db()
    assert not user.shortcuts
    assert b'data-shortcuts="off"' in client.get("/settings/shortcuts/").content
    client.post("/settings/shortcuts/", {"shortcuts": "on"})
    user.refresh_from_db()
    assert user.shortcuts


def test_stranger_is_sent_to_login(stranger):
    assert stranger.post("/settings/shortcuts/", {}).status_code == 302
