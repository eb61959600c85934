#!/usr/bin/env python3
"""Signed events of every kind reach the file exactly once while the engine is killed at random; forged ones are never read.

The programs are the real ones and the kills are kill -9. The events come through shopbell-mailbox when it is there (in
SHOPBELL_MAILBOX), else through the box of shopbell-practice.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

import events
from programs import SIGNATURE, Server, Shop, ask, chance, folder, program, sign, tap, wait

KILLS = int(os.environ.get("SHOPBELL_KILLS") or "12")
SECRET = "kill-test-app-secret"


class MailboxDoor:
    """The mailbox: the test plays the network, signs by itself and can forge."""

    number, account = "106500011122233", "102290000000000"

    def __init__(self):
        data = folder("mailbox")
        self.server = Server(program("shopbell-mailbox"), "serve", "--data", data, "--listen", "127.0.0.1:0")
        self.url = self.server.ready["url"].rstrip("/")
        done = subprocess.run([program("shopbell-mailbox"), "add-box", "Kill test", "--data", data, "--json"], capture_output=True, text=True, check=True)
        box = json.loads(done.stdout)
        self.box, self.token = box["box"], box["token"]

    def add_lines(self, shop):
        shop.keep(token="t", app_secret=SECRET, mailbox_token=self.token, verify_token="v")
        shop.run("line", "add", "--kind", "cloud", "--base-url", "http://127.0.0.1:9", "--phone-number-id", self.number,
                 "--waba-id", self.account, "--mailbox", self.url, "--box", self.box)

    def post(self, field, value, copies=1, secret=SECRET):
        body = events.body_of(field, value, self.account)
        for _ in range(copies):
            assert ask(f"{self.url}/in/{self.box}", body, {SIGNATURE: sign(secret, body)})[0] == 200
        return body

    def forge(self, field, value):
        self.post(field, value, secret="wrong")

    def stop(self):
        self.server.stop()


class PracticeDoor:
    """Two practice worlds with a line each. The shop has another secret for the second: all that one signs is forged."""

    def __init__(self):
        self.true, self.false = (Server(program("shopbell-practice"), "--listen", "127.0.0.1:0", "--state", folder("practice"), "--seed", seed)
                                 for seed in ("7", "8"))
        self.number = self.true.ready["phone_number_id"]

    def add_lines(self, shop):
        for server, secret in ((self.true, None), (self.false, "another secret")):
            ready = server.ready
            line = shop.run("line", "add", "--kind", "cloud", "--base-url", ready["url"], "--phone-number-id", ready["phone_number_id"],
                            "--waba-id", ready["waba_id"], "--mailbox", ready["url"], "--box", ready["box"])[-1]["line"]
            shop.keep(**{f"line:{line}:token": ready["token"], f"line:{line}:app-secret": secret or ready["app_secret"],
                         f"line:{line}:mailbox-token": ready["box_token"]})

    def emit(self, server, field, value):
        status, text = ask(server.ready["url"].rstrip("/") + "/_practice/event", {"field": field, "value": value})
        assert status == 200, text

    def post(self, field, value, copies=1):
        for _ in range(copies if field == "messages" else 1):  # the others carry the second in which they are made
            self.emit(self.true, field, value)

    def forge(self, field, value):
        self.emit(self.false, field, value)

    def stop(self):
        self.true.stop()
        self.false.stop()


def open_door():
    return MailboxDoor() if shutil.which(program("shopbell-mailbox")) else PracticeDoor()


class Sent:
    """What was put in, to be compared with the file."""

    def __init__(self):
        self.index = 0
        self.events = 0
        self.forged = 0
        self.messages = set()
        self.statuses = set()
        self.reacted = set()
        self.account = 0
        self.kinds = set()

    def note(self, field, value):
        self.events += 1
        inner = value.get("messages") or value.get("message_echoes") or []
        self.kinds.add((field, inner[0]["type"] if inner else value["statuses"][0]["status"] if "statuses" in value else ""))
        for status in value.get("statuses", []):
            if status["status"] != "dreamt-of":
                self.statuses.add((status["id"], status["status"]))
        for wire in inner:
            if wire["type"] == "reaction":
                self.reacted.add(wire["reaction"]["message_id"])
        self.account += field not in ("messages", "smb_message_echoes")


def post_one(door, sent, random):
    """A message, and every other time an event about one that came before or about the account."""
    index = sent.index
    sent.index += 1
    if index % 23 == 11:
        field, value = events.echo(index, door.number)
    else:
        field, value = events.message(index, door.number)
    door.post(field, value, random.choice([1, 1, 1, 2, 5]))
    sent.note(field, value)
    sent.messages.add(events.wamid(index))
    if index % 2 == 1:
        field, value = events.about(index // 2, random.randrange(index), door.number)
        door.post(field, value, random.choice([1, 1, 3]))
        sent.note(field, value)
    if index % 7 == 0:
        door.forge(*events.forged(index, door.number))
        sent.forged += 1


def rows(shop, sql):
    with sqlite3.connect(f"file:{shop.shop}/shop.db?mode=ro", uri=True) as db:
        return db.execute(sql).fetchall()


def compare(shop, sent):
    listed = shop.run("messages")
    stored = [message["wamid"] for message in listed if message.get("wamid")]
    missing = sent.messages - set(stored)
    assert not missing, f"lost: {sorted(missing)[:5]} of {len(missing)}"
    assert len(stored) == len(set(stored)), f"twice: {sorted(w for w in set(stored) if stored.count(w) > 1)[:5]}"
    assert set(stored) == sent.messages, f"nobody sent: {sorted(set(stored) - sent.messages)[:5]}"
    assert not any("forged" in (message.get("text") or "") for message in listed), "a forged message was read"

    raw = dict(rows(shop, "SELECT state, count(*) FROM inbound_raw GROUP BY state"))
    assert raw == {1: sent.events}, f"{sent.events} events sent; kept by state (1: read): {raw}"
    statuses = rows(shop, "SELECT count(*) FROM status_orphan")[0][0]
    assert statuses == len(sent.statuses), f"{len(sent.statuses)} statuses sent, {statuses} kept"
    reacted = rows(shop, "SELECT count(*) FROM reaction")[0][0]
    assert reacted == len(sent.reacted), f"{len(sent.reacted)} messages with a reaction, {reacted} kept"
    account = sum(event["event"] == "account" for event in shop.run("events"))
    assert account == sent.account, f"{sent.account} events about the account, {account} in the log"

    check = shop.run("check")[-1]
    assert check["ok"] is True, check
    assert check["forged"] == sent.forged, f"{sent.forged} forged, counted {check['forged']}"
    assert check["gaps"] == 0, check


def test():
    random = chance()
    door = open_door()
    print(f"# through {type(door).__name__}")
    shop = Shop()
    shop.run("init", "--name", "Kill Test")
    door.add_lines(shop)

    sent = Sent()
    for _ in range(KILLS):
        shop.serve()
        until = time.monotonic() + random.uniform(0.2, 1.5)
        while time.monotonic() < until:
            post_one(door, sent, random)
            time.sleep(0.01)
        shop.kill()

    shop.serve()
    wait("all messages", lambda: len([m for m in shop.run("messages") if m.get("wamid")]) >= len(sent.messages), 90, 1)
    wait("everything to be read", lambda: not rows(shop, "SELECT 1 FROM inbound_raw WHERE state = 0"), 30, 1)
    time.sleep(2)  # whatever would come twice has come by now
    shop.stop()
    print(f"# {sent.events} events of {len(sent.kinds)} kinds, {len(sent.messages)} messages, {KILLS} kills, {sent.forged} forged")
    compare(shop, sent)
    door.stop()


sys.exit(tap(test, "every signed event is stored exactly once and no forged one is read"))
