"""Groups of people from the command line: counted, explained, saved, taken back, and flagged when they ask for what is gone."""

import json
import os
import unittest

from shop import Shop

PEOPLE = "Name,Phone,Birthday\nSalma Benani,+447700900010,1990-11-25\nSalma Tazi,+447700900011,1981-02-03\nOmar Tazi,+447700900012,1985-01-05\n"
SALMAS = json.dumps({"subject": "name", "op": "begins", "value": "salma"})
STALL = json.dumps({"all": [{"subject": "tag", "op": "none-of", "value": [{"id": "77", "name": "Stall"}]}]})


class Segments(unittest.TestCase):
    def setUp(self):
        self.shop = Shop()
        self.addCleanup(self.shop.__exit__)
        self.shop.ok("init", "--name", "Cake Shop")
        path = os.path.join(self.shop.folder, "people.csv")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(PEOPLE)
        self.shop.ok("import", path, "--country", "GB")

    def test_the_count_is_the_list(self):
        row = self.shop.ok("segment", "count", "--rule", SALMAS).row
        self.assertEqual(row["count"], 2)
        self.assertEqual(row["sample"], ["Salma Tazi", "Salma Benani"])
        self.assertEqual(self.shop.ok("segment", "count").row["count"], 3)
        born = {"subject": "field", "field": "Birthday", "type": "date", "op": "between", "value": ["1985-01-01", "1990-11-25"]}
        self.assertEqual(self.shop.ok("segment", "count", "--rule", json.dumps(born)).row["count"], 2)

    def test_saved_explained_removed_and_taken_back(self):
        self.shop.ok("segment", "save", "Salmas", "--rule", SALMAS)
        listed = self.shop.ok("segment", "list").row
        self.assertEqual((listed["name"], listed["words"]), ("Salmas", "Name begins with “salma”"))
        why = self.shop.ok("segment", "explain", "salmas", "+447700900012").row
        self.assertFalse(why["in"])
        self.assertEqual(why["sentence"], "Omar Tazi is not in “Salmas”.")
        self.assertEqual([line.get("seen") for line in why["lines"]], [None, "Omar Tazi"])
        self.shop.ok("segment", "delete", "Salmas")
        self.assertEqual(self.shop.ok("segment", "list").rows, [])
        self.shop.ok("undo")
        self.assertEqual(self.shop.ok("segment", "count", "Salmas").row["count"], 2)

    def test_a_rule_may_be_changed_and_changed_back(self):
        self.shop.ok("segment", "save", "Salmas", "--rule", SALMAS)
        self.shop.ok("segment", "save", "Salmas", "--rule", json.dumps({"subject": "name", "op": "contains", "value": "tazi"}))
        self.assertEqual(self.shop.ok("segment", "list").row["words"], "Name contains “tazi”")
        self.shop.ok("undo")
        self.assertEqual(self.shop.ok("segment", "list").row["words"], "Name begins with “salma”")

    def test_a_list_kept_by_hand(self):
        self.shop.ok("segment", "save", "Leads", "--list")
        self.assertEqual(self.shop.ok("segment", "add", "Leads", "+447700900010", "+447700900011").row["changed"], 2)
        self.assertEqual(self.shop.ok("segment", "add", "Leads", "+447700900010").row["changed"], 0)
        self.assertEqual(self.shop.ok("segment", "remove", "Leads", "+447700900011").row["changed"], 1)
        self.assertEqual(self.shop.ok("segment", "count", "Leads").row["count"], 1)
        self.shop.ok("undo")
        self.assertEqual(self.shop.ok("segment", "count", "Leads").row["count"], 2)
        self.assertTrue(self.shop.ok("segment", "explain", "Leads", "+447700900011").row["in"])

    def test_what_is_gone_is_flagged_and_counts_nobody(self):
        self.shop.ok("segment", "save", "Market", "--rule", STALL)
        self.assertEqual(self.shop.ok("segment", "list").row["problems"], ["The tag “Stall” is gone"])
        counted = self.shop.run("segment", "count", "Market")
        self.assertEqual(counted.status, 1)
        self.assertEqual(counted.row["count"], -1)
        self.assertFalse(self.shop.ok("segment", "explain", "Market", "+447700900010").row["in"])

    def test_refused_with_the_place(self):
        wrong = json.dumps({"all": [{"subject": "name", "op": "is", "value": "a"}, {"subject": "name", "op": "more", "value": "a"}]})
        counted = self.shop.run("segment", "count", "--rule", wrong)
        self.assertNotEqual(counted.status, 0)
        self.assertIn("all[1]", counted.words)
        self.assertNotEqual(self.shop.run("segment", "save", "Wrong", "--rule", wrong).status, 0)
        self.assertEqual(self.shop.ok("segment", "list").rows, [])
        self.assertEqual(self.shop.run("segment", "count", "Nobody").status, 3)
        self.assertEqual(self.shop.run("segment").status, 2)


unittest.main()
