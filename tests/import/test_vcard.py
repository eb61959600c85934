"""Address books as phones export them."""

import quopri
import unittest

from importing import ImportTest

ANDROID = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=AD=D8=AF=D8=A7=D8=AF;=D8=A3=D9=85=D9=\r
=8A=D9=86=D8=A9;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=A3=D9=85=D9=8A=D9=86=D8=A9=20=D8=AD=\r
=D8=AF=D8=A7=D8=AF
TEL;CELL;PREF:07700900101
TEL;HOME:0113 496 0102
TEL;FAX:0113 496 0103
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==

END:VCARD
"""

APPLE = """BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//iPhone OS 17.0//EN\r
N:Müller;Zoë;;;\r
FN:Zoë Müller\r
ORG:Müller & Söhne\\, Bäckerei;Shop\r
item1.TEL;type=pref:+44 7700 900102\r
item1.X-ABLabel:_$!<HomePage>!$_\r
item2.EMAIL;type=INTERNET:zoe@example.org\r
NOTE:First line\\nsecond line; with a semicolon and a very long text that is fo\r
 lded in the middle of a word\r
BDAY:1990-05-01\r
END:VCARD\r
"""

FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Bob: the builder
TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+44-7700-900103;ext=5
LANG;PREF=1:fr
END:VCARD
"""

WHATSAPP = "BEGIN:VCARD\nVERSION:3.0\nN:;Carla;;;\nFN:Carla\nTEL;type=CELL;waid=447700900104:+44 7700 900104\nEND:VCARD\n"


class Vcards(ImportTest):
    def card(self, text, *words):
        rows, summary = self.read(text, *words)
        self.assertEqual(summary["kind"], "vcard")
        return rows, self.shop.ok("contact", "show", rows[0]["contact"]).row

    def test_android(self):
        _, card = self.card(ANDROID)
        self.assertEqual((card["name"], card["numbers"]), ("أمينة حداد", ["447700900101", "441134960102"]))

    def test_apple(self):
        _, card = self.card(APPLE)
        self.assertEqual((card["name"], card["numbers"]), ("Zoë Müller", ["447700900102"]))
        self.assertEqual(card["fields"]["company"], "Müller & Söhne, Bäckerei Shop")
        self.assertEqual(card["fields"]["note"], "First line\nsecond line; with a semicolon and a very long text that is folded in the middle of a word")
        self.assertEqual((card["fields"]["email"], card["fields"]["birthday"]), ("zoe@example.org", "1990-05-01"))

    def test_version_four(self):
        _, card = self.card(FOUR)
        self.assertEqual((card["name"], card["numbers"], card["language"]), ("Bob: the builder", ["447700900103"], "fr"))

    def test_the_network_s_own_id(self):
        _, card = self.card(WHATSAPP.replace(":+44 7700 900104", ":0 77-00"))
        self.assertEqual(card["numbers"], ["447700900104"])

    def test_a_whole_address_book(self):
        rows, _ = self.read(ANDROID + APPLE + FOUR + WHATSAPP, "--dry-run")
        self.assertEqual([(row["row"], row["fate"]) for row in rows], [(1, "new"), (2, "new"), (3, "new"), (4, "new")])

    def test_letters_that_are_not_what_the_card_says(self):
        rows, _ = self.read("BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8:M\u00fcller;Zo\u00eb\nTEL:07700900101\nEND:VCARD\n".encode("cp1252"), "--dry-run")
        self.assertEqual(rows[0]["name"], "Zoë Müller")
        quoted = quopri.encodestring("Zoë".encode("cp1252")).decode()
        rows, _ = self.read(f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:{quoted}\nTEL:07700900101\nEND:VCARD\n", "--dry-run")
        self.assertEqual(rows[0]["name"], "Zoë")

    def test_a_photo_of_many_megabytes_is_read_past(self):
        photo = "PHOTO;ENCODING=b;TYPE=JPEG:" + "\n ".join(["A" * 74] * 300000)
        rows, _ = self.read(WHATSAPP.replace("END:", photo + "\nEND:"), "--dry-run")
        self.assertEqual(rows[0]["number"], "447700900104")

    def test_cards_without_an_end_and_cards_within_cards(self):
        rows, _ = self.read(FOUR.replace("END:VCARD\n", "") + WHATSAPP.replace("END:VCARD\n", ""), "--dry-run")
        self.assertEqual([(row["name"], row["number"]) for row in rows], [("Bob: the builder", "447700900103"), ("Carla", "447700900104")])
        self.assertEqual(rows[1]["remark"], "The card breaks off")

    def test_a_card_without_a_number(self):
        rows, _ = self.read("BEGIN:VCARD\nVERSION:3.0\nFN:Nobody\nEND:VCARD\n", "--dry-run")
        self.assertEqual(rows[0]["reason"], "There is no phone number in this row")


if __name__ == "__main__":
    unittest.main()
