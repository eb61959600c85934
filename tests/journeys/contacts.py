#!/usr/bin/env python3
"""The shop's people: added, edited, sorted, tagged, moved on the board, merged, blocked. Each act is looked up in the file."""

import json
import re
import subprocess
import sys

from driver import App, Stage, perform, turn, wait


class People(Stage):
    def __init__(self, display, pictures):
        super().__init__(display, pictures)
        self.app = App(display, "--page", "contacts/people")
        self.folder, self.server = self.practice()

    # -- what the shop's file says --

    def cli(self, *words):
        found = subprocess.run(["shopbell-cli", "--shop", self.folder, "--json", "contact", *words], capture_output=True, text=True, check=True)
        return [json.loads(line) for line in found.stdout.splitlines()]

    def names(self, *words):
        return [row["name"] for row in self.cli("list", *words)]

    def person(self, name):
        return next((row for row in self.cli("list", "--words", name) if row["name"] == name), None)

    # -- the window --

    def rows(self):
        return [node for node in self.app.find("tree table", "People").walk() if node.role == "table row" and "," in node.name]

    def row(self, name):
        return wait(f"the row of {name}", lambda: next((row for row in self.rows() if row.name.startswith(name + ",")), None), 15)

    def keys(self, *keys):
        for key in keys:
            self.display.key(key)
            turn(0.2)


def appear(people):
    wait("the practice week", lambda: len(people.names()) >= 20, 40)
    people.row("Amina Haddad")
    people.did("everybody who wrote is there")


def add(people):
    people.display.click(people.row("Hurry Hugo"))
    people.keys("n")
    people.app.find("dialog", "New Contact")
    turn(0.4)
    people.display.write("Amina Haddad")
    people.keys("Tab")
    people.display.write("+44 7700 900555")
    people.app.press("button", "Add")
    wait("a second Amina", lambda: people.names().count("Amina Haddad") == 2, 10)
    people.app.sees("+44 7700 900555")
    people.did("a customer is added by hand")


def edit(people):
    hugo = people.person("Hurry Hugo")
    people.cli("field", hugo["id"], "--name", "Likes", "--text", "Pistachio")
    people.display.click(people.row("Hurry Hugo"))
    people.app.find("label", "Pistachio")
    turn(1)
    x, y, width, height = people.app.find("label", "Pistachio").box
    # What GTK tells of a place leaves out the padding of the boxes around it.
    subprocess.run(["xdotool", "mousemove", str(x + 54), str(y + height + 10), "click", "1"], check=True)
    turn(0.3)
    people.keys("ctrl+a")
    people.display.write("Rose water")
    people.keys("Return")
    wait("the new taste", lambda: people.cli("show", hugo["id"])[0]["fields"].get("Likes") == "Rose water", 10)
    people.keys("ctrl+z")
    wait("the old taste", lambda: people.cli("show", hugo["id"])[0]["fields"].get("Likes") == "Pistachio", 10)
    people.did("a detail is edited where it stands, and taken back")


def sort(people):
    header = people.app.find("*", re.compile("^Name$"))
    people.display.click(header)
    expected = people.names("--sort", "name")
    wait("the order of names", lambda: people.rows()[0].name.startswith(expected[0] + ","), 10)
    people.display.click(people.app.find("*", re.compile("^Name$")))
    wait("the order of names, backwards", lambda: people.rows()[0].name.startswith(people.names("--sort", "name", "--backwards")[0] + ","), 10)
    people.display.click(people.app.find("*", re.compile("^Last Message$")))
    wait("who wrote last", lambda: people.rows()[0].name.startswith(people.names()[0] + ","), 10)
    people.did("the headers sort, by name both ways")


def bulk(people):
    people.display.click(people.rows()[1])
    people.keys("x", "Down", "x")
    people.app.sees("2 selected")
    people.keys("t")
    people.app.find("dialog", "Tag")
    turn(0.4)
    people.display.write("Wed")
    people.keys("Return")
    wait("two tagged", lambda: len(people.names("--tag", "Wed")) == 2, 10)
    people.keys("ctrl+z")
    wait("none tagged", lambda: len(people.names("--tag", "Wed")) == 0, 10)
    people.keys("Escape")
    people.did("two are tagged at once, and it is taken back")


def board(people):
    people.display.click(people.app.find("page tab", "Board"))
    people.app.press("button", "Start with Five Stages")
    people.app.press("button", "Unfold No Stage")
    cards = people.app.find("list", "No Stage")
    card = wait("a card", lambda: next((node for node in cards.walk() if node.role == "list item" and "," in node.name), None), 15)
    name = card.name.split(",")[0]
    people.display.click(card)
    people.keys("ctrl+Right")
    wait("the first stage", lambda: name in people.names("--stage", "New Question"), 10)
    people.app.sees(f"{name} moved to New Question")
    turn(1.2)
    people.keys("ctrl+Right")
    wait("the second stage", lambda: name in people.names("--stage", "Quote Sent"), 10)
    people.keys("ctrl+z")
    wait("the first stage again", lambda: name in people.names("--stage", "New Question"), 10)
    people.app.press("button", "Unfold Delivered")
    people.did("a card goes two lanes on by keys, and one back by Undo")


def merge(people):
    people.display.click(people.app.find("page tab", "People"))
    before = people.cli("list", "--words", "Amina Haddad")
    people.display.click(people.row("Amina Haddad"))
    people.app.press("button", "Compare…")
    people.app.find("dialog", "The Same Person?")
    people.did("a name that is there twice is asked about, side by side")
    people.app.press("button", "Merge")
    wait("one Amina", lambda: len(people.cli("list", "--words", "Amina Haddad")) == 1, 10)
    kept = people.cli("show", people.person("Amina Haddad")["id"])[0]
    assert {"447700900142", "447700900555"} <= set(kept["numbers"]), kept
    people.keys("ctrl+z")
    wait("two again", lambda: people.cli("list", "--words", "Amina Haddad") == before, 10)
    people.did("two become one, and two again, as they were")


def block(people):
    people.display.click(people.row("Stop Stella"))
    people.cli("block", people.person("Stop Stella")["id"], "--value", "2")
    wait("blocked", lambda: (people.person("Stop Stella") or {}).get("hidden"), 10)
    people.app.sees("Blocked, what they write is hidden")
    shown = subprocess.run(["shopbell-cli", "--shop", people.folder, "--json", "threads"], capture_output=True, text=True, check=True).stdout
    assert "Stop Stella" not in shown, "the hidden conversation is still listed"
    people.keys("ctrl+z")
    wait("no longer blocked", lambda: not people.person("Stop Stella")["blocked"], 10)
    people.did("one is blocked and hidden from the inbox, and back")


def message(people):
    people.display.click(people.row("Priya Nair"))
    people.app.press("button", "Message")
    people.app.find("list", "Conversations")
    people.app.sees("Happy 40th Ravi")
    people.did("Message opens the conversation")


def story(people):
    for step in (appear, add, edit, sort, bulk, board, merge, block, message):
        step(people)


sys.exit(perform(story, People))
