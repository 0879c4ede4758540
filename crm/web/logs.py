"""What is kept out of the server's log."""

import logging
import re

# What stands where the links of setting up, of invitations, passwords and shares have theirs, also with a letter too
# many or cut short by a mail program; and whatever is about as long as `secrets.token_urlsafe(32)` makes them.
_PLACES = "|".join(f"(?<=/{place}/)" for place in ("s", "setup", "password", "invitation"))
_TOKEN = re.compile(rf"(?:{_PLACES})[^/\s]{{20,}}|[\w-]{{40,}}")


class WithoutTokens(logging.Filter):
    """Django logs the address of each refused request; whoever reads the log must not be able to open a link by it."""

    def filter(self, record):
        try:
            said = record.getMessage()
        except Exception:
            return True  # the handler says what is wrong with it
        if _TOKEN.search(said):
            record.msg, record.args = _TOKEN.sub("(token)", said), ()
        return True
