#!/usr/bin/env python3
"""Tags: two of them filter by any and all; one is renamed, recoloured, merged and deleted everywhere, and Ctrl+Z brings it all back."""

import json
import os
import re
import sqlite3
import subprocess
import sys

from driver import App, Atspi, Stage, Stuck, perform, turn, wait

# Of the make-believe customers, these may write at any moment by themselves; rows of theirs change without any doing.
WRITERS = ("Polite Pia", "Hurry Hugo", "Voice Vera", "Typo Tom", "Stop Stella", "Quiet Quentin", "Username Uma")
TABLES = ("tag", "contact_tag", "thread_tag", "view", "macro", "segment")


class Desk(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "inbox")
        self.folder, self.server = self.practice()

    def cli(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", *words], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def tags(self):
        return {row["name"]: row["conversations"] for row in self.cli("tag", "list")}

    def kept(self):
        """Every row that a tag may change, as the file has it."""
        with sqlite3.connect(f"file:{os.path.join(self.folder, 'shop.db')}?mode=ro", uri=True) as shop:
            return {table: sorted(shop.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}

    def is_as(self, before):
        try:
            wait("everything as before", lambda: self.kept() == before, 8)
        except Stuck:
            now = self.kept()
            raise Stuck("; ".join(f"{table}: {[row for row in before[table] if row not in now[table]]} became "
                                  f"{[row for row in now[table] if row not in before[table]]}"
                                  for table in TABLES if now[table] != before[table])) from None

    def keys(self, *keys):
        for key in keys:
            self.display.key(key)
            turn(0.15)

    def cursor(self):
        for node in self.app.root.walk():
            if node.role == "list item" and node.at.get_state_set().contains(Atspi.StateType.SELECTED) and "," in node.name:
                return re.sub("^Selected: ", "", node.name).split(",")[0]
        return None

    def rows(self):
        conversations = self.app.look("list", "Conversations")
        return [re.sub("^Selected: ", "", node.name).split(",")[0] for node in conversations.walk() if node.role == "list item"] if conversations else []

    def shows(self, *names):
        wait(f"the rows {sorted(names)}", lambda: sorted(self.rows()) == sorted(names), 8)

    def edit_tags(self):
        """By the choice of tags, as a person comes there."""
        self.keys("ctrl+1")
        wait("a cursor", self.cursor)
        turn(0.6)
        self.keys("j")
        for _ in range(4):  # the list may still be on its way to the focus
            self.keys("t")
            turn(1.2)
            if self.app.look("button", "Edit Tags…"):
                break
        self.app.press("button", "Edit Tags…")
        wait("the dialog of tags", lambda: self.app.look("*", "What you change here changes everywhere. Undo takes it back."), 8)

    def row(self, name):
        """Presses the row of this name; the row of a button is one, too."""
        turn(0.4)
        self.display.click(self.app.find("*", name, 8))
        turn(0.4)

    def leave(self):
        """A message at the foot of the dialog takes one Escape for itself."""
        for _ in range(3):
            self.keys("Escape")
            turn(0.5)
            if self.app.look("*", "What you change here changes everywhere. Undo takes it back.") is None:
                return
        raise AssertionError("the dialog stays")


def tag_three(desk):
    wait("the practice week", lambda: len(desk.cli("threads")) >= 8, 40)
    turn(2)
    desk.keys("ctrl+1")
    one = wait("a cursor", desk.cursor)
    for _ in range(len(WRITERS)):
        if one not in WRITERS:
            break
        desk.keys("j")
        one = desk.cursor()
    assert one not in WRITERS, one
    desk.keys("t", "W", "e", "d", "Return")
    wait("the first tag", lambda: desk.tags() == {"Wed": 1}, 8)
    ids = {row["name"]: row["id"] for row in desk.cli("threads") if row["status"] == "open"}
    two, three = [name for name in ids if name != one and name not in WRITERS][:2]
    for name, tag in ((two, "wed "), (two, "Regular"), (three, "REGULAR"), (three, " regular")):
        desk.cli("act", "tag", "--thread", ids[name], "--text", tag)
    assert desk.tags() == {"Wed": 2, "Regular": 2}, desk.tags()
    desk.did("Three conversations have two tags, and no spelling makes a third")
    return one, two, three


def filter_both(desk, one, two, three):
    desk.app.press("button", "Filter")
    desk.app.find("*", "Must Have All of Them", 5)
    turn(0.6)
    desk.app.press("toggle button", "Wed")
    desk.app.press("toggle button", "Regular")
    turn(0.4)
    desk.shot("filter")
    desk.shows(one, two, three)
    desk.display.click(desk.app.find("*", "Must Have All of Them"))
    desk.shows(two)
    desk.did("The filter of two tags shows whoever has any of them, and whoever has both")
    desk.display.click(desk.app.find("*", "Must Have All of Them"))
    desk.app.press("toggle button", "Regular")
    desk.app.find("button", "Save…", 5)
    for _ in range(6):  # the message of the last act may take one Escape for itself
        desk.keys("Escape")
        turn(0.6)
        if desk.app.look("dialog") is None:
            break
    assert desk.app.look("dialog") is None, "the filter stays"
    desk.app.press("button", "Save…")
    desk.app.find("text", "Name of the View", 5).type("Weddings")
    desk.keys("Return")
    desk.app.find("label", "Weddings", 8)
    desk.keys("ctrl+1", "ctrl+7")
    desk.shows(one, two)
    desk.did("A view of one tag is saved")


def rename(desk, one, two):
    desk.edit_tags()
    desk.shot("tags")
    desk.row("Wed")
    name = desk.app.find("text", "Name", 8)
    desk.shot("tag")
    desk.display.click(name)
    desk.keys("ctrl+a")
    desk.display.write("rEgular ")
    desk.keys("Return")
    desk.app.find("*", "Merge the Two Tags?", 8)
    desk.shot("offer")
    desk.app.press("button", "Cancel")
    turn(0.6)
    assert desk.tags() == {"Wed": 2, "Regular": 2}, desk.tags()
    desk.did("The name of another tag, in any spelling, is not taken: merging is offered instead")
    desk.display.click(desk.app.find("text", "Name"))
    desk.keys("ctrl+a")
    desk.display.write("Marriages")
    desk.keys("Return")
    wait("the new name", lambda: desk.tags() == {"Marriages": 2, "Regular": 2}, 8)
    desk.app.sees("The tag is called “Marriages” now")
    desk.display.click(desk.app.find("radio button", "Purple"))
    wait("the new colour", lambda: {row["name"]: row["colour"] for row in desk.cli("tag", "list")}["Marriages"] == 6, 8)
    desk.keys("Escape")
    turn(0.5)
    desk.leave()
    desk.keys("ctrl+7")
    desk.shows(one, two)
    desk.did("Renamed and recoloured: the view of it still works")


def merge(desk, one, two, three, before):
    desk.edit_tags()
    desk.row("Marriages")
    desk.row("Merge Into…")
    turn(0.6)
    desk.shot("merge-into")
    desk.row("Regular")
    wait("one tag", lambda: desk.tags() == {"Regular": 3}, 8)
    desk.app.sees("“Marriages” is now “Regular”")
    turn(0.5)
    desk.leave()
    desk.keys("ctrl+7")
    desk.shows(one, two, three)
    desk.did("Merged: everybody has the one that is left, and the view shows it")
    desk.keys("ctrl+1")
    turn(0.4)
    for step in ("the merge", "the colour", "the name"):
        desk.keys("ctrl+z")
        turn(0.8)
    desk.is_as(before)
    desk.keys("ctrl+7")
    desk.shows(one, two)
    desk.did("Three times Ctrl+Z, and every row of the file is as before")


def delete(desk, one, two, before):
    desk.edit_tags()
    desk.row("Wed")
    desk.row("Delete")
    wait("the tag gone", lambda: desk.tags() == {"Regular": 2}, 8)
    desk.app.sees("Tag “Wed” deleted")
    turn(0.5)
    desk.shot("deleted")
    desk.leave()
    desk.keys("ctrl+7")
    desk.app.sees("A tag of this view no longer exists.", 8)
    desk.did("Deleted: the view that asked for it says so")
    desk.keys("ctrl+1", "ctrl+z")
    desk.is_as(before)
    desk.keys("ctrl+7")
    desk.shows(one, two)
    desk.did("Undone: the tag, whoever had it, and the view are back")


def story(desk):
    one, two, three = tag_three(desk)
    filter_both(desk, one, two, three)
    before = desk.kept()
    rename(desk, one, two)
    merge(desk, one, two, three, before)
    delete(desk, one, two, before)
    found = desk.cli("check")
    assert found[-1].get("ok", True), found
    desk.did("All counts equal a recount")


if __name__ == "__main__":
    sys.exit(perform(story, Desk))
