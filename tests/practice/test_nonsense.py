"""Good requests with something in them broken: whatever comes, the server answers in JSON and lives."""

import copy
import random
import unittest

from practice import Practice
from test_send import PIA, body, button, interactive, template

JUNK = (None, True, -1, 0, 1e300, "", "x" * 100, [], {}, [1], ["a"], [[]], {"a": 1}, [{}], "{{", "{{1}}", PIA, 99999999999999999999)

SENDS = [
    {"to": PIA, "type": "text", "text": {"body": "x"}, "context": {"message_id": "w"}, "biz_opaque_callback_data": "1"},
    {"to": PIA, "type": "image", "image": {"id": "1", "link": "http://a"}},
    {"to": PIA, "type": "contacts", "contacts": [{"name": {"formatted_name": "a", "first_name": "b"}}]},
    {"to": PIA, "type": "reaction", "reaction": {"message_id": "w", "emoji": "x"}},
    {"to": PIA, "type": "location", "location": {"latitude": 1, "longitude": 2}},
    interactive("button", {"buttons": [button(1), button(2)]}, header={"type": "text", "text": "h"}, footer={"text": "f"}),
    interactive("list", {"button": "b", "sections": [{"title": "t", "rows": [{"id": "1", "title": "t", "description": "d"}]}]}),
    interactive("flow", {"name": "flow", "parameters": {"flow_id": "1", "flow_cta": "b", "flow_action_payload": {"data": {"a": 1}}}}),
    interactive("carousel", {"cards": [{"body": {"text": "a"}, "action": {"buttons": [1]}}, {}]}),
    template("order_reminder", body("a", "b", "c"), {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"payload": "x"}]}),
    template("cake_photo", {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}, body("a"),
             {"type": "button", "index": 0, "parameters": [{"type": "text", "text": "x"}]}),
    {"status": "read", "message_id": "x", "typing_indicator": {"type": "text"}},
    {"recipient": "GB.123", "type": "text", "text": {"body": "x"}},
]

GRAPH = [
    ("@waba/message_templates", {"name": "abc", "language": "en", "category": "UTILITY", "message_send_ttl_seconds": 60, "components": [
        {"type": "HEADER", "format": "TEXT", "text": "h {{1}}"}, {"type": "BODY", "text": "a {{1}} b c d e f g", "example": {"body_text": [["x"]]}},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "t", "url": "http://a/{{1}}"}, {"type": "QUICK_REPLY", "text": "x"}]}]}),
    ("@phone/block_users", {"block_users": [{"user": "1"}, {"user_id": "2"}]}),
    ("@phone/whatsapp_business_profile", {"about": "x", "websites": ["a"]}),
    ("@phone/message_qrdls", {"prefilled_message": "x", "code": "a"}),
    ("@phone/register", {"pin": "123456"}),
    ("app/uploads", {"file_type": "image/png", "file_length": 3}),
]

CONTROL = [
    ("inbound", {"persona": "pia", "type": "text", "text": "a", "context": {"id": "1"}, "timestamp": 1}),
    ("inbound", {"from": "44123", "type": "image", "image": {"caption": "a"}, "seconds": 2}),
    ("inbound", {"persona": "tom", "type": "edit", "edit": {"original_message_id": "1", "message": {"type": "text", "text": {"body": "a"}}}}),
    ("inbound", {"persona": "stella", "type": "system", "system": {"wa_id": "4477", "user_id": "GB.1"}}),
    ("inbound", {"persona": "pia", "tap": "a", "message": "b"}),
    ("event", {"field": "x", "value": {}}),
    ("personas", {"id": "q", "phone": "4412", "receipts": "normal", "suggestions": ["a"]}),
    ("templates", {"name": "opening_hours", "status": "APPROVED", "quality": "RED"}),
    ("status", {"id": "x", "status": "read"}),
]


def break_one(chance, value):
    """Replaces or removes one member somewhere inside."""
    value = copy.deepcopy(value)
    node = value
    while True:
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        if isinstance(node[key], (dict, list)) and node[key] and chance.random() < 0.7:
            node = node[key]
        elif isinstance(node, dict) and chance.random() < 0.2:
            del node[key]
            return value
        else:
            node[key] = copy.deepcopy(chance.choice(JUNK))
            return value


class NonsenseTest(unittest.TestCase):
    def one(self, world, chance):
        dice = chance.random()
        if dice < 0.6:
            return world.send(break_one(chance, chance.choice(SENDS)))
        if dice < 0.8:
            path, good = chance.choice(GRAPH)
            path = path.replace("@waba", world.waba).replace("@phone", world.phone)
            return world.graph("POST", path, break_one(chance, good))
        name, good = chance.choice(CONTROL)
        return world.ask("POST", "/_practice/" + name, break_one(chance, good), token=False)

    def test_whatever_comes_is_answered(self):
        chance = random.Random(20261121)
        with Practice("--cake-shop") as world:
            for n in range(1200):
                answer = self.one(world, chance)
                self.assertIsInstance(answer.json, dict)
                if answer.status >= 400 and "code" in answer.json.get("error", ""):
                    self.assertIsInstance(answer.code, int)
                if n % 100 == 0:
                    world.advance(100_000)
                    world.control("account", {"registered": True})
                    world.control("messages?persona=pia")
                    world.graph("GET", world.waba + "/message_templates?status=%5B1,%22a%22,null%5D&limit=zz&after=!!&fields=,,")
                    world.events()

    def test_bodies_that_are_no_json(self):
        with Practice() as world:
            path = world.phone + "/messages"
            for data in (b"", b"[]", b"null", b"\xff\xfe", b'{"a":"\\u0000"}', b"[" * 5000, b'{"a":' * 200, b"{" + b" " * 5_000_000):
                answer = world.graph("POST", path, data, headers={"Content-Type": "application/json"})
                self.assertEqual((answer.status, answer.code), (400, 100), data[:20])
            upload = world.graph("POST", world.phone + "/media", b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data; boundary=x"})
            self.assertEqual(upload.code, 100)


if __name__ == "__main__":
    unittest.main()
