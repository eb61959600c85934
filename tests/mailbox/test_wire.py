"""The wire SBMB/1 as the network and the desk see it. Runs against the program and against the PHP page."""

import base64
import ctypes
import ctypes.util
import gzip
import hashlib
import json
import os
import sqlite3
import threading
import time
import unittest

from mailbox import PHP, SECRET, VECTOR, VECTOR_ID, VECTOR_SIGNATURE, Mailbox, decode, sign


class IngressTest(unittest.TestCase):
    def test_meta_verifies_the_address(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            answer = box.verify()
            self.assertEqual((answer.status, answer.body), (200, b"1158201444"))
            self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
            self.assertEqual(box.verify(verify_token="wrong").status, 403)
            self.assertEqual(box.verify(verify_token=None).status, 403)
            self.assertEqual(box.verify(mode="unsubscribe").status, 403)
            self.assertEqual(box.verify(challenge=None).status, 403)
            self.assertEqual(box.verify(challenge="<script>").status, 403)
            self.assertEqual(box.verify(challenge="x" * 65).status, 403)
            self.assertEqual(box.verify(challenge="aZ_-" * 16).body, b"aZ_-" * 16)
            self.assertEqual(mailbox.ask("GET", box.ingress).status, 404)
            self.assertEqual(mailbox.ask("GET", "/in/" + "x" * 22 + "?hub.mode=subscribe").status, 404)
            self.assertEqual(mailbox.ask("GET", "/").status, 404)
            self.assertEqual(mailbox.ask("PUT", box.ingress, b"x").status, 405)

    def test_the_vector_comes_back_byte_for_byte(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            self.assertEqual(len(VECTOR), 178)
            answer = box.post(VECTOR, VECTOR_SIGNATURE, {"User-Agent": "facebookexternalua"})
            self.assertEqual((answer.status, answer.body), (200, b"ok"))
            event = box.fetch()["events"][0]
            self.assertEqual(decode(event), VECTOR)
            self.assertEqual(event["id"], VECTOR_ID)
            self.assertEqual((event["seq"], event["sealed"]), (1, False))
            self.assertEqual(event["headers"], {"content-type": "application/json", "x-hub-signature-256": VECTOR_SIGNATURE,
                                                "user-agent": "facebookexternalua"})
            self.assertAlmostEqual(event["received"] / 1000, time.time(), delta=30)

    def test_reserialised_json_is_refused_in_check_mode(self):
        plain = json.dumps(json.loads(VECTOR), ensure_ascii=False, separators=(",", ":")).encode()
        self.assertEqual((len(plain), sign(plain)), (165, "sha256=3cefd388b45d53170edcc60aaabbf8f4efb4a6a2caa2fc414656dbb1ac378989"))
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            for signature in (VECTOR_SIGNATURE, None, "", "sha256=", VECTOR_SIGNATURE[:-1], VECTOR_SIGNATURE + "0", sign(plain, "other")):
                self.assertEqual(box.post(plain, signature).status, 401, signature)
            self.assertEqual(box.fetch()["events"], [])
            blind = mailbox.add_box("blind")
            self.assertEqual(blind.post(plain, VECTOR_SIGNATURE).status, 200)
            self.assertEqual(blind.fetch()["events"][0]["headers"]["x-hub-signature-256"], VECTOR_SIGNATURE)

    def test_two_secrets_while_one_is_changed(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            mailbox.command("change-box", "cakes", "--app-secret-file", mailbox.secret_file("newer"))
            self.assertEqual([box.post_signed(b"1", s).status for s in ("newer", SECRET, "third")], [200, 200, 401])
            mailbox.command("change-box", "cakes", "--blind")
            self.assertEqual(box.post(b"2").status, 200)

    def test_nothing_of_a_body_is_touched(self):
        bodies = [b"", b"\x00\xff\xfe{", b"not json", b'{"a":"\\u00e9\\/"}', "Café".encode(), b"a=1&b=2", gzip.compress(VECTOR)]
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for body in bodies:
                self.assertEqual(box.post(body, headers={"Content-Encoding": "gzip"} if body.startswith(b"\x1f\x8b") else None).status, 200, body)
            events = box.fetch()["events"]
            self.assertEqual([decode(e) for e in events], bodies)
            self.assertEqual(events[-1]["headers"]["content-encoding"], "gzip")
            form = b"a=1&b=%20"
            self.assertEqual(box.post(form, headers={"Content-Type": "application/x-www-form-urlencoded"}).status, 200)
            self.assertEqual(decode(box.fetch(after=len(bodies))["events"][0]), form)

    def test_a_retry_is_one_event(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            self.assertEqual([box.post(VECTOR).status for _ in range(3)], [200] * 3)
            self.assertEqual(len(box.fetch()["events"]), 1)
            box.drain()
            self.assertEqual(box.post(VECTOR).status, 200)
            self.assertEqual(box.fetch()["events"], [])
            self.assertEqual(box.status()["newest"], 1)

    def test_large_bodies(self):
        three = b'{"x":"' + b"\\u00e9" * (3 * 1024 * 1024 // 6) + b'"}'
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            self.assertEqual(box.post_signed(three).status, 200)
            self.assertEqual(box.post_signed(b"y" * (4 * 1024 * 1024)).status, 200)
            self.assertEqual(box.post_signed(b"small").status, 200)
            answer = box.post_signed(b"z" * (4 * 1024 * 1024 + 1))
            self.assertEqual(answer.status, 413)
            batch = box.fetch()
            self.assertTrue(batch["more"])
            self.assertEqual(decode(batch["events"][0]), three)
            self.assertEqual([len(decode(e)) for e in box.drain()], [len(three), 4 * 1024 * 1024, 5])

    def test_a_chunked_body(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            self.assertEqual(box.post(iter([b"one ", b"two"])).status, 200)
            self.assertEqual(decode(box.fetch()["events"][0]), b"one two")
            self.assertEqual(box.post(iter([b"x" * 65536] * 80)).status, 413)
            self.assertEqual(box.status()["newest"], 1)

    def test_a_header_of_the_sender_cannot_mark_a_test(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            box.post(b"x", headers={"X-SBMB-Test": "1"})
            self.assertNotIn("x-sbmb-test", box.fetch()["events"][0]["headers"])


class EgressTest(unittest.TestCase):
    def test_only_the_token_opens_the_box(self):
        with Mailbox() as mailbox:
            box, other = mailbox.add_box(), mailbox.add_box("other")
            box.post(b"x")
            for token in ("wrong", other.token, box.token + "x", box.verify_token):
                begin = time.monotonic()
                self.assertEqual(box.events(token=token).status, 401)
                self.assertGreaterEqual(time.monotonic() - begin, 0.9)
            self.assertEqual(mailbox.ask("GET", f"/v1/box/{box.box}/events?wait=0").status, 401)
            self.assertEqual(mailbox.ask("GET", "/v1/box/nobody", headers={"Authorization": "Bearer " + box.token}).status, 404)
            self.assertEqual(box.call("GET", "/nothing").status, 404)
            answer = box.events()
            self.assertEqual((answer.status, answer.headers["Cache-Control"], answer.headers["X-Accel-Buffering"]), (200, "no-store", "no"))

    def test_pages_and_acknowledgement(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for n in range(7):
                box.post(b"%d" % n)
            first = box.fetch(limit=3)
            self.assertEqual([e["seq"] for e in first["events"]], [1, 2, 3])
            self.assertEqual((first["oldest"], first["newest"], first["more"]), (1, 7, True))
            last = box.fetch(after=4)
            self.assertEqual(([e["seq"] for e in last["events"]], last["more"]), ([5, 6, 7], False))
            self.assertEqual(box.ack(4).json, {"deleted": 4})
            self.assertEqual(box.ack(4).json, {"deleted": 0})
            self.assertEqual(box.ack(2).json, {"deleted": 0})
            status = box.status()
            self.assertEqual((status["oldest"], status["newest"], status["version"]), (5, 7, "SBMB/1"))
            self.assertEqual(box.ack(99).json, {"deleted": 3})
            self.assertEqual((box.status()["oldest"], box.status()["bytes"]), (8, 0))
            self.assertEqual(box.fetch(after=7)["events"], [])
            for body in ("", "{}", '{"epoch":1,"upto":1}', '{"epoch":"e","upto":-1}', "[", "null"):
                self.assertEqual(box.call("POST", "/ack", body).status, 400, body)

    def test_a_cursor_that_is_too_old_is_a_gap(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for n in range(5):
                box.post(b"%d" % n)
            epoch = box.status()["epoch"]
            box.ack(3)
            answer = box.events(after=1)
            self.assertEqual((answer.status, answer.json), (410, {"error": "gap", "oldest": 4, "epoch": epoch}))
            self.assertEqual([e["seq"] for e in box.fetch(after=3, epoch=epoch)["events"]], [4, 5])

    def test_another_epoch(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            box.post(b"x")
            old = box.fetch()["epoch"]
            self.assertEqual(box.events(epoch="other").json, {"error": "epoch", "epoch": old})
            self.assertEqual(box.events(after=2, epoch=old).status, 409)
            mailbox.command("renew-box", "cakes")
            answer = box.events(after=1, epoch=old)
            self.assertEqual(answer.status, 409)
            self.assertNotEqual(answer.json["epoch"], old)
            self.assertEqual(box.ack(1, epoch=old).status, 409)
            box.post(b"x")
            self.assertEqual([e["seq"] for e in box.fetch(after=0, epoch=answer.json["epoch"])["events"]], [1])

    def test_a_long_poll_waits_and_is_woken(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            begin = time.monotonic()
            self.assertEqual(box.fetch(wait=1)["events"], [])
            self.assertTrue(0.9 < time.monotonic() - begin < 3)
            later = threading.Timer(0.5, box.post, [b"woken"])
            begin = time.monotonic()
            later.start()
            batch = box.fetch(wait=20)
            took = time.monotonic() - begin
            later.join()
            self.assertEqual(decode(batch["events"][0]), b"woken")
            self.assertLess(took, 3)

    def test_a_poll_whose_client_left_does_no_harm(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for _ in range(3):
                connection = mailbox.connect()
                connection.request("GET", f"/v1/box/{box.box}/events?wait=2", headers={"Authorization": "Bearer " + box.token})
                connection.sock.close()
                connection.close()
            self.assertEqual(box.post(b"x").status, 200)
            self.assertEqual(len(box.fetch()["events"]), 1)
            time.sleep(2.2)
            self.assertEqual(mailbox.ask("GET", "/health").json, {"ok": True, "version": "SBMB/1"})

    def test_several_devices(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            second = json.loads(mailbox.command("add-token", "cakes", "--label", "laptop", "--json").stdout)["token"]
            self.assertNotEqual(mailbox.command("add-token", "cakes", "--label", "laptop", check=False).returncode, 0)
            for n in range(4):
                box.post(b"%d" % n)
            self.assertEqual(box.ack(4).json, {"deleted": 0})
            self.assertEqual(len(box.events(after=0, token=second).json["events"]), 4)
            self.assertEqual(box.ack(2, token=second).json, {"deleted": 2})
            mailbox.command("remove-token", "cakes", "--label", "laptop")
            self.assertEqual(box.events(after=2, token=second).status, 401)
            self.assertEqual(box.ack(4).json, {"deleted": 2})

    def test_the_self_test_goes_all_the_way(self):
        with Mailbox() as mailbox:
            box = mailbox.checked_box()
            self.assertEqual(box.call("POST", "/selftest", {}).json, {"stored": True, "seq": 1})
            self.assertEqual(box.call("POST", "/selftest", {}).json, {"stored": True, "seq": 2})
            event = box.fetch()["events"][0]
            self.assertEqual(event["headers"]["x-sbmb-test"], "1")
            self.assertEqual(event["headers"]["x-hub-signature-256"], sign(decode(event)))


class SealedTest(unittest.TestCase):
    def setUp(self):
        self.sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
        self.sodium.sodium_init()
        self.public, self.secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
        self.sodium.crypto_box_keypair(self.public, self.secret)

    def unseal(self, data):
        plain = ctypes.create_string_buffer(len(data))
        result = self.sodium.crypto_box_seal_open(plain, data, ctypes.c_ulonglong(len(data)), self.public, self.secret)
        self.assertEqual(result, 0)
        return json.loads(plain.raw[:len(data) - 48])

    def test_the_disk_holds_nothing_readable(self):
        key = base64.b64encode(self.public.raw).decode()
        with Mailbox() as mailbox:
            box = mailbox.checked_box("cakes", "--seal-key", key)
            self.assertEqual(box.post(VECTOR).status, 401)
            self.assertEqual(box.post(VECTOR, VECTOR_SIGNATURE).status, 200)
            self.assertEqual(box.post(VECTOR, VECTOR_SIGNATURE).status, 200)
            self.assertEqual(box.call("POST", "/selftest", {}).status, 200)
            event, test = box.fetch()["events"]
            self.assertTrue(event["sealed"])
            self.assertNotIn("x-hub-signature-256", event["headers"])
            inner = self.unseal(decode(event))
            self.assertEqual((base64.b64decode(inner["body"]), inner["signature"]), (VECTOR, VECTOR_SIGNATURE))
            self.assertEqual(test["headers"]["x-sbmb-test"], "1")
            self.assertIn(b"sbmb_selftest", base64.b64decode(self.unseal(decode(test))["body"]))
            status = box.status()
            self.assertEqual((status["mode"], status["sealed"]), ("check", True))
            for name in os.listdir(mailbox.data):
                with open(os.path.join(mailbox.data, name), "rb") as file:
                    content = file.read()
                self.assertNotIn(b"wamid.X", content, name)
                self.assertNotIn(base64.b64encode(VECTOR)[:40], content, name)
                self.assertNotIn(VECTOR_SIGNATURE.encode(), content, name)

    def test_a_key_that_is_none_is_refused(self):
        with Mailbox(started=False) as mailbox:
            for key in ("x", base64.b64encode(b"a" * 31).decode(), base64.b64encode(bytes(32)).decode()):
                self.assertNotEqual(mailbox.command("add-box", "a", "--seal-key", key, check=False).returncode, 0, key)


class LimitTest(unittest.TestCase):
    def test_a_full_box_checks_or_drops(self):
        body = b"m" * 300_000
        with Mailbox() as mailbox:
            checked = mailbox.checked_box("checked", "--max-mb", "1")
            blind = mailbox.add_box("blind", "--max-mb", "1")
            for n in range(3):
                self.assertEqual(checked.post_signed(body + b"%d" % n).status, 200)
                self.assertEqual(blind.post(body + b"%d" % n).status, 200)
            self.assertEqual(checked.post_signed(body + b"3").status, 503)
            self.assertEqual(blind.post(body + b"3").status, 200)
            self.assertEqual([e["seq"] for e in checked.fetch()["events"]], [1, 2, 3])
            self.assertEqual(checked.post_signed(body + b"0").status, 200, "a retry of what is there")
            self.assertEqual(blind.events().status, 410)
            self.assertEqual([e["seq"] for e in blind.fetch(after=1)["events"]], [2, 3, 4])
            self.assertEqual((blind.status()["dropped"], checked.status()["dropped"]), (1, 0))
            self.assertLess(blind.status()["bytes"], 1024 * 1024)
            checked.ack(1)
            self.assertEqual(checked.post_signed(body + b"3").status, 200)
            self.assertEqual(blind.post(b"x" * (1024 * 1024)).status, 503)

    def test_old_events_go_and_are_counted(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            for n in range(3):
                box.post(b"%d" % n)
            mailbox.kill()
            day = 24 * 3600 * 1000
            with sqlite3.connect(os.path.join(mailbox.data, "mailbox.db")) as db:
                db.execute("UPDATE event SET aged_from = aged_from - ?, received = received - ? WHERE seq <= 2", (15 * day, 15 * day))
                db.execute("UPDATE seen SET at = at - ?", (9 * day,))
                db.execute("DELETE FROM state")
            db.close()
            mailbox.start()
            box.post(b"3")
            for _ in range(50):
                if box.status()["dropped"] == 2:
                    break
                time.sleep(0.1)
            self.assertEqual((box.status()["dropped"], box.status()["oldest"]), (2, 3))
            self.assertEqual(box.events(after=1).status, 410)
            self.assertEqual([decode(e) for e in box.fetch(after=2)["events"]], [b"2", b"3"])
            self.assertEqual(box.post(b"0").status, 200)
            self.assertEqual(box.status()["newest"], 5, "after eight days the same bytes are a new event")

    def test_a_clock_set_back_ages_nothing(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            box.post(b"before")
            mailbox.kill()
            ahead = int((time.time() + 40 * 86400) * 1000)
            with sqlite3.connect(os.path.join(mailbox.data, "mailbox.db")) as db:
                db.execute("UPDATE box SET aged_from = ?", (ahead,))
            db.close()
            mailbox.start()
            box.post(b"after")
            self.assertEqual([e["seq"] for e in box.drain()], [1, 2])
            with sqlite3.connect(os.path.join(mailbox.data, "mailbox.db")) as db:
                self.assertEqual(db.execute("SELECT aged_from FROM box").fetchone()[0], ahead)
            db.close()

    @unittest.skipIf(PHP, "a page is never fast enough for its own limit")
    def test_a_burst_and_then_the_rate(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            connection = mailbox.connect()
            statuses = [box.post(b"%d" % n, connection=connection).status for n in range(400)]
            connection.close()
            self.assertEqual(set(statuses), {200, 429})
            self.assertNotIn(429, statuses[:200])
            time.sleep(0.2)
            self.assertEqual(box.post(b"later").status, 200)
            self.assertEqual(len(box.drain()), statuses.count(200) + 1)

    @unittest.skipUnless(PHP, "the program keeps its limit in memory")
    def test_the_rate_is_kept_in_the_file(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()

            def set_bucket(tokens, at):
                with sqlite3.connect(os.path.join(mailbox.data, "mailbox.db")) as db:
                    db.execute("UPDATE box SET bucket = ?, bucket_at = ?", (tokens, int(at * 1000)))
                db.close()

            self.assertEqual(box.post(b"1").status, 200)
            set_bucket(-1000.0, time.time())
            self.assertEqual(box.post(b"2").status, 429)
            set_bucket(-1000.0, time.time() - 60)
            self.assertEqual(box.post(b"3").status, 200)
            set_bucket(-1000.0, time.time() + 86400)
            self.assertEqual(box.post(b"4").status, 200, "a clock set back does not shut the box")
            self.assertEqual([decode(e) for e in box.drain()], [b"1", b"3", b"4"])

    def test_a_full_disk_is_never_answered_with_200(self):
        body = os.urandom(60_000)
        kept = []
        with Mailbox(started=False) as mailbox:
            box = mailbox.add_box()
            mailbox.start(file_limit=700_000)
            statuses = []
            for n in range(40):
                data = body + b"%d" % n
                statuses.append(box.post(data).status)
                if statuses[-1] == 200:
                    kept.append(data)
            self.assertIn(503, statuses)
            self.assertEqual(set(statuses), {200, 503})
            mailbox.kill()
            mailbox.start()
            found = [decode(e) for e in box.drain()]
            self.assertEqual([hashlib.sha256(x).hexdigest() for x in found], [hashlib.sha256(x).hexdigest() for x in kept])
            self.assertEqual(box.post(b"room again").status, 200)


class CommandTest(unittest.TestCase):
    def test_boxes_come_and_go_beside_a_running_server(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box("cakes", "--url", "https://box.example/")
            info = json.loads(mailbox.command("add-box", "other", "--json", "--url", "https://box.example/").stdout)
            self.assertEqual(info["callback"], f"https://box.example/in/{info['box']}")
            self.assertEqual(info["uri"], f"shopbell-mailbox://box.example/{info['box']}?token={info['token']}&verify={info['verify_token']}")
            self.assertRegex(box.box, "^[0-9A-Za-z]{22}$")
            self.assertRegex(box.token, "^[0-9A-Za-z]{43}$")
            box.post(b"x")
            listed = [json.loads(line) for line in mailbox.command("list", "--json").stdout.splitlines()]
            self.assertEqual([(b["name"], b["mode"], b["newest"], b["devices"]) for b in listed], [("cakes", "blind", 1, 1), ("other", "blind", 0, 1)])
            self.assertIn("cakes", mailbox.command("list").stdout)
            self.assertNotEqual(mailbox.command("add-box", "cakes", check=False).returncode, 0)
            mailbox.command("remove-box", "cakes", "--json")
            self.assertEqual(box.post(b"y").status, 404)
            self.assertEqual(box.events().status, 404)
            self.assertNotEqual(mailbox.command("remove-box", "cakes", check=False).returncode, 0)
            mailbox.command("remove-box", info["box"])
            self.assertEqual(mailbox.command("list", "--json").stdout, "")

    def test_names_are_in_any_script(self):
        with Mailbox(started=False) as mailbox:
            for name in ("Café 🎂", "حلويات", "O'Hara \"Cakes\""):
                box = json.loads(mailbox.command("add-box", name, "--json").stdout)
                self.assertEqual(box["name"], name)
                self.assertIn(name, [json.loads(line)["name"] for line in mailbox.command("list", "--json").stdout.splitlines()])
                mailbox.command("remove-box", name)

    def test_wrong_use_is_told(self):
        with Mailbox(started=False) as mailbox:
            for words in (("add-box",), ("bake",), ("list", "x"), ("add-box", "a", "--app-secret-file", "/nonexistent"),
                          ("add-token", "a", "--label", "x"), ("remove-box", "a")):
                done = mailbox.command(*words, check=False)
                self.assertNotEqual(done.returncode, 0, words)
                self.assertTrue(done.stderr.startswith("shopbell-mailbox: "), (words, done.stderr))

    def test_keys_are_nowhere_on_the_disk_or_in_the_log(self):
        with Mailbox() as mailbox:
            box = mailbox.add_box()
            box.verify()
            box.post(b"x")
            box.drain()
            mailbox.kill()
            for name in os.listdir(mailbox.data):
                path = os.path.join(mailbox.data, name)
                with open(path, "rb") as file:
                    content = file.read()
                self.assertNotIn(box.token.encode(), content, name)
                self.assertNotIn(box.verify_token.encode(), content, name)
                if name.startswith("mailbox.db"):
                    self.assertEqual(os.stat(path).st_mode & 0o077, 0, name)


if __name__ == "__main__":
    unittest.main()
