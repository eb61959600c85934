"""A wrong list of five thousand, nine days later: what nobody touched goes back, what people did stays, and both are told."""

import unittest

from importing import ImportTest


class Long(ImportTest):
    def sql(self, words, *values):
        with self.file() as db:
            return db.execute(words, values).fetchall()

    def test_five_thousand_go_back_but_six(self):
        lines = [f"Person {n},0770091{n:04d},p{n}@example.org" for n in range(5000)]
        rows, summary = self.read("Name,Phone,Email\n" + "\n".join(lines) + "\n")
        self.assertEqual((len(rows), summary["new"]), (5000, 5000))
        edited = ["Person 1", "Person 77", "Person 1234", "Person 2500", "Person 4000", "Person 4999"]
        for name in edited:
            self.sql("UPDATE contact SET language = 'fr' WHERE name = ?", name)
        undone = self.shop.ok("import", "undo", summary["import"]).rows
        self.assertEqual(undone[-1]["summary"], {"undone": 4994, "kept": 6})
        self.assertEqual([(row["name"], row["kept"]) for row in undone[:-1]], [(name, "edited") for name in edited])
        self.assertEqual(sorted(self.contacts().values()), sorted(edited))
        self.check()

    def test_what_a_person_did_to_somebody_counts(self):
        """A tag, a stage, a number of their own: each is a reason to stay."""
        _, summary = self.read("Name,Phone\nTagged,07700900101\nStaged,07700900102\nGiven a number,07700900103\nNoted,07700900104\nAlone,07700900105\n")
        who = dict(self.sql("SELECT name, id FROM contact"))
        self.sql("INSERT INTO tag (id, name, folded) VALUES (1, 'Wedding', 'wedding')")
        self.sql("INSERT INTO contact_tag (contact_id, tag_id) VALUES (?, 1)", who["Tagged"])
        self.sql("UPDATE contact SET stage_id = 5 WHERE id = ?", who["Staged"])
        self.sql("INSERT INTO identity (id, contact_id, kind, value) VALUES (99, ?, 1, '447700900999')", who["Given a number"])
        self.sql("INSERT INTO contact_field (contact_id, name, value) VALUES (?, 'note', 'allergic to nuts')", who["Noted"])
        undone = self.shop.ok("import", "undo", summary["import"]).rows
        self.assertEqual(undone[-1]["summary"], {"undone": 1, "kept": 4})
        self.assertEqual({row["name"] for row in undone[:-1]}, {"Tagged", "Staged", "Given a number", "Noted"})

    def test_rejected_rows_come_back_as_a_file_that_can_be_put_right(self):
        _, summary = self.read("Name,Phone,Stand\nGood,07700900101,1\nShort,123,2\n\"Quoted, so\",12/06/2026,3\n")
        self.assertEqual((summary["new"], summary["rejected"]), (1, 2))
        path = self.path("again.csv")
        self.assertEqual(self.shop.ok("import", "rejected", summary["import"], "--output", path).row["rows"], 2)
        with open(path, encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        self.assertIn('"Quoted, so"', text)
        rows, again = self.read(text.replace("123", "07700900102").replace("12/06/2026", "07700900103"))
        self.assertEqual((self.fates(rows), again["new"]), (["new", "new"], 2))
        self.assertEqual(self.contacts(), {"447700900101": "Good", "447700900102": "Short", "447700900103": "Quoted, so"})
        self.assertEqual(self.shop.run("import", "rejected", "4711", "--output", path).status, 3)

    def test_an_open_shop_takes_a_list_from_the_command_line(self):
        self.shop.serve()
        rows, summary = self.read("Name,Phone,Mail\nAmina,07700900101,a@example.org\nBob,nothing,\n", "--map", "Mail=note")
        self.assertEqual((self.fates(rows), summary["new"], summary["rejected"]), (["new", "rejected"], 1, 1))
        shown = self.shop.ok("contact", "show", "+447700900101").row
        self.assertEqual((shown["name"], shown["fields"]), ("Amina", {"note": "a@example.org"}))
        self.assertEqual(self.shop.ok("import", "rejected", summary["import"], "--output", self.path("r.csv")).row["rows"], 1)
        undone = self.shop.ok("import", "undo", summary["import"]).rows
        self.assertEqual(undone[-1]["summary"], {"undone": 1, "kept": 0})
        self.assertEqual(self.shop.run("import", "undo", "4711").status, 3)
        self.assertEqual(self.contacts(), {})

    def test_export_knows_its_formats_by_either_name(self):
        self.read("Name,Phone\nAmina,07700900101\n")
        for name, start in (("csv", b"\xef\xbb\xbf"), ("vcard", b"BEGIN:VCARD"), ("vcf", b"BEGIN:VCARD"), ("xlsx", b"PK")):
            path = self.path("out." + name)
            self.assertEqual(self.shop.ok("export", "contacts", "--format", name, "--output", path).row["contacts"], 1)
            with open(path, "rb") as stream:
                self.assertTrue(stream.read(20).startswith(start), name)


if __name__ == "__main__":
    unittest.main()
