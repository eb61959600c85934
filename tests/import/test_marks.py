"""A tag, and a stage, for everybody on a list: they come with it and go back with it."""

import unittest

from importing import ImportTest

LIST = "Name,Phone\nAmina,07700900101\nBob,07700900102\nCarla,07700900103\n"


class Marks(ImportTest):
    def sql(self, words, *values):
        with self.file() as db:
            return db.execute(words, values).fetchall()

    def tagged(self, tag="Wedding Fair"):
        return [name for name, in self.sql("SELECT c.name FROM contact c JOIN contact_tag g ON g.contact_id = c.id JOIN tag ON tag.id = g.tag_id WHERE tag.name = ? ORDER BY c.name", tag)]

    def act(self, name, act, text):
        contact = self.sql("SELECT id FROM contact WHERE name = ?", name)[0][0]
        self.shop.ok("contact", act, str(contact), "--text", text)

    def stage(self, name="Lead"):
        self.shop.ok("contact", "add-stage", "--take", name)
        return self.sql("SELECT id FROM stage WHERE name = ?", name)[0][0]

    def staged(self):
        return dict(self.sql("SELECT name, stage_id FROM contact"))

    def test_everybody_on_the_list_gets_the_tag_also_who_was_there(self):
        self.read("Name,Phone\nAmina,07700900101\n")
        rows, summary = self.read(LIST, "--tag", "Wedding Fair")
        self.assertEqual((self.fates(rows), summary["changed"]), (["changed", "new", "new"], 1))
        self.assertEqual(self.tagged(), ["Amina", "Bob", "Carla"])
        self.check()

    def test_the_same_list_with_the_same_tag_changes_nothing(self):
        self.read(LIST, "--tag", "Wedding Fair")
        before = self.rows_of_file()
        rows, summary = self.read(LIST, "--tag", " wedding fair ")
        self.assertEqual((self.fates(rows), summary["import"]), (["same"] * 3, None))
        self.assertEqual(self.rows_of_file(), before)
        self.assertEqual(self.sql("SELECT count(*) FROM tag WHERE folded = 'wedding fair'"), [(1,)])

    def test_a_dry_run_makes_no_tag(self):
        rows, _ = self.read(LIST, "--tag", "Wedding Fair", "--dry-run")
        self.assertEqual((self.fates(rows), self.sql("SELECT count(*) FROM tag WHERE name = 'Wedding Fair'")), (["new"] * 3, [(0,)]))

    def test_undo_takes_the_tag_back_from_those_who_stay(self):
        self.read("Name,Phone\nAmina,07700900101\nBob,07700900102\n")
        self.read("Name,Phone\nBob,07700900102\n", "--tag", "Regular")
        _, summary = self.read(LIST, "--tag", "Wedding Fair")
        undone = self.shop.ok("import", "undo", summary["import"]).rows[-1]["summary"]
        self.assertEqual(undone, {"undone": 3, "kept": 0})
        self.assertEqual((self.tagged(), self.tagged("Regular"), sorted(self.contacts().values())), ([], ["Bob"], ["Amina", "Bob"]))
        # It was made for the list, and nobody else has it.
        self.assertEqual(self.sql("SELECT name FROM tag WHERE name = 'Wedding Fair'"), [])
        self.check()

    def test_a_tag_that_was_there_or_that_somebody_else_got_stays(self):
        self.read("Name,Phone\nAmina,07700900101\n", "--tag", "Regular")
        _, summary = self.read(LIST, "--tag", "Regular")
        self.shop.ok("import", "undo", summary["import"])
        self.assertEqual(self.tagged("Regular"), ["Amina"])
        self.read("Name,Phone\nZoe,07700900109\n")
        _, summary = self.read(LIST, "--tag", "Fair")
        self.act("Zoe", "tag", "Fair")
        self.shop.ok("import", "undo", summary["import"])
        self.assertEqual(self.tagged("Fair"), ["Zoe"])

    def test_the_stage_is_for_those_who_have_none(self):
        lead, won = self.stage("Lead"), self.stage("Won")
        self.read("Name,Phone\nAmina,07700900101\nBob,07700900102\n")
        self.act("Amina", "stage", "Won")
        rows, summary = self.read(LIST, "--stage", "lead")
        self.assertEqual(self.fates(rows), ["same", "changed", "new"])
        self.assertEqual(self.staged(), {"Amina": won, "Bob": lead, "Carla": lead})
        self.shop.ok("import", "undo", summary["import"])
        self.assertEqual(self.staged(), {"Amina": won, "Bob": 0})

    def test_a_stage_that_somebody_chose_since_stays(self):
        self.stage("Lead")
        won = self.stage("Won")
        self.read("Name,Phone\nBob,07700900102\n")
        _, summary = self.read(LIST, "--stage", "Lead")
        self.act("Bob", "stage", "Won")
        rows = self.shop.ok("import", "undo", summary["import"]).rows
        self.assertEqual([(row["name"], row["kept"]) for row in rows[:-1]], [("Bob", "edited")])
        self.assertEqual(self.staged(), {"Bob": won})

    def test_no_such_stage(self):
        said = self.shop.run("import", self.write(LIST), "--country", "GB", "--stage", "Nowhere")
        self.assertEqual((said.status, self.contacts()), (2, {}))
        self.assertIn("no stage", said.words)

    def test_while_the_shop_is_open(self):
        self.shop.serve()
        rows, summary = self.read(LIST, "--tag", "Wedding Fair")
        self.shop.stop()
        self.assertEqual([row["contact"] for row in rows], [str(id) for id, in self.sql("SELECT id FROM contact ORDER BY name")])
        self.assertEqual([set(row) for row in rows], [{"row", "fate", "reason", "name", "number", "contact"}] * 3)
        self.assertIsNotNone(summary["import"])
        self.assertEqual(self.tagged(), ["Amina", "Bob", "Carla"])


if __name__ == "__main__":
    unittest.main()
