"""What a send must be, in the order in which it is looked at, and what each mistake is answered with."""

import json
import unittest

from practice import Practice

PIA = "447700900201"
LONG = "x" * 5000


def button(n, title="Yes"):
    return {"type": "reply", "reply": {"id": f"id{n}", "title": f"{title}{n}"}}


def interactive(kind, action, **more):
    return {"to": PIA, "type": "interactive", "interactive": {"type": kind, "body": {"text": "Well?"}, "action": action, **more}}


def template(name, *components, language="en_GB"):
    return {"to": PIA, "type": "template",
            "template": {"name": name, "language": {"code": language}, "components": list(components)}}


def body(*texts):
    return {"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]}


class SendTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = Practice("--seed", "1")
        cls.world.inbound(persona="pia", text="hi")
        cls.world.control("personas", {"id": "pia", "auto": False})

    @classmethod
    def tearDownClass(cls):
        cls.world.__exit__()

    def setUp(self):
        self.world.advance(600_000)

    def refused(self, answer, code, status, *words):
        self.assertEqual((answer.status, answer.code), (status, code), answer.body)
        for word in words:
            self.assertIn(word, answer.details)

    def accepted(self, answer):
        self.assertEqual(answer.status, 200, answer.body)
        self.assertTrue(answer.json["messages"][0]["id"].startswith("wamid."))
        return answer.json

    def test_the_token_comes_first(self):
        broken = b"{"
        path = self.world.phone + "/messages"
        for token, code in ((None, 104), ("nonsense", 190)):
            answer = self.world.graph("POST", path, broken, token=token)
            self.assertEqual((answer.status, answer.code), (401, code))
        answer = self.world.ask("POST", f"/v25.0/{path}?access_token={self.world.info['token']}", {}, token=None)
        self.assertEqual(answer.code, 100)

    def test_token_states(self):
        for state, status, code in (("expired", 401, 190), ("revoked", 401, 190), ("no-permission", 403, 10)):
            self.world.control("account", {"token_state": state})
            answer = self.world.text(PIA, "hi")
            self.assertEqual((answer.status, answer.code), (status, code))
            if state == "expired":
                self.assertEqual(answer.json["error"]["error_subcode"], 463)
        self.world.control("account", {"token_state": "ok"})
        self.accepted(self.world.text(PIA, "hi"))

    def test_faults_come_before_the_json_is_read(self):
        self.world.control("faults", {"match": "messages", "kind": "http", "error": 131016})
        answer = self.world.graph("POST", self.world.phone + "/messages", b"{")
        self.assertEqual((answer.status, answer.code), (500, 131016))
        answer = self.world.graph("POST", self.world.phone + "/messages", b"{")
        self.refused(answer, 100, 400, "Invalid JSON")

    def test_the_number_comes_before_the_recipient(self):
        for member, value, code in (("registered", False, 133010), ("banned", True, 131031), ("payment_ok", False, 131042)):
            self.world.control("account", {member: value})
            self.assertEqual(self.world.send({"type": "text"}).code, code)
            self.world.control("account", {member: not value})

    def test_the_recipient_comes_before_the_shape(self):
        self.refused(self.world.send({"type": "text"}), 131008, 400, "to")
        self.refused(self.world.text("12ab", ""), 131009, 400, "to")
        self.refused(self.world.text("123", ""), 131009, 400, "to")
        self.refused(self.world.text("+44 7700 900100", ""), 131021, 400)
        self.world.control("account", {"test_mode": True, "allowed": []})
        self.refused(self.world.text(PIA, ""), 131030, 400)
        self.world.control("account", {"test_mode": False})
        self.assertEqual(self.world.send({"to": "g", "recipient_type": "group", "type": "text"}).code, 131215)

    def test_lengths_are_named(self):
        self.refused(self.world.text(PIA, LONG), 131009, 400, "text['body']", "4096")
        self.refused(self.world.text(PIA, ""), 131009, 400, "text['body']")
        self.accepted(self.world.text(PIA, "é" * 4096))
        self.refused(self.world.text(PIA, "a", biz_opaque_callback_data="x" * 513), 131009, 400, "512")

    def test_an_unknown_type_is_named(self):
        self.refused(self.world.send({"to": PIA, "type": "fax"}), 100, 400, "fax")
        self.accepted(self.world.send({"to": PIA, "text": {"body": "no type means text"}}))

    def test_the_number_is_given_back_in_digits(self):
        contact = self.accepted(self.world.text("+44 (7700) 900-201", "hi"))["contacts"][0]
        self.assertEqual(contact, {"input": "+44 (7700) 900-201", "wa_id": PIA})
        self.accepted(self.world.send({"to": int(PIA), "type": "text", "text": {"body": "a number works too"}}))

    def test_a_user_id_is_answered_without_a_number(self):
        user = next(p for p in self.world.control("personas")["personas"] if p["id"] == "uma")["user_id"]
        contact = self.accepted(self.world.send({"recipient": user, "type": "text", "text": {"body": "hi"}}))["contacts"][0]
        self.assertEqual(contact, {"input": user, "user_id": user})

    def test_media_is_named_by_exactly_one_of_id_and_link(self):
        link = "https://shop.example/a.jpg"
        media = self.world.upload(b"\xff\xd8\xff\xe0photo", "image/jpeg").json["id"]
        self.accepted(self.world.send({"to": PIA, "type": "image", "image": {"id": media, "caption": "look"}}))
        self.accepted(self.world.send({"to": PIA, "type": "image", "image": {"link": link}}))
        self.refused(self.world.send({"to": PIA, "type": "image", "image": {"id": media, "link": link}}), 131009, 400)
        self.refused(self.world.send({"to": PIA, "type": "image", "image": {}}), 131008, 400)
        self.refused(self.world.send({"to": PIA, "type": "image", "image": {"id": "99"}}), 131009, 400, "image['id']")
        self.refused(self.world.send({"to": PIA, "type": "audio", "audio": {"id": media}}), 131053, 400)
        self.refused(self.world.send({"to": PIA, "type": "image", "image": {"id": media, "caption": LONG}}), 131009, 400, "1024")
        self.refused(self.world.send({"to": PIA, "type": "audio", "audio": {"link": link, "caption": "no"}}), 131009, 400)

    def test_location_contacts_and_reaction(self):
        self.accepted(self.world.send({"to": PIA, "type": "location", "location": {"latitude": "53.8", "longitude": -1.5}}))
        self.refused(self.world.send({"to": PIA, "type": "location", "location": {"latitude": 91, "longitude": 1}}), 131009, 400, "latitude")
        self.refused(self.world.send({"to": PIA, "type": "location", "location": {"latitude": 1}}), 131008, 400)
        self.accepted(self.world.send({"to": PIA, "type": "contacts", "contacts": [{"name": {"formatted_name": "A B", "first_name": "A"}}]}))
        self.refused(self.world.send({"to": PIA, "type": "contacts", "contacts": [{"name": {"formatted_name": "A"}}]}), 131009, 400)
        self.refused(self.world.send({"to": PIA, "type": "contacts", "contacts": []}), 131008, 400)
        self.accepted(self.world.send({"to": PIA, "type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👍🏽"}}))
        self.accepted(self.world.send({"to": PIA, "type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": ""}}))
        self.refused(self.world.send({"to": PIA, "type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "yes"}}), 131009, 400)

    def test_every_interactive_kind_is_taken(self):
        url = "https://shop.example"
        good = [
            interactive("button", {"buttons": [button(1), button(2), button(3)]}, header={"type": "text", "text": "H"}),
            interactive("list", {"button": "Choose", "sections": [{"rows": [{"id": "1", "title": "One"}]}]}),
            interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "Open", "url": url}}),
            interactive("flow", {"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book"}}),
            interactive("product", {"catalog_id": "1", "product_retailer_id": "2"}),
            interactive("product_list", {"catalog_id": "1", "sections": [{"title": "A", "product_items": [{"product_retailer_id": "2"}]}]},
                        header={"type": "text", "text": "H"}),
            interactive("catalog_message", {"name": "catalog_message"}),
            interactive("location_request_message", {"name": "send_location"}),
            interactive("address_message", {"name": "address_message", "parameters": {"country": "IN"}}),
            interactive("request_contact_info", {"name": "request_contact_info"}),
            interactive("carousel", {"cards": [{"card_index": 0}, {"card_index": 1}]}),
            interactive("voice_call", {"name": "voice_call", "parameters": {"display_text": "Call"}}),
            interactive("call_permission_request", {"name": "call_permission_request"}),
        ]
        for message in good:
            with self.subTest(message["interactive"]["type"]):
                self.accepted(self.world.send(message))

    def test_interactive_limits(self):
        rows = [{"id": str(n), "title": "Row"} for n in range(11)]
        bad = [
            (interactive("button", {"buttons": [button(n) for n in range(4)]}), "1 to 3"),
            (interactive("button", {"buttons": [button(1, "t" * 21)]}), "20"),
            (interactive("button", {"buttons": [button(1), button(1)]}), "unique"),
            (interactive("button", {"buttons": [{"type": "reply", "reply": {"id": " x", "title": "T"}}]}), "blank"),
            (interactive("list", {"button": "Choose", "sections": [{"rows": rows}]}), "10"),
            (interactive("list", {"button": "b" * 21, "sections": [{"rows": rows[:1]}]}), "button"),
            (interactive("list", {"button": "Choose", "sections": [{"rows": [rows[0], rows[0]]}]}), "unique"),
            (interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "Open", "url": "ftp://x"}}), "url"),
            (interactive("flow", {"name": "flow", "parameters": {"flow_id": "1", "flow_name": "a", "flow_cta": "Book"}}), "exactly one"),
            (interactive("location_request_message", {"name": "no"}), "send_location"),
            (interactive("carousel", {"cards": [{}]}), "2 to 10"),
            (interactive("button", {"buttons": [button(1)]}, header={"type": "text", "text": "h" * 61}), "60"),
            (interactive("button", {"buttons": [button(1)]}, footer={"text": "f" * 61}), "60"),
            (interactive("button", {"buttons": [button(1)]}, body={"text": "b" * 1025}), "1024"),
            (interactive("product", {"catalog_id": "1", "product_retailer_id": "2"}, header={"type": "text", "text": "H"}), "header"),
            (interactive("dance", {}), "dance"),
        ]
        for message, words in bad:
            with self.subTest(words):
                self.refused(self.world.send(message), 131009, 400, words)

    def test_templates_need_their_gaps_filled(self):
        ready = self.accepted(self.world.send(template("order_ready", body("Pia", "214"))))
        self.assertEqual(ready["messages"][0]["message_status"], "accepted")
        self.accepted(self.world.send(template("opening_hours")))
        self.refused(self.world.send(template("order_ready", body("Pia"))), 132000, 400, "(1)", "(2)")
        self.refused(self.world.send(template("order_ready", body("Pia", "a\nb"))), 132018, 400)
        self.refused(self.world.send(template("order_ready", {"type": "BODY", "parameters": [{"type": "image"}, {"type": "text", "text": "x"}]})), 132012, 400)
        self.refused(self.world.send(template("nothing")), 132001, 404, "nothing")
        self.refused(self.world.send(template("order_ready", body("a", "b"), language="xx")), 132001, 404, "xx")

    def test_named_parameters_and_media_headers(self):
        named = [{"type": "text", "parameter_name": n, "text": "x"} for n in ("first_name", "day")]
        self.accepted(self.world.send(template("tasting_invitation", {"type": "body", "parameters": named})))
        self.refused(self.world.send(template("tasting_invitation", body("a", "b"))), 132012, 400, "parameter_name")
        media = self.world.upload(b"\xff\xd8\xff\xe0photo", "image/jpeg").json["id"]
        header = {"type": "header", "parameters": [{"type": "image", "image": {"id": media}}]}
        link = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "214"}]}
        self.accepted(self.world.send(template("cake_photo", header, body("Pia"), link)))
        self.refused(self.world.send(template("cake_photo", body("Pia"), link)), 132012, 400, "IMAGE")
        self.refused(self.world.send(template("cake_photo", header, body("Pia"))), 132000, 400, "URL")

    def test_paused_and_disabled_templates(self):
        for status, code in (("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001)):
            self.world.control("templates", {"name": "opening_hours", "status": status})
            self.assertEqual(self.world.send(template("opening_hours")).code, code)
        self.world.control("templates", {"name": "opening_hours", "status": "APPROVED"})

    def test_who_stopped_offers_gets_none(self):
        self.world.control("personas", {"id": "pia", "stopped": True})
        self.refused(self.world.send(template("spring_offer", body("Pia", "15 %"))), 131050, 400)
        self.accepted(self.world.send(template("order_ready", body("Pia", "214"))))
        self.world.control("personas", {"id": "pia", "stopped": False})

    def test_the_pace_towards_one_customer(self):
        answers = [self.world.text(PIA, str(n)) for n in range(47)]
        self.assertEqual([a.status for a in answers[:45]], [200] * 45)
        self.refused(answers[46], 131056, 400)
        self.world.advance(7_000)
        self.accepted(self.world.text(PIA, "later"))

    def test_the_throughput_of_the_number(self):
        answers = [self.world.text(f"4477009010{n % 100:02d}", "x") for n in range(600)]
        self.assertEqual({a.code for a in answers if a.status != 200}, {130429})
        self.world.control("account", {"throughput": "HIGH"})
        answers = [self.world.text(f"4477009020{n % 100:02d}", "x") for n in range(200)]
        self.assertEqual({a.status for a in answers}, {200})
        self.world.control("account", {"throughput": "STANDARD"})

    def test_receipts_need_a_message_that_came_in(self):
        wamid = self.world.inbound(persona="tom", text="hi")
        self.assertEqual(self.world.send({"status": "read", "message_id": wamid}).json, {"success": True})
        typing = {"status": "read", "message_id": wamid, "typing_indicator": {"type": "text"}}
        self.assertEqual(self.world.send(typing).json, {"success": True})
        self.refused(self.world.send({"status": "read", "message_id": "wamid.none"}), 100, 400)
        self.refused(self.world.graph("POST", self.world.phone + "/messages", {"messaging_product": "fax"}), 100, 400)

    def test_paths_are_tolerant(self):
        message = json.dumps({"messaging_product": "whatsapp", "to": PIA, "type": "text", "text": {"body": "x"}}).encode()
        for path in (f"/{self.world.phone}/messages", f"/v17.0/{self.world.phone}/messages", f"/v25.0/{self.world.phone}/messages/", f"//v25.0//{self.world.phone}/messages"):
            answer = self.world.ask("POST", path, message, {"Host": "graph.facebook.com", "Content-Type": "application/json"})
            self.assertEqual(answer.status, 200, (path, answer.body))
            self.assertEqual(answer.headers["Content-Type"], "application/json; charset=UTF-8")
        answer = self.world.graph("GET", "4242/whatever")
        self.assertEqual((answer.status, answer.code, answer.json["error"]["error_subcode"]), (400, 100, 33))


if __name__ == "__main__":
    unittest.main()
