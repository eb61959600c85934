"""Each kind of message a customer can send, as the webhook that Meta would make of it."""

import unittest

from practice import Practice

PIA = "447700900201"

KINDS = {
    "text": {"text": {"body": "hi"}},
    "image": {"image": {"caption": "look"}},
    "video": {"video": {"caption": "look"}},
    "audio": {"seconds": 5},
    "document": {"document": {"filename": "a.pdf"}},
    "sticker": {},
    "location": {"location": {"latitude": 53.8, "longitude": -1.5, "name": "Shop"}},
    "contacts": {"contacts": [{"name": {"formatted_name": "A B", "first_name": "A"}, "phones": [{"phone": "+44 7700 900150"}]}]},
    "button": {"button": {"payload": "order:204", "text": "It is late"}, "context": {"from": "447700900100", "id": "wamid.a"}},
    "interactive": {"interactive": {"type": "button_reply", "button_reply": {"id": "am", "title": "Morning"}}},
    "reaction": {"reaction": {"message_id": "wamid.a", "emoji": "👍"}},
    "order": {"order": {"catalog_id": "77100", "text": "", "product_items": [
        {"product_retailer_id": "SKU-19", "quantity": 2, "item_price": 30, "currency": "GBP"}]}},
    "unsupported": {"unsupported": {"type": "poll"}},
    "request_welcome": {},
}


class InboundTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = Practice("--seed", "3")

    @classmethod
    def tearDownClass(cls):
        cls.world.__exit__()

    def setUp(self):
        self.world.forget()

    def one(self, **body):
        wamid = self.world.inbound(**body)
        value = self.world.values()[-1]
        message = value["messages"][0]
        self.assertEqual(message["id"], wamid)
        return value, message

    def test_every_type_has_the_common_members_and_its_own(self):
        for kind, body in KINDS.items():
            with self.subTest(kind):
                value, message = self.one(persona="pia", type=kind, **body)
                self.assertEqual(message["type"], kind)
                self.assertEqual(message["from"], PIA)
                self.assertTrue(message["from_user_id"].startswith("GB."))
                self.assertIsInstance(message["timestamp"], str)
                self.assertEqual(value["messaging_product"], "whatsapp")
                self.assertEqual(value["metadata"]["phone_number_id"], self.world.phone)
                self.assertEqual(value["contacts"][0]["wa_id"], PIA)
                for member, content in body.items():
                    if member not in ("image", "video", "document", "seconds"):
                        self.assertEqual(message[member], content)

    def test_media_can_be_fetched(self):
        starts = {"image": b"\xff\xd8\xff", "audio": b"OggS", "document": b"%PDF-", "sticker": b"RIFF", "video": b"\0\0\0\x14ftyp"}
        for kind, start in starts.items():
            with self.subTest(kind):
                _, message = self.one(persona="pia", type=kind)
                media = message[kind]
                node = self.world.graph("GET", media["id"]).json
                path = node["url"].split(self.world.host, 1)[1]
                got = self.world.ask("GET", path)
                self.assertTrue(got.body.startswith(start))
                self.assertEqual(len(got.body), node["file_size"])
                self.assertEqual(got.headers["Content-Type"], node["mime_type"])

    def test_a_voice_message_has_the_length_that_was_asked_for(self):
        _, message = self.one(persona="vera", type="audio", seconds=7)
        self.assertTrue(message["audio"]["voice"])
        self.assertEqual(message["audio"]["mime_type"], "audio/ogg; codecs=opus")
        node = self.world.graph("GET", message["audio"]["id"]).json
        data = self.world.ask("GET", node["url"].split(self.world.host, 1)[1]).body
        last = data.rindex(b"OggS")
        position = int.from_bytes(data[last + 6:last + 14], "little")
        skip = int.from_bytes(data[data.index(b"OpusHead") + 10:][:2], "little")
        self.assertEqual((position - skip) / 48000, 7)
        self.assertEqual(data[last + 5], 4)

    def test_a_document_is_a_pdf_whose_tables_are_right(self):
        _, message = self.one(persona="pia", type="document")
        node = self.world.graph("GET", message["document"]["id"]).json
        data = self.world.ask("GET", node["url"].split(self.world.host, 1)[1]).body
        table = int(data.split(b"startxref\n")[1].split(b"\n")[0])
        self.assertTrue(data[table:].startswith(b"xref"))
        for n, line in enumerate(data[table:].split(b"\n")[3:8], 1):
            self.assertTrue(data[int(line[:10]):].startswith(b"%d 0 obj" % n))
        stream = data.split(b">>stream\n")[1].split(b"endstream")[0]
        self.assertEqual(int(data.split(b"/Length ")[1].split(b">>")[0]), len(stream))

    def test_edit_and_revoke_change_the_conversation(self):
        wamid = self.world.inbound(persona="tom", text="2 brownis")
        self.one(persona="tom", type="edit", edit={"original_message_id": wamid, "message": {"type": "text", "text": {"body": "2 brownies"}}})
        bubble = [m for m in self.world.control("messages?persona=tom")["messages"] if m["id"] == wamid][0]
        self.assertEqual((bubble["text"], bubble["edited"]), ("2 brownies", True))
        _, message = self.one(persona="tom", type="revoke", revoke={"original_message_id": wamid})
        self.assertEqual(message["revoke"]["original_message_id"], wamid)
        bubble = [m for m in self.world.control("messages?persona=tom")["messages"] if m["id"] == wamid][0]
        self.assertTrue(bubble["revoked"])

    def test_a_new_number_is_told_without_contacts(self):
        value, message = self.one(persona="stella", type="system", system={"type": "user_changed_number", "body": "new", "wa_id": "447700900299"})
        self.assertNotIn("contacts", value)
        self.assertEqual(message["from"], "447700900205")
        _, message = self.one(persona="stella", text="it is me")
        self.assertEqual(message["from"], "447700900299")

    def test_a_username_has_no_number(self):
        value, message = self.one(persona="uma", text="hello")
        self.assertNotIn("from", message)
        self.assertNotIn("wa_id", value["contacts"][0])
        self.assertEqual(value["contacts"][0]["profile"]["username"], "uma.bakes")
        wamid = self.world.send({"recipient": message["from_user_id"], "type": "text", "text": {"body": "hi"}}).json["messages"][0]["id"]
        self.world.advance(5000)
        status = self.world.statuses(wamid)[0]
        self.assertNotIn("recipient_id", status)
        self.assertEqual(status["recipient_user_id"], message["from_user_id"])

    def test_strangers_and_old_messages(self):
        value, message = self.one(**{"from": "+447700900777"}, name="New Customer", text="hi", timestamp=1700000000)
        self.assertEqual((message["from"], message["timestamp"]), ("447700900777", "1700000000"))
        self.assertEqual(value["contacts"][0]["profile"]["name"], "New Customer")

    def test_any_other_field_can_be_emitted(self):
        fields = ("message_template_quality_update", "template_category_update", "phone_number_quality_update", "account_update",
                  "business_capability_update", "user_preferences", "smb_message_echoes", "account_alerts", "security", "flows")
        for field in fields:
            with self.subTest(field):
                self.world.control("event", {"field": field, "value": {"event": "X", "list": [1, {"a": "ü"}]}})
                event = self.world.events(field)[-1]["event"]
                self.assertEqual(event["entry"][0]["changes"][0], {"value": {"event": "X", "list": [1, {"a": "ü"}]}, "field": field})
                self.assertIsInstance(event["entry"][0]["time"], int)


if __name__ == "__main__":
    unittest.main()
