"""What a request did to the database."""

import hashlib
import re
from contextlib import contextmanager

from django.db import connection

# Access's own: who is signed in, who failed to, who looked, and the audit, which a look changes as well.
_OWN = ("access_session", "access_look", "access_auditevent", "axes_")
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.I)
_TABLE = re.compile(r'(?:INTO|FROM|UPDATE|TABLE)\s+"?(\w+)"?', re.I)


@contextmanager
def writes():
    """Yields a list that fills with the SQL of each write to a table of ours."""
    found = []

    def watch(execute, sql, params, many, context):
        if _WRITES.match(sql):
            table = _TABLE.search(sql)
            if not table or not table[1].startswith(_OWN):
                found.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def fingerprint():
    """A hash of all rows of all tables but those that a look changes."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith((*_OWN, "sqlite_")):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()
