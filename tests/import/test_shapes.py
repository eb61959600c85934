"""Spreadsheets as other programs wrote them, in the shapes that people make, and what becomes of each row."""

import os
import unittest

from importing import ImportTest

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")


class Shapes(ImportTest):
    def golden(self, name, expected, country="GB"):
        """@expected: (row, fate, name or a word of the reason, number)."""
        rows, summary = self.read(os.path.join(FIXTURES, name), country=country)
        seen = [(row["row"], row["fate"], row.get("name") or row["reason"], row.get("number")) for row in rows]
        self.assertEqual([(row, fate, number) for row, fate, _, number in seen], [(row, fate, number) for row, fate, _, number in expected])
        for (_, _, words, _), (_, _, word, _) in zip(seen, expected):
            self.assertIn(word, words)
        self.assertEqual(sum(summary[fate] for fate in ("new", "changed", "same", "merged", "rejected")), summary["rows"])
        return rows, summary

    def test_a_name_over_merged_cells_and_two_lines_of_titles(self):
        rows, summary = self.golden("merged.xlsx", [
            (4, "new", "Amina Haddad", "447700900101"),
            (5, "new", "Bob Carter", "447700900102"),
            (6, "rejected", "is a date", None),
            (7, "new", "Dora Ellis", "447700900104"),
            (8, "new", "Ed Frost", "447700900105"),
            (9, "rejected", "shortened by a spreadsheet", None),
        ])
        self.assertEqual([(c["title"], c["field"]) for c in summary["columns"] if c.get("sample")],
                         [("First name", "first-name"), ("Last name", "last-name"), ("Mobile", "phone"), ("Home", "phone"), ("Birthday", "birthday")])
        self.assertEqual(rows[1]["remark"], "Stray apostrophe removed")
        bob = self.shop.ok("contact", "show", "+447700900102").row
        self.assertEqual((bob["fields"]["birthday"], bob["numbers"]), ("1985-12-31", ["447700900102", "442079460102"]))
        self.assertEqual(self.shop.ok("contact", "show", "+447700900101").row["fields"], {"birthday": "1990-05-12"})

    def test_another_sheet_of_it(self):
        rows, summary = self.read(os.path.join(FIXTURES, "merged.xlsx"), "--sheet", "Helpers")
        self.assertEqual([(row["name"], row["number"]) for row in rows], [("Ines Moreau", "33655010872")])

    BARE = [
        (1, "new", "Amina Haddad", "447700900101"),
        (2, "new", "Bob Carter", "447700900102"),
        (3, "new", "Carla Diaz", "447700900103"),
        (4, "rejected", "no phone number", None),
    ]

    def test_a_workbook_without_titles(self):
        self.golden("bare.xlsx", self.BARE)

    def test_the_same_as_open_document(self):
        self.golden("bare.ods", self.BARE)

    def test_the_same_as_unicode_text_with_the_number_shortened(self):
        _, summary = self.golden("bare.txt", [(1, "rejected", "shortened by a spreadsheet", None)] + self.BARE[1:])
        self.assertEqual(summary["encoding"], "UTF-16")

    def test_workbooks_that_are_not_read_say_what_to_do(self):
        for name, word in (("old.xls", "Save it as XLSX"), ("binary.xlsb", "spreadsheet")):
            said = self.shop.run("import", os.path.join(FIXTURES, name))
            self.assertEqual(said.status, 2)
            self.assertIn(word, said.words)

    def test_mixed_encodings_with_a_mark_of_order(self):
        text = b"\xef\xbb\xbfNom;T\xc3\xa9l;Remarque\r\nZo\xc3\xa9;07700900101;\r\nRen\xe9;07700900102;caf\xe9\r\n;;\r\n"
        rows, summary = self.read(text)
        self.assertEqual([(row["name"], row["number"]) for row in rows], [("Zoé", "447700900101"), ("René", "447700900102")])
        self.assertIn("remark", rows[1])

    def test_a_number_of_the_country_that_the_mail_is_from(self):
        rows, _ = self.read("Name,Phone,Mail\nJulie,06 55 01 73 20,julie@example.fr\nTom,020 7946 0102,tom@example.fr\n")
        self.assertEqual([row["number"] for row in rows], ["33655017320", "442079460102"])
        self.assertEqual(rows[0]["remark"], "France, as the e-mail ends in .fr")

    def test_digits_that_are_missing(self):
        rows, _ = self.read("Name,Phone\nM. Lahlou,07700 9004\nAmina,07700900101\n")
        self.assertEqual(self.fates(rows), ["rejected", "new"])
        self.assertIn("digits are missing", rows[0]["reason"])

    def test_days_of_the_order_that_the_file_itself_proves(self):
        self.read("Name,Phone,Birthday\nA,07700900101,03/04/1990\nB,07700900102,12/25/1991\n", country="GB")
        self.assertEqual(self.shop.ok("contact", "show", "+447700900101").row["fields"]["birthday"], "1990-03-04")
        self.read("Name,Phone,Birthday\nC,07700900103,03/04/1990\n", country="GB")
        self.assertEqual(self.shop.ok("contact", "show", "+447700900103").row["fields"]["birthday"], "1990-04-03")


if __name__ == "__main__":
    unittest.main()
