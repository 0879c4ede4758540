"""One name: URL name = view function = template = test file (docs/design.md and HOUSE rules: `<noun>_<role>`)."""

import re
from collections import defaultdict
from pathlib import Path

from .routes import APPS, ROOT, report, templates, walk

# Pages whose names PRODUCT.md gives, and the doors.
GIVEN = {"today", "log", "search", "status", "login", "logout", "setup", "quicklog"}
# Templates that something else than a view of ours asks for.
RENDERED_ELSEWHERE = {"access/login_locked.html"}
_NAME = re.compile(r"[a-z]+(_[a-z]+)+")


def test_every_route_is_named_after_its_view():
    failures = []
    for route in walk():
        if not route.name:
            failures.append(f"{route} has no name")
        elif route.name != route.view.__name__:
            failures.append(f"{route}: its view is called {route.view.__name__}")
        elif route.name not in GIVEN and not _NAME.fullmatch(route.name):
            failures.append(f"{route}: its name is no <noun>_<role>")
    report(failures)


def test_every_view_is_a_function_in_the_views_of_its_floor():
    failures = []
    for route in walk():
        module = route.view.__module__.split(".")
        if "views" not in module[:-1] or isinstance(route.view, type) or hasattr(route.view, "view_class"):
            failures.append(f"{route}: {route.view.__module__} is no <app>/views/<noun>.py, or the view is no function")
    report(failures)


def test_an_address_ends_in_a_slash_and_has_no_capitals():
    failures = []
    for route in walk():
        plain = re.sub(r"<[^>]+>", "1", route.pattern)
        if plain and not re.fullmatch(r"(?:[a-z0-9-]+/)*(?:[a-z0-9-]+/|[a-z0-9-]+\.[a-z]+)", plain):
            failures.append(f"{route}: write it like deals/<int:pk>/stage/")
    report(failures)


def test_one_name_stands_for_one_view():
    views = defaultdict(set)
    for route in walk():
        views[route.name].add(f"{route.view.__module__}.{route.view.__name__}")
    report([f"{name}: {', '.join(sorted(found))}" for name, found in views.items() if len(found) > 1])


def test_every_route_has_a_test_file():
    report(
        sorted(
            f"{route} has no tests/{route.app}/test_{route.name}.py"
            for route in {route.name: route for route in walk()}.values()
            if not (ROOT / "tests" / route.app / f"test_{route.name}.py").exists()
        )
    )


def test_every_page_is_the_template_of_a_route():
    names = {f"{route.app}/{route.name}.html" for route in walk()}
    failures = []
    for name in templates():
        app, file = name.split("/") if "/" in name else ("", name)
        if app in APPS and not file.startswith("_") and name not in names | RENDERED_ELSEWHERE:
            failures.append(f"templates/{name}: no route of that floor is called {Path(file).stem}")
    report(failures)
