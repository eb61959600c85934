#!/usr/bin/env python3
"""Words in the inbox: searched for, written without a network, spelled, called in a note, and sent by another line.

signs alone and a query without end are answered in a sentence - without a network the header tells what waits - the language of
the spelling is chosen, and a computer without dictionaries says so - somebody is called in a note - a line that is gone is asked for
"""

import os
import re
import sqlite3
import sys
import time

from driver import App, Atspi, perform, turn, wait
from inbox import Desk, play


def signs(desk):
    """What cannot be searched is answered in a sentence, and Escape closes the search."""
    for words, sentence in (("?!... ;-)", re.compile("^Signs alone cannot be searched")), ("a" * 10000, "This is too long to search for.")):
        desk.keys("ctrl+k")
        dialog = desk.app.find("dialog", "Search", 8)
        turn(0.5)
        if len(words) < 100:
            desk.display.write(words)
        else:
            desk.app.find("entry", None, 5, dialog).type(words)
        desk.app.sees(sentence, 8)
        desk.shot("search-" + str(len(words)))
        desk.keys("Escape")
        wait("the search closed", lambda: desk.app.look("dialog", "Search") is None, 5)
    desk.did("Signs alone, and ten thousand letters, are answered in a sentence; Escape closes the search")


def offline(desk):
    """The header and the health page say so, and within five seconds."""
    words = "Offline – 3 messages waiting"
    desk.open_row("Polite Pia")
    desk.app.press("toggle button", "No Internet")
    before = time.monotonic()
    for text in ("Are you there?", "We are open", "Until six"):
        enter(desk, text)
        desk.display.key("Return")
        wait("an empty field", lambda: desk.field().text() == "", 5)
    typed = time.monotonic() - before
    desk.app.sees(words, 5)
    desk.did(f"Without a network the header says “{words}” within five seconds of the last of them ({typed:.0f} s of writing)")
    desk.display.click(next(desk.app.find("list", "Lines").children()))
    desk.app.sees("Connection Health", 8)
    desk.app.sees(re.compile("^Offline – 3 waiting · last in"), 5)
    desk.app.sees("3 messages", 5)
    desk.did("So does the page Connection Health, with how many wait")
    desk.keys("alt+1")
    desk.app.press("toggle button", "No Internet")
    wait("online again", lambda: desk.app.look("label", words) is None, 30)


def underlined(desk, word):
    field = desk.field()
    if word not in field.text():
        return None
    attributes = Atspi.Text.get_attribute_run(field.at.get_text_iface(), field.text().index(word), False)[0]
    return attributes.get("underline") == "error"


def enter(desk, words=""):
    """Walks to the field with the Tab key, as somebody without a mouse does."""
    def focused():
        if desk.field().at.get_state_set().contains(Atspi.StateType.FOCUSED):
            return True
        desk.display.key("Tab")
        return False
    wait("the cursor in the field", focused, 40, 0.02)
    if words:
        desk.display.write(words)
        wait(f"“{words}” in the field", lambda: desk.field().text() == words, 8)


def open_menu(desk):
    """Opens the menu of the field. Its entries have no names, so that they are counted and walked to."""
    enter(desk)
    turn(0.5)
    desk.display.key("Menu")
    menu = desk.app.find("menu", None, 6)
    turn(0.4)
    return [node for node in menu.walk(hidden=True) if node.role == "menu item"]


def languages(desk):
    desk.open_row("Polite Pia")
    enter(desk, "We recieve it ")
    wait("a wrong word", lambda: underlined(desk, "recieve"), 10)
    open_menu(desk)
    desk.keys("Down", "Down", "Down", "Return")  # after Undo, Select All and Insert Emoji: Check Spelling
    wait("no underline", lambda: underlined(desk, "recieve") is False, 10)
    desk.open_row("Voice Vera")
    desk.open_row("Polite Pia")
    turn(1.5)
    assert underlined(desk, "recieve") is False, "what was switched off is on again"
    enter(desk)
    open_menu(desk)
    desk.keys("Down", "Down", "Return")  # nothing to undo in a draft that was opened
    wait("checked again", lambda: underlined(desk, "recieve"), 10)
    desk.did("The menu of the field switches the spelling off and on, for every conversation")
    desk.display.key("ctrl+a", "BackSpace")
    desk.display.write("Nous recevons votre commande ")
    wait("French underlined", lambda: underlined(desk, "recevons"), 10)
    open_menu(desk)
    desk.keys("Down", "Down", "Down", "Down", "Return")  # Languages
    turn(0.6)
    desk.keys("Down", "Down", "Return")  # after English
    turn(0.6)
    desk.keys("Down", "Return")
    wait("French known", lambda: underlined(desk, "recevons") is False, 10)
    desk.open_row("Voice Vera")
    desk.open_row("Polite Pia")
    turn(1.5)
    assert underlined(desk, "recevons") is False, "the language that was chosen for her is forgotten"
    desk.field().type("")
    desk.did("It has the languages, too; the one that is chosen for a customer stays chosen")


def no_dictionary(desk):
    """The same computer without the folder in which dictionaries lie."""
    share = os.path.join(desk.display.home, "share")
    os.makedirs(share, exist_ok=True)
    for name in os.listdir("/usr/share"):
        if name not in ("hunspell", "myspell", "aspell"):
            os.symlink(os.path.join("/usr/share", name), os.path.join(share, name))
    before = os.environ["XDG_DATA_DIRS"]
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    os.environ["XDG_DATA_DIRS"] = ":".join([part for part in before.split(":") if part not in ("/usr/share", "/usr/local/share")] + [share])
    desk.app = App(desk.display, "--page", "inbox")
    desk.open_row("Polite Pia")
    enter(desk, "Nous recevons ")
    turn(1.5)
    assert underlined(desk, "recevons") is False, "checked without a dictionary"
    entries = open_menu(desk)
    assert len(entries) == 9 and not entries[-1].sensitive, [(entry.name, entry.sensitive) for entry in entries]
    desk.shot("no-dictionary")
    desk.display.key("Escape")
    desk.field().type("")
    turn(1)
    os.environ["XDG_DATA_DIRS"] = before
    desk.did("Without a dictionary nothing is underlined, and the menu says why")


def mention(desk):
    """Bea works here, too; she has read the conversation."""
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        file.execute("INSERT INTO staff (id, name, role) VALUES (77, 'Bea', 3)")
        file.execute("UPDATE reading SET unread = 0, read_at = 9999999999999 WHERE staff_id = 77")
    desk.open_row("Polite Pia")
    enter(desk)
    desk.display.key("ctrl+shift+n")
    desk.app.find("text", "Note for the team", 8)
    turn(0.5)
    desk.display.write("For @")
    desk.app.find("menu", "People", 8)
    turn(0.4)
    desk.keys("Return")
    wait("her name", lambda: desk.app.find("text", "Note for the team").text() == "For @Bea ", 8)
    desk.shot("mention")
    desk.app.press("button", "Add Note")

    def unread():
        with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
            return file.execute("SELECT count(*) FROM reading WHERE staff_id = 77 AND unread > 0").fetchone()[0]
    wait("unread for Bea", lambda: unread() == 1, 8)
    desk.did("In a note an @ offers who works here, and whom it calls finds the conversation unread")


def line_gone(desk):
    """The line the customers wrote to is removed; another one is there."""
    turn(1)
    problems = desk.app.warnings()
    assert not problems, problems
    desk.app.quit()
    with sqlite3.connect(os.path.join(desk.folder, "shop.db"), timeout=10) as file:
        names = [row[1] for row in file.execute("PRAGMA table_info (line)")]
        row = dict(zip(names, file.execute("SELECT * FROM line").fetchone()))
        old, row["id"], row["name"] = row["id"], row["id"] + 1, "Wholesale"
        for name in ("phone_number_id", "number", "box"):
            if row.get(name):
                row[name] = str(row[name])[:-1] + "9"
        file.execute(f"INSERT INTO line ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [row[name] for name in names])
        file.execute("UPDATE line SET state = 5 WHERE id = ?", (old,))
    desk.app = App(desk.display, "--page", "inbox")
    desk.open_row("Polite Pia")
    desk.app.sees("Which line should answer?", 10)
    desk.shot("which-line")
    wait("Pia’s words kept", lambda: desk.field().text() == "", 5)
    desk.field().type("We are here")
    turn(1)
    desk.app.press("button", "Practice")  # the practice shop gives its lines this name
    wait("no question", lambda: desk.app.look("label", "Which line should answer?") is None, 8)
    desk.shot("line-chosen")
    desk.did("The line is gone: the field asks which one answers, and takes the one that is chosen")


def story(desk):
    play(desk, (signs, offline, languages, no_dictionary, mention, line_gone))


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
