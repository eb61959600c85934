"""CSV of every dialect and encoding, pasted text, and what is refused of them."""

import csv
import io
import subprocess
import unittest

from importing import ImportTest

PEOPLE = [("Amina Haddad", "07700 900101", "amina@example.org"), ("Zoë Müller", "+44 7700 900102", ""), ('Paul "P", the baker', "(07700) 900-103", "p@example.org")]
NUMBERS = {"447700900101": "Amina Haddad", "447700900102": "Zoë Müller", "447700900103": 'Paul "P", the baker'}


def table(rows=PEOPLE, header=("Name", "Phone", "Email"), **dialect):
    text = io.StringIO()
    writer = csv.writer(text, **dialect)
    writer.writerows([header, *rows] if header else rows)
    return text.getvalue()


class Dialects(ImportTest):
    def test_delimiters_quotes_and_line_ends_are_found(self):
        for delimiter in ",;\t|":
            for end in ("\r\n", "\n", "\r"):
                for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
                    with self.subTest(delimiter=delimiter, end=end, quoting=quoting):
                        rows, summary = self.read(table(delimiter=delimiter, lineterminator=end, quoting=quoting), "--dry-run")
                        self.assertEqual({row["number"]: row["name"] for row in rows}, NUMBERS)
                        self.assertEqual(summary["kind"], "csv")

    def test_encodings_are_found(self):
        text = table(delimiter=";")
        for encoding, named in (("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp1252", "Windows-1252")):
            with self.subTest(encoding=encoding):
                rows, summary = self.read(text.encode(encoding), "--dry-run")
                self.assertEqual({row["number"]: row["name"] for row in rows}, NUMBERS)
                self.assertEqual(summary["encoding"], named)

    def test_arabic_of_old_programs(self):
        rows, summary = self.read("الاسم;الهاتف\r\nأمينة حداد;٠٧٧٠٠٩٠٠١٠١\r\nيوسف;07700900102\r\n".replace("٠٧٧٠٠٩٠٠١٠١", "07700900101").encode("cp1256"), "--dry-run")
        self.assertEqual(summary["encoding"], "Windows-1256")
        self.assertEqual([row["name"] for row in rows], ["أمينة حداد", "يوسف"])

    def test_one_file_may_hold_two_encodings(self):
        rows, _ = self.read(b"Name,Phone\n" + "Zoë,07700900101\n".encode() + "Andr\u00e9,07700900102\n".encode("cp1252"), "--dry-run")
        self.assertEqual([row["name"] for row in rows], ["Zoë", "André"])
        self.assertNotIn("remark", rows[0])
        self.assertEqual(rows[1]["remark"], "Read as Windows-1252")

    def test_the_line_that_names_the_delimiter(self):
        rows, _ = self.read("sep=|\r\nName|Phone\r\nA, B; C|07700900101\r\n", "--dry-run")
        self.assertEqual((rows[0]["name"], rows[0]["row"]), ("A, B; C", 3))

    def test_line_ends_within_a_cell_and_marks_that_are_letters(self):
        rows, _ = self.read('Name,Phone,Note\r\n"Amina\nHaddad",07700900101,"says "hello" often"\r\nBob 6" tall,07700900102,x\r\n', "--dry-run")
        self.assertEqual([(row["row"], row["name"]) for row in rows], [(2, "Amina Haddad"), (4, 'Bob 6" tall')])

    def test_a_mark_that_never_closes_costs_one_row(self):
        rows, _ = self.read('Name,Phone\nAmina,07700900101\n"Bob,07700900102\nCarla,07700900103\n', "--dry-run")
        self.assertEqual(self.fates(rows), ["new", "rejected", "new"])
        self.assertIn("never closed", rows[1]["reason"])

    def test_ragged_rows_and_empty_ones(self):
        rows, summary = self.read("Name,Phone,City\nAmina,07700900101\n\n,,\nBob,07700900102,Leeds,more,and more\n", "--dry-run")
        self.assertEqual((self.fates(rows), summary["rows"]), (["new", "new"], 2))

    def test_nul_bytes_are_nothing(self):
        rows, _ = self.read(b"Name,Phone\nAm\0ina,0770\x000900101\n", "--dry-run")
        self.assertEqual((rows[0]["name"], rows[0]["number"]), ("Amina", "447700900101"))

    def test_pasted_lines_of_name_and_number(self):
        done = subprocess.run(self.shop.command("import", "-", "--country", "GB", "--json"), input="Amina Haddad 07700 900101\nBob: +44 7700 900102\n07700 900103 Carla\n", capture_output=True, text=True,
                              timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.contacts(), {"447700900101": "Amina Haddad", "447700900102": "Bob", "447700900103": "Carla"})

    def test_numbers_alone(self):
        rows, summary = self.read("07700900101\n07700900102\n", "--dry-run")
        self.assertEqual((self.fates(rows), summary["header"]), (["new", "new"], False))


class Limits(ImportTest):
    def test_an_endless_line_is_one_row(self):
        rows, _ = self.read(b"Name,Phone\n" + b"x" * (8 << 20) + b"\nBob,07700900102\n", "--dry-run")
        self.assertEqual(self.fates(rows), ["rejected", "new"])
        self.assertIn("1 MiB", rows[0]["reason"])

    def test_too_many_columns(self):
        rows, _ = self.read(b"Name,Phone\nBob,07700900102" + b"," * 20000 + b"\nCarla,07700900103\n", "--dry-run")
        self.assertEqual(self.fates(rows), ["rejected", "new"])

    def test_files_that_are_something_else(self):
        for content, word in ((b"", "empty"), (b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
                              (bytes(range(256)) * 8 + b"\0" * 4000, "no text")):
            with self.subTest(word=word):
                self.assertIn(word, self.refused(content))

    def test_a_list_without_numbers(self):
        self.assertIn("No column with phone numbers", self.refused("Name,City\nAmina,Leeds\n"))


class Cells(ImportTest):
    def test_what_spreadsheets_make_of_numbers(self):
        rows, _ = self.read("Name,Phone\nA,8.12E+11\nB,4.47700900101E+11\nC,'07700900102\nD,2024-05-01\nE,447700900103.0\nF,01/05/2024\nG,nothing\nH,12\n", "--dry-run")
        self.assertEqual(self.fates(rows), ["rejected", "new", "new", "rejected", "new", "rejected", "rejected", "rejected"])
        self.assertIn("last digits are lost", rows[0]["reason"])
        self.assertIn("a date", rows[3]["reason"])
        self.assertEqual([rows[n]["number"] for n in (1, 2, 4)], ["447700900101", "447700900102", "447700900103"])

    def test_local_numbers_need_a_country(self):
        rows, _ = self.read("Name,Phone\nA,07700900101\nB,+447700900102\nC,00447700900103\n", "--dry-run", country=None)
        self.assertEqual(self.fates(rows), ["rejected", "new", "new"])
        self.assertIn("country", rows[0]["reason"])

    def test_the_country_in_a_column_of_its_own(self):
        rows, _ = self.read("Name,Country code,Mobile\nA,+33,0612345678\nB,GB,07700900102\n", "--dry-run", country=None)
        self.assertEqual([row["number"] for row in rows], ["33612345678", "447700900102"])

    def test_several_numbers_in_a_cell_and_in_columns(self):
        rows, _ = self.read("Name,Mobile,Home phone\nA,07700900101 / 07700900102,07700900103\n")
        shown = self.shop.ok("contact", "show", rows[0]["contact"]).row
        self.assertEqual(shown["numbers"], ["447700900101", "447700900102", "447700900103"])

    def test_titles_of_other_programs(self):
        google = "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Notes\n"
        rows, _ = self.read(google + "Amina,,Haddad,* myContacts,Home,a@example.org,Mobile,07700900101,Bakery,likes lemon\n")
        shown = self.shop.ok("contact", "show", rows[0]["contact"]).row
        self.assertEqual((shown["name"], shown["numbers"]), ("Amina Haddad", ["447700900101"]))
        self.assertEqual(shown["fields"], {"email": "a@example.org", "company": "Bakery", "note": "likes lemon"})
        for header, name in (("Prénom,Nom,N° de téléphone", "Amina Haddad"), ("Nom,Prénom,Portable", "Haddad Amina"), ("الاسم الأول,اسم العائلة,رقم الجوال", "Amina Haddad")):
            with self.subTest(header=header):
                rows, _ = self.read(header + "\nAmina,Haddad,07700900109\n", "--dry-run")
                self.assertEqual(rows[0]["name"], name)

    def test_columns_may_be_chosen(self):
        text = "Alias,Order number,Digits\nAmi,07700900101,07700900102\n"
        self.assertEqual(self.read(text, "--dry-run")[0][0]["number"], "447700900102")
        rows, _ = self.read(text, "--dry-run", "--map", "Order number=phone", "--map", "C=none", "--map", "1=name")
        self.assertEqual((rows[0]["number"], rows[0]["name"]), ("447700900101", "Ami"))
        said = self.shop.run("import", self.write(text), "--map", "Nothing=phone")
        self.assertEqual((said.status, "no column" in said.words), (2, True))

    def test_own_columns_are_kept_only_when_asked_for(self):
        text = "Name,Phone,Shoe size\nAmina,07700900101,38\n"
        rows, _ = self.read(text)
        self.assertEqual(self.shop.ok("contact", "show", rows[0]["contact"]).row["fields"], {})
        self.read(text, "--notes")
        self.assertEqual(self.shop.ok("contact", "show", rows[0]["contact"]).row["fields"], {"Shoe size": "38"})

    def test_every_row_with_its_fate_as_a_file(self):
        path = self.path("all.csv")
        _, summary = self.read("Name,Phone\nAmina,07700900101\nBob,8.12E+11\nAmina H,07700 900101\n", "--all", path)
        with open(path, newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.reader(stream))
        self.assertEqual([row[1:] for row in rows], [["Row", "Name", "Phone"], ["2", "Amina", "07700900101"], ["3", "Bob", "8.12E+11"], ["4", "Amina H", "07700 900101"]])
        self.assertEqual([row[0].split(":")[0] for row in rows], ["What Happened", "new", "rejected", "merged"])
        later = self.path("later.csv")
        self.shop.ok("import", "all", summary["import"], "--output", later)
        with open(later, newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.reader(stream))
        self.assertEqual([row[1:] for row in rows], [["Row", "Name", "Phone"], ["2", "Amina", "'+447700900101"], ["3", "", ""]])
        self.assertEqual(rows[1][0], "New")
        self.assertIn("shortened", rows[2][0])

    def test_refused_rows_come_back_as_a_file(self):
        path = self.path("refused.csv")
        self.read("Name,Phone,Shoe size\nAmina,07700900101,38\n=Bob,8.12E+11,41\n", "--rejected", path)
        with open(path, newline="", encoding="utf-8-sig") as stream:
            refused = list(csv.reader(stream))
        self.assertEqual(refused[0], ["Reason", "Name", "Phone", "Shoe size"])
        self.assertEqual(refused[1][1:], ["'=Bob", "8.12E+11", "41"])
        with open(path, encoding="utf-8-sig") as stream:
            fixed = stream.read().replace("8.12E+11", "07700900102")
        self.assertEqual(self.fates(self.read(fixed)[0]), ["new"])
        self.assertEqual(self.contacts()["447700900102"], "=Bob")


if __name__ == "__main__":
    unittest.main()
