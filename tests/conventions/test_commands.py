"""Every command says what it does, for each argument, and is described in the docs."""

from django.core.management import get_commands, load_command_class

from crm import bootstrap

from .routes import ROOT, report

OURS = ("crm", "accounts", "deals")
# The only two that set things up, and so are no commands of Django's.
OUTSIDE = ("start", "test")


def own():
    return {name: app for name, app in get_commands().items() if str(app).split(".")[0] in OURS}


def test_every_command_and_argument_has_help():
    failures = []
    for name, app in sorted(own().items()):
        command = load_command_class(app, name)
        parser = command.create_parser("manage.py", name)
        if not command.help:
            failures.append(f"{name} has no help")
        failures += _without_help(name, parser)
    report(failures)


def _without_help(name, parser):
    found = []
    for action in parser._actions:
        if not action.help:
            found.append(f"{name} {action.dest}: no help")
        for word, sub in (getattr(action, "choices", None) or {}).items() if hasattr(action, "add_parser") else ():
            found += _without_help(f"{name} {word}", sub)
    return found


def test_every_command_is_described():
    text = "\n".join(path.read_text() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    text = text.replace((ROOT / "CHANGELOG.md").read_text(), "")
    report([f"{name} is in no page of docs/" for name in sorted([*own(), *OUTSIDE]) if f"manage.py {name}" not in text])


def test_the_two_outside_commands_are_offered():
    assert all(name in bootstrap.OWN_COMMANDS for name in OUTSIDE)
