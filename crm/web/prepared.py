"""Querysets whose SQL is made once in a process, for what every line and page asks for.

Building a queryset and its SQL anew costs several times what the database needs to answer it. A `Prepared` is
written like any queryset, as a function of the ids it asks for; the ORM still makes the SQL, for whichever database
is in use, and still makes the records.
"""

from django.db import connections
from django.db.models.query import ModelIterable, get_related_populators

# Stand for the ids while the SQL is made: numbers that nothing else in a query can be.
_FIRST_MARK = 8_070_605_040_302_010


class Prepared:
    """`build` takes ids and lists of ids and returns a queryset: of records, or `values_list` of plain columns.

    It must not depend on anything but its arguments (no `today`). No prefetching, no `annotate` on records.
    """

    def __init__(self, build):
        self._build = build
        self._made = {}

    def __call__(self, *arguments):
        """The rows for these ids, as a list."""
        query, parameters = self._for(arguments, connections["default"].vendor)
        return [] if query is None else query.rows(parameters)

    def first(self, *arguments):
        return next(iter(self(*arguments)), None)

    def _for(self, arguments, vendor):
        """The compiled query for lists as long as these, and its parameters. None where a list is empty."""
        shape = (vendor, *(len(value) if isinstance(value, list) else -1 for value in arguments))
        made = self._made.get(shape)
        if made is None:
            if 0 in shape:
                return None, ()
            made = self._made[shape] = _Compiled(self._build, shape[1:])
        flat = []
        for value in arguments:
            flat.extend(value) if isinstance(value, list) else flat.append(value)
        return made, made.parameters(flat)


def together(*asked):
    """The rows of each (prepared, *ids), a list each; one statement where they are several.

    These must give the same columns: the queryset of several keys, or of several models alike.
    """
    found = [[] for _ in asked]
    to = connections["default"]
    made = [(n, *query._for(arguments, to.vendor)) for n, (query, *arguments) in enumerate(asked)]
    made = [one for one in made if one[1] is not None]
    if not made:
        return found
    if len(made) == 1:
        ((n, query, parameters),) = made
        found[n] = query.rows(parameters)
        return found
    with to.cursor() as cursor:
        parts = [f"SELECT {n}, part{n}.* FROM ({query.sql}) part{n}" for n, query, _ in made]  # noqa: S608
        cursor.execute(" UNION ALL ".join(parts), [value for *_, parameters in made for value in parameters])
        rows = {n: [] for n, *_ in made}
        for n, *row in cursor.fetchall():
            rows[n].append(row)
    for n, query, _ in made:
        found[n] = query.records(rows[n])
    return found


class _Compiled:
    def __init__(self, build, shape):
        marks, arguments = iter(range(_FIRST_MARK, _FIRST_MARK + 10_000)), []
        for length in shape:
            arguments.append(next(marks) if length < 0 else [next(marks) for _ in range(length)])
        queryset = build(*arguments)
        compiler = queryset.query.get_compiler("default")
        self.sql, parameters = compiler.as_sql()
        # (place of the argument, None) or (None, constant) for each parameter
        self._slots = [(_place(value), value) for value in parameters]
        self._compiler = compiler
        self._converters = compiler.get_converters([s[0] for s in compiler.select[: compiler.col_count]])
        self._record = _maker(compiler) if issubclass(queryset._iterable_class, ModelIterable) else None

    def parameters(self, values):
        return [constant if place is None else values[place] for place, constant in self._slots]

    def rows(self, parameters):
        with connections["default"].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return self.records(cursor.fetchall())

    def records(self, rows):
        if self._converters:
            rows = self._compiler.apply_converters(rows, self._converters)
        return [self._record(row) for row in rows] if self._record else list(map(tuple, rows))


def _place(parameter):
    """Which argument a parameter stands for; None for a constant. A key of text has its mark as text."""
    if type(parameter) is str and len(parameter) == len(str(_FIRST_MARK)) and parameter.isdecimal():
        parameter = int(parameter)
    return parameter - _FIRST_MARK if type(parameter) is int and parameter >= _FIRST_MARK else None


def _maker(compiler):
    """A function that makes a record of a row, with what `select_related` joined."""
    info = compiler.klass_info
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    related = get_related_populators(info, compiler.select, "default")

    def record(row):
        made = info["model"].from_db("default", names, row[start:end])
        for populator in related:
            populator.populate(row, made)
        return made

    return record
