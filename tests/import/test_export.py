"""What goes out comes back the same: a thousand nasty names through every format."""

import csv
import random
import unittest
import zipfile

from importing import ImportTest, Shop

LETTERS = ["=", "+", "-", "@", "'", '"', ",", ";", "\\", "|", "a", "B", "é", "أ", "ب", "😀", "\u00a0", ":", "#", "<", "&", "%", "0", "sep=", "BEGIN:VCARD", "=cmd|' /C calc'!A0", "'=1+1", "''@"]


class Export(ImportTest):
    def fill(self, n=1000):
        """Contacts as people type them, straight into the file; the name as the desk would have it: no blanks at the ends, none doubled."""
        self.shop.ok("import", self.write("Name,Phone\nx,07700900000\n"), "--country", "GB")
        pick = random.Random(7)
        with self.file() as db:
            for trigger, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'contact'").fetchall():
                db.execute(f"DROP TRIGGER {trigger}")
            for n in range(1, n):
                name = " ".join("".join(pick.choice(LETTERS) for _ in range(pick.randint(1, 9))).split()) + "a"
                db.execute("INSERT INTO contact (id, name, country, updated_at) VALUES (?, ?, 'GB', 0)", (10**15 + n, name))
                db.execute("INSERT INTO identity (id, contact_id, kind, value) VALUES (?, ?, 1, ?)", (10**15 + n, 10**15 + n, f"4477{n:08}"))
                db.execute("INSERT INTO contact_field (contact_id, name, value) VALUES (?, 'note', ?)", (10**15 + n, name + "\n" + name))

    def round_trip(self, kind):
        self.fill()
        path = self.path("out." + kind)
        self.assertEqual(self.shop.ok("export", "contacts", "--format", kind, "--output", path).row["contacts"], 1000)
        rows, summary = self.read(path, "--dry-run", country=None)
        self.assertEqual((summary["rows"], summary["same"]), (1000, 1000), [row for row in rows if row["fate"] != "same"][:3])
        self.assertEqual({row["number"]: row["name"] for row in rows}, self.contacts())
        return path

    def test_csv_comes_back_and_no_cell_is_a_formula(self):
        path = self.round_trip("csv")
        with open(path, newline="", encoding="utf-8-sig") as stream:
            for row in csv.reader(stream):
                for cell in row:
                    self.assertFalse(cell[:1] in ("=", "+", "-", "@", "\t", "\r"), cell)

    def test_vcards_come_back(self):
        path = self.round_trip("vcf")
        with open(path, "rb") as stream:
            for line in stream.read().split(b"\r\n"):
                self.assertLessEqual(len(line), 75)
                line.decode()

    def test_workbooks_come_back_and_every_cell_is_text(self):
        with zipfile.ZipFile(self.round_trip("xlsx")) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<f>", sheet)
        self.assertNotIn("<v>", sheet.replace("<v></v>", ""))

    def test_an_empty_shop_exports_what_it_was_given(self):
        """Out, into another shop, and out again: the same bytes."""
        self.fill(300)
        self.shop.ok("import", self.write("Name,Phone,Phone 2,Language,Country,Email,Company,Address,Birthday\n"
                                          "Amina,+447700900301,+447700900302,fr,MA,a@example.org,Bakery,Main Street,1990-05-01\n,07700900303,,,,,,,--04-15\nنورة,٠٧٧٠٠٩٠٠٣٠٤,,ar,,,,,\n"), "--country", "GB", "--notes")
        for kind in ("csv", "vcf", "xlsx"):
            with self.subTest(kind=kind), Shop() as other:
                first, second = self.path("first." + kind), self.path("second." + kind)
                self.shop.ok("export", "contacts", "--format", kind, "--output", first)
                other.ok("init", "--name", "Other Shop")
                summary = other.ok("import", first, "--notes").rows[-1]["summary"]
                self.assertEqual((summary["new"], summary["rows"]), (303, 303))
                again = other.ok("import", first, "--notes").rows[-1]["summary"]
                self.assertEqual((again["same"], again["import"]), (303, None))
                other.ok("export", "contacts", "--format", kind, "--output", second)
                self.assertEqual(self.content(first), self.content(second))

    def content(self, path):
        """Of a workbook its cells: the day it was made is in it, too."""
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(path) as book:
                return [book.read(name) for name in sorted(book.namelist()) if name.startswith("xl/")]
        with open(path, "rb") as stream:
            return stream.read()

    def test_all_numbers_and_fields(self):
        self.read("Name,Phone,Phone 2,Language,Email,Company,Address,Birthday,Shoe size\nAmina,07700900101,07700900102,fr,a@example.org,Bakery,Main Street,1990-05-01,38\n", "--notes")
        path = self.path("out.csv")
        self.shop.ok("export", "contacts", "--format", "csv", "--output", path)
        with open(path, newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.reader(stream))
        self.assertEqual(rows[0], ["Name", "Phone", "Phone 2", "Language", "Country", "Shoe size", "Address", "Birthday", "Company", "Email"])
        self.assertEqual(rows[1], ["Amina", "'+447700900101", "'+447700900102", "fr", "", "38", "Main Street", "1990-05-01", "Bakery", "a@example.org"])
        self.assertEqual(self.fates(self.read(path, "--notes", country=None)[0]), ["same"])

    def test_what_is_asked_wrongly(self):
        for words in (("export",), ("export", "contacts", "--format", "pdf"), ("export", "contacts", "--format", "xlsx"), ("contact", "show")):
            self.assertEqual(self.shop.run(*words).status, 2, words)
        self.assertEqual(self.shop.run("contact", "show", "77").status, 3)


if __name__ == "__main__":
    unittest.main()
