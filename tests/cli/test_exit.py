"""Each documented exit status of shopbell-cli, brought about for real."""

import fcntl
import os
import sqlite3
import subprocess
import unittest

from practice import Practice
from shop import Shop

NOWHERE = "http://127.0.0.1:1"
READERS = ("threads", "messages", "outbox", "events", "check")


def with_line(**keys):
    shop = Shop(**keys)
    shop.ok("init", "--name", "Cake Shop")
    shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", "1065", "--waba-id", "2001", "--base-url", NOWHERE)
    return shop


class Exit(unittest.TestCase):
    def said(self, status, said):
        self.assertEqual(said.status, status, said.words)
        if status != 0:
            self.assertTrue(said.words.startswith(("shopbell-cli: ", "Usage:")), said.words)
            for row in said.rows:
                self.assertIs(row["ok"], False)
                self.assertTrue(row["error"])

    def test_0_done(self):
        with with_line(token="t") as shop:
            for command in READERS:
                self.said(0, shop.run(command))
            self.said(0, shop.run("line", "list"))
            self.said(0, shop.run("template", "list"))
            self.said(0, shop.run("search", "cake"))
            self.said(0, shop.run("line", "pause"))
            self.said(0, shop.run("line", "resume"))
            self.assertEqual(subprocess.run([os.environ["SHOPBELL_CLI"], "--version"], capture_output=True).returncode, 0)

    def test_0_init_twice_is_the_same_shop(self):
        with Shop() as shop:
            self.said(0, shop.run("init", "--name", "Cake Shop"))
            self.assertEqual(shop.run("init").row["name"], "Cake Shop")

    def test_0_a_stage_that_was_added_is_there(self):
        with Shop() as shop:
            shop.ok("init", "--name", "Cake Shop")
            shop.ok("contact", "add-stage", "--text", "Wedding")
            self.assertNotEqual(shop.run("contact", "add-stage").status, 0)
            shop.ok("contact", "add", "--name", "Ana", "--text", "+351912000111")
            shop.ok("contact", "stage", shop.run("contact", "list").row["id"], "--text", "Wedding")
            self.assertEqual([row["stage"] for row in shop.run("contact", "list").rows], ["Wedding"])

    def test_1_a_line_that_does_not_work(self):
        with Practice() as world, Shop(token=world.info["token"]) as shop:
            shop.ok("init", "--name", "Cake Shop")
            shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", "1065", "--waba-id", world.waba, "--base-url", world.info["url"])
            said = shop.run("line", "check")
            self.assertEqual(said.status, 1)
            self.assertEqual([row["state"] for row in said.rows if row["check"] in ("key", "number")], ["ok", "failed"])

    def test_2_the_command_line_is_wrong(self):
        wrong = [
            (), ("nonsense",), ("--nonsense", "threads"), ("threads", "--nonsense"), ("threads", "--limit", "many"), ("threads", "--limit"),
            ("line",), ("line", "nonsense"), ("line", "add"), ("line", "add", "--kind", "cloud"),
            ("line", "add", "--kind", "pigeon", "--phone-number-id", "1"),
            ("template",), ("template", "nonsense"),
            ("send",), ("send", "--to", "447700900100"), ("send", "--text", "hi"),
            ("act",), ("act", "done"), ("act", "dance", "--thread", "1"), ("act", "done", "--thread", "x"),
            ("outbox", "--state", "nonsense"),
        ]
        with with_line() as shop:
            for words in wrong:
                with self.subTest(words):
                    self.said(2, shop.run(*words))

    def test_2_without_a_shop(self):
        done = subprocess.run([os.environ["SHOPBELL_CLI"], "threads"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--shop", done.stderr)

    def test_2_a_gap_without_its_text(self):
        with with_line() as shop:
            self.said(2, shop.run("send", "--to", "447700900100", "--template", "hello", "--value", "body.1"))

    def test_3_not_found(self):
        absent = [
            ("messages", "--thread", "77"), ("messages", "--number", "+44 7700 900100"), ("line", "check", "77"), ("line", "pause", "77"),
            ("template", "sync", "77"), ("send", "--to", "447700900100", "--template", "nonsense"),
            ("send", "--thread", "77", "--text", "hi"), ("undo",), ("undo", "77"),
            ("act", "done", "--thread", "77"), ("act", "note", "--thread", "77", "--text", "x"), ("act", "cancel", "--message", "77"),
        ]
        with with_line(token="t") as shop:
            before = len(shop.ok("events").rows)
            for words in absent:
                with self.subTest(words):
                    self.said(3, shop.run(*words))
            self.assertEqual(len(shop.ok("events").rows), before)

    def test_3_no_shop_there(self):
        with Shop() as shop:
            for command in READERS:
                with self.subTest(command):
                    self.said(3, shop.run(command))
            self.assertFalse(os.path.exists(shop.shop))

    def test_4_refused_by_the_gate(self):
        with with_line(token="t") as shop:
            said = shop.run("send", "--to", "447700900100", "--text", "Hello")
            self.said(4, said)
            self.assertEqual(said.row["code"], "refused")
            self.assertIn("24 hours", said.row["error"])
            event = shop.ok("events").rows[-1]
            self.assertEqual((event["event"], event["data"]["reason"]), ("refused", "window-closed"))
            self.assertEqual(shop.ok("outbox").rows, [])

    def test_5_another_program_does_not_answer(self):
        with with_line(token="t") as shop, open(os.path.join(shop.shop, "shop.lock")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.said(5, shop.run("send", "--to", "447700900100", "--text", "Hello"))
            self.said(5, shop.run("act", "done", "--thread", "1"))
            self.said(5, shop.run("line", "add", "--kind", "cloud", "--phone-number-id", "2"))
            self.said(5, shop.run("init"))
            self.said(5, shop.run("serve"))
            for command in READERS:
                with self.subTest(command):
                    self.said(0, shop.run(command))

    def test_6_written_by_a_newer_shopbell(self):
        with with_line() as shop:
            path = os.path.join(shop.shop, "shop.db")
            db = sqlite3.connect(path)
            db.execute("PRAGMA user_version = 9999")
            db.close()
            with open(path, "rb") as stream:
                before = stream.read()
            for command in (*READERS, "init", "serve"):
                with self.subTest(command):
                    self.said(6, shop.run(command))
            with open(path, "rb") as stream:
                self.assertEqual(stream.read(), before)

    def test_7_damaged(self):
        with with_line() as shop:
            path = os.path.join(shop.shop, "shop.db")
            with open(path, "r+b") as stream:
                stream.write(b"this was a shop once" * 50)
            for command in READERS:
                with self.subTest(command):
                    self.said(7, shop.run(command))
            with open(path, "rb") as stream:
                self.assertTrue(stream.read().startswith(b"this was a shop once"))

    def test_8_the_network_does_not_answer(self):
        with with_line(token="t") as shop:
            said = shop.run("template", "sync")
            self.said(8, said)
            self.assertEqual(said.row["code"], "network")
            said = shop.run("line", "check")
            self.assertEqual(said.status, 8)
            self.assertEqual((said.rows[0]["check"], said.rows[0]["state"]), ("key", "failed"))

    def test_9_a_key_is_missing_or_open_to_others(self):
        with with_line() as shop:
            said = shop.run("template", "sync")
            self.said(9, said)
            self.assertEqual(said.row["code"], "key")
            shop.set_keys({"token": "t"}, mode=0o644)
            for command in READERS:
                self.said(9, shop.run(command))


if __name__ == "__main__":
    unittest.main()
