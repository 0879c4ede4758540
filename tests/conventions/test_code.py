"""Views stay small and answer one way; one clock; files short enough to read."""

import ast
import inspect

from .routes import report, sources, walk

VIEW_LINES = 40
FILE_LINES = 400
# They run before Django is there, or without it.
OUTSIDE = {"crm/bootstrap.py", "crm/prepare.py", "crm/serve.py", "crm/suite.py"}
_NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("timezone", "now"), ("date", "today")}
_NOW |= {("timezone", "localtime"), ("timezone", "localdate"), ("time", "time"), ("time", "localtime")}
# Downloads and redirects of a GET are not answers to a form.
_ALLOWED = {"Http404", "HttpRequest", "HttpResponseRedirect", "StreamingHttpResponse", "FileResponse", "QueryDict"}


def test_views_are_short():
    failures = []
    for route in {route.view: route for route in walk()}.values():
        lines = len(inspect.getsource(route.view).splitlines())
        if lines > VIEW_LINES:
            failures.append(
                f"{route} has {lines} lines; about 20, at most {VIEW_LINES}: move what it works out to a module"
            )
    report(failures)


def test_nothing_but_the_clock_asks_for_the_time():
    failures = []
    for path, text in sources().items():
        if path in OUTSIDE | {"crm/web/clock.py"}:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute):
                base = getattr(node.value, "attr", getattr(node.value, "id", ""))
                if (base, node.attr) in _NOW:
                    failures.append(f"{path}:{node.lineno} asks {base}.{node.attr}; use crm.web.clock")
    report(failures)


def test_views_answer_through_one_module():
    failures = []
    for path, text in sources().items():
        if "/views/" not in path:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.ImportFrom):
                continue
            names = {alias.name for alias in node.names}
            wrong = names - _ALLOWED if node.module == "django.http" else set()
            if node.module == "django.shortcuts":
                wrong = names & {"render"}
            if node.module and node.module.startswith("django.template"):
                wrong = names
            failures += [
                f"{path}:{node.lineno} imports {name}; answer through crm.web.answer" for name in sorted(wrong)
            ]
    report(failures)


def test_views_filter_nothing_by_chains():
    """One `.filter` is a question; three in a row are a queryset that wants a name."""
    failures = []
    for path, text in sources().items():
        if "/views/" in path:
            for node in ast.walk(ast.parse(text)):
                if _chain(node) >= 3:
                    failures.append(
                        f"{path}:{node.lineno} chains {_chain(node)} filters: name the queryset on its model"
                    )
    report(failures)


def _chain(node):
    """How many filters and excludes are chained in this call."""
    count = 0
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        count += node.func.attr in ("filter", "exclude", "annotate", "order_by")
        node = node.func.value
    return count


def test_files_stay_short():
    report(
        [
            f"{path} has {lines} lines: split it by meaning (about 300)"
            for path, text in sources().items()
            if (lines := text.count("\n")) > FILE_LINES and path not in OUTSIDE
        ]
    )
