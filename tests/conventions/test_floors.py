"""Templates lean on their own floor and those below, as imports do; views show templates of their own floor."""

import ast
import re

from django.template import engines

from .routes import app_of, report, sources, templates, without_comments

FLOORS = {"": 0, "shared": 0, "web": 0, "access": 1, "accounts": 2, "deals": 3, "desk": 4}
# The frame around every page holds the quick-log box, and the number of what is to do.
EXCEPTED = {"base.html", "base_plain.html"}
_INCLUDES = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
_LOADS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
_RENDERS = re.compile(r"([a-z]+)/(_?[a-z_]+\.html)")


def floor(template):
    return FLOORS[template.split("/")[0] if "/" in template else ""]


def test_templates_include_and_extend_downward():
    failures, known = [], templates()
    for name, text in known.items():
        for other in _INCLUDES.findall(without_comments(text)):
            if other not in known:
                failures.append(f"templates/{name} includes {other}, which is not there")
            elif name not in EXCEPTED and floor(other) > floor(name):
                failures.append(f"templates/{name} includes {other}, from a floor above")
    report(failures)


def test_templates_load_tags_from_below():
    libraries, failures = engines["django"].engine.libraries, []
    for name, text in templates().items():
        for loaded in _LOADS.findall(without_comments(text)):
            for library in loaded.split(" from ")[-1].split():
                above = FLOORS.get(app_of(libraries.get(library, "")), 0)
                if name not in EXCEPTED and above > floor(name):
                    failures.append(f"templates/{name} loads {library}, from a floor above")
    report(failures)


def test_code_renders_templates_of_its_own_floor_or_below():
    failures, known = [], templates()
    for path, text in sources().items():
        own = FLOORS.get(app_of(path.removesuffix(".py").replace("/", ".")))
        for node in ast.walk(ast.parse(text)):
            named = isinstance(node, ast.Constant) and _RENDERS.fullmatch(str(node.value))
            if not named or named[1] not in FLOORS:
                continue
            template = named[0]
            if template not in known:
                failures.append(f"{path} names templates/{template}, which is not there")
            elif own is not None and floor(template) > own:
                failures.append(f"{path} shows templates/{template}, from a floor above")
    report(failures)
