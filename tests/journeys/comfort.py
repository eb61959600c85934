#!/usr/bin/env python3
"""What makes long days easier, in the real window: each step prints what it checked.

words found in a conversation of a hundred thousand messages - spelling, corrected from the menu, and in French
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
    assert shown(desk)[:len(before)] == before, (before, shown(desk))
    wait("the cursor in the field", lambda: has_focus(desk.field()), 10)
    desk.did("Escape closes the bar and keeps the place")


def underlined(desk, word):
    """Whether the text at the start of this word is drawn as wrong."""
    field = desk.field()
    text = field.text()
    attributes = Atspi.Text.get_attribute_run(field.at.get_text_iface(), text.index(word), False)[0]
    return attributes.get("underline") == "error"


def choose(app, words):
    """What the open menu calls so."""
    def item():
        return next((node for node in app.root.walk() if node.role == "menu item" and any(part.name == words for part in node.walk())), None)
    wait(f"“{words}” in the menu", item, 10).press()


def spells(desk):
    app, display = desk.app, desk.display
    desk.open_thread("Polite Pia")
    desk.write("We recieve it tomorrow")
    wait("the wrong word underlined", lambda: underlined(desk, "recieve"), 10)
    assert not underlined(desk, "tomorrow")
    desk.did("A word that is written wrong is underlined")
    for _ in " it tomorrow":
        display.key("Left")
    turn(0.6)
    display.key("Menu")
    choose(app, "receive")
    wait("the right word", lambda: "We receive it tomorrow" == desk.field().text(), 10)
    desk.did("The menu of the field offers what was meant")

    desk.enter()
    display.key("ctrl+a")
    display.write("Bonjour, nous recevons votre commande")
    wait("French underlined", lambda: underlined(desk, "commande"), 10)
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("*", "Check the Spelling"))
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("*", "Check the Spelling") is None)
    wait("no underline", lambda: not underlined(desk, "commande"), 10)
    desk.did("The preferences switch it off")
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("*", "Check the Spelling"))
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("*", "Check the Spelling") is None)
    wait("French underlined again", lambda: underlined(desk, "commande"), 10)
    desk.enter()
    display.key("ctrl+a", "BackSpace")
    desk.empty()


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
    for part in PARTS:
        part(desk)


PARTS = (finds,)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
