"""What the reader of letters takes, what it refuses, and with which words."""

import json
import os
import resource
import shutil
import struct
import subprocess
import tempfile
import unittest
import zipfile
import zlib

import looks
import paper

READER = os.environ["SHOPBELL_READER"]


def ask(**request):
    found = subprocess.run([READER, "ocr"], input=json.dumps(request), capture_output=True, text=True, timeout=240, check=False,
                           env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return [json.loads(line) for line in found.stdout.splitlines()], found.returncode


def squeeze(page):
    return "".join("".join(word["t"] for word in page["words"]).split())


def png_of(width, height):
    """A header that claims everything, and nearly nothing behind it."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    row = b"\0" + b"\0" * ((width + 7) // 8)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * 100, 9)) + chunk(b"IEND", b""))


class ReaderTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="shopbell-reader-")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def path(self, name, data=None):
        path = os.path.join(self.folder, name)
        if data is not None:
            with open(path, "wb") as stream:
                stream.write(data)
        return path

    def refused(self, path, words):
        answers, code = ask(path=path, languages="eng")
        self.assertEqual(code, 1)
        self.assertEqual(len([answer for answer in answers if "words" in answer]), 0)
        self.assertIn(words, answers[-1]["message"])

    def card(self, name="card.jpg", look="photo", seed=1):
        path = self.path(name)
        return path, paper.draw_card(path, seed, look)


class Pictures(ReaderTest):
    def test_a_photo_of_a_card(self):
        path, who = self.card()
        answers, code = ask(path=path, languages="eng", picture=self.path("page"))
        page = answers[-1]
        self.assertEqual(code, 0)
        self.assertEqual(page["verdict"], "good")
        self.assertIn(who["phone"].replace(" ", ""), squeeze(page))
        self.assertTrue(os.path.getsize(page["picture"]) > 1000)
        letter = page["words"][0]["letters"][0]
        self.assertTrue({"t", "c", "x", "y", "w", "h"} <= set(letter))

    def test_a_photo_on_its_head_says_so(self):
        path, who = self.card(look="upside-down")
        page = ask(path=path, languages="eng")[0][-1]
        self.assertEqual((page["verdict"], page["turn"]), ("turned", 180))
        page = ask(path=path, languages="eng", auto_turn=True)[0][-1]
        self.assertEqual(page["verdict"], "good")
        self.assertIn(who["phone"].replace(" ", ""), squeeze(page))

    def test_how_the_telephone_was_held(self):
        """The note of a photo is followed: no question about a turn then."""
        path, who = self.card(look="sideways")
        with open(path, "rb") as stream:
            data = stream.read()
        note = b"Exif\0\0" + b"II*\0\x08\0\0\0" + b"\x01\0" + struct.pack("<HHIHH", 0x0112, 3, 1, 8, 0) + b"\0\0\0\0"
        turned = self.path("turned.jpg", data[:2] + b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note + data[2:])
        page = ask(path=turned, languages="eng")[0][-1]
        self.assertEqual((page["verdict"], page["turn"]), ("good", 0))
        self.assertIn(who["phone"].replace(" ", ""), squeeze(page))

    def test_a_blurred_photo_says_so(self):
        path, _ = self.card(look="blurred")
        self.assertEqual(ask(path=path, languages="eng")[0][-1]["verdict"], "blurred")

    def test_pages_of_a_tiff(self):
        first, one = self.card("a.png", "clean", 1)
        second, two = self.card("b.png", "clean", 2)
        path = self.path("both.tiff")
        subprocess.run(["convert", first, second, path], check=True)
        pages = [answer for answer in ask(path=path, languages="eng")[0] if "words" in answer]
        self.assertEqual([page["page"] for page in pages], [0, 1])
        self.assertIn(one["phone"].replace(" ", ""), squeeze(pages[0]))
        self.assertIn(two["phone"].replace(" ", ""), squeeze(pages[1]))


class Odd(ReaderTest):
    """Pictures that are no paper: each is answered, and none costs much."""

    def answered(self, path):
        answers, code = ask(path=path, languages="eng")
        self.assertIn(code, (0, 1))
        self.assertTrue("words" in answers[-1] or answers[-1].get("message"), answers)
        return answers[-1]

    def test_one_point(self):
        path = self.path("one.png")
        subprocess.run(["convert", "-size", "1x1", "xc:white", path], check=True)
        self.assertEqual(self.answered(path)["words"], [])

    def test_thirty_thousand_points_in_a_row(self):
        path = self.path("long.png")
        subprocess.run(["convert", "-size", "30000x20", "xc:white", path], check=True)
        self.assertEqual(self.answered(path)["words"], [])
        subprocess.run(["convert", "-size", "20x30000", "xc:white", path], check=True)
        self.assertEqual(self.answered(path)["words"], [])
        self.refused(self.path("square.png", png_of(30000, 30000)), "50 million")

    def test_half_a_photo(self):
        path, _ = self.card()
        with open(path, "rb") as stream:
            data = stream.read()
        for share in (0.02, 0.3, 0.6, 0.95):
            self.answered(self.path("half.jpg", data[:int(len(data) * share)]))

    def test_noise(self):
        path = self.path("noise.png")
        subprocess.run(["convert", "-size", "600x400", "xc:gray", "-seed", "3", "+noise", "Random", path], check=True)
        self.assertNotEqual(self.answered(path)["verdict"], "good")


class Refused(ReaderTest):
    def test_a_bomb_is_told_by_its_header(self):
        self.refused(self.path("bomb.png", png_of(20000, 20000)), "50 million")

    def test_a_picture_of_a_gigabyte(self):
        path, _ = self.card()
        with open(path, "r+b") as stream:
            stream.truncate(1 << 30)
        self.refused(path, "100 MB")

    def test_broken_files(self):
        path, _ = self.card()
        with open(path, "rb") as stream:
            data = stream.read()
        self.refused(self.path("cut.png", b"\x89PNG\r\n\x1a\nnothing"), "damaged")
        self.refused(self.path("cut.pdf", b"%PDF-1.7\nnothing"), "damaged")
        self.refused(self.path("none.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"), "damaged")
        self.refused(self.path("half.docx", b"PK\3\4" + data[:100]), "damaged")
        self.refused(self.path("empty.jpg", b""), "empty")
        self.refused(self.path("what.bin", b"\0\1\2\3" * 100), "This kind of file")
        self.refused(self.path("gone.jpg"), "not there")
        os.mkfifo(self.path("pipe"))
        self.refused(self.path("pipe"), "no file that could be read")
        self.refused(self.folder, "folder")
        self.refused("/dev/zero", "no file that could be read")

    def test_a_pdf_with_a_password(self):
        parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
                 b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"]
        data, places = b"%PDF-1.4\n", []
        for number, part in enumerate(parts, 1):
            places.append(len(data))
            data += b"%d 0 obj" % number + part + b"endobj\n"
        start = len(data)
        data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
        data += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<" + b"43" * 16 + b"><" + b"43" * 16 + b">]>>\nstartxref\n%d\n%%%%EOF\n" % start
        self.refused(self.path("locked.pdf", data), "password")

    def test_a_document_that_is_a_trap(self):
        path = self.path("bomb.docx")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", "<w:document xmlns:w='w'><w:p><w:t>" + " " * (64 << 20) + "</w:t></w:p></w:document>")
        self.refused(path, "trap")


class East(ReaderTest):
    def test_digits_of_the_east(self):
        """The model of the language does not know them; their groups run from left to right on the paper."""
        path = self.path("list.jpg")
        look = looks.draw_look(path, "arabic", 12)
        page = ask(path=path, languages="ara+eng")[0][-1]
        digits = squeeze(page)
        found = sum(row["phone"].replace(" ", "") in digits for row in look["rows"])
        self.assertGreaterEqual(found, 11)
        # What stands beside the numbers is read cell by cell.
        words = {word["t"] for word in page["words"]}
        found = sum(set(row["name"].split()) <= words for row in look["rows"])
        self.assertGreaterEqual(found, 10)

    def test_a_card_of_large_joined_letters(self):
        """The engine takes the largest line for a picture, and one digit for four of a number that is not of the east."""
        path = self.path("card.jpg")
        who = looks.draw_arabic_card(path, 6)
        page = ask(path=path, languages="ara+eng")[0][-1]
        words = {word["t"] for word in page["words"]}
        self.assertLessEqual(set(who["company"].split()) | set(who["phone"].split()), words)
        changed = next(word for word in page["words"] if word["t"] == who["phone"].split()[-1])
        self.assertTrue(all(letter["c"] < 92 for letter in changed["letters"]))

    def test_light_letters_on_dark_paper(self):
        path = self.path("night.jpg")
        who = looks.draw_card(path, 24)
        self.assertIn(who["phone"].replace(" ", ""), squeeze(ask(path=path, languages="eng")[0][-1]))


class Documents(ReaderTest):
    def test_text_is_taken_as_it_is(self):
        answers, _ = ask(path=self.path("list.txt", "Zoë\t07700 900123\n".encode()), languages="eng")
        self.assertEqual(answers[-1]["text"], "Zoë\t07700 900123\n")

    def test_a_table_of_a_document(self):
        path = self.path("list.docx")
        cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        body = "<w:tbl><w:tr>" + cell.format("Amina") + cell.format("07700 900123") + "</w:tr></w:tbl><w:p><w:r><w:t>Omar 07700 900456</w:t></w:r></w:p>"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body></w:document>")
        self.assertEqual(ask(path=path, languages="eng")[0][-1]["text"], "Amina\t07700 900123\nOmar 07700 900456\n")

    def pdf(self, pages):
        """Pages of vector text, as a program writes them."""
        svg = self.path("page.svg")
        with open(svg, "w", encoding="utf-8") as stream:
            stream.write('<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842"><text x="60" y="90" font-family="Noto Sans" font-size="14">Amina Haddad 07700 900123 one cake</text></svg>')
        path = self.path("list.pdf")
        subprocess.run(["rsvg-convert", "-f", "pdf", "-o", path, *[svg] * pages], check=True)
        return path

    def test_two_hundred_pages_are_told_of_one_by_one(self):
        path = self.pdf(200)
        self.assertEqual(ask(path=path, count=True)[0][-1], {"pages": 200})
        pages = [answer for answer in ask(path=path, languages="eng")[0] if "words" in answer]
        self.assertEqual([page["page"] for page in pages], list(range(200)))
        # Of the largest child so far: two hundred pages take no more than a few.
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, 700 * 1024)
        answers, code = ask(path=path, languages="eng", first=3, last=22)
        pages = [answer for answer in answers if "words" in answer]
        self.assertEqual((code, [page["page"] for page in pages]), (0, list(range(3, 23))))
        self.assertEqual(len([answer for answer in answers if "reading" in answer]), 20)
        self.assertTrue(all("07700900123" in squeeze(page) for page in pages))


if __name__ == "__main__":
    unittest.main()
