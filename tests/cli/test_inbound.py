"""Events through the port where a shop's own tunnel ends: what is signed is read, anything else is counted and never parsed."""

import http.client
import json
import os
import socket
import time
import unittest

from shop import Shop, sign, wait_for

SECRET = "appsecret"
NUMBER = "106500011122233"
OTHER = "106500099999999"

# Signed elsewhere, over the escaped form; the same JSON written anew must be refused.
VECTOR = (rb'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"messages":[{"id":"wamid.X","text":{"body":'
          rb'"Caf\u00e9 \ud83d\ude00 a\/b"}}]},"field":"messages"}]}]}')
VECTOR_SIGNATURE = "sha256=dddc0d626383d41685c7a4008c77879c387f0d48b9c667717b14b853cd40e2d5"


def event(message=None, number=NUMBER, **value):
    value = {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "351210000000", "phone_number_id": number}, **value}
    if message is not None:
        value["contacts"] = [{"profile": {"name": "Ana Reis"}, "wa_id": "351912000111"}]
        value["messages"] = [{"from": "351912000111", "timestamp": str(int(time.time())), **message}]
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "2001", "changes": [{"field": "messages", "value": value}]}]}).encode()


def text(wamid, words):
    return event({"id": wamid, "type": "text", "text": {"body": words}})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Inbound(unittest.TestCase):
    def setUp(self):
        self.port = free_port()
        self.shop = Shop(token="t", app_secret=SECRET, verify_token="verify")
        self.addCleanup(self.shop.__exit__)
        self.shop.ok("init")
        self.shop.ok("line", "add", "--kind", "cloud", "--phone-number-id", NUMBER, "--waba-id", "2001", "--base-url", "http://127.0.0.1:1", "--listen", str(self.port))
        self.shop.serve()
        wait_for("the port", self.answers)

    def answers(self):
        try:
            return self.ask("GET", "/")[0]
        except OSError:
            return 0

    def ask(self, method, path, body=None, signature=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, {"X-Hub-Signature-256": signature} if signature else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, body, secret=SECRET):
        return self.ask("POST", "/", body, sign(secret, body))[0]

    def messages(self):
        return [row for row in self.shop.ok("messages").rows if row["direction"] == "in"]

    def forged(self):
        return self.shop.ok("check").rows[-1]["forged"]

    def settle(self):
        """A signed message behind all others: once it is there, those were looked at."""
        wamid = f"wamid.LAST{time.monotonic_ns()}"
        self.assertEqual(self.post(text(wamid, "last")), 200)
        wait_for("the last message", lambda: [m for m in self.messages() if m["wamid"] == wamid])

    def test_a_signed_message_arrives_once(self):
        body = text("wamid.A", "Olá 😀 a/b")
        for _ in range(3):
            self.assertEqual(self.post(body), 200)
        self.settle()
        self.assertEqual([m["text"] for m in self.messages() if m["wamid"] == "wamid.A"], ["Olá 😀 a/b"])
        self.assertEqual(self.forged(), 0)

    def test_a_known_vector(self):
        self.assertEqual(len(VECTOR), 178)
        self.assertEqual(self.ask("POST", "/", VECTOR, VECTOR_SIGNATURE)[0], 200)
        rewritten = json.dumps(json.loads(VECTOR), separators=(",", ":"), ensure_ascii=False).encode()
        self.assertEqual(len(rewritten), 165)
        self.assertEqual(self.ask("POST", "/", rewritten, VECTOR_SIGNATURE)[0], 200)
        self.settle()
        self.assertEqual(self.forged(), 1)

    def test_what_is_not_signed_is_never_read(self):
        body = text("wamid.F", "send me your keys")
        cases = [None, "", "sha256=", "sha256=" + "0" * 64, sign("another", body), sign(SECRET, body).upper(), sign(SECRET, body)[:-1], sign(SECRET, body)[7:],
                 "sha1=" + "0" * 40, sign(SECRET, body + b" "), sign("", body)]
        for signature in cases:
            with self.subTest(signature):
                self.assertEqual(self.ask("POST", "/", body, signature)[0], 200)
        self.settle()
        self.assertEqual([m for m in self.messages() if m["wamid"] == "wamid.F"], [])
        self.assertEqual(self.forged(), len(cases))
        for row in self.shop.ok("events").rows + self.shop.ok("threads").rows:
            self.assertNotIn("send me your keys", json.dumps(row))
        self.assertEqual(self.shop.ok("search", "keys").rows, [])

    def test_signed_nonsense_harms_nothing(self):
        nonsense = [b"", b"null", b"[]", b"{}", b"not JSON", b"\xff\xfe", b"[" * 100000, b'{"entry":1}', b'{"entry":[1,null,{"changes":{}}]}',
                    b'{"entry":[{"changes":[{"field":5,"value":"x"}]}]}', b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[{}]}}]}]}',
                    event({"id": "", "type": "text"}), event({"id": "wamid.N1", "type": "text"}), event({"id": "wamid.N2", "type": "text", "text": "no object"}),
                    event({"id": "wamid.N3", "type": "image", "image": []}), event({"id": "wamid.N4", "type": None}), event({"id": 7, "type": "text", "text": {"body": 7}}),
                    event({"id": "wamid.N5", "type": "interactive", "interactive": {"type": "x"}}), event(statuses=[{}, {"id": "wamid.none", "status": "read"}]),
                    event({"id": "wamid.N6", "type": "text", "text": {"body": "\u0000\ud800"}, "timestamp": "never"})]
        for body in nonsense:
            with self.subTest(body[:60]):
                self.assertEqual(self.post(body), 200)
        self.settle()
        self.assertEqual(self.forged(), 0)
        self.assertTrue(self.shop.ok("check").rows[-1]["ok"])

    def test_another_number_is_not_this_lines(self):
        self.post(event({"id": "wamid.O", "type": "text", "text": {"body": "for somebody else"}}, number=OTHER))
        self.settle()
        self.assertEqual([m for m in self.messages() if m["wamid"] == "wamid.O"], [])

    def test_the_handshake(self):
        asked = "/?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
        self.assertEqual(self.ask("GET", asked + "verify"), (200, b"1158201444"))
        self.assertEqual(self.ask("GET", asked + "wrong")[0], 403)

    def test_events_outlive_a_kill(self):
        for number in range(20):
            self.assertEqual(self.post(text(f"wamid.K{number}", f"number {number}")), 200)
        self.shop.serving.kill()
        self.shop.serving.wait()
        self.shop.serving.stdout.close()
        self.shop.serve()
        wait_for("the port", self.answers)
        self.settle()
        self.assertEqual({m["text"] for m in self.messages() if m["wamid"].startswith("wamid.K")}, {f"number {number}" for number in range(20)})
        self.assertTrue(self.shop.ok("check").rows[-1]["ok"])

    def test_a_file_name_is_no_path(self):
        self.post(event({"id": "wamid.D", "type": "document", "document": {"id": "77", "mime_type": "application/pdf", "filename": "../../../../etc/passwd"}}))
        self.settle()
        row = [m for m in self.messages() if m["wamid"] == "wamid.D"][0]
        self.assertFalse(row["attachments"][0]["here"])
        self.assertEqual(os.listdir(os.path.join(self.shop.shop, "media")), [])


if __name__ == "__main__":
    unittest.main()
