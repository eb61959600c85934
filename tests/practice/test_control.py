"""The strings the world hangs on: clock, faults, personas, memory."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from practice import Practice

PIA = "447700900201"


class ClockTest(unittest.TestCase):
    def test_moving_the_clock(self):
        with Practice() as world:
            now = world.control("clock")["now_ms"]
            self.assertAlmostEqual(now / 1000, time.time(), delta=3)
            moved = world.advance(3600_000)
            self.assertEqual(moved["offset_ms"], 3600_000)
            self.assertGreaterEqual(moved["now_ms"], now + 3600_000)
            self.assertAlmostEqual(world.control("clock", {"set_ms": now + 86_400_000})["now_ms"], now + 86_400_000, delta=1000)
            self.assertEqual(world.control("clock", {"offset_ms": 0})["offset_ms"], 0)

    def test_each_thing_happens_at_its_own_moment(self):
        with Practice() as world:
            world.inbound(persona="pia", text="hi")
            wamid = world.text(PIA, "x").json["messages"][0]["id"]
            sent_at = world.control("clock")["now_ms"] // 1000
            world.advance(86_400_000)
            times = [int(s["timestamp"]) for s in world.statuses(wamid)]
            self.assertEqual(len(times), 3)
            self.assertLessEqual(max(times), sent_at + 6)


class FaultTest(unittest.TestCase):
    def setUp(self):
        self.world = Practice()
        self.addCleanup(self.world.__exit__)
        self.world.inbound(persona="stella", text="hi")
        self.world.control("personas", {"id": "stella", "auto": False})

    def send(self, **more):
        return self.world.text("447700900205", "x", **more)

    def test_http_on_the_nth_call(self):
        self.world.control("faults", {"match": "messages", "kind": "http", "nth": 2, "count": 2, "error": 130429, "retry_after": 7})
        answers = [self.send() for _ in range(4)]
        self.assertEqual([a.status for a in answers], [200, 429, 429, 200])
        self.assertEqual(answers[1].headers["Retry-After"], "7")
        self.assertEqual(self.world.control("faults")["faults"], [])

    def test_an_error_of_ones_own(self):
        self.world.control("faults", {"kind": "http", "status": 418, "error": {"code": 4242, "message": "tea"}})
        answer = self.send()
        self.assertEqual((answer.status, answer.code), (418, 4242))

    def test_an_answer_that_is_lost_was_still_processed(self):
        self.world.control("faults", {"match": "messages", "kind": "answer-lost"})
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.send(biz_opaque_callback_data="outbox:1")
        log = self.world.control("requests")["requests"][-1]
        self.assertEqual((log["biz_opaque_callback_data"], log["status"]), ("outbox:1", 200))
        self.world.advance(5000)
        states = [s["status"] for s in self.world.statuses(log["wamid"])]
        self.assertEqual(states, ["sent", "delivered", "read"])

    def test_a_reset_processes_nothing(self):
        self.world.control("faults", {"match": "messages", "kind": "reset"})
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.send()
        self.world.advance(5000)
        self.assertEqual(self.world.statuses(), [])
        self.assertEqual(self.send().status, 200)

    def test_truncated_hanging_and_slow(self):
        self.world.control("faults", {"match": "messages", "kind": "truncate"})
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.send()
        self.world.control("faults", {"match": "messages", "kind": "hang"})
        with self.assertRaises((socket.timeout, OSError)):
            self.world.send({"to": PIA, "type": "text", "text": {"body": "x"}}, timeout=0.5)
        self.world.control("faults", {"match": "messages", "kind": "slow", "delay_ms": 600})
        started = time.monotonic()
        self.assertEqual(self.send().status, 200)
        self.assertGreater(time.monotonic() - started, 0.5)

    def test_ticks_out_of_order_twice_and_never(self):
        self.world.control("faults", {"kind": "status-reorder"})
        wamid = self.send().json["messages"][0]["id"]
        self.world.advance(10_000)
        self.assertEqual([s["status"] for s in self.world.statuses(wamid)], ["read", "delivered", "sent"])
        self.world.forget()
        self.world.control("faults", {"kind": "duplicate", "count": 1})
        self.world.inbound(persona="pia", text="twice")
        self.assertEqual(len({e["id"] for e in self.world.events()}), 1)
        self.assertEqual(len(self.world.events()), 2)
        self.world.control("faults", {"kind": "drop"})
        self.world.inbound(persona="pia", text="never")
        self.assertEqual(len(self.world.events()), 2)

    def test_disarming_and_nonsense(self):
        self.world.control("faults", {"match": "/" + self.world.waba, "kind": "http"})
        self.assertEqual(self.send().status, 200)
        self.assertEqual(self.world.graph("GET", self.world.waba).status, 500)
        self.world.control("faults", {"kind": "reset", "count": 0})
        self.assertEqual(self.world.control("faults", method="DELETE")["faults"], [])
        self.assertEqual(self.world.ask("POST", "/_practice/faults", {"kind": "flood"}).status, 400)

    def test_without_a_network_nothing_is_processed(self):
        self.world.control("online", {"online": False})
        for path in ("/v25.0/" + self.world.waba, "/v1/box/" + self.world.info["box"]):
            with self.assertRaises((http.client.HTTPException, OSError)):
                self.world.ask("GET", path)
        self.world.inbound(persona="pia", text="meanwhile")
        self.world.control("online", {"online": True})
        self.assertEqual(self.world.box("/events?after=1&wait=0").json["newest"], 2)


class PersonaTest(unittest.TestCase):
    def said(self, world, number):
        return [m for m in world.messages_in() if m.get("from") == number]

    def test_the_seven(self):
        with Practice() as world:
            people = world.control("personas")["personas"]
            self.assertEqual([p["id"] for p in people], ["pia", "hugo", "vera", "tom", "stella", "quentin", "uma"])
            for person in people:
                self.assertTrue(person["suggestions"])
                self.assertIn("colour", person)
                self.assertTrue(person.get("phone", "447700900").startswith("447700900"))
            self.assertNotIn("phone", people[-1])

    def test_hugo_does_not_wait(self):
        with Practice() as world:
            world.inbound(persona="hugo", text="cake??")
            world.advance(80_000)
            self.assertEqual(len(self.said(world, "447700900202")), 1)
            world.advance(20_000)
            self.assertEqual(self.said(world, "447700900202")[-1]["text"]["body"], "hello??")
            world.text("447700900202", "Here we are")
            world.advance(3_600_000)
            texts = [m["text"]["body"] for m in self.said(world, "447700900202")]
            self.assertNotIn("still waiting...", texts)
            self.assertEqual(len(texts), 3)

    def test_pia_answers_and_taps(self):
        with Practice() as world:
            world.inbound(persona="pia", text="hello")
            wamid = world.send({"to": PIA, "type": "interactive", "interactive": {"type": "button", "body": {"text": "Which?"}, "action": {
                "buttons": [{"type": "reply", "reply": {"id": "a", "title": "Lemon"}}]}}}).json["messages"][0]["id"]
            world.advance(60_000)
            last = self.said(world, PIA)[-1]
            self.assertEqual(last["interactive"]["button_reply"], {"id": "a", "title": "Lemon"})
            self.assertEqual(last["context"]["id"], wamid)
            phone = world.control("messages?persona=pia")["messages"]
            self.assertEqual([m["direction"] for m in phone], ["in", "out", "in"])
            self.assertEqual((phone[1]["status"], phone[1]["buttons"][0]["title"]), ("read", "Lemon"))

    def test_stella_stops_and_quentin_comes_back(self):
        with Practice() as world:
            offer = {"type": "template", "template": {"name": "spring_offer", "language": {"code": "en_GB"}, "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "S"}, {"type": "text", "text": "5 %"}]}]}}
            world.send({"to": "447700900205", **offer})
            world.advance(60_000)
            self.assertEqual(self.said(world, "447700900205")[-1]["text"]["body"], "STOP")
            self.assertEqual(world.values("user_preferences")[0]["user_preferences"][0]["value"], "stop")
            self.assertEqual(world.send({"to": "447700900205", **offer}).code, 131050)
            world.inbound(persona="quentin", text="hi")
            wamid = world.text("447700900206", "hello").json["messages"][0]["id"]
            world.advance(3_600_000)
            self.assertEqual([s["status"] for s in world.statuses(wamid)], ["sent", "delivered"])
            world.advance(24 * 3_600_000)
            self.assertEqual(world.statuses(wamid)[-1]["status"], "read")
            self.assertIn("only seeing this now", self.said(world, "447700900206")[-1]["text"]["body"])

    def test_robots_do_not_talk_for_ever(self):
        with Practice() as world:
            world.inbound(persona="pia", text="hello")
            for _ in range(12):
                world.text(PIA, "and then?")
                world.advance(20_000)
            self.assertLessEqual(len(self.said(world, PIA)), 1 + 2 * 4)


    def test_a_button_is_tapped_by_hand(self):
        with Practice() as world:
            world.inbound(persona="hugo", text="cake")
            world.control("personas", {"id": "hugo", "auto": False})
            sections = [{"rows": [{"id": "1", "title": "Lemon"}, {"id": "2", "title": "Rose"}]}]
            wamid = world.send({"to": "447700900202", "type": "interactive", "interactive": {"type": "list", "body": {"text": "Which?"}, "action": {
                "button": "Choose", "sections": sections}}}).json["messages"][0]["id"]
            world.advance(5000)
            world.control("inbound", {"persona": "hugo", "tap": "2", "message": wamid})
            last = world.messages_in()[-1]
            self.assertEqual(last["interactive"], {"type": "list_reply", "list_reply": {"id": "2", "title": "Rose"}})
            self.assertEqual(last["context"], {"from": "447700900100", "id": wamid})
            answer = world.ask("POST", "/_practice/inbound", {"persona": "hugo", "tap": "9", "message": wamid})
            self.assertEqual(answer.status, 400)

    def test_web_pages_may_not_play(self):
        with Practice() as world:
            answer = world.ask("POST", "/_practice/reset", b"{}", {"Origin": "https://evil.example"})
            self.assertEqual(answer.status, 403)


class MemoryTest(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.mkdtemp(prefix="practice-")
        self.addCleanup(shutil.rmtree, self.state, ignore_errors=True)

    def test_a_restart_goes_on(self):
        world = Practice("--seed", "5", state=self.state)
        credentials = {k: v for k, v in world.info.items() if k != "url"}
        world.inbound(persona="stella", text="hi")
        media = world.upload(b"%PDF-1.4", "application/pdf").json["id"]
        wamid = world.text("447700900205", "x").json["messages"][0]["id"]
        world.graph("POST", world.waba + "/message_templates", {"name": "later", "language": "en_GB", "category": "UTILITY",
                    "components": [{"type": "BODY", "text": "Soon."}]})
        world.kill()
        world = Practice(state=self.state)
        self.assertEqual({k: v for k, v in world.info.items() if k != "url"}, credentials)
        self.assertEqual(world.graph("GET", media).json["mime_type"], "application/pdf")
        world.advance(60_000)
        self.assertEqual([s["status"] for s in world.statuses(wamid)], ["sent", "delivered", "read"])
        self.assertEqual(world.values("message_template_status_update")[-1]["event"], "APPROVED")
        self.assertNotEqual(world.text("447700900205", "x").json["messages"][0]["id"], wamid)
        seqs = [e["seq"] for e in world.events()]
        self.assertEqual(seqs, list(range(1, len(seqs) + 1)))
        world.stop()

    def test_the_same_seed_gives_the_same_ids(self):
        def play():
            with Practice("--seed", "11") as world:
                ids = [world.inbound(persona="pia", text="hi"), world.text(PIA, "x").json["messages"][0]["id"],
                       world.upload(b"%PDF-1.4", "application/pdf").json["id"]]
                return ids, {k: v for k, v in world.info.items() if k != "url"}

        self.assertEqual(play(), play())

    def test_a_week_of_a_cake_shop(self):
        with Practice("--cake-shop", "--seed", "2") as world:
            messages = world.messages_in()
            senders = {m.get("from", m["from_user_id"]) for m in messages}
            self.assertGreaterEqual(len(senders), 24)
            now = world.control("clock")["now_ms"] / 1000
            ages = [now - int(m["timestamp"]) for m in messages]
            self.assertGreater(max(ages), 5 * 86400)
            self.assertGreaterEqual(min(ages), 0)
            self.assertEqual(messages[-1]["from"], "447700900202")
            kim = [m for m in messages if m.get("from") == "447700900151"][-1]
            self.assertAlmostEqual(now - int(kim["timestamp"]), 22 * 3600, delta=1200)
            self.assertGreater(len(world.values("smb_message_echoes")), 25)
            kinds = {m["type"] for m in messages}
            self.assertLessEqual({"text", "image", "audio", "document", "location", "contacts", "reaction", "interactive"}, kinds)
            known = {m["id"] for m in messages} | {e["message_echoes"][0]["id"] for e in world.values("smb_message_echoes")}
            for message in messages:
                target = message.get("context", {}).get("id") or message.get("reaction", {}).get("message_id")
                self.assertTrue(target is None or target in known, message)
            world.control("reset", {})
            self.assertEqual(len(world.messages_in()), len(messages))

    def test_it_is_for_this_computer_alone(self):
        for address in ("0.0.0.0:0", "192.0.2.1:0", "[::]:0"):
            run = subprocess.run([os.environ["SHOPBELL_PRACTICE"], "--listen", address, "--state", self.state], capture_output=True, text=True, timeout=10)
            self.assertEqual(run.returncode, 1, address)
            self.assertIn("this computer", run.stderr)


if __name__ == "__main__":
    unittest.main()
