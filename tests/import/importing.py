"""A shop that things are imported into, and what came of it."""

import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

from shop import Shop  # noqa: E402


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

    def refused(self, content, *words):
        said = self.shop.run("import", self.write(content), *words)
        self.assertNotEqual(said.status, 0)
        self.assertEqual(self.contacts(), {})
        return said.words

    def contacts(self):
        """Number -> name, of all the shop has."""
        with sqlite3.connect(os.path.join(self.shop.shop, "shop.db")) as db:
            return dict(db.execute("SELECT i.value, c.name FROM identity i JOIN contact c ON c.id = i.contact_id ORDER BY i.value"))

    def rows_of_file(self):
        """Everything an import may touch, to be compared."""
        with sqlite3.connect(os.path.join(self.shop.shop, "shop.db")) as db:
            return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("contact", "identity", "contact_field", "import", "import_row")] + [
                db.execute("SELECT count(*) FROM event").fetchone()]

    def fates(self, rows):
        return [row["fate"] for row in rows]

    def check(self):
        self.shop.ok("check")
