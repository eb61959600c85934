"""Files that are odd in the ways of shops: what a person would understand is understood, what nobody could is refused with the reason."""

import os
import subprocess
import unittest

from importing import ImportTest
from sheets import Workbook


class Odd(ImportTest):
    def card(self, number):
        return self.shop.ok("contact", "show", "+" + number).row

    def test_what_programs_wrote_for_programs_is_no_list(self):
        for content, word in (("<!DOCTYPE html><html><table><tr><td>A</td><td>07700900101</td></tr></table>", "web page"), ("\n <TABLE><tr><td>A<td>07700900101</table>", "web page"),
                              ("<?xml version='1.0'?>\n<Workbook><Row>07700900101</Row></Workbook>", "XML"), ('[{"name":"A","phone":"07700900101"}]', "JSON"), ('{"people":["07700900101"]}', "JSON"),
                              ("{\\rtf1 07700900101}", "text document")):
            with self.subTest(content=content[:20]):
                self.assertIn(word, self.refused(content, "--country", "GB"))
                self.assertIn(word, self.refused(content.encode("utf-16"), "--country", "GB"))

    def test_half_of_a_pasted_list_is_not_taken_for_a_whole_one(self):
        said = subprocess.run(self.shop.command("import", "-"), input="07700900101\n" * 1_500_000, capture_output=True, text=True, check=False)
        self.assertEqual(said.returncode, 1)
        self.assertIn("16 MiB", said.stderr)
        self.assertEqual(self.contacts(), {})

    def test_titles_and_nobody(self):
        self.assertIn("nobody", self.refused("Name,Phone\n", "--country", "GB"))
        self.assertIn("nobody", self.refused("Name,Phone\n\n,,\n  ,\n", "--country", "GB"))

    def test_a_link_that_leads_nowhere(self):
        os.symlink("nothing", self.path("link"))
        said = self.shop.run("import", self.path("link"))
        self.assertEqual(said.status, 3)
        self.assertIn("not there", said.words)

    def test_a_country_is_one_that_has_telephones(self):
        for country in ("XX", "+44", "Narnia"):
            self.assertIn("country", self.refused("Name,Phone\nA,07700900101\n", "--country", country))
        for country in ("gb", "UK", "United Kingdom"):
            rows, summary = self.read("Name,Phone\nA,07700900101\n", "--dry-run", country=country)
            self.assertEqual((self.fates(rows), summary["country"]), (["new"], "GB"))

    def test_countries_are_written_out(self):
        rows, _ = self.read("Name,Phone,Country\nA,0612345678,France\nB,0612345679,Maroc\nC,07700900101,UK\n")
        self.assertEqual([row["number"] for row in rows], ["33612345678", "212612345679", "447700900101"])
        self.assertEqual(self.card("33612345678")["country"], "FR")

    def test_a_name_of_the_list_names_no_column(self):
        book = Workbook()
        book.add("List", [(1, ["Customer list"]), (3, ["Name", "Phone", "Spent"]), (4, ["Amina", "07700900101", 12.5])])
        rows, summary = self.read(book.bytes())
        self.assertEqual((rows[0]["name"], [one["field"] for one in summary["columns"]]), ("Amina", ["name", "phone", "other"]))

    def test_words_beside_a_number(self):
        rows, _ = self.read("Name,Phone\nA,07700 900101 (mum)\nB,07700900102 or 07700900103\n")
        self.assertEqual([(row["fate"], row.get("remark")) for row in rows], [("new", "Words beside the number were passed over")] * 2)
        self.assertEqual(self.card("447700900102")["numbers"], ["447700900102", "447700900103"])
        rows, _ = self.read("Amina 07700900111\nBob - 07700 900112 (mobile)\nZoë (baker): +44 7700 900113\n")
        self.assertEqual([row["name"] for row in rows], ["Amina", "Bob", "Zoë (baker):"[:-1]])

    def test_a_birthday_that_is_none_is_left_out_and_named(self):
        rows, _ = self.read("Name,Phone,Birthday\nA,07700900101,1990-13-45\nB,07700900102,12-Jun-90\n")
        self.assertIn("1990-13-45", rows[0]["remark"])
        self.assertEqual([self.card(f"44770090010{n}")["fields"] for n in (1, 2)], [{}, {"birthday": "1990-06-12"}])

    def test_columns_of_the_owner_keep_what_may_stand_in_them(self):
        with self.file() as db:
            db.executemany("INSERT INTO field (id, name, kind, choices, position) VALUES (?, ?, ?, ?, ?)",
                           [(1, "Spent", 2, None, 1), (2, "Wedding", 3, None, 2), (3, "Size", 4, '["Small","Large"]', 3), (4, "Nuts", 5, None, 4)])
        rows, _ = self.read("Name,Phone,spent,WEDDING,Size,Nuts,Other\nA,07700900101,\"12,5\",12-Jun-90,large,oui,as it is\nB,07700900102,12a,14/06/2026,,,\nC,07700900103,3,sometime,Huge,maybe,\n", "--notes")
        self.assertEqual(self.card("447700900101")["fields"], {"Nuts": "yes", "Other": "as it is", "Size": "Large", "Spent": "12.5", "Wedding": "1990-06-12"})
        self.assertEqual(self.card("447700900102")["fields"], {"Wedding": "2026-06-14"})
        self.assertEqual(self.card("447700900103")["fields"], {"Spent": "3"})
        self.assertEqual(rows[1]["remark"], "Spent, “12a”: This is not a number.")
        self.assertIn("Huge", rows[2]["remark"])
        rows, _ = self.read("Name,Phone,Spent\nA,07700900101,12.50\n", "--notes", "--dry-run")
        self.assertEqual(self.fates(rows), ["changed"])

    def test_letters_of_russia(self):
        rows, summary = self.read("Имя;Фамилия;Телефон\nАнна;Петрова;+79161234567\nИВАН;СМИРНОВ;+79161234568\n".encode("cp1251"))
        self.assertEqual((summary["encoding"], [row["name"] for row in rows]), ("Windows-1251", ["Анна Петрова", "ИВАН СМИРНОВ"]))

    def test_a_name_beside_a_surname(self):
        rows, _ = self.read("Name,Surname,Phone\nAnna,Petrova,07700900101\nBen Hall,Hall,07700900102\n")
        self.assertEqual([row["name"] for row in rows], ["Anna Petrova", "Ben Hall"])

    def test_lines_under_a_title_of_numbers(self):
        rows, _ = self.read("Phone\nAmina 07700900101\nBob 07700900102\n")
        self.assertEqual([(row["name"], row["number"]) for row in rows], [("Amina", "447700900101"), ("Bob", "447700900102")])
        rows, _ = self.read("الاسم؛الهاتف\nأمينة؛٠٧٧٠٠٩٠٠١١١\n")
        self.assertEqual([(row["name"], row["number"]) for row in rows], [("أمينة", "447700900111")])

    def test_mexicans_by_both_spellings_are_one(self):
        rows, _ = self.read("Name,Phone\nA,+52 1 55 1234 5678\nB,+52 55 1234 5678\n", country=None)
        self.assertEqual(self.fates(rows), ["new", "merged"])

    def test_cards_that_say_what_their_letters_are(self):
        card = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GB2312:\xcd\xf5;\xc8\xfd\r\nTEL;CELL:+8613800138000\r\nBDAY:19900612\r\nEND:VCARD\r\n"
        rows, _ = self.read(card)
        self.assertEqual((rows[0]["name"], rows[0].get("remark")), ("三 王", None))
        self.assertEqual(self.card("8613800138000")["fields"], {"birthday": "1990-06-12"})
        small = "begin:vcard\nversion:2.1\nfn;charset=utf-8;encoding=quoted-printable:Zo=C3=\n=AB\ntel:+447700900101\nend:vcard\n"
        rows, _ = self.read(small)
        self.assertEqual(rows[0]["name"], "Zoë")


if __name__ == "__main__":
    unittest.main()
