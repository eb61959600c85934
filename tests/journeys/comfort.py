#!/usr/bin/env python3
"""What makes long days easier, in the real window: each step prints what it checked.

words found in a conversation of a hundred thousand messages
"""

import re
import subprocess
import sys

from compose import Desk
from driver import Atspi, perform, turn, wait

N = 100000
LONG = "Amina Haddad"


def has_focus(node):
    return node.at.get_state_set().contains(Atspi.StateType.FOCUSED)


def shown(desk):
    """The messages whose top is in sight."""
    messages = desk.app.find("list", "Conversation")
    _, top, _, height = messages.box
    return [node.name for node in messages.children() if node.role == "list item" and top <= node.box[1] < top + height]


def count(desk, words):
    return wait(f"“{words}”", lambda: desk.app.look("label", words), 30)


def finds(desk):
    app, display = desk.app, desk.display
    desk.open_thread(LONG)
    display.key("ctrl+f")
    app.find("entry", "Find in This Conversation", 10)
    display.write("Message 77778")
    count(desk, "1 of 1")
    wait("that message", lambda: any("Message 77778" in name for name in shown(desk)), 10)
    desk.did(f"Ctrl+F finds one message among {N}, and goes there")

    display.key("ctrl+a")
    display.write("few words")
    hits = N // 7
    count(desk, f"1 of {hits}")
    newest, second = hits * 7, (hits - 1) * 7
    wait("the newest hit", lambda: any(f"Message {newest}," in name for name in shown(desk)), 10)
    display.key("Return")
    count(desk, f"2 of {hits}")
    wait("the one before", lambda: any(f"Message {second}," in name for name in shown(desk)), 10)
    display.key("shift+Return")
    count(desk, f"1 of {hits}")
    display.key("ctrl+g")
    count(desk, f"2 of {hits}")
    display.key("ctrl+shift+g", "ctrl+shift+g")
    count(desk, f"{hits} of {hits}")
    wait("the oldest hit", lambda: any("Message 7," in name for name in shown(desk)), 10)
    desk.did(f"Enter and Ctrl+G go to the older of {hits} hits, Shift+Enter to the newer ones, and round the end")

    display.key("ctrl+a")
    display.write("wardrobe")
    count(desk, "Nothing Found")
    display.key("ctrl+a")
    display.write("Message 50000")
    count(desk, "1 of 1")
    wait("that message", lambda: any("Message 50000" in name for name in shown(desk)), 10)
    turn(0.5)
    before = shown(desk)
    display.key("Escape")
    wait("no bar", lambda: app.look("entry", "Find in This Conversation") is None, 10)
    turn(0.5)
    assert shown(desk) == before, (before, shown(desk))
    wait("the cursor in the field", lambda: has_focus(desk.field()), 10)
    desk.did("Escape closes the bar and keeps the place")


def story(desk):
    desk.start()
    desk.app.sees("Welcome to Shopbell", 20)
    desk.app.press("button", re.compile("^Start Practicing"))
    desk.app.find("list item", re.compile("^Hurry Hugo"), 40)
    turn(2)
    desk.app.quit()
    subprocess.run(["fill-thread", desk.practice()[0], LONG, str(N)], check=True)
    desk.start()
    desk.app.find("list item", re.compile("^Hurry Hugo"), 40)
    desk.find_server()
    for part in (finds,):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
