#!/usr/bin/env python3
"""What makes long days easier, in the real window: each step prints what it checked.

words found in a conversation of a hundred thousand messages - spelling - a quick reply that brings a
file - a note that is pasted - files dropped on a conversation and on a row - a tray that survives kill -9
"""

import os
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
    turn(0.5)
    display.key("Down", "Down", "Down", "Return")  # after Undo, Select All and Insert Emoji
    wait("the right word", lambda: desk.field().text() == "We receive it tomorrow", 10)
    desk.did("The menu of the field offers what was meant")

    desk.enter()
    display.key("ctrl+a")
    display.write("Bonjour, nous recevons votre commande")
    wait("French underlined", lambda: underlined(desk, "recevons"), 10)
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("*", "Check the Spelling"))
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("*", "Check the Spelling") is None)
    wait("no underline", lambda: not underlined(desk, "recevons"), 10)
    desk.did("The preferences switch it off")
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("*", "Check the Spelling"))
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("*", "Check the Spelling") is None)
    wait("French underlined again", lambda: underlined(desk, "recevons"), 10)
    desk.enter()
    display.key("ctrl+a", "BackSpace")
    desk.empty()


HERE = os.path.dirname(os.path.abspath(__file__))


def files(how, *paths):
    """A file manager from which these were copied, or in which they wait to be dragged."""
    holder = subprocess.Popen([sys.executable, os.path.join(HERE, "files.py"), how, *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert holder.stdout.readline().strip() == "ready"
    turn(0.3)
    return holder


def make_file(desk, name, words="A price list"):
    path = os.path.join(desk.display.home, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(words)
    return path


def tiles(desk):
    return [node for node in desk.app.root.walk() if node.role == "button" and node.name == "Remove the File"]


def replies_with_files(desk):
    app, display = desk.app, desk.display
    path = make_file(desk, "Prices 2026.txt")
    desk.open_thread("Polite Pia")
    display.key("ctrl+comma")
    app.sees("Who Works Here", 10)
    display.click(app.find("page tab", "Writing"))
    display.click(app.find("list item", re.compile("^Add a Quick Reply")))
    app.find("text", re.compile("Name to Find It By")).type("Prices")
    text = app.find("text", "Text of the Quick Reply")
    text.type("Here are our prices.")
    for _ in range(8):  # what lies below the edge is scrolled to by walking there
        if text.at.get_state_set().contains(Atspi.StateType.FOCUSED):
            break
        display.key("Tab")
        turn(0.3)
    holder = files("copy", path, os.path.join(desk.display.home, "run"))
    display.key("ctrl+v")
    app.find("label", "Prices 2026.txt", 10)
    app.sees("1 folder was left out", 10)
    holder.kill()
    app.press("button", "Add")
    app.find("list item", re.compile("^Prices"), 10)
    display.key("Escape")
    wait("the preferences gone", lambda: app.look("list item", re.compile("^Prices")) is None)
    os.remove(path)
    desk.did("A quick reply brings a file; a folder is refused in words")

    desk.enter()
    display.write("/")
    display.write("prices")
    app.find("list item", re.compile("^Prices"), 10)
    display.key("Return")
    wait("its file in the tray", lambda: len(tiles(desk)) == 1, 10)
    wait("its text", lambda: desk.field().text() == "Here are our prices.", 10)
    display.key("Return")
    desk.empty()
    wait("the file on her phone", lambda: desk.sent("pia", "document"), 20)
    body = desk.bodies("document")[0]["document"]
    assert body["filename"] == "Prices 2026.txt" and body["caption"] == "Here are our prices.", body
    wait("no file left", lambda: not tiles(desk), 10)
    desk.did("It writes its text and sends its file, which was kept by the shop, under its own name")


def notes(desk):
    app, display = desk.app, desk.display
    desk.open_thread("Polite Pia")
    desk.enter()
    display.key("ctrl+shift+n")
    app.find("text", "Note for the team", 10)
    wait("the cursor in it", lambda: press_until_focused(desk, "Note for the team"), 20)
    display.write("She never pays on time")
    app.press("button", "Add Note")
    note = app.find("list item", re.compile("^Note .*never pays"), 10)
    wait("the message field again", lambda: desk.app.look("text", re.compile("^Message to ")), 10)
    wait("the toast gone, which lies over it", lambda: app.look("label", "Note added") is None, 15)
    display.click(note)
    display.key("ctrl+c")
    turn(0.3)
    desk.enter()
    display.key("ctrl+v")
    app.sees("Paste a Note into a Message?", 10)
    desk.did("Pasting a note into a message asks first")
    display.key("Escape")
    wait("no question", lambda: app.look("*", "Paste a Note into a Message?") is None, 10)
    assert desk.field().text() == "", desk.field().text()
    desk.enter()
    display.key("ctrl+v")
    app.press("button", "Paste for the Customer", seconds=10)
    wait("its words", lambda: desk.field().text() == "She never pays on time", 10)
    desk.enter()
    display.key("ctrl+a", "BackSpace")
    desk.empty()
    desk.did("Escape pastes nothing, and who means it can still do it")


def press_until_focused(desk, name):
    node = desk.app.look("text", name)
    if node is not None and has_focus(node):
        return True
    desk.display.key("Tab")
    return False


def kept(desk):
    app, display = desk.app, desk.display
    path = make_file(desk, "Offer for Pia.txt")
    desk.open_thread("Polite Pia")
    desk.enter()
    holder = files("copy", path)
    display.key("ctrl+v")
    wait("the file in the tray", lambda: len(tiles(desk)) == 1, 10)
    holder.kill()
    desk.write("The offer")
    turn(1.5)
    assert not app.warnings(), app.warnings()
    app.kill()
    desk.start()
    desk.app.find("list item", re.compile("^Polite Pia"), 40)
    desk.find_server()
    desk.open_thread("Voice Vera")
    assert not tiles(desk), "the file went along to another customer"
    desk.open_thread("Polite Pia")
    wait("the file again", lambda: len(tiles(desk)) == 1, 10)
    wait("the words again", lambda: desk.field().text() == "The offer", 10)
    desk.did("kill -9, a new start: words and file wait where they were, with their customer")
    desk.app.press("button", "Send")
    desk.empty()
    wait("the file on her phone", lambda: any(b["document"]["filename"] == "Offer for Pia.txt" for b in desk.bodies("document")), 20)
    wait("no file left", lambda: not tiles(desk), 10)


def drag(desk, holder, target):
    """From the small window in the corner to the middle of @target."""
    x, y, w, h = target.box
    steps = ["mousemove", "40", "30", "mousedown", "1"]
    for part in range(1, 13):
        steps += ["mousemove", str(40 + (x + w // 2 - 40) * part // 12), str(30 + (y + h // 2 - 30) * part // 12), "sleep", "0.05"]
    subprocess.run(["xdotool", *steps, "sleep", "0.3", "mouseup", "1"], check=True)
    turn(0.5)
    holder.kill()


def drops(desk):
    app = desk.app
    first, second = make_file(desk, "One.txt"), make_file(desk, "Two.txt")
    desk.open_thread("Polite Pia")
    drag(desk, files("drag", first, second, os.path.join(desk.display.home, "run")), app.find("list", "Conversation"))
    wait("both files in the tray", lambda: len(tiles(desk)) == 2, 10)
    app.sees("1 folder was left out", 10)
    desk.did("Files are dropped on a conversation; a folder among them is refused in words")
    for _ in range(2):
        app.press("button", "Remove the File")
    wait("no file left", lambda: not tiles(desk), 10)
    drag(desk, files("drag", first), app.find("list item", re.compile("^Voice Vera"), 10))
    app.sees("Message to Voice Vera", 10)
    wait("the file in the tray", lambda: len(tiles(desk)) == 1, 10)
    desk.did("Dropped on a row of the list, they open that conversation")
    app.press("button", "Remove the File")


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


PARTS = (finds, spells, replies_with_files, notes, kept, drops)

if __name__ == "__main__":
    sys.exit(perform(story, Desk))
