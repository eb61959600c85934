"""People by the command line: what makes no sense is refused with a word, and nothing is done instead."""

import json
import os
import unittest

from shop import Shop

PEOPLE = "Name,Phone\nAmina Haddad,+447700900101\nBob,+447700900102\nZoë,+447700900103\n"


class Contacts(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.addCleanup(self.shop.__exit__)
        self.shop.ok("init", "--name", "Cake Shop")
        path = os.path.join(self.shop.folder, "people.csv")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(PEOPLE)
        rows = self.shop.ok("import", path).rows
        self.amina, self.bob, self.zoe = [row["contact"] for row in rows[:3]]

    def refused(self, status, *words):
        said = self.shop.run(*words)
        self.assertEqual(said.status, status, (words, said.words))
        self.assertTrue(said.words)
        return said.words

    def test_a_person_is_found_as_people_write_them(self):
        self.shop.ok("contact", "add-identity", self.amina, "--text", "@amina.cake")
        for who in (self.amina, "+44 7700 900101", "447700900101", "@amina.cake"):
            self.assertEqual(self.shop.ok("contact", "show", who).row["id"], self.amina, who)
            self.assertEqual(self.shop.run("consent", "show", who).status, 0, who)
        shown = self.shop.ok("contact", "show", self.amina).row["identities"]
        self.assertEqual([(one["kind"], one["value"]) for one in shown], [("phone", "447700900101"), ("username", "amina.cake")])
        self.shop.ok("contact", "tag", "+447700900102", "--text", "VIP")
        self.assertEqual(self.shop.ok("contact", "show", self.bob).row["tags"], "VIP")

    def test_acts_on_nobody(self):
        for words in (("tag", "nobody", "--text", "VIP"), ("block", "+447700900199", "--value", "1"), ("set", "x", "--name", "name", "--text", "y"), ("merge", self.amina, "nobody")):
            self.refused(3, "contact", *words)
        self.assertEqual(self.shop.ok("tag", "list").rows, [])

    def test_words_that_mean_nothing(self):
        self.refused(2, "contact", "list", "--limit", "-1")
        self.refused(2, "contact", "list", "--sort", "colour")
        self.refused(3, "contact", "list", "--stage", "Nope")
        self.refused(3, "contact", "list", "--tag", "Nope")
        self.refused(2, "contact", "paint", self.amina)
        self.refused(2, "contact", "block", self.amina, "--value", "7")
        self.refused(2, "contact", "merge", self.amina, self.bob, "--take", "colour")
        self.refused(3, "contact", "untag", self.amina, "--text", "Nope")
        self.assertEqual(self.shop.ok("tag", "list").rows, [])
        self.assertEqual(len(self.shop.ok("contact", "list").rows), 3)

    def test_blocking_needs_no_number(self):
        self.shop.ok("contact", "block", self.amina)
        self.assertEqual([row["blocked"] for row in self.shop.ok("contact", "list").rows if row["id"] == self.amina], [True])
        self.shop.ok("contact", "block", self.amina, "--value", "0")
        self.assertEqual([row["blocked"] for row in self.shop.ok("contact", "list").rows if row["id"] == self.amina], [False])

    def test_details_are_what_they_say_they_are(self):
        for name, text in (("country", "Narnia"), ("language", "not a language"), ("time_zone", "Mars/Olympus")):
            self.refused(2, "contact", "set", self.amina, "--name", name, "--text", text)
        self.refused(2, "contact", "field", self.amina, "--name", "birthday", "--text", "rubbish")
        self.refused(2, "contact", "field", self.amina, "--name", "x" * 300, "--text", "y")
        self.shop.ok("contact", "set", self.amina, "--name", "country", "--text", "United Kingdom")
        self.shop.ok("contact", "field", self.amina, "--name", "birthday", "--text", "--04-15")
        row = self.shop.ok("contact", "show", self.amina).row
        self.assertEqual((row["country"], row["fields"]), ("GB", {"birthday": "--04-15"}))

    def test_a_wording_that_is_not_there_is_no_proof(self):
        self.refused(3, "consent", "add", self.amina, "--purpose", "offers", "--answer", "yes", "--method", "form", "--wording", "99")
        self.assertEqual(self.shop.ok("contact", "show", self.amina).row["consent"], "none")

    def test_the_files_of_two_people_are_never_put_together(self):
        folder = os.path.join(self.shop.folder, "export")
        self.shop.ok("contact", "export", self.amina, "--output", folder)
        self.assertIn("already", self.refused(2, "contact", "export", self.bob, "--output", folder))
        with open(os.path.join(folder, "data.json"), encoding="utf-8") as stream:
            self.assertIn("Amina", stream.read())

    def test_a_no_outlives_erasure_and_the_return_by_a_list(self):
        self.shop.ok("consent", "add", self.amina, "--purpose", "everything", "--answer", "no", "--method", "told")
        path = os.path.join(self.shop.folder, "people.csv")
        rows = self.shop.ok("import", path, "--dry-run").rows
        self.assertEqual([row.get("remark") for row in rows[:3]], ["Opted out. Stays opted out", None, None])
        self.shop.ok("contact", "erase", self.amina, "--for-good")
        rows = self.shop.ok("import", path, "--bring-back").rows
        self.assertEqual((rows[0]["fate"], rows[0]["remark"]), ("new", "Opted out. Stays opted out"))
        self.assertEqual(self.shop.ok("contact", "show", "+447700900101").row["consent"], "opted-out")
        # Taken back and brought again they are still who said no.
        self.shop.ok("import", "undo", rows[-1]["summary"]["import"])
        self.assertEqual(self.shop.run("contact", "show", "+447700900101").status, 3)
        self.shop.ok("import", path, "--bring-back")
        self.assertEqual(self.shop.ok("contact", "show", "+447700900101").row["consent"], "opted-out")
        self.shop.ok("check")

    def test_a_proof_is_a_file(self):
        pipe, large = os.path.join(self.shop.folder, "pipe"), os.path.join(self.shop.folder, "large")
        os.mkfifo(pipe)
        with open(large, "wb") as stream:
            stream.truncate(200 << 20)
        for proof, status in ((pipe, 2), ("/dev/zero", 2), (self.shop.folder, 2), (os.path.join(self.shop.folder, "gone"), 3), (large, 1)):
            self.refused(status, "consent", "add", self.amina, "--purpose", "offers", "--answer", "yes", "--method", "form", "--proof", proof)
        self.assertEqual(self.shop.ok("contact", "show", self.amina).row["consent"], "none")
        self.assertEqual(os.listdir(os.path.join(self.shop.shop, "media")), [])

    def test_names_that_no_list_could_show(self):
        self.refused(2, "contact", "tag", self.amina, "--text", "T" * 300)
        self.refused(2, "segment", "save", "G" * 300, "--list")

    def test_beside_a_program_that_has_the_shop_open(self):
        self.shop.serve()
        try:
            self.assertEqual(self.shop.ok("consent", "add", self.amina, "--purpose", "offers", "--answer", "no", "--method", "told").row["now"], "opted-out")
            group = self.shop.ok("segment", "save", "By hand", "--list").row["id"]
            self.assertEqual(self.shop.ok("segment", "add", "By hand", self.bob, "+447700900103").row["changed"], 2)
            self.assertEqual(self.shop.ok("segment", "count", group).row["count"], 2)
            self.assertTrue(os.path.exists(self.shop.ok("contact", "erase", self.bob, "--for-good").row["certificate"]))
            self.refused(3, "contact", "show", self.bob)
            self.assertEqual(self.shop.ok("segment", "count", group).row["count"], 1)
            self.shop.ok("segment", "delete", "By hand")
            self.refused(3, "segment", "count", "By hand")
        finally:
            self.shop.stop()
        self.shop.ok("check")

    def test_a_list_and_a_rule_are_two_things(self):
        rule = json.dumps({"subject": "name", "op": "begins", "value": "a"})
        self.shop.ok("segment", "save", "By hand", "--list")
        self.refused(2, "segment", "save", "By hand", "--rule", rule)
        self.shop.ok("segment", "save", "By rule", "--rule", rule)
        self.refused(2, "segment", "save", "By rule", "--list")
        self.refused(2, "segment", "save", "Both", "--rule", rule, "--list")
        self.refused(2, "segment", "count", "By rule", "By hand")


if __name__ == "__main__":
    unittest.main()
