#!/usr/bin/env python3
"""The one entry point; it parses on any Python 3, so that an old one gets a sentence, not a SyntaxError."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Callback needs Python 3.11 or newer; this is Python {}.{}, so run it with a newer one.".format(
            *sys.version_info[:2]
        )
    )

from crm.bootstrap import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
