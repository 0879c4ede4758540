"""The index of names: kept up record by record, and quick at five thousand prospects."""

import random
import time

from crm.desk.quicklog import Directory, parse

from .seller import STAGES, WED, directory

SYLLABLES = "ba be bo da de do fa fi ga go ka ki la lo ma mi na no pa po ra ro sa so ta to va vo za zo".split()


def people(text, known):
    return [p.name for p in parse(text, WED, known).people]


def test_upsert_renames_and_remove_forgets():
    known = Directory(STAGES)
    known.upsert_prospect(1, "Marlowe Systems Inc")
    known.upsert_contact(7, "Ilsa Moreno", 1)
    assert people("called Ilsa at Marlowe", known) == ["Ilsa Moreno"]
    known.upsert_contact(7, "Elsa Brandt", 1)
    assert people("called Elsa Brandt", known) == ["Elsa Brandt"]
    assert people("called Ilsa Moreno", known) == []
    known.remove_contact(7)
    assert people("called Elsa at Marlowe", known) == []
    known.upsert_prospect(1, "Quennell & Co")
    assert parse("met marlowe", WED, known).prospect is None
    assert parse("met quennell", WED, known).prospect.name == "Quennell & Co"
    known.remove_prospect(1)
    assert parse("met quennell", WED, known).prospect is None
    assert not known.keys


def test_a_deal_follows_its_company():
    known = Directory(STAGES)
    known.upsert_prospect(1, "Marlowe Systems Inc")
    known.upsert_deal(5, "Marlowe Systems rollout", 1)
    assert parse("marlowe rollout to proposal", WED, known).deal.id == 5
    known.upsert_deal(5, "Marlowe Systems rollout", 1, is_open=False)
    assert parse("marlowe now 40k", WED, known).deal is None


def test_nicknames_and_addresses():
    known = Directory(STAGES)
    known.upsert_prospect(1, "Marlowe Systems Inc")
    known.upsert_contact(7, "Robert Moreno", 1, ["rob.m@marlowe.example"])
    assert people("called Bob at marlowe", known) == ["Robert Moreno"]
    assert people("emailed rob.m@marlowe.example", known) == ["Robert Moreno"]
    assert people("called Robert M", known) == ["Robert Moreno"]


def test_a_slip_never_beats_an_english_word():
    known = Directory(STAGES)
    known.upsert_prospect(1, "Marlowe Systems Inc")
    known.upsert_contact(7, "Priced Moreno", 1)
    known.upsert_contact(8, "Sharad Moreno", 1)
    assert people("emailed prices to them", known) == []
    assert people("called shared services", known) == []


def big():
    rng = random.Random(5)

    def word(n):
        return "".join(rng.choice(SYLLABLES) for _ in range(n)).capitalize()

    firsts, known = [word(2) for _ in range(800)], Directory(STAGES)
    for k in range(5000):
        known.upsert_prospect(k, f"{word(4)} {rng.choice(['Systems', 'Foods', 'Labs'])} Ltd")
        known.upsert_deal(k, f"{known.prospects[k].name.split()[0]} rollout", k)
    for k in range(10_000):
        known.upsert_contact(k, f"{rng.choice(firsts)} {word(3)}", k % 5000)
    return known


def test_five_thousand_prospects():
    start = time.process_time()
    known = big()
    assert time.process_time() - start < 20
    name = known.prospects[17].name.split()[0]
    person = known.contacts[17].name
    line = f"called {person} at {name}, left vm, call back thu 10am, {name.lower()} moved to proposal, 45k closing 3/31"
    got = parse(line, WED, known)
    assert [p.name for p in got.people] == [person] and got.deal.id == 17
    start = time.process_time()
    for _ in range(20):
        parse(line, WED, known)
    assert (time.process_time() - start) / 20 < 0.02


def test_the_sample_is_whole():
    known = directory()
    assert len(known.prospects) == 25 and len(known.contacts) == 50
