#!/usr/bin/env python3
"""A message is stored, and the list shows it: at its place, with its badge, and with what cannot be shown said to be so.

a new customer - a second message of somebody further down - the order and the badges are those of the shop's file - what the
network does not pass on is told in the list and in the conversation
"""

import os
import re
import sqlite3
import subprocess
import sys
import time

from driver import perform, turn, wait
from kinds import Kinds

NEW = "447700910901"


class Arrivals(Kinds):
    def file(self):
        return sqlite3.connect(os.path.join(self.folder, "shop.db"), timeout=10)

    def stored(self, words):
        with self.file() as file:
            return file.execute("SELECT 1 FROM message WHERE text = ?", (words,)).fetchone()

    def leave_list(self):
        """Under the pointer no row moves."""
        subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)

    def scroll_and_return(self):
        """Whoever looked further down and came back to the top sees there what comes in."""
        subprocess.run(["xdotool", "mousemove", "370", "400", "click", "--repeat", "6", "5", "click", "--repeat", "12", "4"], check=True)
        turn(0.5)
        self.leave_list()
        turn(3)  # nothing moves for a moment after the pointer went

    def arrives(self, number, name, words):
        """How long after it was stored the list has these words. Another customer may write just then and stand above."""
        self.customer(number, name, type="text", text=words)
        wait("it in the file", lambda: self.stored(words), 15, 0.01)
        begun = time.monotonic()
        wait("it in the list", lambda: any(row.startswith(name + ",") and words in row for row in self.rows()), 15, 0.01)
        return time.monotonic() - begun

    def shown(self):
        """Name and badge of each row in sight."""
        found = []
        for row in self.app.find("list", "Conversations").walk():
            if row.role == "list item" and "," in row.name:
                badges = [node.name for node in row.walk() if node.role == "label" and re.fullmatch(r"\d+", node.name)]
                found.append((row.name.split(",")[0], int(badges[-1]) if badges else 0))
        return found

    def kept(self):
        """The same, from the file."""
        with self.file() as file:
            return file.execute("SELECT coalesce (c.name, c.profile_name), t.unread FROM thread t JOIN contact c ON c.id = t.contact_id "
                                "WHERE t.status IN (1, 2) ORDER BY t.pinned DESC, t.last_at DESC, t.id DESC").fetchall()


def order(desk):
    desk.scroll_and_return()
    times = [desk.arrives(NEW, "Nina New", "Do you deliver?")]
    desk.did(f"A new customer stands in the list ({times[0]:.2f} s after it was stored, with the look there)")
    times.append(desk.arrives("447700910902", "Second Sam", "And on Sunday?"))
    times.append(desk.arrives(NEW, "Nina New", "Hello again?"))
    assert dict(desk.shown())["Nina New"] == 2, desk.shown()[:3]

    def same():
        kept = [(name, badge) for name, badge in desk.kept() if name]
        shown = [row for row in desk.shown() if row[0] in dict(kept)]
        return len(shown) >= 6 and shown == [row for row in kept if row[0] in dict(shown)][:len(shown)]
    wait("order and badges of the file", same, 10)
    desk.did(f"Order and badges are those of the shop's file ({max(times):.2f} s at most)")


def withheld(desk):
    """Of a photo to be seen once, an event and a poll the network says no more than that."""
    desk.write(type="text", text="Look at this")
    desk.open_row("Ines Odd")
    for kind in ("view_once", "event", "poll"):
        desk.write(type="unsupported", unsupported={"type": kind})
        row = desk.row_with("a photo to be seen once", "an event", "Ask the customer to send it in another way.")
        desk.app.find("button", "Show Raw Text", 5, within=row)
    wait("three of them", lambda: len([row for row in desk.conversation() if "Ask the customer" in row.name]) == 3, 8)
    desk.did("A photo to be seen once, an event and a poll say that the shop does not get them, and what to do")
    desk.write(type="event", event={"name": "Tasting", "start_time": 1767225600})
    desk.app.find("button", "Show Raw Text", 5, within=desk.row_with("This kind of message is not shown yet"))
    desk.did("An event that is passed on is kept with its raw text")
    desk.write(type="text", text="Still here")
    desk.row_with("Still here")
    desk.did("And the next message stands below them")


def story(desk):
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    for part in (order, withheld):
        part(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Arrivals))
