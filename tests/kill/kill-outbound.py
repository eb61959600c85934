#!/usr/bin/env python3
"""500 messages, the engine killed at ten moments: the other side's own list has each recipient once, or the row says unknown."""

import collections
import json
import os
import random
import sys
import tempfile
import time

from programs import Server, Shop, ask, wait

COUNT = int(os.environ.get("SHOPBELL_SENDS", "500"))
KILLS = 10


def main():
    seed = int(os.environ.get("SHOPBELL_SEED", str(int(time.time()))))
    chance = random.Random(seed)
    print(f"# seed {seed}")
    state = tempfile.mkdtemp(prefix="shopbell-practice-")
    practice = Server("shopbell-practice", "--listen", "127.0.0.1:0", "--state", state, "--seed", "7", "--no-history")
    try:
        return run(practice.ready, chance)
    finally:
        practice.stop()


def accepted(url):
    """Recipients of sends that the network took, by its own list."""
    rows = json.loads(ask(url + "/_practice/requests?limit=100000")[1])
    rows = rows["requests"] if isinstance(rows, dict) else rows
    return collections.Counter(row["to"] for row in rows if row.get("wamid") and row["status"] == 200 and row["method"] == "POST")


def numbers():
    return [f"4477009{index:05d}" for index in range(COUNT)]


def run(ready, chance):
    url = ready["url"].rstrip("/")
    shop = Shop({"token": ready["token"], "app_secret": ready["app_secret"], "mailbox_token": ready["box_token"], "verify_token": ready["verify_token"]})
    shop.run("init")
    shop.run("line", "add", "--kind", "cloud", "--base-url", url, "--phone-number-id", ready["phone_number_id"],
             "--waba-id", ready["waba_id"], "--mailbox", url, "--box", ready["box"], "--pace", "60")

    for number in numbers():
        status, text = ask(url + "/_practice/inbound", {"from": number, "name": "N" + number[-4:], "type": "text", "text": "hello"})
        assert status == 200, text
    shop.serve()
    wait("500 conversations", lambda: len(shop.run("threads")) >= COUNT, 90, 1)

    # Queued while the engine serves (through its socket) and while it does not (by an engine of the command's own).
    for position, number in enumerate(numbers()):
        if position == COUNT // 2:
            shop.kill()
        shop.run("send", "--to", number, "--text", f"Your order {number}", "--key", number)
        if position % 50 == 0:
            shop.run("send", "--to", number, "--text", f"Your order {number}", "--key", number, check=False)

    for _ in range(KILLS):
        shop.serve()
        time.sleep(chance.uniform(0.15, 1.2))
        shop.kill()
    shop.serve()
    wait("an empty outbox", lambda: not shop.run("outbox", "--state", "queued") and not shop.run("outbox", "--state", "sending"), 180, 1)
    time.sleep(3)
    shop.stop()

    seen = accepted(url)
    rows = {}
    for row in shop.run("outbox"):
        rows.setdefault(row["to"], []).append(row["state"])
    unknown = [number for number, states in rows.items() if "unknown" in states]
    print(f"# accepted {len(seen)}, most for one {max(seen.values())}, unknown {len(unknown)}")
    for number in numbers():
        states = rows.get(number)
        assert states is not None and len(states) == 1, f"{number}: rows {states}"
        assert seen[number] <= 1, f"{number} got it {seen[number]} times"
        assert seen[number] == 1 or states[0] in ("unknown", "failed"), f"{number}: never sent, says {states[0]}"
    assert len(unknown) <= 16 * (KILLS + 1), f"{len(unknown)} unknown"
    assert shop.run("check")[-1]["ok"] is True
    print("ok 1 - nobody got it twice, and whoever did not get it is listed")
    return 0


print("1..1")
try:
    sys.exit(main())
except AssertionError as error:
    print(f"not ok 1 - {error}")
    sys.exit(1)
