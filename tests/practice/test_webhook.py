"""Events: signed, escaped, retried, and the same from the box."""

import http.server
import json
import threading
import time
import unittest

from practice import Practice, decode, signature, wait_for

PIA = "447700900201"


class Listener:
    """A shop's own callback. It can refuse for a while, and answers the handshake when it knows the word."""

    def __init__(self, verify_token="word"):
        self.got = []
        self.status = 200
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = dict(p.split("=", 1) for p in self.path.split("?", 1)[1].split("&"))
                good = query["hub.verify_token"] == verify_token and query["hub.mode"] == "subscribe"
                self.answer(200 if good else 403, query["hub.challenge"].encode() if good else b"no")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.answer(outer.status, b"ok")

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class WebhookTest(unittest.TestCase):
    def setUp(self):
        self.listener = Listener()
        self.addCleanup(self.listener.close)

    def test_the_signature_is_over_the_escaped_bytes(self):
        with Practice("--webhook", self.listener.url) as world:
            world.inbound(persona="pia", text="Café 😀 a/b")
            headers, body = wait_for(lambda: self.listener.got)[0]
            self.assertIn(b"Caf\\u00e9 \\ud83d\\ude00 a\\/b", body)
            self.assertTrue(body.isascii())
            self.assertEqual(headers["X-Hub-Signature-256"], signature(world.info["app_secret"], body))
            value = json.loads(body)["entry"][0]["changes"][0]["value"]
            self.assertEqual(value["messages"][0]["text"]["body"], "Café 😀 a/b")
            self.assertEqual(json.loads(body)["entry"][0]["id"], world.waba)
            self.assertEqual(value["contacts"][0]["wa_id"], PIA)
            self.assertEqual(value["contacts"][0]["profile"]["name"], "Polite Pia")
            self.assertTrue(value["contacts"][0]["user_id"].startswith("GB."))

    def test_what_is_refused_comes_again_later(self):
        with Practice("--webhook", self.listener.url) as world:
            self.listener.status = 500
            world.inbound(persona="pia", text="one")
            wait_for(lambda: len(self.listener.got) == 1)
            wait_for(lambda: world.events()[0]["state"] == "retrying")
            world.advance(30_000)
            time.sleep(0.2)
            self.assertEqual(len(self.listener.got), 1)
            self.listener.status = 200
            world.advance(31_000)
            wait_for(lambda: len(self.listener.got) == 2)
            self.assertEqual(self.listener.got[0][1], self.listener.got[1][1])
            wait_for(lambda: world.events()[0]["state"] == "delivered")

    def test_a_subscription_needs_the_handshake(self):
        with Practice() as world:
            body = {"override_callback_uri": self.listener.url, "verify_token": "wrong"}
            self.assertEqual(world.graph("POST", world.waba + "/subscribed_apps", body).status, 400)
            body["verify_token"] = "word"
            self.assertEqual(world.graph("POST", world.waba + "/subscribed_apps", body).json, {"success": True})
            world.inbound(persona="pia", text="hi")
            wait_for(lambda: self.listener.got)
            app = world.graph("GET", world.waba + "/subscribed_apps").json["data"][0]
            self.assertEqual(app["override_callback_uri"], self.listener.url)
            token = f"{world.info['app_id']}|{world.info['app_secret']}"
            form = f"object=whatsapp_business_account&callback_url={self.listener.url}&verify_token=word".encode()
            answer = world.graph("POST", world.info["app_id"] + "/subscriptions", form, token=token,
                                 headers={"Content-Type": "application/x-www-form-urlencoded"})
            self.assertEqual(answer.json, {"success": True})

    def test_statuses_follow_in_order_and_carry_our_mark(self):
        with Practice() as world:
            world.inbound(persona="pia", text="hi")
            wamid = world.text(PIA, "hello", biz_opaque_callback_data="outbox:9917").json["messages"][0]["id"]
            world.advance(500)
            self.assertEqual([s["status"] for s in world.statuses(wamid)], ["sent"])
            world.advance(10_000)
            statuses = world.statuses(wamid)
            self.assertEqual([s["status"] for s in statuses], ["sent", "delivered", "read"])
            for status in statuses:
                self.assertEqual(status["biz_opaque_callback_data"], "outbox:9917")
                self.assertEqual(status["recipient_id"], PIA)
                self.assertEqual(status["pricing"]["type"], "free_customer_service")
            self.assertTrue(all("contacts" in v for v in world.values() if "statuses" in v))

    def test_a_closed_window_fails_by_webhook_or_at_once(self):
        with Practice() as world:
            wamid = world.text(PIA, "too late").json["messages"][0]["id"]
            world.advance(1000)
            status = world.statuses(wamid)[0]
            self.assertEqual((status["status"], status["errors"][0]["code"]), ("failed", 131047))
            self.assertNotIn("type", status["errors"][0])
            self.assertNotIn("contacts", world.values()[-1])
        with Practice("--window-error", "direct") as world:
            world.control("personas", {"id": "pia", "auto": False})
            self.assertEqual(world.text(PIA, "too late").code, 131047)
            world.inbound(persona="pia", text="hi")
            self.assertEqual(world.text(PIA, "in time").status, 200)
            world.advance(24 * 3600_000 - 60_000)
            self.assertEqual(world.text(PIA, "still in time").status, 200)
            world.advance(61_000)
            self.assertEqual(world.text(PIA, "too late").code, 131047)
            reaction = world.inbound(persona="pia", type="reaction", reaction={"message_id": "wamid.x", "emoji": "👍"})
            self.assertTrue(reaction)
            self.assertEqual(world.text(PIA, "open again").status, 200)

    def test_what_phones_do(self):
        expected = {"no-read": ["sent", "delivered"], "offline": ["sent"], "blocked": ["sent"], "not-on-whatsapp": ["failed"]}
        with Practice() as world:
            for receipts, states in expected.items():
                world.control("personas", {"id": receipts, "phone": f"44770090070{len(receipts) % 10}", "receipts": receipts})
                world.inbound(persona=receipts, text="hi")
                wamid = world.text(f"44770090070{len(receipts) % 10}", "x").json["messages"][0]["id"]
                world.advance(60_000)
                self.assertEqual([s["status"] for s in world.statuses(wamid)], states, receipts)

    def test_a_phone_that_was_off_catches_up(self):
        with Practice() as world:
            world.control("personas", {"id": "stella", "receipts": "offline", "auto": False})
            world.inbound(persona="stella", text="hi")
            wamid = world.text("447700900205", "x").json["messages"][0]["id"]
            world.advance(3_600_000)
            self.assertEqual([s["status"] for s in world.statuses(wamid)], ["sent"])
            self.assertEqual(len(world.control("messages?persona=stella")["messages"]), 1)
            world.control("personas", {"id": "stella", "receipts": "normal"})
            world.advance(10_000)
            self.assertEqual([s["status"] for s in world.statuses(wamid)], ["sent", "delivered", "read"])
            self.assertEqual(len(world.control("messages?persona=stella")["messages"]), 2)

    def test_marketing_is_billed_and_a_cap_fails_it(self):
        offer = {"to": PIA, "type": "template", "template": {"name": "spring_offer", "language": {"code": "en_GB"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "Pia"}, {"type": "text", "text": "15 %"}]}]}}
        with Practice() as world:
            wamid = world.send(offer).json["messages"][0]["id"]
            world.advance(5000)
            self.assertEqual(world.statuses(wamid)[0]["pricing"],
                             {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "marketing"})
            world.control("personas", {"id": "pia", "receipts": "capped"})
            wamid = world.send(offer).json["messages"][0]["id"]
            world.advance(5000)
            self.assertEqual(world.statuses(wamid)[0]["errors"][0]["code"], 131049)

    def test_the_box_gives_the_same_bytes(self):
        with Practice() as world:
            world.inbound(persona="pia", text="Grüße")
            world.inbound(persona="pia", text="two")
            page = world.box("/events?after=0&limit=1&wait=0").json
            self.assertEqual((page["newest"], page["more"], len(page["events"])), (2, True, 1))
            event = page["events"][0]
            self.assertEqual(event["headers"]["x-hub-signature-256"], signature(world.info["app_secret"], decode(event)))
            self.assertEqual(decode(event).decode(), world.events()[0]["body"])
            epoch = page["epoch"]
            self.assertEqual(world.box("/ack", "POST", {"epoch": epoch, "upto": 1}).json, {"deleted": 1})
            self.assertEqual(world.box("/ack", "POST", {"epoch": epoch, "upto": 1}).json, {"deleted": 0})
            gap = world.box(f"/events?epoch={epoch}&after=0&wait=0")
            self.assertEqual((gap.status, gap.json["oldest"]), (410, 2))
            self.assertEqual(world.box(f"/events?epoch={epoch}&after=1&wait=0").json["events"][0]["seq"], 2)
            self.assertEqual(world.box("/events?epoch=other&after=0").status, 409)
            ahead = world.box(f"/events?epoch={epoch}&after=3&wait=0")
            self.assertEqual((ahead.status, ahead.json), (409, {"error": "epoch", "epoch": epoch}))
            for body in ({}, {"epoch": epoch}, {"upto": 2}, {"epoch": epoch, "upto": -1}, {"epoch": 1, "upto": "2"}):
                with self.subTest(body):
                    bad = world.box("/ack", "POST", body)
                    self.assertEqual((bad.status, bad.json), (400, {"error": "body"}))
            self.assertEqual(world.box("/ack", "POST", {"epoch": "other", "upto": 2}).status, 409)
            self.assertEqual(world.box("/events", token="wrong").status, 401)
            for token in ("wrong", world.info["box_token"]):
                nobody = world.ask("GET", "/v1/box/nobody/events?wait=0", headers={"Authorization": "Bearer " + token})
                self.assertEqual((nobody.status, nobody.json), (404, {"error": "box"}))
            state = world.box().json
            self.assertEqual((state["version"], state["oldest"], state["newest"]), ("SBMB/1", 2, 2))
            world.box("/selftest", "POST", {})
            self.assertEqual(world.box("/events?after=2&wait=0").json["events"][0]["headers"]["x-sbmb-test"], "1")
            world.control("box", {})
            self.assertEqual(world.box(f"/events?epoch={epoch}&after=2&wait=0").status, 409)

    def test_a_long_poll_waits_for_the_next_event(self):
        with Practice() as world:
            answers = []
            poll = threading.Thread(target=lambda: answers.append(world.box("/events?after=0&wait=20", timeout=25)))
            poll.start()
            time.sleep(0.3)
            self.assertEqual(answers, [])
            world.inbound(persona="pia", text="now")
            poll.join(5)
            self.assertEqual(len(answers[0].json["events"]), 1)
            self.assertEqual(answers[0].headers["Cache-Control"], "no-store")
            started = time.monotonic()
            self.assertEqual(world.box("/events?after=1&wait=1").json["events"], [])
            self.assertGreater(time.monotonic() - started, 0.5)


if __name__ == "__main__":
    unittest.main()
