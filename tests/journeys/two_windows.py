#!/usr/bin/env python3
"""Two windows on one shop: what is done in one shows in the other, and one conversation written in both loses no word.
"""

import os
import re
import sqlite3
import sys
import time

from driver import perform, turn, wait
from tour import Tour

FIELD = re.compile("^Message to ")
TWIN = "You are writing to Polite Pia in another window, too"


class Two(Tour):
    def windows(self):
        return [node for node in self.app.root.children() if node.role == "frame"]

    def look(self, window, role, name):
        return self.app.look(role, name, window)

    def field(self, window):
        return self.app.find("text", FIELD, 10, window)

    def text(self, window):
        return self.field(window).text()


    # -- another profile, straight into the file --

    def file(self):
        return sqlite3.connect(os.path.join(self.practice()[0], "shop.db"), timeout=10)

    def colleague(self, name, customer, text):
        with self.file() as file:
            file.execute("INSERT INTO staff (id, name, role) VALUES (77, ?, 3)", (name,))
            file.execute("INSERT INTO draft (thread_id, text, edited_at, staff_id) SELECT t.id, ?, ?, 77 FROM thread t JOIN contact c ON c.id = t.contact_id "
                         "WHERE coalesce (c.name, c.profile_name) = ?", (text, int(time.time() * 1000), customer))

    def drafts(self):
        with self.file() as file:
            return sorted(row[0] for row in file.execute("SELECT text FROM draft UNION ALL SELECT text FROM draft_aside"))


def story(two):
    two.start()
    app = two.app
    app.press("button", re.compile("^Start Practicing"))
    app.find("list item", re.compile("^Hurry Hugo"), 40)
    two.find_server()
    two.open_thread("Polite Pia")
    two.display.key("ctrl+alt+n")
    wait("a second window", lambda: len(two.windows()) == 2, 10)
    two.display.fill()
    turn(1.0)
    first = wait("the one with a conversation", lambda: next((window for window in two.windows() if two.look(window, "text", FIELD)), None))
    second = wait("the one without", lambda: next((window for window in two.windows() if not two.look(window, "text", FIELD)), None))
    two.display.click(app.find("list item", re.compile("^Polite Pia"), 10, second))
    two.field(second)
    two.did("New Window opens a second one on the same shop, and the same conversation in it")

    two.field(first).type("It is ready")
    wait("the same words in the other", lambda: two.text(second) == "It is ready", 8)
    app.find("label", TWIN, 8, second)
    assert not two.look(first, "label", TWIN), "the window that is written in warns of itself"
    two.did("What is written in one stands in the other, which says so")

    both = None
    for _ in range(4):
        two.field(first).type("It is ready")
        wait("the same words in the other", lambda: two.text(second) == "It is ready", 8)
        one, other = two.field(first), two.field(second)
        one.type("It is ready at ten")
        other.type("It is ready today")
        # On a slow computer the second window may have shown the first one's words before it was written in: that is no meeting.
        turn(3)
        if two.text(first) == two.text(second) and "ten" in two.text(first) and "today" in two.text(first):
            both = two.text(first)
            break
    assert both is not None, (two.text(first), two.text(second))
    two.did("Written in both at once, both texts stay: " + both.replace("\n", " | "))

    two.field(second).type("Ready today at ten")
    wait("the same words in the first", lambda: two.text(first) == "Ready today at ten", 8)
    before = len(two.phone("pia"))
    app.press("button", "Send", within=second)
    app.sees(TWIN + ". The customer may get two answers.", 8)
    turn(0.5)
    assert len(two.phone("pia")) == before, "it was sent before the answer"
    app.press("button", "Send Anyway")
    wait("the message", lambda: two.on_phone("pia", "Ready today at ten"), 15)
    wait("two empty fields", lambda: two.text(first) == "" and two.text(second) == "", 8)
    for window in (first, second):
        app.find("*", re.compile(r"^You .*Ready today at ten", re.S), 10, window)
    two.did("Sending asks once; the message shows in both, and both fields are empty")

    app.press("button", "Done", within=second)
    for window in (first, second):
        wait("the row gone", lambda: not two.look(window, "list item", re.compile("^Polite Pia")), 8)
    two.did("Done in one takes the row out of both lists")

    two.colleague("Sari", "Amina Haddad", "We will be there at")
    two.display.click(app.find("list item", re.compile("^Amina Haddad"), 10, second))
    app.find("label", "Sari is writing to Amina Haddad, too", 8, second)
    assert two.text(second) == "", "a colleague's words stand in my field"
    two.field(second).type("Mine")
    wait("both drafts", lambda: two.drafts() == ["Mine", "We will be there at"], 8)
    two.did("A colleague's fresh draft is told, and neither is written over")

    two.field(second).type("")
    two.display.key("ctrl+w")
    wait("one window", lambda: len(two.windows()) == 1, 8)
    two.display.fill()
    two.open_thread("Hurry Hugo")
    two.send("One moment")
    wait("the message", lambda: two.on_phone("hugo", "One moment"), 15)
    two.did("One window is closed, the other goes on")


if __name__ == "__main__":
    sys.exit(perform(story, Two))
