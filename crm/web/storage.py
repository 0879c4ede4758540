"""Static files as they are served: hashed, compressed, and the small ones joined.

`collectstatic` joins the stylesheets and the modules that every page loads into one file each
(docs/decisions/stylesheets.md has the measurements). Development and tests serve them one by one.
"""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

from .assets import parts


class BundlingStorage(CompressedManifestStaticFilesStorage):
    bundles = {"css": "css/callback.css", "later": "css/later.css", "js": "js/callback.js"}

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            for name in paths:
                if name.startswith("js/"):
                    Path(self.path(name)).write_text(squeezed_script(self._read(name)))
            for kind, name in self.bundles.items():
                join = join_scripts if kind == "js" else join_styles
                Path(self.path(name)).write_text(join(self._read(path) for path in parts(kind)))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _read(self, name):
        return Path(self.path(name)).read_text()

    def has_bundle(self, name):
        return self.hash_key(name) in self.hashed_files


def join_styles(texts):
    """Layers decide what wins, so plain joining changes nothing but the addresses: made relative to css/."""
    return "\n".join(squeezed_styles(text).replace('url("../../', 'url("../') for text in texts)


def join_scripts(texts):
    """Each module in a block of its own, which keeps its names (modules are strict) and its failures to itself."""
    texts = (squeezed_script(text) for text in texts)
    return "\n".join(f"try {{\n{text}\n}} catch (error) {{\nconsole.error(error);\n}}" for text in texts)


def squeezed_styles(text):
    """Without comments and the space that says nothing: a fifth less to load. What stands in quotes stays."""
    parts = re.split(r"""("[^"\n]*"|'[^'\n]*')""", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    for n in range(0, len(parts), 2):
        part = re.sub(r"\s+", " ", parts[n])
        parts[n] = re.sub(r":\s+", ":", re.sub(r"\s*([{};,>])\s*", r"\1", part)).replace(";}", "}")
    return "".join(parts).strip()


def squeezed_script(text):
    """Without indentation and whole-line comments. What stands in backquotes over several lines stays."""
    lines, literal = [], False
    for line in text.split("\n"):
        bare = line.strip()
        if literal or (bare and not bare.startswith("//")):
            lines.append(line if literal else bare)
        if not bare.startswith("//"):
            literal ^= len(re.findall(r"(?<!\\)`", line)) % 2 == 1
    return "\n".join(lines)
