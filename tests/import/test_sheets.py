"""Workbooks of Excel, LibreOffice and Google, and workbooks that are traps."""

import io
import subprocess
import sys
import unittest
import zipfile

from importing import ImportTest
from sheets import HEAD, MAIN, Workbook, ods, zipped

ROWS = [(1, ["Name", "Phone", "Since", "Member"]), (2, ["Amina Haddad", 447700900101, ("45413", "date"), True]), (5, ["Zoë", (4.47700900102e11, "0.00E+00"), None, "#N/A"]),
        (6, ["Léa", ("7700900103", "00000000000")])]


class Excel(ImportTest):
    def test_each_program_s_way_of_writing_strings(self):
        for kind in ("excel", "google", "plain"):
            with self.subTest(kind=kind):
                book = Workbook(kind)
                book.add("Customers", ROWS)
                rows, summary = self.read(book.bytes(), "--dry-run")
                self.assertEqual([(row["name"], row["number"]) for row in rows], [("Amina Haddad", "447700900101"), ("Zoë", "447700900102"), ("Léa", "447700900103")])
                self.assertEqual((summary["kind"], summary["sheet"]), ("xlsx", "Customers"))
                if kind != "plain":
                    self.assertEqual([row["row"] for row in rows], [2, 5, 6])

    def test_numbers_shown_as_8_12e_11_have_all_their_digits(self):
        book = Workbook()
        book.add("S", [(1, ["Phone"]), (2, [("447700900101", "0.00E+00")]), (3, [("4.47700900102E11", "General")]), (4, [4.47700900103e11])])
        self.assertEqual([row["number"] for row in self.read(book.bytes(), "--dry-run")[0]], ["447700900101", "447700900102", "447700900103"])

    def test_dates_are_dates(self):
        for date1904, serial, day in ((False, "45413", "2024-05-01"), (True, "43951", "2024-05-01"), (False, "45413.75", "2024-05-01")):
            book = Workbook(date1904=date1904)
            book.add("S", [(1, ["Name", "Phone", "Birthday"]), (2, ["A", "07700900101", (serial, "yyyy\\-mm\\-dd;@")]), (3, ["B", (serial, "[$-409]d\\ mmm\\ yy"), None])])
            rows, _ = self.read(book.bytes())
            self.assertEqual(self.shop.ok("contact", "show", rows[0]["contact"]).row["fields"], {"birthday": day})
            self.assertIn(f"“{day}” is a date", rows[1]["reason"])

    def test_the_first_sheet_with_rows_or_the_one_asked_for(self):
        book = Workbook()
        book.add("Empty", [])
        book.add("One", [(1, ["Name", "Phone"]), (2, ["A", "07700900101"])])
        book.add("Two", [(1, ["Name", "Phone"]), (2, ["B", "07700900102"])])
        self.assertEqual(self.read(book.bytes(), "--dry-run")[0][0]["name"], "A")
        self.assertEqual(self.read(book.bytes(), "--dry-run", "--sheet", "Two")[0][0]["name"], "B")
        self.assertEqual(self.shop.run("import", self.write(book.bytes()), "--sheet", "Three").status, 3)

    def test_merged_cells_count_once(self):
        book = Workbook()
        book.add("S", [(1, ["Name", "Phone"]), (2, ["Family", "07700900101"]), (3, [None, "07700900102"])], merged=["A2:A3"])
        rows, _ = self.read(book.bytes(), "--dry-run")
        self.assertEqual([row["name"] for row in rows], ["Family", ""])

    def test_far_columns_make_a_row_unreadable_not_large(self):
        cell = '<c r="XFD2" t="inlineStr"><is><t>far</t></is></c>'
        book = Workbook()
        book.add("S", [(1, ["Name", "Phone"]), (2, ["A", "07700900101"]), (3, ["B", "07700900102"])])
        parts = book.parts()
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace('</row><row r="3">', cell + '</row><row r="3">')
        self.assertEqual(self.fates(self.read(zipped(parts), "--dry-run")[0]), ["rejected", "new"])


class OpenDocument(ImportTest):
    def test_a_sheet_of_libreoffice(self):
        rows, summary = self.read(ods([("Kunden", [["Name", "Telefon"], ["Amina", ("float", "447700900101", "4.48E+11")], ["Zoë", ("float", "7700900102", "07700900102")], ["B", ("date", "2024-05-01", "01.05.24")],
                                                   ["C", "07700900103"]])]), "--dry-run")
        self.assertEqual(self.fates(rows), ["new", "new", "rejected", "new"])
        self.assertEqual([row.get("number") for row in rows], ["447700900101", "447700900102", None, "447700900103"])
        self.assertEqual((summary["kind"], summary["sheet"]), ("ods", "Kunden"))

    def test_repetitions_are_counted_not_made(self):
        tail = '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell office:value-type="string" table:number-columns-repeated="1000000000"><text:p>x</text:p></table:table-cell></table:table-row>'
        rows, _ = self.read(ods([("S", [["Name", "Phone"], ["A", "07700900101"]])], tail), "--dry-run")
        self.assertEqual(self.fates(rows), ["new", "rejected"])


class Traps(ImportTest):
    """Refused, with the reason, in little memory."""

    def trap(self, parts, word):
        """The program is the child of a small one: what its parent needs would count as its own."""
        path = self.write(zipped(parts) if isinstance(parts, dict) else parts, "trap.xlsx")
        measure = "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
        done = subprocess.run([sys.executable, "-c", measure, *self.shop.command("import", path, "--country", "GB")], capture_output=True, text=True, timeout=900 if self.sanitized() else 120)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(word, done.stderr)
        if not self.sanitized():
            self.assertLess(int(done.stdout.split()[-1]) / 1024, 256)
        self.assertEqual(self.contacts(), {})

    def sanitized(self):
        """A program that watches its own memory keeps what it gave back for a while; its size says nothing."""
        with open(self.shop.command("import")[0], "rb") as file:
            return b"__asan_init" in file.read()

    def book(self, sheet, **more):
        book = Workbook("plain")
        book.add("S", [(1, ["Name", "Phone"]), (2, ["A", "07700900101"])])
        parts = book.parts()
        if sheet is not None:
            parts["xl/worksheets/sheet1.xml"] = sheet
        parts.update(more)
        return parts

    def test_a_bomb_of_blanks(self):
        self.trap(self.book(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>' + " " * (60 << 20)), "")

    def test_a_bomb_of_cells(self):
        self.trap(self.book(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>Phone</t></is></c></row>' + "<row><c><v>447700900101</v></c></row>" * 2000000 + "</sheetData></worksheet>"), "far more than it is")

    def test_entities_are_never_put_in(self):
        laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)) + "]>"
        self.trap(self.book(f'<?xml version="1.0"?>{laughs}<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>'), "words of its own")
        self.trap(self.book(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>'),
                  "words of its own")

    def test_ten_thousand_parts(self):
        self.trap(self.book(None, **{f"x/{n}": "" for n in range(10050)}), "10,000 parts")

    def test_a_file_cut_short(self):
        whole = zipped(self.book(None))
        for length in (len(whole) // 4, len(whole) // 3):
            self.trap(whole[:length], "damaged")

    def test_broken_contents(self):
        self.trap(self.book(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row><c><v>1</row>'), "damaged")

    def test_other_packed_files(self):
        self.trap({"word/document.xml": "<x/>"}, "no spreadsheet")
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("x", "y")
        self.trap({"inner.zip": inner.getvalue()}, "no spreadsheet")

    def test_a_password(self):
        content = zipped({"content.xml": "scrambled", "META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>", "mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
        self.trap(content, "password")


if __name__ == "__main__":
    unittest.main()
