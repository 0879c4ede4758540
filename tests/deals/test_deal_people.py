"""The people of a deal and its milestones, as a part that gets itself again."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_shows_roles_and_milestones(seller, manager, stranger, deal, dana, htmx):
    with make.submission() as entry:
        deal.write(entry, people=[[dana.pk, "champion"]])
    url = f"/deals/{deal.pk}/people/"
    shown = seller.get(url, headers=htmx).content.decode()
    assert "Dana Whitfield" in shown and "champion" in shown and "mailto:dana@halden.example" in shown
    assert shown.count('class="milestone"') == 6
    assert seller.get(url)["Location"] == f"/deals/{deal.pk}/#deal-people"
    assert "data-sheet" not in manager.get(url, headers=htmx).content.decode()
    assert stranger.get(url).status_code == 302
