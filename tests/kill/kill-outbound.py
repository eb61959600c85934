#!/usr/bin/env python3
"""500 messages, the engine killed at ten moments: the other side's own list has each recipient once, or the row says unknown."""

import collections
import json
import os
import sys
import time

from programs import Server, Shop, ask, chance, folder, program, tap, wait

COUNT = int(os.environ.get("SHOPBELL_SENDS") or "500")
KILLS = 10
MOST_IN_FLIGHT = 16
PACE = 40
NUMBERS = [f"447911{index:06d}" for index in range(COUNT)]


def accepted(url):
    """Recipients of sends that the network took, by its own list."""
    rows = json.loads(ask(url + "/_practice/requests")[1])["requests"]
    return collections.Counter(row["to"] for row in rows if row.get("wamid") and row["method"] == "POST" and row["status"] == 200)


def start_practice():
    practice = Server(program("shopbell-practice"), "--listen", "127.0.0.1:0", "--state", folder("practice"), "--seed", "7", "--no-history")
    return practice, practice.ready, practice.ready["url"].rstrip("/")


def make_shop(ready, url):
    shop = Shop(token=ready["token"], app_secret=ready["app_secret"], mailbox_token=ready["box_token"], verify_token=ready["verify_token"])
    shop.run("init")
    shop.run("line", "add", "--kind", "cloud", "--base-url", url, "--phone-number-id", ready["phone_number_id"],
             "--waba-id", ready["waba_id"], "--mailbox", url, "--box", ready["box"], "--pace", str(PACE))
    return shop


def open_windows(shop, url):
    """Every customer writes first, so that the shop may answer."""
    for number in NUMBERS:
        status, text = ask(url + "/_practice/inbound", {"from": number, "name": "N" + number[-4:], "type": "text", "text": "hello"})
        assert status == 200, text
    shop.serve()
    wait(f"{COUNT} conversations", lambda: len(shop.run("threads", "--limit", "100000")) >= COUNT, 90, 1)


def queue(shop):
    """Half while the engine serves (through its socket), half while it does not (by an engine of the command's own)."""
    for position, number in enumerate(NUMBERS):
        if position == COUNT // 5:
            shop.kill()
        shop.run("send", "--to", number, "--text", f"Your order {number}", "--key", number)
        if position % 50 == 0:  # a script that repeats itself
            shop.run("send", "--to", number, "--text", f"Your order {number}", "--key", number, check=False)


def kill_often(shop, url, random):
    """Slow answers, so that something is under way at nearly every moment. Returns how many were, kill by kill."""
    status, text = ask(url + "/_practice/faults", {"match": "messages", "nth": 1, "count": 0, "kind": "slow", "delay_ms": 150})
    assert status == 200, text
    under_way = []
    for _ in range(KILLS):
        before = sum(accepted(url).values())
        shop.serve()
        wait("the first send of this run", lambda: sum(accepted(url).values()) > before or not shop.run("outbox", "--state", "queued"), 30, 0.05)
        time.sleep(random.uniform(0.0, 0.9))
        shop.kill()
        under_way.append(len(shop.run("outbox", "--state", "sending")))
    return under_way


def settle(shop):
    shop.serve()
    wait("an empty outbox", lambda: not shop.run("outbox", "--state", "queued") and not shop.run("outbox", "--state", "sending"), 120, 1)
    time.sleep(3)  # for the last statuses
    shop.stop()


def test():
    random = chance()
    practice, ready, url = start_practice()
    shop = make_shop(ready, url)
    open_windows(shop, url)
    queue(shop)
    under_way = kill_often(shop, url, random)
    settle(shop)

    seen = accepted(url)
    rows = collections.defaultdict(list)
    for row in shop.run("outbox"):
        rows[row["to"]].append(row)
    unknown = [number for number in NUMBERS if any(row["state"] == "unknown" for row in rows[number])]
    print(f"# accepted {len(seen)}, most for one {max(seen.values())}; under way when killed "
          f"{under_way}; {len(unknown)} still unknown")

    for number in NUMBERS:
        states = [row["state"] for row in rows[number]]
        assert len(states) == 1, f"{number}: rows {states}"
        assert seen[number] <= 1, f"{number} got it {seen[number]} times"
        assert seen[number] == 1 or states[0] == "unknown", f"{number}: never arrived, and the row says {states[0]}"
    assert set(seen) <= set(NUMBERS), f"somebody else got something: {set(seen) - set(NUMBERS)}"
    assert sum(n > 0 for n in under_way) >= KILLS // 2 or COUNT < 500, f"the kills met too little to prove anything: {under_way}"
    assert max(under_way) <= MOST_IN_FLIGHT and len(unknown) <= sum(under_way), f"{under_way} under way, {len(unknown)} unknown"
    assert shop.run("check")[-1]["ok"] is True, shop.run("check")
    practice.stop()


sys.exit(tap(test, "nobody gets it twice, and whoever may not have got it is listed"))
