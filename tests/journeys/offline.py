#!/usr/bin/env python3
"""The network goes, and what depends on it says so while somebody looks: the heading of the list, the line, Connection Health.

three messages wait and are counted - they go out when it is back - a clock that is wrong is named without being asked for
"""

import re
import sys
import time

from driver import GLib, ask, perform, turn, wait
from odd import Desk, bus_name

WORDS = ("First of three", "Second of three", "Third of three")


class Offline(Desk):
    def network(self, there):
        """From outside, as a cable is pulled."""
        ask(self.server + "/_practice/online", {"online": there})

    def says(self, words, seconds=5):
        """These words, and how long it took until they stood there."""
        begun = time.monotonic()
        self.app.sees(words, seconds)
        return time.monotonic() - begun

    def health(self):
        """As a notification about the line leads there."""
        name = bus_name(self)
        self.notices.bus.call_sync(name, "/" + name.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                                   GLib.Variant("(sava{sv})", ("health", [], {})), None, 0, -1, None)
        self.app.sees("Connection Health", 10)

    def got(self):
        rows = ask(self.server + "/_practice/messages?persona=pia")["messages"]
        return [row["text"] for row in rows if row["direction"] == "out" and row.get("text") in WORDS]


def pulled(desk):
    desk.open_row("Polite Pia")
    desk.health()
    desk.app.sees(re.compile("^Connected · last in"), 10)
    desk.network(False)
    took = desk.says(re.compile("^Offline · last in"))
    desk.app.find("label", "Offline", 5)
    desk.did(f"The network is pulled out: Connection Health and the line at the side say so ({took:.1f} s)")


def waiting(desk):
    desk.keys("alt+1")
    desk.app.find("label", re.compile("^Offline since "), 8)
    desk.open_row("Polite Pia")
    for words in WORDS:
        desk.field().type(words)
        turn(0.3)
        desk.app.press("button", "Send")
        wait("an empty field", lambda: desk.field().text() == "", 10)
    desk.says("Offline – 3 messages waiting")
    desk.shot("waiting")
    desk.health()
    desk.says(re.compile("^Offline – 3 waiting · last in"))
    assert not desk.got(), desk.got()
    desk.did("Three messages wait: the heading of the list and Connection Health count them")
    desk.network(True)
    desk.says(re.compile("^Connected · last in"), 15)
    wait("all three on her phone", lambda: sorted(desk.got()) == sorted(WORDS), 20)
    wait("no word of offline", lambda: desk.app.look("*", re.compile("^Offline")) is None, 10)
    desk.did("The network is back: all three go out once, and nothing says offline any more")


def clock(desk):
    """Nobody looks at Connection Health; the answer to a message carries the network's time."""
    desk.keys("alt+1")
    ask(desk.server + "/_practice/faults", {"kind": "date", "off_ms": -17 * 60 * 1000 - 30000, "match": "messages", "count": 0})
    desk.open_row("Polite Pia")
    desk.field().type("What time is it?")
    turn(0.3)
    desk.app.press("button", "Send")

    def told():
        return [notice for notice in desk.notices.shown if notice["title"] == "This computer’s clock is wrong"]
    wait("a notification", told, 15)
    assert told()[0]["body"].startswith("It is 17 minutes ahead. Set it right: "), told()
    desk.field().type("And now?")
    turn(0.3)
    desk.app.press("button", "Send")
    wait("it sent", lambda: [row for row in desk.cli("messages") if row.get("text") == "And now?" and row["status"] in ("accepted", "sent", "delivered", "read")], 15)
    assert len(told()) == 1, told()
    desk.did("A clock that is 17 minutes ahead is told, once, when the network answers")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (pulled, waiting, clock):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Offline))
