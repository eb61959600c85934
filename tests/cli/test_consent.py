"""What people agreed to, one person's data and their erasure, by the command line."""

import json
import os
import tempfile
import unittest

from shop import Shop

LIST = "Name,Phone\nAmina Haddad,+351912000111\nBen Okafor,+351912000222\n"


class Consent(unittest.TestCase):
    def setUp(self):
        self.shop = Shop().__enter__()
        self.shop.ok("init", "--name", "Cakes")
        self.file = os.path.join(self.shop.folder, "people.csv")
        with open(self.file, "w") as stream:
            stream.write(LIST)
        self.shop.ok("import", self.file)

    def tearDown(self):
        self.shop.__exit__()

    def fates(self, *words):
        return [row["fate"] for row in self.shop.ok("import", self.file, *words).rows if "fate" in row]

    def test_a_file_never_speaks_for_a_customer(self):
        self.assertEqual(self.shop.ok("consent", "list").row, {"offers": 0, "orders": 0, "none": 2, "opted-out": 0})

    def test_the_shops_word_about_a_list_opts_nobody_in(self):
        with open(self.file, "a") as stream:
            stream.write("Carla Dias,+351912000333\n")
        self.shop.ok("import", self.file, "--permission", "web", "--wording", "May we write to you?")
        said, now = self.shop.ok("consent", "show", "+351912000333").rows
        self.assertEqual((said["said_by_shop"], said["wording"], said["file"]), ("web", "May we write to you?", "people.csv"))
        self.assertEqual(now["now"], "none")
        self.assertEqual(self.shop.ok("consent", "list").row, {"offers": 0, "orders": 0, "none": 3, "opted-out": 0})
        self.assertNotEqual(self.shop.run("import", self.file, "--permission", "silence").status, 0)

    def test_recorded_withdrawn_and_proved(self):
        proof = os.path.join(self.shop.folder, "form.txt")
        with open(proof, "w") as stream:
            stream.write("signed")
        said = self.shop.ok("consent", "add", "+351912000111", "--purpose", "offers", "--answer", "yes", "--method", "form", "--proof", proof)
        self.assertEqual(said.row["now"], "offers")
        *entries, now = self.shop.ok("consent", "show", "+351 912 000 111").rows
        self.assertEqual([(entry["purpose"], entry["answer"], entry["method"]) for entry in entries], [("offers", "yes", "form")])
        self.assertTrue(os.path.exists(os.path.join(self.shop.shop, "media", entries[0]["evidence"])))
        self.assertEqual(now["now"], "offers")
        self.shop.ok("undo")
        *entries, after = self.shop.ok("consent", "show", "+351912000111").rows
        self.assertEqual([entry["answer"] for entry in entries], ["yes", "withdrawn"])
        self.assertEqual((entries[0]["stands"], after["now"]), (False, "none"))
        self.assertNotEqual(now["check"], after["check"])
        self.shop.ok("check")

    def test_nonsense_is_refused(self):
        self.assertEqual(self.shop.run("consent", "add", "+351912000111", "--purpose", "cake", "--answer", "yes", "--method", "told").status, 2)
        self.assertEqual(self.shop.run("consent", "show", "+351999999999").status, 3)
        self.assertEqual(self.shop.run("contact", "erase", "+351912000111").status, 2)

    def test_given_away(self):
        folder = os.path.join(self.shop.folder, "given")
        self.shop.ok("contact", "export", "+351912000111", "--output", folder)
        with open(os.path.join(folder, "data.json")) as stream:
            tables = json.load(stream)["tables"]
        self.assertEqual([row["name"] for row in tables["contact"]], ["Amina Haddad"])
        with open(os.path.join(folder, "index.html")) as stream:
            page = stream.read()
        self.assertIn("Amina Haddad", page)
        self.assertNotIn("Ben", page)

    def test_erased_and_not_brought_back_unasked(self):
        said = self.shop.ok("contact", "erase", "+351912000111", "--for-good")
        self.assertTrue(os.path.exists(said.row["certificate"]))
        for folder, _, files in os.walk(self.shop.shop):
            for name in files:
                with open(os.path.join(folder, name), "rb") as stream:
                    found = stream.read()
                self.assertNotIn(b"Amina", found, name)
                self.assertNotIn(b"351912000111", found, name)
        self.assertEqual(self.fates(), ["rejected", "same"])
        self.assertEqual(self.shop.run("contact", "show", "+351912000111").status, 3)
        self.assertEqual(self.fates("--bring-back"), ["new", "same"])
        self.assertEqual(self.shop.ok("contact", "show", "+351912000111").row["name"], "Amina Haddad")
        self.shop.ok("check")


unittest.main()
