"""The small endpoints of steps: works, invalid, stranger, manager; sent twice; two tabs; Undo."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Entry, Step
from crm.web import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def prospect(installation):
    return make.prospect("Halden Freight")


@pytest.fixture
def step(prospect):
    return make.step(prospect, "Call Dana", clock.today())


ACTIONS = ["step_done", "step_drop", "step_reopen", "step_delete", "step_order", "step_reschedule"]


@pytest.mark.parametrize("name", ACTIONS)
def test_strangers_log_in_managers_are_refused(name, step, stranger, manager):
    url = reverse(name, args=[step.pk])
    assert stranger.post(url).status_code == 302
    assert manager.post(url).status_code == 403
    assert Step.objects.get().version == 1


def test_done_answers_both_kinds_of_browser(seller, step, htmx):
    answer = seller.post(reverse("step_done", args=[step.pk]), {"next": "/deals/"})
    assert (answer.status_code, answer["Location"]) == (303, "/deals/")
    assert Step.objects.get().state == "done"
    answer = seller.post(reverse("step_reopen", args=[step.pk]), headers=htmx)
    assert answer.status_code == 204
    assert "step-changed" in answer["HX-Trigger"] and "undo" in answer["HX-Trigger"]
    assert Step.objects.get().state == "open"


def test_next_leads_nowhere_else(seller, step):
    answer = seller.post(reverse("step_done", args=[step.pk]), {"next": "https://evil.example/"})
    assert answer["Location"] == step.prospect.get_absolute_url()


def test_done_twice_keeps_the_first_day(seller, prospect):
    step = make.step(prospect, "Send price", clock.today() - timedelta(days=9))
    with make.submission() as entry:
        step.keep(entry, on=clock.today() - timedelta(days=9))
    seller.post(reverse("step_done", args=[step.pk]))
    assert Step.objects.get().done_on == clock.today() - timedelta(days=9)


def test_create_by_its_words(seller, prospect):
    contact = make.contact(prospect)
    data = {"what": "Call Dana back", "due_on": "2026-03-12", "due_time": "10:00", "prospect": prospect.pk}
    answer = seller.post(reverse("step_create"), data | {"contact": contact.pk, "uuid": str(uuid.uuid4())})
    assert answer.status_code == 303
    step = Step.objects.get()
    assert (step.kind, step.owner, step.due_on, step.prospect, step.contact) == (
        "call",
        "me",
        date(2026, 3, 12),
        prospect,
        contact,
    )


def test_create_for_a_deal_belongs_to_its_prospect(seller, prospect):
    deal = make.deal(prospect)
    seller.post(reverse("step_create"), {"what": "Send the contract", "deal": deal.pk, "owner": "them"})
    step = Step.objects.get()
    assert (step.deal, step.prospect, step.owner, step.kind) == (deal, prospect, "them", "todo")


def test_create_sent_twice_makes_one(seller, prospect):
    data = {"what": "Call", "prospect": prospect.pk, "uuid": str(uuid.uuid4())}
    for _ in range(2):
        assert seller.post(reverse("step_create"), data).status_code == 303
    assert Step.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"what": "x", "due_time": "10:00"}, {"what": "x", "due_on": "soon"}])
def test_create_invalid_keeps_what_was_typed(seller, installation, data):
    answer = seller.post(reverse("step_create"), data)
    assert answer.status_code == 422
    assert not Step.objects.exists()


def test_forms_are_the_sellers_alone(seller, manager, step):
    for name, args in [("step_create", []), ("step_edit", [step.pk]), ("step_reschedule", [step.pk])]:
        assert seller.get(reverse(name, args=args)).status_code == 200
        assert manager.get(reverse(name, args=args)).status_code == 403


def test_edit_in_two_tabs(seller, step):
    url = reverse("step_edit", args=[step.pk])
    assert seller.post(url, {"what": "Call Dana at ten", "owner": "me", "version": 1}).status_code == 303
    answer = seller.post(url, {"what": "Call Theo", "owner": "me", "version": 1})
    assert answer.status_code == 409
    assert b"Call Dana at ten" in answer.content and b"Call Theo" in answer.content
    assert seller.post(url, {"what": "Call Theo", "owner": "me", "version": 2}).status_code == 303
    assert Step.objects.get().what == "Call Theo"


@pytest.mark.parametrize(("when", "days"), [("tomorrow", 1), ("next_week", 7)])
def test_reschedule(seller, step, when, days):
    assert seller.post(reverse("step_reschedule", args=[step.pk]), {"when": when}).status_code == 303
    assert Step.objects.get().due_on == clock.today() + timedelta(days=days)


def test_reschedule_to_a_day_of_ones_own(seller, step):
    url = reverse("step_reschedule", args=[step.pk])
    on = clock.today() + timedelta(days=40)
    seller.post(url, {"when": "date", "on": on.isoformat(), "time": "09:30"})
    stored = Step.objects.get()
    assert (stored.due_on, stored.due_time.hour) == (on, 9)
    assert seller.post(url, {"when": "date", "on": "2020-01-01"}).status_code == 422
    assert seller.post(url, {"when": "sometime"}).status_code == 422


def test_reschedule_many_is_one_undo(seller, prospect, htmx):
    steps = [make.step(prospect, f"Step {n}", clock.today()) for n in range(3)]
    key = uuid.uuid4()
    data = {"step": [s.pk for s in steps[:2]], "when": "tomorrow", "uuid": str(key)}
    assert seller.post(reverse("step_reschedule_many"), data, headers=htmx).status_code == 204
    days = [s.due_on for s in Step.objects.order_by("pk")]
    assert days == [clock.today() + timedelta(days=1)] * 2 + [clock.today()]
    Entry.objects.get(uuid=key).undo()
    assert {s.due_on for s in Step.objects.all()} == {clock.today()}


@pytest.mark.parametrize(
    "data", [{"when": "tomorrow"}, {"when": "tomorrow", "step": "x"}, {"step": 1, "when": "never"}]
)
def test_reschedule_many_refuses(seller, step, htmx, data):
    assert seller.post(reverse("step_reschedule_many"), data, headers=htmx).status_code == 422
    assert Step.objects.get().due_on == clock.today()


def test_plan_is_reordered_by_buttons_and_by_place(seller, prospect):
    deal = make.deal(prospect)
    names = ["a", "b", "c"]
    a, _, c = (make.step(prospect, name, clock.today() + timedelta(days=n), deal=deal) for n, name in enumerate(names))

    def order():
        return "".join(Step.objects.in_plan_order().values_list("what", flat=True))

    seller.post(reverse("step_order", args=[c.pk]), {"to": "up"})
    assert order() == "acb"
    seller.post(reverse("step_order", args=[a.pk]), {"before": "0"})
    assert order() == "cba"
    seller.post(reverse("step_order", args=[a.pk]), {"before": str(c.pk)})
    assert order() == "acb"
    seller.post(reverse("step_order", args=[a.pk]), {"to": "up"})
    assert order() == "acb"
    make.step(prospect, "n", clock.today() + timedelta(days=9), deal=deal)
    assert order() == "acbn"


def test_delete_goes_to_the_trash(seller, step):
    seller.post(reverse("step_delete", args=[step.pk]))
    assert not Step.objects.exists() and Step.everything.get().trashed_at


def test_a_private_step_does_not_exist_for_managers(manager, prospect):
    step = make.step(prospect, "Secret", private=True)
    assert manager.get(reverse("step_edit", args=[step.pk])).status_code in (403, 404)
