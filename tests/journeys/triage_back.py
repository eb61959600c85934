#!/usr/bin/env python3
"""Keys that put conversations away and bring them back, one for one; and where blocked people are found.

three are snoozed and three are done, each key once, and the cursor is on the next one each time - three Z bring them back,
and the cursor is on the one that came back, whether the keys come slowly or at once - the same while a conversation is read
- a blocked customer is marked in the search, and one whose messages are hidden is only found by is:blocked
"""

import re
import subprocess
import sys

from driver import App, Stuck, ask, perform, turn, wait
from odd import Desk

NUMBER = "447700910601"


def names(desk):
    return [row.split(",")[0] for row in desk.rows()]


def start(desk, n=3):
    """The names of the first rows below the pinned ones, with the cursor on the first of them."""
    desk.keys("ctrl+1")
    desk.settle()
    wait("a cursor", desk.cursor)
    subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)
    while desk.cursor() != names(desk)[0]:
        before = desk.cursor()
        desk.keys("k")
        assert desk.cursor() != before, f"K stays at {before}"
    desk.keys("j")  # the first one may be written to by somebody who is impatient
    return names(desk)[1:n + 2]


def at(desk, name):
    try:
        wait(f"the cursor on {name}", lambda: desk.cursor() == name, 6)
    except Stuck:
        raise Stuck(f"the cursor is on {desk.cursor()} instead of {name}") from None


def statuses(desk, which):
    now = desk.threads()
    return [now[name]["status"] for name in which]


def away_and_back(desk, keys, status, words):
    first = start(desk)
    for i in range(3):
        desk.keys(*keys)
        at(desk, first[i + 1])
        desk.expect(f"only {first[:i + 1]} {words}", lambda now: [now[name]["status"] == status for name in first] == [place <= i for place in range(4)])
    desk.did(f"Three are {words}: one key each, and the cursor is on the next one each time")
    for i in (2, 1, 0):
        desk.keys("z")
        at(desk, first[i])
        desk.expect(f"{first[i]} back", lambda now: [now[name]["status"] == status for name in first] == [place < i for place in range(4)])
    assert names(desk)[1:5] == first, names(desk)[:6]
    desk.did(f"Three times Z, and each time the cursor is on the one that came back: {', '.join(reversed(first[:3]))}")


def snoozed(desk):
    away_and_back(desk, ["s", "h"], "snoozed", "snoozed")


def done(desk):
    away_and_back(desk, ["e"], "closed", "done")


def at_once(desk):
    """As fast as keys come from a keyboard: no key is lost, none counts twice."""
    first = start(desk)
    subprocess.run(["xdotool", "key", "--delay", "40", "e", "e", "e"], check=True)
    desk.expect("three done", lambda now: [now[name]["status"] == "closed" for name in first] == [True, True, True, False])
    at(desk, first[3])
    subprocess.run(["xdotool", "key", "--delay", "40", "z", "z", "z"], check=True)
    desk.expect("three back", lambda now: all(now[name]["status"] == "open" for name in first))
    turn(1)
    at(desk, first[0])
    desk.keys("ctrl+shift+z")
    desk.expect("the first done again", lambda now: now[first[0]]["status"] == "closed")
    at(desk, first[1])
    desk.keys("z")
    desk.expect("and back", lambda now: now[first[0]]["status"] == "open")
    at(desk, first[0])
    desk.did("E E E Z Z Z without a pause: all are back, and the cursor is where it began; Redo and Undo once more")


def reading(desk):
    """In the conversation the keys do the same: what came back is open again."""
    first = start(desk)
    desk.open_row(first[0])
    desk.display.click(next(reversed(desk.conversation())))
    for i in range(2):
        desk.keys("e")
        desk.app.find("text", "Message to " + first[i + 1], 6)
    desk.keys("z")
    desk.app.find("text", "Message to " + first[1], 6)
    at(desk, first[1])
    desk.keys("z")
    desk.app.find("text", "Message to " + first[0], 6)
    at(desk, first[0])
    desk.did("Who reads sees the next one after E, and after Z the one that came back")


# -- blocked people --

def search(desk, words):
    """What Ctrl+K finds: (customers and messages as they are named)."""
    desk.keys("ctrl+k")
    desk.app.sees("Type a word, a name or a number", 10)
    desk.display.write(words)
    turn(1.2)
    found = [node for node in desk.app.find("dialog", None, 5).walk() if node.role == "list item"]
    return [node.name for node in found]


def leave(desk):
    desk.keys("Escape")
    wait("the search closed", lambda: desk.app.look("dialog") is None, 6)


def block(desk, how):
    ids = [row["id"] for row in desk.cli("contact", "list") if row["name"] == "Bruno Bother"]
    subprocess.run(["shopbell-cli", "--shop", desk.folder, "contact", "block", str(ids[0]), "--value", str(how)], check=True, capture_output=True)
    turn(1)


def blocked(desk):
    desk.customer(NUMBER, "Bruno Bother", type="text", text="Xylophones for everybody")
    desk.settle()
    assert search(desk, "xylophones") == ["Bruno Bother"]
    leave(desk)
    block(desk, 1)
    assert search(desk, "xylophones") == ["Bruno Bother, blocked"], "what is found of a blocked customer is not marked"
    desk.shot("blocked")
    leave(desk)
    desk.did("A blocked customer is found, and is marked as blocked")
    assert search(desk, "is:blocked") == ["Bruno Bother, blocked"] * 2, "is:blocked shows the customer and the message"
    leave(desk)
    assert search(desk, "okafor is:blocked") == []
    leave(desk)
    block(desk, 2)
    assert search(desk, "xylophones") == [], "what is hidden comes up by the way"
    leave(desk)
    assert search(desk, "xylophones is:blocked") == ["Bruno Bother, blocked"]
    leave(desk)
    desk.did("is:blocked finds blocked customers and what they wrote, and nobody else; who is hidden is found in no other way")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (snoozed, done, at_once, reading, blocked):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
