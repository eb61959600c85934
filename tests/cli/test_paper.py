"""Paper by the command line: what stands on it, and a word about every wish that cannot be met."""

import os
import unittest

from shop import Shop


class Paper(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.addCleanup(self.shop.__exit__)
        self.path = os.path.join(self.shop.folder, "list.txt")
        with open(self.path, "w", encoding="utf-8") as stream:
            stream.write("Amina 07700900101\nBob 07700900102\n")

    def refused(self, status, *words):
        said = self.shop.run("ocr", *words)
        self.assertEqual((said.status, [row for row in said.rows if row.get("ok", True)]), (status, []), words)
        return said.words

    def test_rows(self):
        rows = self.shop.ok("ocr", self.path, "--country", "uk").rows
        self.assertEqual([(row["name"], row["number"]) for row in rows[1:]], [("Amina", "07700900101"), ("Bob", "07700900102")])

    def test_wishes_that_cannot_be_met(self):
        self.assertIn("xyz", self.refused(2, self.path, "--lang", "eng+xyz"))
        self.refused(2, self.path, "--lang", "")
        self.assertIn("Narnia", self.refused(2, self.path, "--country", "Narnia"))
        self.refused(2, self.path, "--as", "poem")
        self.refused(2)
        self.refused(2, self.path, self.path)

    def test_what_is_no_file(self):
        pipe = os.path.join(self.shop.folder, "pipe")
        os.mkfifo(pipe)
        self.refused(2, pipe)
        self.assertIn("folder", self.refused(2, self.shop.folder))
        self.refused(3, os.path.join(self.shop.folder, "gone.jpg"))


if __name__ == "__main__":
    unittest.main()
