"""Importing many rows, against SQLite alone taking in what came of them: `executemany` into the same tables."""

import csv
import sqlite3
import time
from contextlib import closing

import pytest

from .homes import Home, size

pytestmark = pytest.mark.bench
# What a row of the file becomes; no figure would be fair that left out the index and the standings.
TABLES = (
    "accounts_prospect",
    "accounts_contact",
    "accounts_emailaddress",
    "accounts_phonenumber",
    "accounts_externalref",
)


def test_rows_per_second(tmp_path, capsys):
    rows = size("IMPORT_ROWS", 100_000)
    home = Home.made(tmp_path / "home")
    file = tmp_path / "people.csv"
    with open(file, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Person", "Job title", "Company", "Email", "Phone"])
        for n in range(rows):
            company, person = f"Firm {n % (rows // 20 + 1)}", f"Person {n} Of{n % 997}"
            writer.writerow([person, "Buyer", company, f"p{n}@firm.example", f"+44 20 7946 0{n % 1000:03d}"])
    began = time.perf_counter()
    home.run("manage.py", "import_csv", str(file), "--json")
    took = time.perf_counter() - began

    plain = 0.0
    with closing(sqlite3.connect(home.path / "callback.sqlite3")) as source:
        assert source.execute("SELECT count(*) FROM accounts_contact").fetchone()[0] == rows
        with closing(sqlite3.connect(tmp_path / "plain.sqlite3")) as target:
            target.execute("PRAGMA journal_mode=WAL")
            for table in TABLES:
                columns = source.execute(f"SELECT * FROM {table} LIMIT 0").description
                stored = source.execute(f"SELECT * FROM {table}").fetchall()
                for (sql,) in source.execute(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", [table]
                ):
                    target.execute(sql)
                began = time.perf_counter()
                marks = ", ".join("?" * len(columns))
                target.executemany(f"INSERT INTO {table} VALUES ({marks})", stored)
                target.commit()
                plain += time.perf_counter() - began
    with capsys.disabled():
        print(
            f"\nimport: {rows:,} rows in {took:.1f} s, {rows / took:,.0f} rows/s;"
            f" executemany of what came of them {plain:.1f} s, {rows / plain:,.0f} rows/s: {took / plain:.1f} times"
        )
