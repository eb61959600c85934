#!/usr/bin/env python3
"""Signed events of every kind reach the file exactly once while the engine is killed at random; forged ones never.

shopbell-mailbox is real, shopbell-cli serve is real, the kills are kill -9.
"""

import base64
import json
import os
import random
import sys
import tempfile
import time

from programs import Server, Shop, ask, sign, wait

KILLS = int(os.environ.get("SHOPBELL_KILLS", "12"))
NUMBER = "106500011122233"
ACCOUNT = "102290000000000"
SECRET = "kill-test-app-secret"


def wamid(index):
    return "wamid." + base64.b64encode(f"kill test {index:06d}".encode()).decode()


def body_of(value, field="messages"):
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": [{"field": field, "value": value}]}]}).encode()


def message_event(index, kind, part):
    number = f"44770090{index % 40:04d}"
    message = {"from": number, "from_user_id": f"GB.{index % 40}", "id": wamid(index), "timestamp": str(int(time.time())), "type": kind, **part}
    return body_of({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "447700900000", "phone_number_id": NUMBER},
                    "contacts": [{"profile": {"name": f"Customer {index % 40}"}, "wa_id": number, "user_id": f"GB.{index % 40}"}],
                    "messages": [message]})


def parts(index):
    """One of each kind that makes a message of its own, in turn."""
    media = {"id": str(900000 + index), "mime_type": "application/octet-stream", "sha256": "AAAA"}
    kinds = [
        ("text", {"text": {"body": f"Hello é \U0001f382 {index}"}}),
        ("image", {"image": {**media, "mime_type": "image/jpeg", "caption": f"Photo {index}"}}),
        ("video", {"video": {**media, "mime_type": "video/mp4"}}),
        ("audio", {"audio": {**media, "mime_type": "audio/ogg; codecs=opus", "voice": True}}),
        ("document", {"document": {**media, "filename": "../../etc/passwd"}}),
        ("sticker", {"sticker": {**media, "mime_type": "image/webp", "animated": False}}),
        ("location", {"location": {"latitude": 51.5, "longitude": -0.12, "name": "Shop"}}),
        ("contacts", {"contacts": [{"name": {"formatted_name": "Ana Reis"}, "phones": [{"phone": "+447700900222", "wa_id": "447700900222"}]}]}),
        ("button", {"button": {"payload": "late", "text": "It is late"}}),
        ("interactive", {"interactive": {"type": "button_reply", "button_reply": {"id": "1", "title": "Yes"}}}),
        ("interactive", {"interactive": {"type": "list_reply", "list_reply": {"id": "2", "title": "Lemon", "description": "12 inch"}}}),
        ("interactive", {"interactive": {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{\"day\":\"Mon\"}"}}}),
        ("order", {"order": {"catalog_id": "77100", "text": "", "product_items": [{"product_retailer_id": "S", "quantity": 2, "item_price": 30, "currency": "EUR"}]}}),
        ("unsupported", {"errors": [{"code": 131051, "title": "Message type unknown"}]}),
        ("hologram", {"hologram": {"shape": "cake"}}),
        ("request_welcome", {}),
    ]
    return kinds[index % len(kinds)]


def main():
    seed = int(os.environ.get("SHOPBELL_SEED", str(int(time.time()))))
    chance = random.Random(seed)
    print(f"# seed {seed}")
    data = tempfile.mkdtemp(prefix="shopbell-mailbox-")
    os.chmod(data, 0o700)
    mailbox = Server("shopbell-mailbox", "serve", "--data", data, "--listen", "127.0.0.1:0")
    try:
        return run(mailbox, data, chance)
    finally:
        mailbox.stop()


def add_box(data):
    import subprocess
    done = subprocess.run(["shopbell-mailbox", "add-box", "Kill test", "--data", data, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run(mailbox, data, chance):
    url = mailbox.ready["url"].rstrip("/")
    box = add_box(data)
    shop = Shop({"token": "t", "app_secret": SECRET, "mailbox_token": box["token"], "verify_token": box["verify_token"]})
    shop.run("init", "--name", "Kill Test")
    shop.run("line", "add", "--kind", "cloud", "--base-url", "http://127.0.0.1:9", "--phone-number-id", NUMBER, "--waba-id", ACCOUNT,
             "--mailbox", url, "--box", box["box"])

    expected, forged, index = {}, 0, 0
    for _ in range(KILLS):
        shop.serve()
        end = time.monotonic() + chance.uniform(0.2, 1.5)
        while time.monotonic() < end:
            kind, part = parts(index)
            body = message_event(index, kind, part)
            for _ in range(chance.choice([1, 1, 1, 2, 5])):
                assert ask(f"{url}/in/{box['box']}", body, {"X-Hub-Signature-256": sign(SECRET, body)})[0] == 200
            expected[wamid(index)] = kind
            if index % 7 == 0:
                bad = message_event(500000 + index, "text", {"text": {"body": "forged"}})
                assert ask(f"{url}/in/{box['box']}", bad, {"X-Hub-Signature-256": sign("wrong", bad)})[0] == 200
                forged += 1
            index += 1
            time.sleep(0.01)
        shop.kill()

    shop.serve()
    wait("all messages", lambda: len(shop.run("messages")) >= len(expected), 90, 1)
    time.sleep(2)
    shop.stop()

    stored = {}
    for message in shop.run("messages"):
        if message["direction"] == "in":
            stored[message["wamid"]] = stored.get(message["wamid"], 0) + 1
    missing = [w for w in expected if w not in stored]
    twice = [w for w, n in stored.items() if n > 1]
    invented = [w for w in stored if w not in expected]
    check = shop.run("check")[-1]
    print(f"# {len(expected)} events, {KILLS} kills, {forged} forged; stored {len(stored)}, check {check}")
    assert not missing, f"lost: {missing[:5]} of {len(missing)}"
    assert not twice, f"twice: {twice[:5]}"
    assert not invented, f"forged ones were stored: {invented[:5]}"
    assert check["ok"] is True, check
    assert check["forged"] == forged, f"{forged} forged, counted {check['forged']}"
    print("ok 1 - every signed event is stored exactly once and no forged one is")
    return 0


print("1..1")
try:
    sys.exit(main())
except AssertionError as error:
    print(f"not ok 1 - {error}")
    sys.exit(1)
