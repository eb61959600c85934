"""The rows of shopbell-cli as the manual page has them, from a shop at work against the practice server."""

import json
import os
import unittest

from practice import Practice
from shop import Shop, wait_for

PIA = "447700900201"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")

THREAD = {"id", "name", "handle", "status", "unread", "unanswered", "last_at", "preview", "window_until", "waiting", "failed", "unknown", "contact", "line"}
MESSAGE = {"id", "thread", "direction", "type", "text", "status", "at", "wamid"}
OUTBOX = {"id", "message", "thread", "line", "to", "state", "attempts", "wamid", "error_code", "next_at", "attempted_at"}
CHECK = {"ok", "problems", "unread", "waiting", "sending", "failed", "unknown", "forged", "gaps"}
IDS = {"id", "thread", "contact", "line", "message", "quote"}
TIMES = {"at", "last_at", "window_until", "next_at", "attempted_at", "created_at", "last_in_at"}
COUNTS = CHECK - {"ok"} | {"attempts", "error_code"}


class Rows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = Practice("--seed", "11")
        info = cls.world.info
        cls.shop = Shop(token=info["token"], app_secret=info["app_secret"], mailbox_token=info["box_token"], verify_token=info["verify_token"])
        cls.shop.ok("init", "--name", "Cake Shop")
        cls.line = cls.shop.ok("line", "add", "--kind", "cloud", "--name", "Counter", "--phone-number-id", info["phone_number_id"], "--waba-id", info["waba_id"],
                               "--base-url", info["url"], "--mailbox", info["url"], "--box", info["box"]).row["line"]
        cls.shop.ok("template", "sync")
        # One of the templates is an offer: Pia said yes in the shop.
        people = os.path.join(cls.shop.folder, "people.csv")
        with open(people, "w") as stream:
            stream.write(f"Phone\n+{PIA}\n")
        cls.shop.ok("import", people)
        cls.shop.ok("consent", "add", "+" + PIA, "--purpose", "offers", "--answer", "yes", "--method", "told")
        cls.shop.serve()
        cls.asked = cls.world.inbound(persona="pia", text="Is there lemon cake?")
        wait_for("Pia's question", lambda: cls.shop.ok("threads").rows)

    @classmethod
    def tearDownClass(cls):
        cls.shop.__exit__()
        cls.world.__exit__()

    def sound(self, row, members=frozenset()):
        """Ids are digits in strings, times are milliseconds, counts are numbers."""
        self.assertLessEqual(members, set(row), row)
        for name, value in row.items():
            if name in IDS and value is not None:
                self.assertRegex(value, r"^[1-9][0-9]*$", name)
            elif name in TIMES and value != 0:
                self.assertGreater(value, 1_600_000_000_000, name)
                self.assertLess(value, 4_000_000_000_000, name)
            elif name in COUNTS and not isinstance(value, bool):
                self.assertIsInstance(value, int, name)

    def pia(self):
        return [row for row in self.shop.ok("threads").rows if row["name"] == "Pia" or "pia" in row["name"].lower()][0]

    def message(self, message_id):
        return [row for row in self.shop.ok("messages").rows if row["id"] == message_id][0]

    def reaches(self, message_id, *states):
        return wait_for(" or ".join(states), lambda: (row := self.message(message_id))["status"] in states and row)

    def answer(self, *words):
        return self.shop.ok("send", "--to", PIA, *words).row

    def test_threads(self):
        row = self.pia()
        self.sound(row, THREAD)
        self.assertEqual((row["status"], row["line"]), ("open", self.line))
        self.assertIsInstance(row["unanswered"], bool)
        self.assertGreater(row["window_until"], row["last_at"])
        self.assertEqual(len(self.shop.ok("threads", "--limit", "0").rows), len(self.shop.ok("threads").rows))

    def test_messages(self):
        row = self.shop.ok("messages", "--thread", self.pia()["id"]).rows[0]
        self.sound(row, MESSAGE)
        self.assertEqual((row["direction"], row["type"], row["text"], row["status"], row["wamid"]), ("in", "text", "Is there lemon cake?", "none", self.asked))

    def test_a_number_in_any_spelling(self):
        by_thread = self.shop.ok("messages", "--thread", self.pia()["id"]).rows
        for number in (PIA, "+" + PIA, "+44 7700 900201", "+44 (7700) 900-201"):
            with self.subTest(number):
                self.assertEqual([row["id"] for row in self.shop.ok("messages", "--number", number).rows], [row["id"] for row in by_thread])

    def test_send_and_its_way(self):
        sent = self.answer("--text", "Yes, from ten o'clock")
        self.sound(sent, {"id", "message", "thread", "state"})
        self.assertIs(sent["ok"], True)
        row = self.reaches(sent["message"], "delivered", "read")
        self.sound(row, MESSAGE | {"times"})
        self.assertEqual((row["direction"], row["text"]), ("out", "Yes, from ten o'clock"))
        self.assertLessEqual({"sent", "delivered"}, set(row["times"]))
        out = [o for o in self.shop.ok("outbox").rows if o["message"] == sent["message"]][0]
        self.sound(out, OUTBOX)
        self.assertEqual((out["attempts"], out["wamid"]), (1, row["wamid"]))
        log = [r for r in self.world.control("requests")["requests"] if r.get("wamid") == row["wamid"]]
        self.assertEqual(len(log), 1)
        self.assertEqual(log[0]["biz_opaque_callback_data"], "outbox:" + out["id"])

    def test_the_same_key_twice_is_one_message(self):
        first = self.answer("--text", "Once", "--key", "order-17")
        second = self.answer("--text", "Once", "--key", "order-17")
        self.assertEqual(first["message"], second["message"])
        self.reaches(first["message"], "delivered", "read")
        texts = [m for m in self.world.control("messages?persona=pia")["messages"] if m.get("text") == "Once"]
        self.assertEqual(len(texts), 1)

    def test_a_file(self):
        path = os.path.join(self.shop.folder, "cake.png")
        with open(path, "wb") as stream:
            stream.write(PNG)
        sent = self.answer("--file", path, "--text", "This one")
        row = self.reaches(sent["message"], "delivered", "read")
        self.assertEqual((row["type"], row["text"]), ("image", "This one"))
        attachment = row["attachments"][0]
        self.assertEqual((attachment["mime"], attachment["filename"], attachment["size"], attachment["here"]), ("image/png", "cake.png", len(PNG), True))
        self.assertNotEqual(attachment["path"], path)
        with open(attachment["path"], "rb") as stream:
            self.assertEqual(stream.read(), PNG)

    def test_a_file_that_is_not_there(self):
        said = self.shop.run("send", "--to", PIA, "--file", os.path.join(self.shop.folder, "nothing.png"))
        self.assertNotEqual(said.status, 0)
        self.assertTrue(said.words)

    def test_a_template(self):
        templates = self.shop.ok("template", "list").rows
        self.assertGreater(len(templates), 0)
        for row in templates:
            self.sound(row, {"id", "name", "language", "status", "category"})
        self.assertEqual({t["language"] for t in templates if t["name"] == "order_ready"}, {"en_GB", "fr"})
        said = self.shop.run("send", "--to", PIA, "--template", "order_ready", "--language", "fr", "--value", "body.1=Pia")
        self.assertEqual((said.status, said.row["code"]), (4, "refused"))
        sent = self.answer("--template", "order_ready", "--language", "fr", "--value", "body.1=Pia", "--value", "body.2=n° 204")
        shown = self.reaches(sent["message"], "delivered", "read")
        self.assertEqual(shown["type"], "template")
        self.assertIn("Bonjour Pia, votre commande n° 204 est prête.", shown["text"])
        named = self.answer("--template", "tasting_invitation", "--value", "body.first_name=Pia", "--value", "body.day=Monday")
        self.assertIn("Dear Pia, we invite you to our cake tasting on Monday", self.reaches(named["message"], "delivered", "read")["text"])
        self.assertEqual(self.shop.run("send", "--to", PIA, "--template", "order_ready", "--language", "xx").status, 3)

    def test_search(self):
        wait_for("the index", lambda: self.shop.ok("search", "lemon").rows)
        row = self.shop.ok("search", "lemon").rows[0]
        self.sound(row, {"message", "thread", "name", "snippet", "at"})
        self.assertEqual(row["thread"], self.pia()["id"])
        self.assertEqual(self.shop.ok("search", "no such word at all").rows, [])
        for odd in ('"', "*", "lemon AND", "from:", "has:", "before:never", "(", "NEAR(", "a:b:c", "\\", "%", "'; DROP TABLE message; --"):
            with self.subTest(odd):
                self.assertIn(self.shop.run("search", odd).status, (0, 2))

    def test_events_page_by_page(self):
        everything = self.shop.ok("events").rows
        for row in everything:
            self.sound(row, {"id", "event", "at", "stale"})
        self.assertEqual([row["id"] for row in everything], sorted((row["id"] for row in everything), key=int))
        paged, after = [], None
        while page := self.shop.ok("events", "--limit", "3", *(("--after", after) if after else ())).rows:
            self.assertLessEqual(len(page), 3)
            paged += page
            after = page[-1]["id"]
        self.assertEqual([row["id"] for row in paged][:len(everything)], [row["id"] for row in everything])
        self.assertEqual(self.shop.ok("events", "--limit", "0").rows, [])
        mine = self.shop.ok("events", "--thread", self.pia()["id"]).rows
        self.assertTrue(mine and all(row["thread"] == self.pia()["id"] for row in mine))

    def test_acts_and_their_undoing(self):
        stella = self.world.inbound(persona="stella", text="Hello there")
        thread = wait_for("Stella", lambda: [m for m in self.shop.ok("messages").rows if m["wamid"] == stella])[0]["thread"]

        def row():
            return [t for t in self.shop.ok("threads").rows if t["id"] == thread][0]

        def act(*words):
            return self.shop.ok("act", *words, "--thread", thread).row

        act("done")
        self.assertEqual(row()["status"], "closed")
        self.shop.ok("undo")
        self.assertEqual(row()["status"], "open")
        done = act("pending")["undo"]
        self.assertEqual(row()["status"], "pending")
        self.shop.ok("undo", done)
        self.assertEqual(row()["status"], "open")
        act("tag", "--text", "wedding")
        self.assertIn("wedding", row()["tags"])
        act("untag", "--text", "wedding")
        self.assertNotIn("wedding", row().get("tags") or "")
        act("read")
        self.assertEqual(row()["unread"], 0)
        self.assertNotIn(thread, [t["id"] for t in self.shop.ok("threads", "--unread").rows])
        self.assertIn(thread, [t["id"] for t in self.shop.ok("threads", "--unanswered").rows])
        act("rename", "--text", "Stella Star")
        self.assertEqual(row()["name"], "Stella Star")
        act("draft", "--text", "Dear S")
        self.assertEqual(row()["draft"], "Dear S")
        act("note", "--text", "likes lilac")
        note = self.shop.ok("messages", "--thread", thread).rows[-1]
        self.assertEqual((note["direction"], note["text"], note["status"]), ("note", "likes lilac", "none"))
        self.assertNotIn("likes lilac", json.dumps(self.world.control("requests")))
        act("block", "--value", "1")
        said = self.shop.run("send", "--thread", thread, "--text", "hi")
        self.assertEqual(said.status, 4)
        act("block", "--value", "0")

    def test_outbox_by_state(self):
        for state in ("queued", "sending", "accepted", "sent", "delivered", "read", "failed", "unknown", "cancelled"):
            for row in self.shop.ok("outbox", "--state", state).rows:
                self.sound(row, OUTBOX - {"wamid"})

    def test_check_and_lines(self):
        rows = self.shop.ok("check").rows
        self.sound(rows[-1], CHECK)
        self.assertEqual((rows[-1]["ok"], rows[-1]["problems"], rows[-1]["forged"]), (True, 0, 0))
        self.assertTrue(self.shop.ok("check", "--quick").rows[-1]["ok"])
        line = self.shop.ok("line", "list").row
        self.sound(line, {"id", "name", "state", "phone_number_id", "base_url", "mailbox", "box", "waiting"})
        self.assertEqual((line["id"], line["state"], line["name"]), (self.line, "active", "Counter"))
        checks = self.shop.run("line", "check").rows
        self.assertEqual({row["check"]: row["state"] for row in checks}["key"], "ok")
        self.assertNotIn(self.world.info["token"], json.dumps(checks))

    def test_json_may_stand_in_front(self):
        done = self.shop.plain("--json", "check")
        self.assertIs(json.loads(done.stdout.splitlines()[-1])["ok"], True)
        words = self.shop.plain("check")
        self.assertEqual((words.returncode, words.stdout), (0, "All right\n"))

    def test_keys_are_never_printed(self):
        for command in (("line", "list"), ("line", "check"), ("events",), ("outbox",), ("check",)):
            said = self.shop.run(*command)
            text = json.dumps(said.rows) + said.words
            for name in ("token", "app_secret", "box_token", "verify_token"):
                self.assertNotIn(self.world.info[name], text, (command, name))


class Serve(unittest.TestCase):
    def test_a_pause_holds_and_a_resume_lets_go(self):
        with Practice("--seed", "12") as world:
            info = world.info
            with Shop(token=info["token"], app_secret=info["app_secret"], mailbox_token=info["box_token"]) as shop:
                shop.ok("init")
                shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", info["phone_number_id"], "--waba-id", info["waba_id"],
                        "--base-url", info["url"], "--mailbox", info["url"], "--box", info["box"])
                shop.serve()
                world.inbound(persona="pia", text="hello")
                wait_for("Pia", lambda: shop.ok("threads").rows)
                shop.ok("line", "pause")
                sent = shop.ok("send", "--to", PIA, "--text", "later").row
                self.assertEqual(sent["state"], "queued")
                self.assertEqual([t["waiting"] for t in shop.ok("threads").rows], [1])
                self.assertEqual([r for r in world.control("requests")["requests"] if r["path"].endswith("/messages") and r["method"] == "POST" and "later" in json.dumps(r)], [])
                shop.ok("line", "resume")
                wait_for("the message", lambda: shop.ok("outbox", "--state", "queued").rows == [] and shop.ok("outbox").rows)

                notice = json.loads(shop.serving.stdout.readline())
                thread = shop.ok("threads").rows[0]
                self.assertEqual((notice["notice"], notice["thread"]), (thread["name"], thread["id"]))
                self.assertEqual(shop.stop()[0], 0)
                self.assertTrue(shop.ok("check").rows[-1]["ok"])

    def test_send_with_wait_needs_no_other_program(self):
        with Practice("--seed", "13") as world:
            info = world.info
            with Shop(token=info["token"], app_secret=info["app_secret"], mailbox_token=info["box_token"]) as shop:
                shop.ok("init")
                shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", info["phone_number_id"], "--waba-id", info["waba_id"],
                        "--base-url", info["url"], "--mailbox", info["url"], "--box", info["box"])
                shop.serve()
                world.inbound(persona="pia", text="hello")
                wait_for("Pia", lambda: shop.ok("threads").rows)
                shop.stop()
                sent = shop.ok("send", "--to", PIA, "--text", "now", "--wait", "10").row
                self.assertIn(sent["state"], ("accepted", "sent", "delivered", "read"))
                self.assertTrue(sent["wamid"])

    def test_a_refused_key_stops_the_line(self):
        with Practice("--seed", "14") as world:
            info = world.info
            with Shop(token="not the key", app_secret=info["app_secret"], mailbox_token=info["box_token"]) as shop:
                shop.ok("init")
                shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", info["phone_number_id"], "--waba-id", info["waba_id"],
                        "--base-url", info["url"], "--mailbox", info["url"], "--box", info["box"])
                shop.serve()
                world.inbound(persona="pia", text="hello")
                wait_for("Pia", lambda: shop.ok("threads").rows)
                self.assertEqual(shop.run("template", "sync").status, 9)
                sent = shop.ok("send", "--to", PIA, "--text", "waits").row
                wait_for("the stop", lambda: shop.ok("line", "list").row["state"] == "needs-key")
                self.assertEqual([o["state"] for o in shop.ok("outbox").rows if o["id"] == sent["id"]], ["queued"])


if __name__ == "__main__":
    unittest.main()
