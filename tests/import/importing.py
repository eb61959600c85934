"""A shop that things are imported into, and what came of it."""

import os
import sqlite3
import sys
import unicodedata
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from shop import Shop  # noqa: E402


def shop_sort(*names):
    """The order of names that an index of the shop file is in."""
    name = next((name for name in names if name), "\ufffd")
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.category(c).startswith("M"))


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.addCleanup(self.shop.__exit__)
        self.shop.ok("init", "--name", "Cake Shop")

    def path(self, name):
        return os.path.join(self.shop.folder, name)

    def write(self, content, name="list"):
        with open(self.path(name), "wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def read(self, content, *words, country="GB"):
        """Imports @content; (rows, summary)."""
        path = content if isinstance(content, str) and content.startswith("/") else self.write(content)
        rows = self.shop.ok("import", path, *(("--country", country) if country else ()), *words).rows
        return rows[:-1], rows[-1]["summary"]

    def file(self):
        """The shop file; what it knows that SQLite does not is taught to the handle."""
        db = sqlite3.connect(os.path.join(self.shop.shop, "shop.db"))
        db.create_function("shop_sort", -1, shop_sort, deterministic=True)
        return db

    def refused(self, content, *words):
        said = self.shop.run("import", self.write(content), *words)
        self.assertNotEqual(said.status, 0)
        self.assertEqual(self.contacts(), {})
        return said.words

    def contacts(self):
        """Number -> name, of all the shop has."""
        with self.file() as db:
            return dict(db.execute("SELECT i.value, c.name FROM identity i JOIN contact c ON c.id = i.contact_id ORDER BY i.value"))

    def rows_of_file(self):
        """Everything an import may touch, to be compared."""
        with self.file() as db:
            return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("contact", "identity", "contact_field", "import", "import_row")] + [
                db.execute("SELECT count(*) FROM event").fetchone()]

    def fates(self, rows):
        return [row["fate"] for row in rows]

    def check(self):
        self.shop.ok("check")
