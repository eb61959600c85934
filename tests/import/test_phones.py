"""Address books as phones and mail programs export them: nobody has to say what a column means."""

import os
import unittest

from importing import ImportTest

PHONES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "phones")


class Phones(ImportTest):
    def book(self, name, *words):
        rows, summary = self.read(os.path.join(PHONES, name), *words)
        return [(row["fate"], row.get("name"), row.get("number")) for row in rows], rows, summary

    def card(self, row):
        shown = self.shop.ok("contact", "show", row["contact"]).row
        return shown["name"], shown["numbers"], shown["fields"]

    def test_google(self):
        seen, rows, _ = self.book("google-new.csv")
        self.assertEqual(seen, [("new", "Amina Nour Haddad", "447700900101"), ("new", "نورة بنجلون", "447700900102"), ("rejected", None, None),
                                ("new", "Elm Court Hotel", "442079460120"), ("new", "Tax Office", "447700900105")])
        self.assertEqual(self.card(rows[0]), ("Amina Nour Haddad", ["447700900101", "442079460101", "442079460102"],
                                              {"email": "amina@example.org, work@example.org", "company": "Bakery", "address": "1 Main Street Leeds LS1 1AA GB", "birthday": "1990-05-12", "note": "likes lemon\nno nuts"}))
        self.assertEqual(self.card(rows[4])[1], ["447700900105"])  # the fax is none

    def test_google_as_it_was(self):
        seen, rows, _ = self.book("google-old.csv")
        self.assertEqual(seen, [("new", "Amina Nour Haddad", "447700900101"), ("new", "Bob", "447700900102"), ("rejected", None, None)])
        self.assertEqual(self.card(rows[0]), ("Amina Nour Haddad", ["447700900101", "442079460101", "442079460102"],
                                              {"email": "amina@example.org", "company": "Bakery", "address": "1 Main Street Leeds", "birthday": "1990-05-12", "note": "likes lemon"}))

    def test_outlook(self):
        seen, rows, _ = self.book("outlook.csv")
        self.assertEqual(seen, [("new", "Amina Nour Haddad", "447700900101"), ("new", "Bob", "447700900102"), ("new", "Elm Court Hotel", "442079460120")])
        self.assertEqual(self.card(rows[0]), ("Amina Nour Haddad", ["447700900101", "442079460101"],
                                              {"email": "amina@example.org", "company": "Bakery", "address": "1 Main Street, Leeds", "birthday": "1990-12-05", "note": "likes lemon"}))

    def test_outlook_as_it_was(self):
        seen, rows, _ = self.book("outlook-classic.csv")
        self.assertEqual(seen, [("new", "Amina Haddad", "447700900101"), ("new", "Bob Carter", "447700900102")])
        self.assertEqual(self.card(rows[0])[1:], (["447700900101"], {"email": "amina@example.org", "address": "1 Main Street Leeds"}))

    def test_thunderbird(self):
        seen, rows, _ = self.book("thunderbird.csv")
        self.assertEqual(seen, [("new", "Amina Haddad", "447700900101"), ("new", "Bob", "447700900102")])
        self.assertEqual(self.card(rows[0])[1:], (["447700900101"], {"email": "amina@example.org", "company": "Bakery", "address": "1 Main Street, Leeds", "note": "likes lemon"}))

    def test_icloud(self):
        seen, rows, _ = self.book("icloud.vcf")
        self.assertEqual(seen, [("new", "Amina Nour Haddad", "447700900101"), ("new", "Elm Court Hotel", "442079460120"), ("new", "نورة بنجلون", "447700900102"), ("rejected", None, None)])
        self.assertEqual(self.card(rows[0])[1:], (["447700900101", "442079460101"], {"email": "amina@example.org", "company": "Bakery, Sons & Co. Shop", "address": "1 Main Street, Leeds, LS1 1AA, United Kingdom", "birthday": "--04-15", "note": "likes lemon\nno nuts"}))

    def test_android(self):
        seen, rows, _ = self.book("android.vcf")
        self.assertEqual(seen[:2], [("new", "نورة بنجلون من المعرض الكبير", "447700900102"), ("new", "Zoë Müller", "447700900103")])
        self.assertEqual([row["fate"] for row in rows[2:]], ["rejected", "rejected"])
        self.assertIn("too short", rows[2]["reason"])
        self.assertIn("a code", rows[3]["reason"])
        self.assertEqual(self.card(rows[1])[1:], (["447700900103"], {"email": "zoe@example.org", "company": "Bakery", "address": "1 Größe Straße, Köln, 50667, Germany", "birthday": "1990-05-12", "note": "mag Zitrone\nkeine Nüsse"}))

    def test_samsung(self):
        seen, rows, _ = self.book("samsung.vcf")
        self.assertEqual(seen, [("new", "Amina Haddad", "447700900101"), ("new", "Bob Carter", "447700900102")])
        self.assertEqual([self.card(row)[1] for row in rows], [["447700900101", "442079460101"], ["447700900102"]])

    def test_whatsapp(self):
        seen, _, _ = self.book("whatsapp.vcf")
        self.assertEqual(seen, [("new", "Carla", "447700900104"), ("new", "Tom Baker", "447700900105")])

    def test_a_chat_of_whatsapp_is_who_wrote_in_it(self):
        seen, rows, summary = self.book("whatsapp-chat.txt")
        self.assertEqual(summary["kind"], "chat")
        self.assertEqual(seen, [("rejected", None, None), ("new", "", "447700900101"), ("new", "", "447700900102")])
        self.assertEqual([row["row"] for row in rows], [2, 3, 4])

    def test_each_twice_changes_nothing(self):
        for name in sorted(os.listdir(PHONES)):
            if name == "README.md":
                continue
            with self.subTest(name=name):
                self.book(name, "--fill")
                _, _, summary = self.book(name, "--fill")
                self.assertEqual((summary["new"], summary["changed"], summary["import"]), (0, 0, None))


if __name__ == "__main__":
    unittest.main()
