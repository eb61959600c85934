"""One list, saved by the programs people keep lists in: the same people come of it, row by row."""

import os
import unittest

from importing import ImportTest

PROGRAMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")

FATES = [
    (3, "new", "Jürgen Größmann", "447700900101"),
    (4, "new", "أمينة حداد", "447700900102"),
    (5, "new", "Zoë Müller", "447700900103"),
    (6, "new", "Bob Carter", "447700900104"),
    (8, "new", "Versteckt", "447700900105"),
    (9, "rejected", "is a date", None),
    (10, "new", "Familie Weiß", "447700900106"),
    (11, "new", "", "447700900107"),
    (12, "rejected", "shortened by a spreadsheet", None),
    (13, "merged", "same person as in row 3", None),
    (14, "rejected", "", None),
    (15, "new", "Festnetz ohne Null", "442079460123"),
]


class Programs(ImportTest):
    def people(self, name, *words):
        rows, summary = self.read(os.path.join(PROGRAMS, name), *words)
        for row, (number, fate, word, digits) in zip(rows, FATES):
            with self.subTest(name=name, row=number):
                self.assertEqual((row["row"], row["fate"], row.get("number")), (number, fate, digits))
                self.assertIn(word, row["reason"] if digits is None else row["name"])
        # A workbook says itself that a cell is an error, and such a cell is empty.
        self.assertIn("no phone number" if name.endswith(".xlsx") else "an error of the spreadsheet", rows[10]["reason"])
        self.assertEqual((summary["rows"], summary["new"], summary["merged"], summary["rejected"]), (12, 8, 1, 3))
        return rows, summary

    def test_every_program_s_list_has_the_same_fates_and_the_next_only_says_same(self):
        for n, name in enumerate(("libreoffice.xlsx", "libreoffice.ods", "libreoffice.csv", "gnumeric.xlsx", "gnumeric.ods")):
            with self.subTest(name=name):
                if n == 0:
                    rows, summary = self.people(name)
                    self.assertEqual(summary["sheet"], "Kunden")
                    bob = self.shop.ok("contact", "show", rows[0]["contact"]).row
                    self.assertEqual(bob["fields"], {"email": "juergen@example.org", "birthday": "1985-12-31", "note": 'mag "Sacher"; ohne Nüsse'})
                else:
                    _, summary = self.read(os.path.join(PROGRAMS, name))
                    self.assertEqual((summary["same"], summary["merged"], summary["rejected"], summary["import"]), (8, 1, 3, None))

    def test_the_fates_of_each_program(self):
        for name in ("libreoffice.ods", "libreoffice.csv", "gnumeric.xlsx", "gnumeric.ods"):
            self.people(name, "--dry-run")

    def test_a_row_that_is_hidden_in_the_workbook_says_so(self):
        for name in ("libreoffice.xlsx", "libreoffice.ods", "gnumeric.xlsx", "gnumeric.ods"):
            with self.subTest(name=name):
                rows, _ = self.read(os.path.join(PROGRAMS, name), "--dry-run")
                self.assertEqual([row["name"] for row in rows if "hidden" in row.get("remark", "")], ["Versteckt"])

    def test_another_sheet_and_the_letters_of_old_programs(self):
        for name, words in (("libreoffice.xlsx", ("--sheet", "Lieferanten")), ("gnumeric.ods", ("--sheet", "Lieferanten")), ("gnumeric.txt", ())):
            with self.subTest(name=name):
                rows, _ = self.read(os.path.join(PROGRAMS, name), "--dry-run", *words)
                self.assertEqual([(row["name"], row["number"]) for row in rows], [("Mühle Süd", "447700900150")])

    def test_old_workbooks_say_how_to_save_them(self):
        for name in ("libreoffice.xls", "gnumeric.xls"):
            said = self.shop.run("import", os.path.join(PROGRAMS, name))
            self.assertEqual(said.status, 2)
            self.assertIn("Save it as XLSX or CSV", said.words)


if __name__ == "__main__":
    unittest.main()
