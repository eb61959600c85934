"""An import twice is an import once, and taken back it leaves no trace but what people did since."""

import unittest

from importing import ImportTest

FIRST = "Name,Phone,Email\nAmina,07700900101,a@example.org\nBob,07700900102,b@example.org\nCarla,07700900103,\n"
SECOND = "Name,Phone,Email,Language\nAmina Haddad,07700900101,new@example.org,fr\nBob,07700900102,b@example.org,\nDora,07700900104,,\n"


class Undo(ImportTest):
    def sql(self, words, *values):
        with self.file() as db:
            return db.execute(words, values).fetchall()

    def people(self):
        """Contacts as they are, without the time of their last change."""
        return [self.sql("SELECT id, name, profile_name, language, country, blocked FROM contact ORDER BY id"), self.sql("SELECT contact_id, kind, value FROM identity ORDER BY contact_id, kind, value"),
                self.sql("SELECT * FROM contact_field ORDER BY contact_id, name")]

    def undo(self, import_id):
        rows = self.shop.ok("import", "undo", import_id).rows
        return rows[:-1], rows[-1]["summary"]

    def test_a_dry_run_writes_nothing(self):
        before = self.rows_of_file()
        rows, summary = self.read(FIRST, "--dry-run")
        self.assertEqual((self.fates(rows), summary["import"]), (["new"] * 3, None))
        self.assertEqual(self.rows_of_file(), before)

    def test_the_same_file_again_changes_nothing(self):
        self.read(FIRST)
        before = self.rows_of_file()
        rows, summary = self.read(FIRST)
        self.assertEqual((self.fates(rows), summary["import"]), (["same"] * 3, None))
        self.assertEqual(self.rows_of_file(), before)
        self.check()

    def test_who_was_in_the_shop_already_carries_what_is_said_of_the_list(self):
        self.read(FIRST)
        before = self.people()
        rows, summary = self.read(FIRST, "--permission", "paper", "--wording", "May we?")
        self.assertEqual((self.fates(rows), summary["same"]), (["same"] * 3, 3))
        self.assertIsNotNone(summary["import"])
        said = [row for row in self.shop.ok("consent", "show", "+447700900102").rows if "said_by_shop" in row]
        self.assertEqual([(row["said_by_shop"], row["wording"], row["import_id"]) for row in said], [("paper", "May we?", summary["import"])])
        self.assertEqual(self.people(), before)
        self.assertEqual(self.shop.ok("contact", "show", "+447700900102").row["consent"], "none")
        # The same once more says nothing new; something else does.
        self.assertIsNone(self.read(FIRST, "--permission", "paper", "--wording", "May we?")[1]["import"])
        self.assertIsNotNone(self.read(FIRST, "--permission", "shop")[1]["import"])
        path = self.path("all.csv")
        self.shop.ok("import", "all", summary["import"], "--output", path)
        with open(path, encoding="utf-8-sig") as stream:
            self.assertEqual([line.split(",")[0] for line in stream][1:], ["Same"] * 3)
        kept, undone = self.undo(summary["import"])
        self.assertEqual((kept, undone), ([], {"undone": 0, "kept": 0}))
        self.assertEqual(self.people(), before)
        self.assertEqual([row["said_by_shop"] for row in self.shop.ok("consent", "show", "+447700900102").rows if "said_by_shop" in row], ["shop"])
        self.check()

    def test_who_was_taken_off_the_lists_comes_back_with_a_list_and_goes_with_it(self):
        self.read(FIRST)
        bob = self.shop.ok("contact", "show", "+447700900102").row["id"]
        self.shop.ok("contact", "remove", bob)
        rows, summary = self.read(FIRST)
        self.assertEqual((self.fates(rows), rows[1]["remark"]), (["same", "changed", "same"], "Was taken off your lists, and comes back"))
        self.assertFalse(self.shop.ok("contact", "show", bob).row["removed"])
        self.assertEqual(self.undo(summary["import"]), ([], {"undone": 1, "kept": 0}))
        self.assertTrue(self.shop.ok("contact", "show", bob).row["removed"])
        self.check()

    def test_fates_and_what_comes_of_them(self):
        self.read(FIRST)
        rows, summary = self.read(SECOND)
        self.assertEqual(self.fates(rows), ["changed", "same", "new"])
        self.assertEqual((summary["new"], summary["changed"], summary["same"]), (1, 1, 1))
        shown = self.shop.ok("contact", "show", "+44 7700 900101").row
        self.assertEqual((shown["name"], shown["language"], shown["fields"]), ("Amina Haddad", "fr", {"email": "new@example.org"}))

    def test_only_gaps_are_filled_when_that_is_asked_for(self):
        self.read(FIRST)
        self.read(SECOND, "--fill")
        shown = self.shop.ok("contact", "show", "+44 7700 900101").row
        self.assertEqual((shown["name"], shown["language"], shown["fields"]), ("Amina", "fr", {"email": "a@example.org"}))

    def test_undo_restores_everything(self):
        empty = self.people()
        _, first = self.read(FIRST)
        before = self.people()
        _, second = self.read(SECOND)
        kept, summary = self.undo(second["import"])
        self.assertEqual((kept, summary), ([], {"undone": 2, "kept": 0}))
        self.assertEqual(self.people(), before)
        self.undo(first["import"])
        self.assertEqual(self.people(), empty)
        self.assertEqual([row["state"] for row in self.shop.ok("import", "list").rows], ["undone", "undone"])
        self.check()

    def test_undo_keeps_what_people_changed_since_and_says_so(self):
        _, first = self.read(FIRST)
        _, second = self.read(SECOND)
        self.sql("UPDATE contact SET language = 'de' WHERE name = 'Dora'")
        self.sql("UPDATE contact_field SET value = 'mine@example.org' WHERE value = 'new@example.org'")
        kept, summary = self.undo(second["import"])
        self.assertEqual(([(row["name"], row["kept"]) for row in kept], summary["kept"]), ([("Amina", "edited"), ("Dora", "edited")], 2))
        self.assertEqual(self.contacts(), {"447700900101": "Amina", "447700900102": "Bob", "447700900103": "Carla", "447700900104": "Dora"})
        # What nobody touched went back all the same.
        shown = self.shop.ok("contact", "show", "+447700900101").row
        self.assertEqual((shown.get("language"), shown["fields"]), (None, {"email": "mine@example.org"}))
        self.check()

    def test_undo_keeps_a_contact_that_was_talked_with(self):
        _, summary = self.read(FIRST)
        line = self.shop.ok("line", "add", "--kind", "cloud", "--name", "Counter", "--phone-number-id", "1", "--waba-id", "2", "--base-url", "http://127.0.0.1:9").row["line"]
        contact = self.sql("SELECT id FROM contact WHERE name = 'Bob'")[0][0]
        self.sql("INSERT INTO thread (id, contact_id, line_id) VALUES (1, ?, ?)", contact, int(line))
        kept, _ = self.undo(summary["import"])
        self.assertEqual([(row["name"], row["kept"]) for row in kept], [("Bob", "messages")])
        self.assertEqual(list(self.contacts().values()), ["Bob"])
        self.check()

    def test_an_older_import_taken_back_first_leaves_the_newer_one_standing(self):
        _, first = self.read(FIRST)
        _, second = self.read(SECOND)
        kept, _ = self.undo(first["import"])
        self.assertEqual([row["name"] for row in kept], ["Amina Haddad"])
        self.undo(second["import"])
        kept, _ = self.undo(first["import"])
        self.assertEqual((kept, self.contacts()), ([], {}))

    def test_a_deleted_contact_does_not_come_back(self):
        self.read(FIRST)
        _, second = self.read(SECOND)
        contact = self.sql("SELECT id FROM contact WHERE name = 'Amina Haddad'")[0][0]
        with self.file() as db:
            db.execute("DROP TRIGGER contact_fts_delete")  # its words are cut by a tokenizer of the desk's own
            for table, key in (("identity", "contact_id"), ("contact_field", "contact_id"), ("contact", "id")):
                db.execute(f"DELETE FROM {table} WHERE {key} = ?", (contact,))
        self.assertEqual(self.sql("SELECT count(*) FROM import_row WHERE coalesce (before, '') || coalesce (after, '') LIKE '%Amina%'"), [(0,)])
        self.undo(second["import"])
        self.assertEqual(self.contacts(), {"447700900102": "Bob", "447700900103": "Carla"})

    def test_no_such_import(self):
        self.assertEqual(self.shop.run("import", "undo", "12345").status, 3)


class Meeting(ImportTest):
    def test_numbers_meet_in_all_their_spellings(self):
        self.read("Name,Phone\nAna,+5511961234567\n")
        rows, _ = self.read("Name,Phone\nAna,+55 11 6123-4567\n")
        self.assertEqual(self.fates(rows), ["same"])
        self.assertEqual(self.contacts(), {"5511961234567": "Ana"})

    def test_rows_of_one_person_become_one(self):
        rows, summary = self.read("Name,Phone,Email\nAmina,07700900101,\nBob,07700900102,\n,+44 7700 900101,a@example.org\n")
        self.assertEqual((self.fates(rows), summary["merged"]), (["new", "new", "merged"], 1))
        self.assertEqual(rows[2]["contact"], rows[0]["contact"])
        self.assertEqual(self.shop.ok("contact", "show", rows[0]["contact"]).row["fields"], {"email": "a@example.org"})

    def test_a_row_that_means_two_customers_is_refused(self):
        self.read("Name,Phone\nAmina,07700900101\nBob,07700900102\n")
        rows, _ = self.read("Name,Phone,Mobile\nWho,07700900101,07700900102\n")
        self.assertEqual(self.fates(rows), ["rejected"])
        self.assertIn("“Bob” and “Amina”", rows[0]["reason"])

    def test_a_blocked_customer_stays_as_they_are(self):
        self.read("Name,Phone\nAmina,07700900101\n")
        with self.file() as db:
            db.execute("UPDATE contact SET blocked = 1")
        rows, _ = self.read("Name,Phone,Opt-in\nNew name,07700900101,yes\n")
        self.assertEqual((self.fates(rows), rows[0]["reason"]), (["rejected"], "This customer is blocked"))
        self.assertEqual(self.contacts(), {"447700900101": "Amina"})

    def test_consent_never_comes_from_a_file(self):
        _, summary = self.read("Name,Phone,Opt-in,WhatsApp consent\nAmina,07700900101,yes,TRUE\n", "--notes")
        self.assertEqual([column["field"] for column in summary["columns"]], ["name", "phone", "consent", "consent"])
        with self.file() as db:
            self.assertEqual(db.execute("SELECT count(*) FROM event WHERE kind = 20").fetchone(), (0,))
            self.assertEqual(db.execute("SELECT count(*) FROM contact_field").fetchone(), (0,))

    def test_a_name_with_markup_and_marks_of_direction_is_text(self):
        self.read("Name,Phone\n<b>Amina</b> \u202eevil\u2066,07700900101\n")
        self.assertEqual(self.contacts(), {"447700900101": "<b>Amina</b> evil"})


if __name__ == "__main__":
    unittest.main()
