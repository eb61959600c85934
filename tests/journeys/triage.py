#!/usr/bin/env python3
"""A hundred conversations are sorted by keyboard alone. Each act is looked up in the shop, undone, and compared with before."""

import json
import re
import subprocess
import sys

from driver import App, Atspi, Stage, ask, perform, turn, wait


class Desk(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()

    # -- what the shop's file says --

    def threads(self):
        """Each conversation by name, as it stands in the file."""
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "threads"], capture_output=True, text=True, check=True)
        rows = [json.loads(line) for line in found.stdout.splitlines()]
        return {row["name"]: {key: row.get(key) for key in ("status", "unread", "pinned", "tags", "assignee", "snooze_until")} for row in rows}

    def notes(self):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "messages"], capture_output=True, text=True, check=True)
        return sorted(row["text"] for row in map(json.loads, found.stdout.splitlines()) if row["direction"] == "note")

    def settle(self):
        """Two equal looks in a row: nothing is under way any more."""
        before = self.threads()
        while True:
            turn(0.6)
            now = self.threads()
            if now == before:
                return now
            before = now

    # -- the keyboard --

    def keys(self, *keys):
        for key in keys:
            self.display.key(key)
            turn(0.15)

    def cursor(self):
        """The name of the row that the keys act upon."""
        for node in self.app.root.walk():
            if node.role == "list item" and node.at.get_state_set().contains(Atspi.StateType.SELECTED) and "," in node.name:
                return re.sub("^Selected: ", "", node.name).split(",")[0]
        return None

    def rows(self):
        """The names of the rows that are shown."""
        return [node.name for node in self.app.find("list", "Conversations").walk() if node.role == "list item"]

    def expect(self, what, check, seconds=6):
        wait(what, lambda: check(self.threads()), seconds, 0.2)


def act(desk, words, keys, changed):
    """Plays keys on the row of the cursor and sees that nothing else changed; takes it back and compares; does it again."""
    name = wait("a cursor", desk.cursor)
    before = desk.threads()
    desk.keys(*keys)
    desk.expect(f"{words}: {name}", lambda now: changed(before.get(name), now.get(name)))
    after = desk.threads()
    others = [other for other in before if other != name and strip(before[other]) != strip(after[other])]
    assert not others, f"{words}: {others} changed, too"
    desk.keys("z")
    desk.expect(f"undo of {words}: {before[name]}", lambda now: now[name] == before[name])
    desk.keys("ctrl+shift+z")
    desk.expect(f"redo of {words}", lambda now: now[name] == after[name])
    desk.did(f"{words}: done, undone, equal to before, done again")
    return name, before, after


def strip(row):
    """Opening the next conversation reads it: that is no change of what it is."""
    return {key: value for key, value in row.items() if key != "unread"}


def fill(desk):
    """The practice week, and as many customers more as make a hundred."""
    wait("the practice week", lambda: len(desk.threads()) >= 20, 40)
    desk.settle()
    missing = max(0, 100 - len(desk.threads()))
    for i in range(missing):
        ask(desk.server + "/_practice/inbound", {"from": f"4477009100{i:02}" if i < 100 else f"447700911{i:03}", "name": f"Customer {i:02}", "type": "text", "text": f"Question {i}"})
    wait("a hundred conversations", lambda: len(desk.threads()) >= 100, 60)
    desk.settle()
    desk.did(f"{len(desk.threads())} conversations wait")


def walk(desk):
    desk.keys("ctrl+1")
    start = wait("a cursor", desk.cursor)
    desk.keys("j", "j")
    there = desk.cursor()
    assert there != start, "J does not walk"
    desk.keys("k", "k")
    assert desk.cursor() == start, f"K does not walk back: {desk.cursor()} instead of {start}"
    desk.keys("Down")
    assert desk.cursor() != start, "Down does not walk"
    desk.keys("Up")
    assert desk.cursor() == start, "Up does not walk"
    desk.did("J, K, Down and Up walk through the list")


def single(desk):
    act(desk, "Pin", ["p"], lambda was, now: now["pinned"] != was["pinned"])
    desk.keys("j")
    act(desk, "Assign to me", ["shift+a"], lambda was, now: now["assignee"] and not was["assignee"])
    act(desk, "Assign to nobody", ["a", "n"], lambda was, now: not now["assignee"])
    desk.keys("j")
    act(desk, "A new tag", ["t", "W", "e", "d", "Return"], lambda was, now: now["tags"] == "Wed")
    desk.keys("j")
    act(desk, "The same tag by its letter", ["t", "w"], lambda was, now: now["tags"] == "Wed")
    desk.keys("j")
    act(desk, "Snooze for an hour", ["s", "h"], lambda was, now: now["status"] == "snoozed" and now["snooze_until"] > 0)
    act(desk, "Snooze until tomorrow", ["s", "t"], lambda was, now: now["status"] == "snoozed" and now["snooze_until"] > 0)
    act(desk, "Snooze until they write", ["s", "u"], lambda was, now: now["status"] == "snoozed" and now["snooze_until"] == 0)
    act(desk, "Done", ["e"], lambda was, now: now["status"] == "closed")


def unread(desk):
    name = wait("a cursor", desk.cursor)
    desk.keys("Return")
    desk.expect(f"{name} read", lambda now: now[name]["unread"] == 0)
    desk.keys("u")
    desk.expect(f"{name} unread", lambda now: now[name]["unread"] > 0)
    desk.keys("z")
    desk.expect(f"{name} read again", lambda now: now[name]["unread"] == 0)
    desk.did("Enter opens and reads; U marks it as unread, Z takes that back")


def note(desk):
    before = desk.notes()
    desk.keys("n", "Y", "e", "s", "Return")
    wait("the note", lambda: desk.notes() == sorted(before + ["Yes"]), 8)
    desk.keys("z")
    wait("the note taken back", lambda: desk.notes() == before, 8)
    desk.keys("ctrl+shift+z")
    wait("the note again", lambda: desk.notes() == sorted(before + ["Yes"]), 8)
    desk.did("A note is added, taken back, and comes back as it was")


def many(desk):
    desk.keys("x")
    first = desk.cursor()
    for _ in range(3):
        desk.keys("j", "x")
    desk.app.find("*", re.compile("^4 selected$"), 5)
    before = desk.threads()
    desk.keys("e")
    desk.expect("four done", lambda now: sum(now[n]["status"] == "closed" for n in now) == sum(before[n]["status"] == "closed" for n in before) + 4)
    assert desk.threads()[first]["status"] == "closed"
    desk.keys("z")
    desk.expect("four as before", lambda now: now == before)
    desk.did("Four are selected and done in one step, and one Undo brings all four back")

    desk.keys("ctrl+a")
    count = desk.app.find("*", re.compile(r"^\d+ selected$"), 5).name.split()[0]
    before = desk.threads()
    desk.keys("shift+a")
    desk.expect("all assigned", lambda now: sum(bool(now[n]["assignee"]) for n in now) >= int(count))
    desk.keys("z")
    desk.expect("all as before", lambda now: now == before)
    desk.keys("Escape")
    wait("the selection left", lambda: desk.app.look("*", re.compile(r"^\d+ selected$")) is None, 5)
    desk.did(f"All {count} are assigned at once, undone at once, and Escape leaves the selection")


def sort_all(desk):
    """E on everything that is left, then the one step back."""
    left = [name for name, row in desk.threads().items() if row["status"] == "open"]
    assert len(left) >= 80, left
    for _ in range(len(left)):
        desk.keys("e")
    desk.expect("nothing left", lambda now: all(row["status"] in ("closed", "snoozed") for row in now.values()), 20)
    desk.app.sees("All Answered", 10)
    desk.did(f"{len(left)} more are done with one key each, and the next one is there each time")
    before = {name: row["status"] for name, row in desk.threads().items()}
    for _ in range(len(left)):
        desk.keys("ctrl+z")
    desk.expect("all open again", lambda now: sum(row["status"] == "open" for row in now.values()) == len(left), 20)
    assert sum(status == "open" for status in before.values()) == 0
    desk.did("As many times Ctrl+Z, and all of them are open again")


def saved_view(desk):
    desk.keys("ctrl+1")
    desk.app.press("button", "Filter")
    desk.app.find("*", "Filter", 5)
    turn(0.6)
    desk.app.press("toggle button", "Wed")
    desk.app.find("button", "Save…", 5)
    desk.keys("Escape")
    turn(0.6)
    desk.app.press("button", "Save…")
    desk.app.find("text", "Name of the View", 5).type("Weddings")
    desk.keys("Return")
    desk.app.find("label", "Weddings", 8)
    desk.keys("ctrl+1")
    wait("the whole inbox", lambda: len(desk.rows()) > 2, 8)
    desk.keys("ctrl+7")
    wait("two weddings", lambda: len(desk.rows()) == 2, 8)
    desk.did("The filter of a tag is saved as a view, and Ctrl+7 opens it")
    desk.keys("ctrl+z")
    wait("the view gone", lambda: desk.app.look("label", "Weddings") is None, 8)
    desk.keys("ctrl+shift+z")
    desk.app.find("label", "Weddings", 8)
    desk.did("Undo takes the view away, Redo brings it back")


def calm(desk):
    """While the pointer is on the list, a new customer waits behind a button; when it has left, the row comes by itself."""
    desk.keys("ctrl+1")
    wait("the whole inbox", lambda: len(desk.rows()) > 2, 8)
    desk.display.click(next(node for node in desk.app.find("list", "Conversations").walk() if node.role == "list item"), button=2)
    before = desk.rows()[:3]
    ask(desk.server + "/_practice/inbound", {"from": "447700910077", "name": "Newcomer", "type": "text", "text": "Hello?"})
    pill = re.compile(r"^\d+ new above$")  # Hugo may write again by himself
    desk.app.find("button", pill, 8)
    assert [row.split(",")[0] for row in desk.rows()[:3]] == [row.split(",")[0] for row in before], "rows moved under the pointer"
    subprocess.run(["xdotool", "mousemove", "700", "300"], check=True)
    desk.app.find("list item", re.compile("^Newcomer"), 6)
    assert desk.app.look("button", pill) is None
    desk.did("No row moves under the pointer; a new customer waits behind a button until it has left")


def story(desk):
    fill(desk)
    walk(desk)
    single(desk)
    unread(desk)
    note(desk)
    many(desk)
    sort_all(desk)
    saved_view(desk)
    calm(desk)


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
