"""Files made to hurt: the helper that opens them is stopped, a sentence says so, and the shop is as it was."""

import os
import stat
import struct
import time
import unittest
import zlib

from importing import ImportTest
from sheets import MAIN, Workbook, zipped

GOOD = "Name,Phone\nAmina,07700900101\n"


class Hostile(ImportTest):
    def refuses(self, path, *, seconds=70):
        """No row comes in, whatever it is, and within the time."""
        before = self.rows_of_file()
        start = time.monotonic()
        said = self.shop.run("import", path, "--country", "GB")
        self.assertLess(time.monotonic() - start, seconds)
        self.assertNotEqual(said.status, 0)
        self.assertGreater(len(said.words.strip().split()), 6, said.words)
        self.assertEqual(self.rows_of_file(), before)
        self.check()
        return said.words

    def works_on(self):
        rows, _ = self.read(GOOD)
        self.assertIn(self.fates(rows), (["new"], ["same"]))

    def test_a_bomb_in_a_workbook(self):
        book = Workbook()
        book.add("List", [(1, ["Name", "Phone"]), (2, ["Amina", "07700900101"])])
        parts = book.parts()
        parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>' + "<row/>" * 40_000_000
        words = self.refuses(self.write(zipped(parts), "bomb.xlsx"))
        self.assertNotIn("Traceback", words)
        self.works_on()

    def test_a_workbook_that_never_ends(self):
        """One cell whose text goes on and on."""
        book = Workbook()
        book.add("List", [(1, ["Name", "Phone"])])
        parts = book.parts()
        parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>' + "a" * 200_000_000
        self.refuses(self.write(zipped(parts), "endless.xlsx"))
        self.works_on()

    def test_entities_that_multiply(self):
        book = Workbook()
        book.add("List", [(1, ["Name", "Phone"])])
        parts = book.parts()
        entities = "".join(f'<!ENTITY e{n} "{("&e%d;" % (n - 1)) * 10}">' for n in range(1, 12))
        parts["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE x [<!ENTITY e0 "lol">{entities}]><worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&e11;</t></is></c></row></sheetData></worksheet>'
        before = self.rows_of_file()
        said = self.shop.run("import", self.write(zipped(parts), "entities.xlsx"), "--country", "GB")
        self.assertEqual(self.contacts(), {})
        self.assertEqual(self.rows_of_file(), before)
        self.assertNotEqual(said.status, 0)

    def test_a_gigabyte_of_nothing(self):
        path = self.path("sparse.csv")
        with open(path, "wb") as stream:
            stream.truncate(1 << 30)
        self.assertLess(os.stat(path).st_blocks * 512, 1 << 20)
        self.refuses(path)
        self.works_on()

    def test_a_gigabyte_after_a_good_row(self):
        """What came before it counts for nothing: a file is taken whole or not at all."""
        path = self.path("tail.csv")
        with open(path, "wb") as stream:
            stream.write(GOOD.encode() * 3)
            stream.seek(1 << 30)
            stream.write(b"\n")
        start = time.monotonic()
        self.shop.run("import", path, "--country", "GB", "--dry-run")
        self.assertLess(time.monotonic() - start, 70)
        self.works_on()

    def test_a_zip_that_lies_about_its_size(self):
        data = bytearray(zipped({"xl/workbook.xml": "<workbook/>"}))
        at = data.index(b"PK\x01\x02")
        data[at + 24:at + 28] = struct.pack("<I", 0xFFFFFFF0)
        self.refuses(self.write(bytes(data), "lies.xlsx"))

    def test_what_is_no_file(self):
        pipe = self.path("pipe.csv")
        os.mkfifo(pipe)
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))
        self.refuses(pipe, seconds=20)
        self.refuses(self.shop.folder)
        self.refuses(self.path("is not there.csv"))

    def test_rubbish(self):
        for seed in range(4):
            self.write(zlib.compress(os.urandom(2000)) + os.urandom(5000), f"rubbish{seed}.csv")
            self.shop.run("import", self.path(f"rubbish{seed}.csv"), "--country", "GB")
            self.check()


if __name__ == "__main__":
    unittest.main()
