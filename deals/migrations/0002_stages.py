"""The stages a new installation starts with; the seller may change them in settings."""

from django.db import migrations

STAGES = [
    ("Conversation", "slate", 10, 21, ["A person with a problem talked with you about it"]),
    ("Goal shared", "blue", 20, 21, ["They named a goal and put a number on it"]),
    ("Diagnosed", "teal", 35, 30, ["They told you why they miss it today, and what that costs"]),
    ("Evaluating", "green", 50, 45, ["Somebody with the money agreed to a plan of dated steps"]),
    ("Proposal", "amber", 70, 30, ["They asked for terms they have helped to write"]),
    ("Negotiation", "rose", 85, 30, ["They named what they will sign, and who signs"]),
]


def seed(apps, schema_editor):
    stage, milestone = apps.get_model("deals", "Stage"), apps.get_model("deals", "Milestone")
    for position, (name, colour, chance, rot_days, texts) in enumerate(STAGES):
        row = stage(name=name, position=position, colour=colour, chance=chance, rot_days=rot_days)
        row.save()
        for n, text in enumerate(texts):
            milestone(stage=row, position=n, text=text).save()


class Migration(migrations.Migration):
    dependencies = [("deals", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
