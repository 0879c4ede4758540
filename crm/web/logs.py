"""What is kept out of the server's log."""

import logging
import re

# As long as `secrets.token_urlsafe(32)` makes them: the links of setting up, of invitations, passwords and shares.
_TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")


class WithoutTokens(logging.Filter):
    """Django logs the address of each refused request; whoever reads the log must not be able to open a link by it."""

    def filter(self, record):
        said = record.getMessage()
        if _TOKEN.search(said):
            record.msg, record.args = _TOKEN.sub("(token)", said), ()
        return True
